# shellcheck shell=bash
group 'Gluetun 3.41 fails to set up its firewall: everything is flushed and accepted'
need_pair

filter_policy() { inside dp-gateway iptables -S "$1" | head -n 1; }
is_open() { [[ $(filter_policy OUTPUT) == '-P OUTPUT ACCEPT' ]]; }
is_shut() { [[ $(filter_policy OUTPUT) == '-P OUTPUT DROP' && $(filter_policy FORWARD) == '-P FORWARD DROP' ]]; }

# The sidecar would close the table again; the guard is to hold by itself.
kill_container gateway gateway-sidecar
meter_reset
signal_container gateway gluetun HUP
check 'the filter table is open' wait_until 5 is_open
inside dp-gateway ip rule del pref 101
inside dp-gateway ip link del tun0 2>/dev/null
provoke sabnzbd gateway
check_tight 'with the guard in the mangle table'

inside dp-gateway iptables-save -t mangle >"$BED/mangle4"
inside dp-gateway ip6tables-save -t mangle >"$BED/mangle6"
inside dp-gateway iptables -t mangle -F
inside dp-gateway ip6tables -t mangle -F
inside dp-gateway iptables -t nat -A POSTROUTING -j MASQUERADE
provoke sabnzbd gateway
check_counts gateway4 gateway6
inside dp-gateway iptables -t nat -D POSTROUTING -j MASQUERADE
inside dp-gateway iptables-restore <"$BED/mangle4"
inside dp-gateway ip6tables-restore <"$BED/mangle6"

start_container gateway gateway-sidecar
check 'the sidecar closes the filter table again' wait_until 10 is_shut
start_gluetun
check 'with a new Gluetun the client leaves by the VPN' wait_until 20 leaves_as sabnzbd "$VPN_EXIT"
