# shellcheck shell=bash
# shellcheck source=../peers/published.sh
. "$HERE/peers/published.sh"

# names_settle GATEWAY: the published gateway's resolver looks every other second whether Gluetun has taken the names over. Until then it asks the cluster's DNS (row 8 of
# docs/explanation/peers.md), which no client can help.
names_settle() { [[ $1 == ours ]] || sleep 2.5; }

# try_pair GATEWAY CLIENT: connect, names, and the gateway's pod replaced by one with another address.
try_pair() {
  local pod pair="$1 gateway, $2 client"
  group "$pair"
  need_no_pods
  pod=$(peer_pod "$2")
  # Our client has its network policy, which lets nothing but the overlay's packets through to the gateway. The published gateway has none.
  if [[ $1 == published && $2 == ours ]]; then LAYERS=$CLIENT_LAYERS apply_policies; fi
  meter_reset
  check 'the gateway starts' peer_gateway "$1" "$GATEWAY"
  stopwatch
  check 'the client joins' peer_client "$2"
  check 'it leaves by the VPN' wait_until 20 leaves_as "$pod" "$VPN_EXIT"
  elapsed 'from the start of the client to its first answer'
  names_settle "$1"
  check 'names are resolved through the gateway' wait_until 10 peer_resolves "$2"
  check_tight 'connected'

  meter_reset
  delete_gateway keep-name
  provoke_outside "$pod"
  check_tight 'without a gateway'
  check 'a new gateway starts' peer_gateway "$1" 10.1.0.11
  stopwatch
  check 'the client leaves by the VPN again' wait_until 60 leaves_as "$pod" "$VPN_EXIT"
  elapsed 'from the start of the new gateway to the first answer'
  names_settle "$1"
  check 'names are resolved again' wait_until 10 peer_resolves "$2"
  provoke_outside "$pod"
  check_tight 'while the gateway was replaced'
  remove_policies
}

try_pair ours ours
try_pair ours published
try_pair published ours
try_pair published published

group 'a published gateway that has the broadcast address to give'
need_no_pods
check 'the gateway starts' start_published_gateway "$GATEWAY" 254
# Two addresses, and the other one belongs to somebody else for a while: whoever comes first gets .255, and cannot use it.
kill_container gateway gateway-sidecar
start_container gateway gateway-sidecar bash -c \
  "echo $(($(date +%s) + 8)) 02:00:00:00:99:01 $OVERLAY.254 other 01:02:00:00:00:99:01 >/tmp/leases; exec bash /usr/local/bin/published-gateway sidecar"
check 'our client joins' peer_client ours
check_equal 'with the other one' "$OVERLAY.254/24" "$(ip -n dp-sabnzbd -4 -o addr show dev vxlan0 | awk '{print $4}')"
logs_refusal() { grep -q "has given '$OVERLAY.255'" "$BED/log/sabnzbd-vpn-route-sidecar.log"; }
check 'the log says so' logs_refusal
check_equal 'after it has refused the first' "$OVERLAY.255" "$(cat "$BED/pods/sabnzbd/volumes/vpn-state/refused")"

if [[ -n ${GLUETUN_BIN:-} ]]; then
  group 'a published gateway with the real Gluetun'
  need_no_pods
  REAL_GLUETUN=yes
  check 'the gateway starts' start_published_gateway "$GATEWAY"
  check 'our client joins' peer_client ours
  check 'it leaves by the VPN' wait_until 20 leaves_as sabnzbd "$VPN_EXIT"
  names_settle published
  check 'names are resolved through the gateway' wait_until 10 peer_resolves ours
  # shellcheck disable=SC2034  # start_gluetun reads it
  REAL_GLUETUN=no
  need_no_pods
fi
