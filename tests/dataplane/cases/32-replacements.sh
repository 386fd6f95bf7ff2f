# shellcheck shell=bash
group 'the gateway is replaced again and again, each time with another address'
need_pair

# A handshake of WireGuard that is lost is tried again after five seconds, which is no matter of the client.
tunnel_carries() { inside dp-gateway curl -s -m 1 --interface tun0 "http://$WEB/" | grep -qxF "$VPN_EXIT"; }

# replace_gateway ADDRESS: prints nothing; the milliseconds from the new address in the cluster's DNS to HTTP through the tunnel go into RECOVERIES.
RECOVERIES=()
asks_every_second() { exec_in sabnzbd app curl -s -4 -m 1 "http://$WEB/" | grep -qxF "$VPN_EXIT"; }

replace_gateway() {
  delete_gateway keep-name
  start_pod gateway "$1" "$BED/objects/gateway.json" && start_gluetun && wait_until 20 tunnel_carries || return 1
  cluster_name "$GATEWAY_NAME" "$1"
  stopwatch
  wait_until 40 asks_every_second || return 1
  RECOVERIES+=($(((${EPOCHREALTIME/./} - STOPWATCH) / 1000)))
}

nth() { printf '%s\n' "${RECOVERIES[@]}" | sort -n | sed -n "$1p"; }

meter_reset
sidecar=$(pid_of sabnzbd vpn-route-sidecar)
began=$SECONDS
for round in {1..20}; do
  # On a slow machine fewer; the limit of a check that takes much of the whole run's time.
  ((SECONDS - began < 150)) || break
  replace_gateway "10.1.0.$((10 + round % 8 + 1))" || { flunk "the client leaves by the gateway number $round" "$(pair_state)"; break; }
done
printf '      %s replacements, seconds to recover: %s\n' "${#RECOVERIES[@]}" "$(printf '%s\n' "${RECOVERIES[@]}" | sort -n | awk '{printf "%.1f ", $1 / 1000}')"
check 'at least ten replacements' test "${#RECOVERIES[@]}" -ge 10
check 'half of them within 5 s' test "$(nth $(((${#RECOVERIES[@]} + 1) / 2)))" -le 5000
check 'each of them within 10 s' test "$(nth "${#RECOVERIES[@]}")" -le 10000
check_not 'no container of the client has ended' is_gone "$sidecar"
check_tight 'while the gateways changed'

group 'a dead address stands before the new one'
# The cluster's DNS names the dead pod until it is noticed; nobody answers a ping, because the policy lets only the overlay through.
delete_gateway keep-name
start_gateway 10.1.0.10
inside dp-gateway iptables -t raw -A PREROUTING -i eth0 -p icmp -j DROP
cluster_name "$GATEWAY_NAME" 10.1.0.19 10.1.0.10
stopwatch
check 'the client leaves by the VPN again within 10 s' wait_until 10 leaves_as sabnzbd "$VPN_EXIT"
elapsed 'from the two addresses to the first answer'
delete_pod sabnzbd
start_client
stopwatch
check 'a fresh client finds the living one within 10 s' wait_until 10 leaves_as sabnzbd "$VPN_EXIT"
elapsed 'from the start to the first answer'
cluster_name "$GATEWAY_NAME" 10.1.0.10
inside dp-gateway iptables -t raw -F
check 'the verdict becomes ok again' wait_until 20 verdict_is sabnzbd '200 ok:*'
