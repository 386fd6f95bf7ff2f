# shellcheck shell=bash
group 'routes that appear in a running client'
need_pair

# appear FAMILY DESTINATION VERDICT CASE: with the firewall in force, then without it to show that the route alone would leak.
appear() {
  meter_reset
  put_route "$@"
  provoke sabnzbd
  check_tight "a route to $2 by eth0"
  check "the verdict says so" verdict_held "$3" "$1"
  check "the route to $2 is removed again" wait_until 15 no_foreign_route "$1" "$2"
}

# The routes are read at the moment at which the new one is there; the sidecar may remove it at once.
put_route() { # FAMILY DESTINATION VERDICT CASE
  local via
  via=$(uplink_of "$1")
  inside dp-sabnzbd bash -c "ip -$1 route add $2 $via metric 5 && cat /proc/net/route >$BED/routes4 && cat /proc/net/ipv6_route >$BED/routes6"
  check "the verdict sees the route to $2" wait_until 8 verdict_is sabnzbd "$3"
  [[ -z ${4:-} ]] || record_files "$4" sabnzbd "$3"
}

# A fault that was repaired stays long enough for the charm's check.
verdict_held() { verdict_is sabnzbd "$1"; }
no_foreign_route() { [[ -z $(ip -n dp-sabnzbd "-$1" route show exact "$2" dev eth0) ]]; }

appear 6 default '503 ipv6:*' second-ipv6-default
appear 4 default '503 route:*' eth0-default-returned
appear 4 0.0.0.0/1 '503 route:*'
check 'the verdict becomes ok again' wait_until 30 verdict_is sabnzbd '200 ok:*'

group 'a foreign rule before the redirection of names'
first_translation() { inside dp-sabnzbd "$1" -t nat -S OUTPUT | sed -n 2p; }
is_redirected_first() { [[ $(first_translation iptables) == '-A OUTPUT -j VPN-DNS' && $(first_translation ip6tables) == '-A OUTPUT -j VPN-DNS' ]]; }
for tool in iptables ip6tables; do
  meter_reset
  inside dp-sabnzbd "$tool" -t nat -I OUTPUT 1 -j ACCEPT
  check "the verdict sees the rule of $tool" wait_until 8 verdict_is sabnzbd '503 rules:*'
  check 'the redirection is the first rule again' wait_until 5 is_redirected_first
  check_equal 'and there once' 1 "$(inside dp-sabnzbd "$tool" -t nat -S OUTPUT | grep -c VPN-DNS)"
  provoke sabnzbd
  check_tight 'names asked of anybody'
  inside dp-sabnzbd "$tool" -t nat -D OUTPUT -j ACCEPT
done
check 'the verdict becomes ok again' wait_until 30 verdict_is sabnzbd '200 ok:*'

group 'the overlay is there, the gateway does not answer'
inside dp-gateway iptables -t raw -A PREROUTING -i vxlan0 -p icmp -j DROP
timely "$EPOCHREALTIME" 5000 'the verdict says so' verdict_is sabnzbd '503 gateway: no answer*'
record_case overlay-without-answer sabnzbd '503 gateway: no answer*'
inside dp-gateway iptables -t raw -F
check 'the verdict becomes ok again' wait_until 20 verdict_is sabnzbd '200 ok:*'

group 'the resolver hangs'
hung=$(resolver_pid)
kill -STOP "$hung"
timely "$EPOCHREALTIME" 5000 'the verdict says so' verdict_is sabnzbd '503 resolver:*'
check 'it is replaced' wait_until 10 is_gone "$hung"
sleep 3
check 'a check with a period of three seconds still sees it' verdict_is sabnzbd '503 resolver:*'
check_equal 'names are resolved' "$WEB" "$(exec_in sabnzbd app dig +short +time=3 example.org)"
check 'the verdict becomes ok again' wait_until 20 verdict_is sabnzbd '200 ok:*'

group 'one layer at a time, without the sidecar, which would repair it'
open_rules() {
  local tool
  for tool in iptables ip6tables; do
    inside dp-sabnzbd "$tool" -P OUTPUT ACCEPT
    inside dp-sabnzbd "$tool" -F OUTPUT
    inside dp-sabnzbd "$tool" -t nat -F OUTPUT
  done
}
open_routes() {
  lead_out sabnzbd 4 default 5
  lead_out sabnzbd 6 default 5
  inside dp-sabnzbd ip -4 route del default dev vxlan0
}
kill_container sabnzbd vpn-route-sidecar
meter_reset
open_routes
provoke sabnzbd
check_tight 'rules without routes'
open_rules
provoke sabnzbd
check_counts client4 client6 dns
start_container sabnzbd vpn-route-sidecar
check 'a new sidecar repairs all of it' wait_until 30 verdict_is sabnzbd '200 ok:*'
kill_container sabnzbd vpn-route-sidecar
meter_reset
open_rules
provoke_outside sabnzbd
check_tight 'routes without rules'
start_container sabnzbd vpn-route-sidecar
check 'the verdict becomes ok again' wait_until 30 verdict_is sabnzbd '200 ok:*'
