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

group 'Gluetun fails and is back before anybody looks: everything is flushed, and closed again in the same step'
flush_shut() { printf '*filter\n:INPUT DROP [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT DROP [0:0]\nCOMMIT\n' | inside dp-gateway "$1-restore"; }
has_its_rules() {
  local tool
  for tool in iptables ip6tables; do
    # What Gluetun itself had added does not come back without it; ours have to.
    inside dp-gateway "$tool" -C INPUT -i eth0 -p tcp --dport 38813 -j ACCEPT || return 1
  done
  inside dp-gateway iptables -C INPUT -i eth0 -p udp --dport "$VXLAN_PORT" -j ACCEPT &&
    inside dp-gateway iptables -C FORWARD -i vxlan0 -o tun0 -j ACCEPT
}
meter_reset
flush_shut iptables
flush_shut ip6tables
check_not 'the rules are gone' has_its_rules
check 'the sidecar puts its own rules back' wait_until 10 has_its_rules
check_equal 'each of them once' '' "$(inside dp-gateway iptables -S | sort | uniq -d)"
provoke sabnzbd gateway
check_tight 'while the rules were away'
kill_container gateway gluetun
inside dp-gateway ip link del tun0 2>/dev/null
inside dp-gateway ip rule del pref 101 2>/dev/null
start_gluetun
check 'with a new Gluetun the client leaves by the VPN' wait_until 20 leaves_as sabnzbd "$VPN_EXIT"
