# shellcheck shell=bash
# shellcheck source=../peers/published.sh
. "$HERE/peers/published.sh"
group "what a published side leaks beside one of ours$([[ -z ${POD_GATEWAY:-} ]] || echo ', by its own scripts')"

# way NUMBER SIDE leaks|nothing WHAT COMMAND…: the numbers are those of docs/explanation/peers.md, whose table is compared with what was found.
: >"$BED/ways"
way() {
  local found
  meter_reset
  "${@:5}" >/dev/null 2>&1
  found=$(leaked)
  if [[ -n $found ]]; then
    echo "$1 $2 leaks" >>"$BED/ways"
    printf '      %-3s %s, %s: %s\n' "$1" "$2" "$4" "${found%%$'\n'*}"
  else
    echo "$1 $2 nothing" >>"$BED/ways"
  fi
  check_equal "$1 $2: $4" "$3" "$([[ -n $found ]] && echo leaks || echo nothing)"
}

via6=$([[ $TOPOLOGY == bridge ]] && echo "$BRIDGE6" || echo fe80::1)
via4=$([[ $TOPOLOGY == bridge ]] && echo "$BRIDGE" || echo 169.254.1.1)
in_legacy() { inside dp-legacy "$@"; }
ask_name() { exec_in "$1" app dig +short +tries=1 +time=2 "$RANDOM.example.org"; } # POD
with_route() { # FAMILY VIA METRIC: while the pod has this way out
  in_legacy ip "-$1" route add default via "$2" dev eth0 metric "$3"
  provoke_outside legacy
  in_legacy ip "-$1" route del default via "$2" dev eth0 metric "$3"
}

need_no_pods
start_gateway || flunk 'the gateway starts'
published_client_starts() {
  published_pod client vpn-route-init vpn-route-sidecar '{}' >"$BED/published-client.json"
  create_pod legacy "$CLIENT" "$BED/published-client.json"
  start_workload legacy
  provoke_outside legacy
  delete_pod legacy
}
way 1 client leaks 'another container before its init container has ended' published_client_starts
start_published_client || flunk 'the published client joins'
wait_until 20 leaves_as legacy "$VPN_EXIT" || flunk 'the published client leaves by the VPN'
way 7 client leaks 'a name of the Internet' ask_name legacy
way 10 client leaks 'a second default route of IPv6' with_route 6 "$via6" 4096
way 11 client leaks 'a default route of IPv4 with a lower metric' with_route 4 "$via4" 100
kill_container legacy vpn-route-sidecar
way 13 client nothing 'its sidecar is gone' provoke_outside legacy
set_vpn stopped
wait_until 5 tunnel_is_down
way 14 client nothing 'the tunnel is gone' provoke_outside legacy

need_no_pods
start_published_router "$GATEWAY" || flunk 'the published gateway starts'
start_client || flunk 'our client starts'
resolver_reached() { wait_until 10 verdict_is sabnzbd '200 ok:*' && ask_name sabnzbd; }
way 8 gateway leaks 'a name of the Internet before Gluetun has started' resolver_reached
way 16 gateway leaks 'its own packets before Gluetun has started' provoke gateway
delete_gateway
start_published_gateway "$GATEWAY" || flunk 'the published gateway starts'
wait_until 20 leaves_as sabnzbd "$VPN_EXIT" || flunk 'our client leaves by the VPN'
meter_reset
provoke sabnzbd gateway
check_tight 'a published gateway whose tunnel works'
set_vpn stopped
wait_until 5 tunnel_is_down
way 14 gateway nothing 'the tunnel is gone: our client' provoke sabnzbd
way 5 gateway leaks 'the tunnel is gone: its own packets to port 443' provoke gateway
signal_container gateway gluetun HUP
filter_is_open() { inside dp-gateway iptables -S | grep -qx -- '-P FORWARD ACCEPT'; }
wait_until 5 filter_is_open
way 14b gateway leaks 'Gluetun fails to set up its firewall' provoke sabnzbd

ways_of_page() { sed -nE 's/^\| ([0-9]+b?) \| .* \| (client|gateway) \| (leaks|nothing) \|.*$/\1 \2 \3/p' "$ROOT/docs/explanation/peers.md" | sort; }
check 'the page has what was found' diff <(ways_of_page) <(sort "$BED/ways")
need_no_pods
