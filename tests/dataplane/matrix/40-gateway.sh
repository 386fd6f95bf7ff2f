# shellcheck shell=bash
# shellcheck disable=SC2034 # the matrix and start_gluetun read them
# Rows about the gateway's pod, its tunnel and Gluetun.

tunnel_restarts() {
  pair
  tunnel_down
  attempt sabnzbd gateway
  tunnel_up
  recovers
}
scenario 14 'the tunnel is removed and comes back' 'filter guard gateway-policy' tunnel_restarts

flapping() {
  local round
  pair
  attempt sabnzbd gateway &
  for round in 1 2 3 4; do
    tunnel_down
    attempt sabnzbd gateway
    tunnel_up
  done
  wait "$!"
  recovers
}
scenario flapping 'the tunnel comes and goes every second' 'filter guard gateway-policy' flapping

# What 3.41 does when a rule is refused: everything is flushed and accepted.
flushed() {
  pair
  kill_container gateway gateway-sidecar
  signal_container gateway gluetun HUP
  filter_is_open() { inside dp-gateway iptables -S OUTPUT | grep -q -- '-P OUTPUT ACCEPT'; }
  wait_until 5 filter_is_open
  inside dp-gateway ip rule del pref 101 2>/dev/null
  inside dp-gateway ip link del tun0 2>/dev/null
  attempt sabnzbd gateway
  start_container gateway gateway-sidecar
  start_gluetun
  recovers
  [[ $MODE == all ]] || need_no_pods
}
scenario 14b "Gluetun's firewall fails: everything is flushed and accepted" 'guard gateway-policy' flushed

server_dead() {
  pair
  inside dp-inet wg set wgs0 peer "$(wg pubkey <"$BED/client.key")" remove
  attempt sabnzbd gateway
  start_vpn_server
  recovers
}
scenario 15 'the VPN server is dead' 'filter guard gateway-policy' server_dead

before_gluetun() {
  need_no_pods
  start_pod gateway "$GATEWAY" "$BED/objects/gateway.json"
  cluster_name "$GATEWAY_NAME" "$GATEWAY"
  start_client
  wait_until 60 has_joined
  attempt sabnzbd gateway
  start_gluetun
  recovers
}
scenario 16 'the gateway has no Gluetun yet' 'filter guard gateway-policy' before_gluetun

only_wide_subnets() {
  GLUETUN_CHANGES='firewall_outbound_subnets=10.1.0.0/16,10.152.183.0/24,198.51.100.0/24,203.0.113.0/24,8.0.0.0/8'
  need_no_pods
  pair
  attempt sabnzbd gateway
  exec_in sabnzbd app curl -s -m 1 http://203.0.113.1/ >/dev/null
  GLUETUN_CHANGES=
  need_no_pods
}
scenario 17 'FIREWALL_OUTBOUND_SUBNETS names half of the Internet' 'guard gateway-policy' only_wide_subnets

# 203.0.113.1 is a machine beside the node.
lan_of_the_node() {
  pair
  inside dp-gateway ip route add 203.0.113.1 via "$(inside dp-gateway ip -4 route show default dev eth0 | awk '{print $3}')" dev eth0 2>/dev/null
  exec_in sabnzbd app curl -s -m 1 http://203.0.113.1/ >/dev/null
  exec_in sabnzbd app ping -c 1 -W 1 203.0.113.1 >/dev/null
  exec_in gateway app curl -s -m 1 http://203.0.113.1/ >/dev/null
  inside dp-gateway ip route del 203.0.113.1
}
scenario 18 "a machine in the node's network, through the gateway" 'filter guard gateway-policy' lan_of_the_node

gluetun_signal() { # SIGNAL
  local pid
  pair
  pid=$(pid_of gateway gluetun)
  kill "-$1" "$pid"
  wait_until 8 is_gone "$pid"
  attempt sabnzbd gateway
  start_gluetun
  recovers
}
gluetun_term() { gluetun_signal TERM; }
gluetun_kill() { gluetun_signal KILL; }
scenario sigterm 'Gluetun is ended with SIGTERM and started again' 'filter guard gateway-policy' gluetun_term
scenario sigkill 'Gluetun is killed and started again' 'filter guard gateway-policy' gluetun_kill

gateway_sidecar_killed() {
  pair
  kill_container gateway gateway-sidecar
  attempt sabnzbd gateway
  start_container gateway gateway-sidecar
  recovers
}
scenario gateway-sidecar "the gateway's sidecar is killed and started again" 'filter guard gateway-policy' gateway_sidecar_killed

# The overlay's device is made anew, and addresses are handed out on the former one: the sidecar ends, and the kubelet starts it again.
gateway_init_again() {
  local sidecar
  pair
  sidecar=$(pid_of gateway gateway-sidecar)
  run_container gateway gateway-init &
  attempt sabnzbd gateway
  wait "$!"
  attempt sabnzbd gateway
  expect 'the sidecar ends with its device' wait_until 20 is_gone "$sidecar"
  kill_container gateway gateway-sidecar
  start_container gateway gateway-sidecar
  recovers
  if [[ $MODE == all ]]; then fresh_client; else need_no_pods; fi
}
scenario gateway-init-again "the gateway's init container runs again beside the running pod" 'guard gateway-policy' gateway_init_again

reconnects() {
  local round
  pair
  attempt sabnzbd gateway &
  for round in {1..50}; do
    set_vpn stopped
    sleep 0.05
    set_vpn running
    sleep 0.1
    ((round % 10 != 0)) || attempt sabnzbd gateway
  done
  wait "$!"
  # Two signals that come together may count as one.
  for round in 1 2 3; do
    ! wait_until 5 tunnel_is_up || break
    set_vpn running
  done
  recovers
}
scenario reconnects 'fifty reconnects' 'guard gateway-policy' reconnects

# Whoever reaches the control server can stop the VPN.
control_server() {
  GLUETUN_CHANGES=$([[ $MODE == bind || $MODE == all ]] || echo 'http_control_server_address=:8000')
  need_no_pods
  pair
  plug_pod stranger "$OPEN_POD"
  inside dp-stranger curl -s -m 1 "http://$GATEWAY:8000/" >/dev/null
  # Clients inside the overlay are behind the gateway's own rules only.
  [[ $MODE == gateway-policy ]] || exec_in sabnzbd app curl -s -m 1 "http://$OVERLAY.1:8000/" >/dev/null
  sleep 0.3
  tunnel_is_up || EXTRA=vpn-stopped=1
  unplug_pod stranger "$OPEN_POD"
  GLUETUN_CHANGES=
  need_no_pods
}
scenario 28 'a stranger and a client ask the control server to stop the VPN' 'bind guard gateway-policy' control_server
