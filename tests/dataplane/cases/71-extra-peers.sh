# shellcheck shell=bash
# A network of the home behind the node, with a peer of which one port is named, one that is named as a whole, and their neighbours.
group 'extra peers are reached beside the tunnel, and nobody else'
need_no_pods
PEER=192.168.9.40 PEER6=fd00:9::40 NEIGHBOUR=192.168.9.41 NEIGHBOUR6=fd00:9::41 WHOLE=192.168.9.70
PEERS="$PEER:32400 192.168.9.64/26 [$PEER6]:32400"

build_lan() {
  local port
  space dp-lan
  cable dp-node lan0 dp-lan eth0
  address dp-node lan0 192.168.9.1/24 fd00:9::1/64
  address dp-lan eth0 "$PEER/24" "$NEIGHBOUR/24" "$WHOLE/24" "$PEER6/64" "$NEIGHBOUR6/64"
  ip -n dp-lan route add default via 192.168.9.1
  ip -n dp-lan -6 route add default via fd00:9::1
  for port in 53 853 8080 32400; do service dp-lan socat "TCP6-LISTEN:$port,ipv6only=0,fork,reuseaddr" SYSTEM:'echo peer'; done
  service dp-lan socat "UDP-LISTEN:514,bind=$WHOLE,fork,reuseaddr" SYSTEM:'echo peer'
  inside dp-node nft -f - <<'RULES'
table inet lan {
  counter neighbours {}
  chain forward {
    type filter hook forward priority 10; policy accept;
    oifname "lan0" ip daddr 192.168.9.41 counter name neighbours
    oifname "lan0" ip6 daddr fd00:9::41 counter name neighbours
  }
}
RULES
}
reached_neighbours() { inside dp-node nft -j list counter inet lan neighbours | jq '.nftables[] | .counter? // empty | .packets'; }

# peer_answers TCP|TCP6 ADDRESS:PORT; silent: all of them at once, each has two seconds.
peer_answers() { [[ $(exec_in sabnzbd app socat -T 2 - "$1:$2,connect-timeout=2" </dev/null 2>/dev/null) == peer ]]; }
peer_answers_udp() { [[ $(exec_in sabnzbd app socat -t 2 -T 2 - "UDP:$1" <<<question 2>/dev/null) == peer ]]; }
silent() {
  local item pids=() result=0
  for item in "$@"; do
    peer_answers "${item%%=*}" "${item#*=}" &
    pids+=("$!")
  done
  for item in "${pids[@]}"; do ! wait "$item" || result=1; done
  return "$result"
}
others() {
  check_equal "$1: neither a neighbour nor another port answers" yes "$(silent "TCP=$NEIGHBOUR:32400" "TCP=$NEIGHBOUR:8080" "TCP6=[$NEIGHBOUR6]:32400" "TCP=$PEER:8080" "TCP6=[$PEER6]:8080" && echo yes)"
}
named_peers() {
  check "$1: the named port of a peer answers" wait_until 10 peer_answers TCP "$PEER:32400"
  check 'by IPv6 too' wait_until 10 peer_answers TCP6 "[$PEER6]:32400"
  check 'every port of a range' wait_until 10 peer_answers TCP "$WHOLE:8080"
  check 'of both protocols' wait_until 10 peer_answers_udp "$WHOLE:514"
}

make_objects() {
  (cd "$ROOT" && node scripts/run.mjs tests/dataplane/bed/objects.ts "--extra-peers=$PEERS") | jq .sabnzbd >"$BED/objects/extra.json" &&
    (cd "$ROOT" && node scripts/run.mjs tests/dataplane/bed/policy.ts "$BED/objects/gateway.json" "$BED/objects/extra.json" "$BED/objects/prowlarr.json") >"$BED/policy.nft"
}
load_policies() { inside dp-node nft -f "$BED/policy.nft"; }
setting_of() { jq -r .configMap.data.settings "$BED/objects/extra.json" | sed -n 's/^EXTRA_PEERS=//p'; }

if [[ $TOPOLOGY == bridge ]]; then sysctl_in dp-node net.bridge.bridge-nf-call-iptables=1 net.bridge.bridge-nf-call-ip6tables=1; fi
build_lan
check 'the objects are made with extra peers' make_objects
check 'the policies can be compiled' load_policies
check 'the gateway starts' start_gateway
check 'the client starts' start_pod sabnzbd "$CLIENT" "$BED/objects/extra.json"
check 'the verdict becomes ok' wait_until 30 verdict_is sabnzbd '200 ok:*'

meter_reset
named_peers 'with everything'
others 'with everything'
check_equal 'name servers in a range are not asked' yes "$(silent "TCP=$WHOLE:53" "TCP=$WHOLE:853" && echo yes)"
check_equal 'a name asked of a peer is answered by the resolver of the pod' "$WEB" "$(exec_in sabnzbd app dig +short +time=3 "@$WHOLE" example.org)"
check_equal 'the web server sees the exit of the VPN' "$VPN_EXIT" "$(seen_address sabnzbd)"
check_equal 'frames of the overlay are taken from the cluster only' '' "$(inside dp-sabnzbd iptables -S INPUT | grep 192.168.9)"
provoke sabnzbd
check_tight 'with extra peers'

# One layer at a time.
inside dp-node nft delete table inet netpol
named_peers 'the rules of the pod alone'
others 'the rules of the pod alone'
check_equal 'no packet has reached a neighbour' 0 "$(reached_neighbours)"
load_policies
change_setting sabnzbd EXTRA_PEERS '192.168.9.0/24 fd00:9::/64'
allows_all() { inside dp-sabnzbd iptables -S OUTPUT | grep -q -- '-d 192.168.9.0/24 -o eth0 -j ACCEPT' && [[ -n $(ip -n dp-sabnzbd -6 route show exact fd00:9::/64 dev eth0) ]]; }
check 'rules and routes for the whole network' wait_until 10 allows_all
named_peers 'the policy alone'
others 'the policy alone'
check_equal 'no packet has reached a neighbour' 0 "$(reached_neighbours)"
inside dp-node nft delete table inet netpol
check 'without both layers a neighbour answers' peer_answers TCP "$NEIGHBOUR:32400"
check_equal 'and the counter counts' yes "$( (($(reached_neighbours) > 0)) && echo yes)"

change_setting sabnzbd EXTRA_PEERS "$(setting_of)"
exact_again() { [[ -z $(ip -n dp-sabnzbd route show exact 192.168.9.0/24) && -n $(ip -n dp-sabnzbd route show exact "$PEER" dev eth0) ]]; }
check 'rules and routes become exact again' wait_until 10 exact_again
others 'and then'
change_setting sabnzbd EXTRA_PEERS "$PEER/32:tcp:0 $PEER/32:icmp:1 0.0.0.0/0 192.168.9.0/24:tcp $PEER"
none_left() { ! inside dp-sabnzbd iptables -S OUTPUT | grep -q 192.168.9 && [[ -z $(ip -n dp-sabnzbd route show | grep 192.168.9) ]]; }
check 'items that are not valid open nothing' wait_until 10 none_left
check 'and are named' grep -q "EXTRA_PEERS: '$PEER/32:tcp:0' is not valid" "$BED/log/sabnzbd-vpn-route-sidecar.log"
check_equal 'a former peer does not answer' yes "$(silent "TCP=$PEER:32400" "TCP6=[$PEER6]:32400" "TCP=$WHOLE:8080" && echo yes)"
check 'the verdict is ok' wait_until 20 verdict_is sabnzbd '200 ok:*'
delete_pod sabnzbd
delete_gateway
