# shellcheck shell=bash
# The gateway charm's own code beside its pod: Pebble's checks become its hooks, its Kubernetes objects the pod, its files Gluetun's settings.
# shellcheck source-path=SCRIPTDIR
. "$HERE/charm/from-outside.sh"
# shellcheck source-path=SCRIPTDIR
. "$HERE/charm/bed.sh"

PEBBLE="the test kit's Pebble" GLUETUN='the stand-in'
[[ -z ${PEBBLE_BIN:-} ]] || PEBBLE='the real Pebble'
[[ -z ${GLUETUN_BIN:-} ]] || GLUETUN='the real Gluetun'
group "the charm follows VPN server, key and port: $PEBBLE, $GLUETUN"

CONNECTED="active: VPN connected ($VPN_EXIT*), 1 client*"
CHARM_PORT=51413 CHARM_NEXT_PORT=51999

bring_up() {
  mkdir -p "$CHARM"
  start_lookups
  provider_gives "$CHARM_PORT"
  charm_program dp-inet nat-pmp "$CHARM/port"
  check "Juju's agent starts" start_charm
  check 'the pod is closed before there is a VPN' wait_until 30 status_is 'maintenance: closing the pod before the VPN starts*'
  check 'the pod of the objects that the charm has applied' start_charm_pod
  check '95, 96: the VPN is connected, and the status has its address' wait_until 60 is_told true "$CONNECTED"
  check 'what comes from the overlay has its own rules beside those of Gluetun' has_rules
  check 'the client starts' start_client
  check 'the verdict becomes ok' wait_until 30 verdict_is sabnzbd '200 ok:*'
  check_equal '97: outside, the client has the address that the databag names' "$(view .databag.external_ip)" "$(seen_address sabnzbd)"
  check '98: the client has vxlan0 with an address' has_overlay
}

has_rules() { [[ $(inside dp-gateway ip -4 rule show | grep -cE '^(47|48|49|101):') == 4 ]]; }

has_overlay() { ip -n dp-sabnzbd -4 -o addr show dev vxlan0 | grep -q "inet $OVERLAY\.[0-9]*/24"; }

# lose_a_packet: one answer of the gateway to the client's question is lost.
lose_a_packet() {
  local lost='PREROUTING -i vxlan0 -p icmp -m limit --limit 1/hour --limit-burst 1 -j DROP' words
  read -ra words <<<"$lost"
  inside dp-gateway iptables -t raw -A "${words[@]}"
  has_lost() { inside dp-gateway iptables -t raw -L PREROUTING -v -n -x | awk '/DROP/ { exit $1 > 0 ? 0 : 1 }'; }
  check 'a packet of the overlay is lost' wait_until 15 has_lost
  check_not 'C4: nothing is torn down for it' wait_until 4 overlay_is_down
  inside dp-gateway iptables -t raw -D "${words[@]}"
}
overlay_is_down() { ! has_overlay || ! verdict_is sabnzbd '200 ok:*'; }

hook_count() { view '[.hooks[] | select(.hook == "update-status")] | length'; }
has_hooks() { (($(hook_count) >= $1)); }

told_by_check() { [[ $(view '.hooks[-1].hook') == gluetun-pebble-check-* ]]; }

# hook_time: milliseconds of an update-status, the fastest of five: the machine may do other things.
hook_time() {
  local before number
  before=$(hook_count)
  for number in 1 2 3 4 5; do
    charm update-status >/dev/null
    wait_until 30 has_hooks $((before + number))
  done
  view '[.hooks[] | select(.hook == "update-status") | .milliseconds][-5:] | min'
}

# The server is gone, and comes back. OUTAGE: seconds that it stays away beyond that; after three minutes Gluetun itself connects anew and anew.
follow_server() {
  local up down
  meter_reset
  up=$(hook_time)
  stopwatch
  kill_vpn_server
  check 'the VPN server is killed: status and databag say so within 20 s' wait_until 20 is_told false 'waiting: VPN lost at ??:?? UTC*, reconnecting; clients are blocked'
  elapsed 'from the loss to the databag'
  check 'a check of Pebble has told the charm' told_by_check
  check_equal 'no address is told while there is none' null "$(view .databag.external_ip)"
  down=$(hook_time)
  printf '      a hook takes %s ms with the tunnel, %s ms without it\n' "$up" "$down"
  # The Pebble of the test kit shares a process with the hooks, and waits for its checks.
  [[ -z ${PEBBLE_BIN:-} ]] || check 'a hook with the tunnel down takes at most twice as long' test "$down" -le $((2 * up))
  provoke sabnzbd gateway
  sleep "${OUTAGE:-0}"
  check_tight 'without the VPN server'
  stopwatch
  revive_vpn_server
  check 'it is back: they say so within 20 s' wait_until 20 is_told true "$CONNECTED"
  elapsed 'from the return to the databag'
  check 'a check of Pebble has told the charm that, too' told_by_check
  check 'the client leaves by the VPN' wait_until 10 leaves_as sabnzbd "$VPN_EXIT"
  check_equal 'no hook has failed' 0 "$(view '[.hooks[] | select(.exitCode != 0)] | length')"
}

has_handshake() { inside dp-inet wg show wgs0 latest-handshakes | awk -v key="$1" '$1 == key { exit $2 > 0 ? 0 : 1 }'; }

# found_keys: places in which a private key is seen.
found_keys() {
  local keys=$CHARM/keys file
  sort -u "$BED/client.key" "$BED/next.key" >"$keys"
  charm evidence >"$CHARM/evidence"
  curl -s --unix-socket "$CHARM/r/charm/containers/gluetun/pebble.socket" 'http://pebble/v1/plan?format=yaml' >"$CHARM/plan"
  grep -q CHARM_SETTINGS_DIGEST "$CHARM/plan" || echo 'the plan cannot be read'
  cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' >"$CHARM/processes"
  grep -q "$CHARM" "$CHARM/processes" || echo 'the processes cannot be read'
  for file in "$CHARM"/{evidence,plan,processes} "$BED"/log/*; do
    if grep -q -F -f "$keys" "$file"; then echo "${file##*/}"; fi
  done
}

rotate_key() {
  local next
  (umask 077 && wg genkey >"$BED/next.key")
  next=$(wg pubkey <"$BED/next.key")
  meter_reset
  watch_http
  check 'the client asks ten times a second' wait_until 10 has_answers 20
  # From now on the server knows the new key only.
  inside dp-inet wg set wgs0 peer "$(wg pubkey <"$BED/client.key")" remove peer "$next" allowed-ips 10.2.0.2/32
  charm secret -d "@$BED/next.key" >/dev/null
  check 'C15: Gluetun connects with the new key in the network of its last run' wait_until 30 has_handshake "$next"
  check 'the VPN is connected again' wait_until 20 is_told true "$CONNECTED"
  check 'the client is answered again' wait_until 10 leaves_as sabnzbd "$VPN_EXIT"
  check 'and goes on asking' wait_until 10 has_answers $(($(wc -l <"$CHARM/answered") + 20))
  exec_in sabnzbd app rm /tmp/watched
  check "a new key costs the client less than 10 s ($(longest_gap) ms)" test "$(longest_gap)" -lt 10000
  check_equal 'the hook was secret-changed' secret-changed "$(view '[.hooks[].hook | select(. == "secret-changed")] | join(" ")')"
  check_equal 'the new key is in its file, for root only' "600 $(cat "$BED/next.key")" \
    "$(exec_in gateway gluetun sh -c 'stat -c %a /run/secrets/wireguard_private_key; cat /run/secrets/wireguard_private_key' | tr '\n' ' ' | sed 's/ $//')"
  check_equal 'no key is in plan, environment, argument, log, databag, state or object' '' "$(found_keys)"
  check_tight 'while the key changes'
}

# has_port PORT: the provider's port has come to the databag, and the pod's settings name client and port.
has_port() {
  told forwarded_port "$1" && grep -qx "FORWARDED_PORT=$1" "$BED/pods/gateway/volumes/gateway-config/settings" &&
    grep -qx FORWARDED_CLIENT=sabnzbd-0 "$BED/pods/gateway/volumes/gateway-config/settings"
}

# serve PORT OTHER-PORT: what the client's charm does with the port that it is told.
serve() {
  change_setting sabnzbd FORWARDED_PORT "$(view .databag.forwarded_port)"
  reachable sabnzbd "$1" "$2"
}

forward_port() {
  meter_reset
  listen sabnzbd "$CHARM_PORT"
  listen sabnzbd "$CHARM_NEXT_PORT"
  check "the provider's port has come to the client" wait_until 20 has_port "$CHARM_PORT"
  check 'the status names port and client' status_is "*, port $CHARM_PORT for sabnzbd"
  serve "$CHARM_PORT" "$CHARM_NEXT_PORT"
  stopwatch
  provider_gives "$CHARM_NEXT_PORT"
  # Gluetun asks for its port every 45 s.
  check 'the provider gives another one' wait_until 75 has_port "$CHARM_NEXT_PORT"
  elapsed 'from the change to the pod'
  serve "$CHARM_NEXT_PORT" "$CHARM_PORT"
  check_tight 'with a forwarded port'
}

need_no_pods
bring_up
lose_a_packet
follow_server
rotate_key
forward_port
# The next case begins with the former key.
inside dp-inet wg set wgs0 peer "$(wg pubkey <"$BED/next.key")" remove
start_vpn_server
need_no_pods
stop_charm
