# shellcheck shell=bash
# Rows about what a client's pod has, and when it has it.

bare_client() { # a pod as Juju alone would make it
  pod_exists gateway || start_gateway
  if pod_exists sabnzbd; then delete_pod sabnzbd; fi
  create_pod sabnzbd "$CLIENT" "$BED/objects/sabnzbd.json"
  start_workload sabnzbd
}

nothing_happens() {
  fresh_pair
  [[ $MODE != all ]] || wait_until 20 verdict_is sabnzbd '200 ok:*' || flunk 'the verdict becomes ok' "$(verdict sabnzbd)"
  expect "the charm's gate opens" gate_is_open sabnzbd
  attempt sabnzbd gateway
}
scenario baseline 'nothing happens' 'firewall routes policy' nothing_happens

before_init() {
  bare_client
  attempt sabnzbd
  delete_pod sabnzbd
}
scenario 1 'a program starts before the init container has ended' 'gate policy' before_init

patch_dropped() {
  pair
  bare_client
  attempt sabnzbd
  delete_pod sabnzbd
}
scenario 2 'the pod comes back without what the charm has added to it' 'gate policy' patch_dropped

policy_late() {
  remove_policies
  fresh_client
  attempt sabnzbd gateway
  apply_policies
  attempt sabnzbd
}
scenario 3 'the network policy comes after the pod' 'firewall routes gate' policy_late

policy_ignored() {
  remove_policies
  pair
  attempt sabnzbd gateway
  apply_policies
}
scenario 4 'the network does not enforce policies' 'firewall routes gate' policy_ignored

with_cilium() {
  apply_policies cilium
  fresh_client
  recovers
  api_answers() { [[ $(exec_in sabnzbd app socat -T 2 - "TCP:$API_SERVICE:443,connect-timeout=2" </dev/null) == api ]]; }
  expect 'behind the policies of Cilium the API server answers' api_answers
  attempt sabnzbd gateway
  apply_policies
}
scenario 5 'Cilium: ranges match neither pods nor nodes' 'firewall policy' with_cilium

public_range() {
  fresh_client
  change_setting sabnzbd CLUSTER_CIDRS '10.1.0.0/16 10.152.183.0/24 198.51.100.0/24 0.0.0.0/0'
  takes_it() { [[ -n $(ip -n dp-sabnzbd route show exact 198.51.100.0/24 dev eth0) ]]; }
  wait_until 10 takes_it
  attempt sabnzbd
  delete_pod sabnzbd
}
scenario 6 'a public range among the ranges of the cluster' 'gate policy' public_range

without_sidecar() {
  bare_client
  run_container sabnzbd vpn-route-init
  attempt sabnzbd
  expect 'without a sidecar the gate is closed' gate_is_closed
  delete_pod sabnzbd
}
gate_is_closed() { ! gate_is_open sabnzbd; }
scenario no-sidecar 'a client pod without its sidecar' 'firewall gate policy' without_sidecar

# A connection that is open when the pod is closed must not go on.
established() {
  bare_client
  pgrep -f TCP-LISTEN:8081 >/dev/null || service dp-web socat TCP-LISTEN:8081,fork,reuseaddr SYSTEM:'cat >/dev/null'
  if [[ $GATED == no ]]; then
    exec_in sabnzbd app bash -c "exec 3<>/dev/tcp/$WEB/8081; while echo more >&3; do sleep 0.2; done" 2>/dev/null &
    sleep 0.6
  fi
  run_container sabnzbd vpn-route-init
  meter_reset
  sleep 1
  delete_pod sabnzbd
}
scenario 30 'a connection was open before the pod was closed' 'firewall gate' established

probed_from_outside() {
  pair
  attempt sabnzbd
  ip -n dp-node addr add 192.168.8.9/32 dev lo 2>/dev/null
  inside dp-node socat -T 1 - "TCP:$CLIENT:38813,bind=192.168.8.9,connect-timeout=1" </dev/null >"$BED/probe" 2>/dev/null
  expect 'a probe from a node that the charm does not know stays without an answer' test ! -s "$BED/probe"
  kubelet_probes() { [[ $(inside dp-node socat -T 2 - "TCP:$CLIENT:38813,bind=$NODE" </dev/null) == pebble ]]; }
  expect 'a probe from a known node is answered' kubelet_probes
}
scenario 21 'probes from known and from unknown nodes' 'firewall routes policy' probed_from_outside

relation_removed() {
  pair
  # The order of the charm: the workload is stopped, the pod is given back, the policy goes last.
  bare_client
  attempt sabnzbd
  delete_pod sabnzbd
}
scenario 29 'the relation is removed while the pod is replaced' 'gate policy' relation_removed
