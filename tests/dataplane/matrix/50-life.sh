# shellcheck shell=bash
# shellcheck disable=SC2034 # the matrix reads EXTRA
# Scenarios beside the rows: orders, replaced gateways, strangers, clocks.

start_containers() { # WORD…: `client`, or containers of the gateway, in this order
  local word
  need_no_pods
  create_pod gateway "$GATEWAY" "$BED/objects/gateway.json"
  start_workload gateway
  run_container gateway gateway-init
  for word in "$@"; do
    case $word in
      client) start_client ;;
      gluetun) start_gluetun ;;
      *) start_container gateway "$word" ;;
    esac
    attempt sabnzbd gateway
    cluster_name "$GATEWAY_NAME" "$GATEWAY"
  done
  wait_until 60 has_joined
  recovers
  attempt sabnzbd gateway
}
client_first() { start_containers client gluetun gateway-sidecar; }
client_between() { start_containers gateway-sidecar client gluetun; }
client_last() { start_containers gluetun gateway-sidecar client; }
scenario order-1 'start: client, Gluetun, sidecar of the gateway' 'firewall policy' client_first
scenario order-2 'start: sidecar of the gateway, client, Gluetun' 'firewall policy' client_between
scenario order-3 'start: Gluetun, sidecar of the gateway, client' 'firewall policy' client_last

gateway_replaced() {
  pair
  delete_gateway keep-name
  attempt sabnzbd
  start_gateway 10.1.0.11
  recovers
  attempt sabnzbd gateway
  need_no_pods
}
scenario replaced 'the gateway is killed and comes back with another address' 'firewall routes policy' gateway_replaced

# A pod that is not ours gets the address and sends everything on, with the overlay's own number and port. It takes until the name says otherwise.
address_reused() {
  pair
  delete_gateway keep-name
  apply_policies gone
  plug_pod stranger "$GATEWAY"
  sysctl_in dp-stranger net.ipv4.ip_forward=1
  ip -n dp-stranger link add vxlan0 type vxlan id 42 dev eth0 dstport "$VXLAN_PORT"
  ip -n dp-stranger addr add "$OVERLAY.1/24" dev vxlan0
  ip -n dp-stranger link set vxlan0 up
  [[ $MODE != follow ]] || { cluster_name "$GATEWAY_NAME"; wait_until 20 has_left; }
  attempt sabnzbd
  unplug_pod stranger "$GATEWAY"
  apply_policies
  cluster_name "$GATEWAY_NAME"
  need_no_pods
}
has_left() { ! inside dp-sabnzbd bridge fdb show dev vxlan0 | grep -q "dst $GATEWAY "; }
scenario 27 "a stranger gets the gateway's address and sends on what it is given" 'policy follow' address_reused

# A stranger sends frames to the overlay's port of gateway and client, and asks for a way out.
stranger_sends() {
  pair
  plug_pod stranger "$OPEN_POD"
  ip -n dp-stranger link add vxlan0 type vxlan id 42 dev eth0 dstport "$VXLAN_PORT"
  ip -n dp-stranger addr add "$OVERLAY.99/24" dev vxlan0
  inside dp-stranger bridge fdb append 00:00:00:00:00:00 dst "$CLIENT" dev vxlan0
  inside dp-stranger bridge fdb append 00:00:00:00:00:00 dst "$GATEWAY" dev vxlan0
  ip -n dp-stranger link set vxlan0 up
  ip -n dp-stranger route replace 198.51.100.80/32 via "$OVERLAY.1" dev vxlan0
  inside dp-stranger ping -c 2 -i 0.2 -W 1 "$OVERLAY.1" >/dev/null
  inside dp-stranger curl -s -m 1 "http://$WEB/" >"$BED/seen"
  expect 'the stranger does not leave by the node' not_seen "$NODE_OUTSIDE"
  attempt sabnzbd gateway
  unplug_pod stranger "$OPEN_POD"
  recovers
}
not_seen() { ! grep -q "$1" "$BED/seen"; }
scenario stranger "a stranger sends to the overlay's port of gateway and client" 'firewall policy' stranger_sends

second_gateway() {
  local second=10.1.0.12
  pair
  plug_pod stranger "$second"
  sysctl_in dp-stranger net.ipv4.ip_forward=1
  ip -n dp-stranger link add vxlan0 type vxlan id 42 dev eth0 dstport "$VXLAN_PORT"
  ip -n dp-stranger addr add "$OVERLAY.1/24" dev vxlan0
  ip -n dp-stranger link set vxlan0 up
  cluster_name "$GATEWAY_NAME" "$second" "$GATEWAY"
  attempt sabnzbd
  sleep 1
  attempt sabnzbd gateway
  cluster_name "$GATEWAY_NAME" "$GATEWAY"
  unplug_pod stranger "$second"
  recovers
}
scenario second-gateway 'a second gateway with the same number and name' 'policy' second_gateway

# The cluster's DNS answers from its cache for 30 s more.
stale_name() {
  pair
  ask sabnzbd "$GATEWAY_NAME"
  delete_gateway keep-name
  start_gateway 10.1.0.11 >/dev/null
  cluster_name "$GATEWAY_NAME" "$GATEWAY"
  attempt sabnzbd gateway
  cluster_name "$GATEWAY_NAME" 10.1.0.11
  recovers
  need_no_pods
}
scenario stale-name "the cluster's DNS still has the former gateway's address" 'firewall policy' stale_name

# Leases are counted by the clock that somebody may set; all that the scripts wait for, from the start of the machine.
clocks_jump() {
  local pod
  pair
  set_clocks +0
  for pod in 'gateway gateway-sidecar' 'sabnzbd vpn-route-sidecar'; do
    # shellcheck disable=SC2086 # two words
    kill_container $pod && start_container $pod
  done
  wait_until 60 has_joined
  set_clocks +172800
  attempt sabnzbd gateway
  recovers
  pkill -USR1 -x udhcpc
  expect 'the clock of the gateway has jumped' wait_until 10 lease_ends_late
  set_clocks -86400
  attempt sabnzbd gateway
  recovers
  fresh_client
  attempt sabnzbd
  need_no_pods
}
set_clocks() { # SECONDS
  local pod
  for pod in gateway sabnzbd; do printf '%s\n' "$1" >"$BED/pods/$pod/volumes/vpn-state/clock"; done
}
lease_ends_late() { awk -v late="$(($(date +%s) + 100000))" '$1 > late {found = 1} END {exit !found}' "$BED/pods/gateway/volumes/vpn-state/dhcp.leases"; }
scenario clock 'the clocks of both pods jump, two days on and three days back' 'firewall policy' clocks_jump
