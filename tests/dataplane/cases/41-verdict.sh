# shellcheck shell=bash
group 'how soon the verdict turns, and turns back'
need_pair

# turns WHAT PATTERN CAUSE REPAIRED: what the sidecar repairs by itself.
turns() {
  local caused repaired
  wait_until 20 verdict_is sabnzbd '200 ok:*' || flunk 'the verdict is ok before' "$(pair_state)"
  # At any moment of the sidecar's round.
  sleep "1.$((RANDOM % 10))"
  caused=$EPOCHREALTIME
  "$3"
  wait_until 10 "$4"
  repaired=$EPOCHREALTIME
  timely "$caused" 5000 "503 $1" verdict_is sabnzbd "$2"
  timely "$repaired" 5000 '  and 200 after its repair' verdict_is sabnzbd '200 ok:*'
}

default_changed() {
  local words
  read -ra words <<<"$(uplink_of 4)"
  inside dp-sabnzbd ip -4 route replace default "${words[@]}"
}
default_removed() { inside dp-sabnzbd ip -4 route del default dev vxlan0; }
default_is_back() { [[ $(inside dp-sabnzbd ip -4 route show default) == "default via $OVERLAY.1 dev vxlan0 " ]]; }
ipv6_added() { lead_out sabnzbd 6 default 7; }
ipv6_is_gone() { [[ -z $(inside dp-sabnzbd ip -6 route show default dev eth0) ]]; }
rule_removed() { inside dp-sabnzbd iptables -D OUTPUT 1; }
rules_are_back() { [[ $(inside dp-sabnzbd iptables -S OUTPUT) == "$rules" ]]; }
resolver_killed() { kill -KILL "$(resolver_pid)"; }
resolver_is_back() { [[ -n $(exec_in sabnzbd app dig +short +tries=1 +time=1 kubernetes.default.svc.cluster.local) ]]; }
gateway_silent() { inside dp-gateway iptables -t raw -A PREROUTING -i vxlan0 -j DROP; }

rules=$(inside dp-sabnzbd iptables -S OUTPUT)
for _ in 1 2; do
  turns 'the default route leads elsewhere' '503 route:*' default_changed default_is_back
  turns 'the default route is gone' '503 route:*' default_removed default_is_back
  turns 'a default route of IPv6 is there' '503 ipv6:*' ipv6_added ipv6_is_gone
  turns 'a rule is gone' '503 rules:*' rule_removed rules_are_back
  turns 'the resolver has ended' '503 resolver:*' resolver_killed resolver_is_back

  wait_until 20 verdict_is sabnzbd '200 ok:*'
  sleep "1.$((RANDOM % 10))"
  caused=$EPOCHREALTIME
  gateway_silent
  timely "$caused" 5000 '503 the gateway is silent' verdict_is sabnzbd '503 gateway:*'
  repaired=$EPOCHREALTIME
  inside dp-gateway iptables -t raw -F
  timely "$repaired" 5000 '  and 200 when it answers again' verdict_is sabnzbd '200 ok:*'
  # The lease is renewed now, which brings a default route, too.
  sleep 3
done
