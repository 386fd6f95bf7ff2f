# shellcheck shell=bash
# shellcheck disable=SC2034 # the matrix reads EXTRA
# Rows about routes and about what keeps them: the sidecar and the overlay's device.

ipv6_default() {
  pair
  lead_out sabnzbd 6 default 5
  attempt sabnzbd
  lead_out sabnzbd 6 default 2000
  lead_out sabnzbd 6 2000::/3 1
  attempt sabnzbd
}
scenario 10 'default routes of IPv6 appear later' 'firewall policy' ipv6_default

any_metric() {
  local metric
  pair
  for metric in 0 5 199 4000; do lead_out sabnzbd 4 default "$metric"; done
  for metric in 0.0.0.0/1 128.0.0.0/1 198.51.100.0/24; do lead_out sabnzbd 4 "$metric" 0; done
  attempt sabnzbd
  recovers
}
scenario 11 'routes of IPv4 are added again, with any metric' 'firewall policy' any_metric

overlay_rebuilt() {
  pair
  ip -n dp-sabnzbd link del vxlan0
  attempt sabnzbd
  ip -n dp-sabnzbd link del vxlan0 2>/dev/null
  recovers
  wait_until 60 has_joined
}
scenario 12 'the device of the overlay is deleted and made again' 'firewall routes policy' overlay_rebuilt

sidecar_killed() {
  pair
  kill_container sabnzbd vpn-route-sidecar
  attempt sabnzbd
  start_container sabnzbd vpn-route-sidecar
  wait_until 60 has_joined
  recovers
}
scenario 13 "the client's sidecar is killed and started again" 'firewall routes gate policy' sidecar_killed

client_init_again() {
  pair
  run_container sabnzbd vpn-route-init &
  attempt sabnzbd
  wait "$!"
  attempt sabnzbd
  wait_until 60 has_joined
  recovers
}
scenario client-init-again "the client's init container runs again beside the running pod" 'firewall policy' client_init_again

# The node's service, with the caller's address kept: the answer leaves by the overlay, and must not enter the tunnel with an address that no translation has touched.
node_port() {
  local rule=(-i up0 -p tcp --dport 30080 -j DNAT --to-destination "$CLIENT:8080")
  pair
  inside dp-gateway nft -f - <<<"table inet shown {
    counter addresses {}
    chain out {
      type filter hook postrouting priority 350;
      oifname tun0 ip saddr != 10.2.0.0/24 counter name addresses
    }
  }"
  inside dp-node iptables -t nat -A PREROUTING "${rule[@]}"
  inside dp-web curl -s -m 1 "http://$NODE_OUTSIDE:30080/" >/dev/null
  inside dp-node iptables -t nat -D PREROUTING "${rule[@]}"
  EXTRA=address-shown=$(inside dp-gateway nft -j list counter inet shown addresses | jq '.nftables[] | .counter? // empty | .packets')
  inside dp-gateway nft delete table inet shown
}
scenario 20 'a service of the node keeps the address of an outside caller' 'firewall guard' node_port

metadata() {
  pair
  change_setting sabnzbd CLUSTER_CIDRS '10.1.0.0/16 10.152.183.0/24 169.254.0.0/16'
  ask_metadata sabnzbd
  attempt sabnzbd
  change_setting sabnzbd CLUSTER_CIDRS '10.1.0.0/16 10.152.183.0/24'
}
ask_metadata() {
  local words
  read -ra words <<<"$(uplink_of 4)"
  [[ $MODE == routes ]] || ip -n "dp-$1" route add 169.254.169.254 "${words[@]}" 2>/dev/null
  exec_in "$1" app curl -s -m 1 http://169.254.169.254/latest/ >/dev/null
}
scenario 22 "the cloud's metadata address, with a route and a range for it" 'firewall policy' metadata

beside_the_controller() {
  pair
  exec_in sabnzbd app bash -c "for port in 22 443 17071; do timeout 1 bash -c 'echo >/dev/tcp/$CONTROLLER_OUTSIDE/'\$port; done" 2>/dev/null
  controller_answers() { [[ $(exec_in sabnzbd app socat -T 2 - "TCP:$CONTROLLER_OUTSIDE:17070,connect-timeout=2" </dev/null) == controller ]]; }
  expect 'a controller outside of the cluster answers' controller_answers
  attempt sabnzbd
}
scenario 24 'other ports of a controller that is outside of the cluster' 'firewall policy' beside_the_controller

api_server() {
  pair
  api_at() { [[ $(exec_in sabnzbd app socat -T 2 - "TCP:$1,connect-timeout=2" </dev/null) == api ]]; }
  expect 'the API server answers at the address of its service' api_at "$API_SERVICE:443"
  expect 'the API server answers at the address of the node' api_at "$NODE:$API_PORT"
  # The node's address outside is a machine's like any other.
  exec_in sabnzbd app bash -c "timeout 1 bash -c 'echo >/dev/tcp/203.0.113.1/$API_PORT'" 2>/dev/null
  attempt sabnzbd
}
scenario 25 'the API server before and after the translation of addresses' 'firewall policy' api_server
