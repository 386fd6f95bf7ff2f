# shellcheck shell=bash
group 'the sidecar takes new settings, ends at once, and is not needed for the protection'
need_pair
allows() { inside dp-sabnzbd iptables -S OUTPUT | grep -q -- "$1"; }
allows_not() { ! allows "$1"; }
has_route() { [[ -n $(ip -n dp-sabnzbd route show exact "$1" dev eth0) ]]; }
has_no_route() { ! has_route "$1"; }

# Other clients, of cases before, may have leases of their own.
lease_end() { awk '$4 == "sabnzbd-0" && $1 > end {end = $1} END {printf "%d", end}' "$BED/pods/gateway/volumes/vpn-state/dhcp.leases"; }
is_renewed() { (($(lease_end) > end)); }
end=$(lease_end)
# What the DHCP client does by itself after half of the lease's time.
pkill -USR1 -x udhcpc
check 'C3: the lease is renewed' wait_until 10 is_renewed

meter_reset
change_setting sabnzbd NODES '192.168.7.9 192.168.7.10'
check 'a new node gets its route' wait_until 10 has_route 192.168.7.10
check 'a new node gets its rule' wait_until 10 allows '-d 192.168.7.10/32'
change_setting sabnzbd NODES '192.168.7.9'
check 'a former node loses its route' wait_until 10 has_no_route 192.168.7.10
check 'C14: a former node loses its rule' wait_until 10 allows_not '-d 192.168.7.10/32'
change_setting sabnzbd CLUSTER_CIDRS '10.1.0.0/16 10.152.183.0/24 0.0.0.0/0 198.51.100.0/33 2000::/3'
named() { grep -q "'2000::/3' is not valid" "$BED/log/sabnzbd-vpn-route-sidecar.log"; }
check 'values that are not valid are named and left out' wait_until 10 named
check_equal 'and the rules have no trace of them' '' "$(inside dp-sabnzbd iptables -S OUTPUT | grep -e '198.51' -e ' 0.0.0.0/0')"
change_setting sabnzbd CLUSTER_CIDRS '10.1.0.0/16 $(touch /run/vpn/evaluated) 10.152.183.0/24'
named_line() { grep -q 'CLUSTER_CIDRS has a character' "$BED/log/sabnzbd-vpn-route-sidecar.log"; }
check 'a value with other characters is named and not used' wait_until 10 named_line
check_not 'nothing of the settings is evaluated' test -e "$BED/pods/sabnzbd/volumes/vpn-state/evaluated"
provoke sabnzbd
check_tight 'with hostile settings'
change_setting sabnzbd CLUSTER_CIDRS '10.1.0.0/16 10.152.183.0/24'
check 'the verdict becomes ok again' wait_until 30 verdict_is sabnzbd '200 ok:*'

change_setting gateway NODES '192.168.7.9 192.168.7.10'
gateway_allows() { inside dp-gateway iptables -S OUTPUT | grep -q -- '-d 192.168.7.10/32' && inside dp-gateway iptables -t mangle -S VPN-IN | grep -q -- '-s 192.168.7.10/32'; }
check 'the gateway takes a new node, too' wait_until 10 gateway_allows
leads_to_server() { inside dp-gateway iptables -S OUTPUT | grep -q -- "-d $VPN_SERVER/32"; }
check "Gluetun's rules are still there" leads_to_server

for priority in 47 48 49 50; do inside dp-gateway ip rule del pref "$priority"; done
inside dp-gateway ip -6 rule del pref 49
has_rules() { [[ $(inside dp-gateway ip rule show | grep -cE '^(47|48|49|50):') == 4 && -n $(inside dp-gateway ip -6 rule show pref 49) ]]; }
check 'routing rules of the gateway are put back' wait_until 8 has_rules

meter_reset
inside dp-gateway iptables -t nat -F VPN-SOURCE
check 'the translation of addresses is put back' wait_until 10 leaves_as sabnzbd "$VPN_EXIT"
inside dp-gateway iptables -t nat -I POSTROUTING 1 -j ACCEPT
check 'also when another rule is before it' wait_until 10 leaves_as sabnzbd "$VPN_EXIT"
inside dp-gateway iptables -t nat -D POSTROUTING -j ACCEPT
check_tight 'while clients kept their own addresses'

for container in 'sabnzbd vpn-route-sidecar' 'gateway gateway-sidecar'; do
  read -r pod name <<<"$container"
  pid=$(pid_of "$pod" "$name")
  stopwatch
  kill -TERM "$pid"
  check "$name ends at once on SIGTERM" wait_until 2 is_gone "$pid"
  elapsed 'end'
done
provoke sabnzbd gateway
check_tight 'without the sidecars'
start_container gateway gateway-sidecar
start_container sabnzbd vpn-route-sidecar
check 'a new sidecar joins again' wait_until 30 verdict_is sabnzbd '200 ok:*'

# The kernel may end a part of it when memory is short; only a new container is whole again.
pid=$(pid_of sabnzbd vpn-route-sidecar)
parts=$(pgrep -P "$pid" | wc -l)
check_equal 'it has six parts' 6 "$parts"
kill -KILL "$(pgrep -n -P "$pid")"
check 'the sidecar ends when one of its parts was killed' wait_until 5 is_gone "$pid"
provoke sabnzbd
check_tight 'without a part of the sidecar'
start_container sabnzbd vpn-route-sidecar
check 'a new one joins again' wait_until 30 verdict_is sabnzbd '200 ok:*'

# Nobody but the DHCP client brings it back, and it has a lease.
inside dp-sabnzbd ip -4 addr flush dev vxlan0
check 'the verdict sees that the address of the overlay is gone' wait_until 5 verdict_is sabnzbd '503 overlay:*'
check 'the client gets an address again' wait_until 15 leaves_as sabnzbd "$VPN_EXIT"
check 'and its verdict is ok' wait_until 15 verdict_is sabnzbd '200 ok:*'

# Routers of a second network repeat themselves; the sidecar would have to remove their route each time.
hears_none() { inside dp-sabnzbd ip6tables -S INPUT | grep -q -- '--icmpv6-type 134 -j DROP'; }
check 'advertisements of routers are not heard' hears_none
