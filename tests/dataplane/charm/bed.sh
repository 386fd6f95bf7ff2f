# shellcheck shell=bash
# Juju's agent with the gateway charm, and the world that Gluetun asks: the addresses of the Internet, and the VPN server's port mapping.
readonly CHARM=$BED/charm LOOKUP=198.51.100.82
CHARM_SERVICES=()

charm() { curl -s -m 30 --unix-socket "$CHARM/agent.sock" "http://agent/$1" "${@:2}"; } # PATH [curl option…]
view() { charm view | jq -r "$1"; }

status_is() { # PATTERN
  # shellcheck disable=SC2053 # a pattern
  [[ $(view '.status | "\(.name): \(.message)"') == $1 ]]
}
told() { [[ $(view ".databag.$1") == "$2" ]]; } # FIELD VALUE
is_told() { told vpn_connected "$1" && status_is "$2"; } # BOOLEAN STATUS

charm_service() { # NAMESPACE COMMAND…
  service "$@"
  CHARM_SERVICES+=("$!")
}

# charm_program NAMESPACE FILE [argument…]
charm_program() { charm_service "$1" node scripts/run.mjs "tests/dataplane/charm/$2.ts" "${@:3}"; }

# start_lookups: names and servers with which Gluetun finds its public address and tests its tunnel.
start_lookups() {
  local item
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=ipinfo.io \
    -addext subjectAltName=DNS:ipinfo.io,DNS:cloudflare.com,DNS:github.com -keyout "$CHARM/key.pem" -out "$CHARM/certificate.pem" 2>>"$BED/log/openssl.log"
  address dp-web eth0 "$LOOKUP/32" 1.0.0.1/32
  ip -n dp-inet route add 1.0.0.1 via "$WEB"
  charm_program dp-web lookups "$CHARM/certificate.pem" "$CHARM/key.pem" 8444
  charm_service dp-web dnsmasq -k --conf-file=/dev/null --no-resolv --no-hosts --pid-file= --user=root --port=5300 --except-interface=none \
    --address="/example.org/$WEB" --address="/ipinfo.io/cloudflare.com/github.com/$LOOKUP"
  inside dp-web iptables -t nat -A PREROUTING -d "$LOOKUP" -p tcp --dport 443 -j REDIRECT --to-ports 8444
  for item in 1.1.1.1 1.0.0.1; do inside dp-web iptables -t nat -A PREROUTING -d "$item" -p udp --dport 53 -j REDIRECT --to-ports 5300; done
}

# provider_gives PORT: the VPN server says so to whoever asks, and sends this port on, and no other.
provider_gives() {
  local protocol
  echo "$1" >"$CHARM/port"
  inside dp-inet iptables -t nat -F PREROUTING
  for protocol in tcp udp; do
    inside dp-inet iptables -t nat -A PREROUTING -d "$VPN_EXIT" -p "$protocol" --dport "$1" -j DNAT --to-destination 10.2.0.2
  done
}

# start_charm: with the options of an operator who has a WireGuard server and wants its port.
start_charm() {
  jq -n --rawfile key "$BED/client.key" --arg public "$(wg pubkey <"$BED/server.key")" --arg server "$VPN_SERVER" --argjson port "$VPN_PORT" \
    --arg pod "$BED/pods/gateway" --arg pebble "${PEBBLE_BIN:-}" '{
      privateKey: ($key | rtrimstr("\n")), pod: $pod, realPebble: ($pebble != ""),
      config: {"vpn-provider": "custom", "vpn-endpoint-ip": $server, "vpn-endpoint-port": $port, "wireguard-public-key": $public, "wireguard-addresses": "10.2.0.2/32",
        "port-forwarding": true, "port-forwarding-provider": "protonvpn", "dns-upstream": "plain", "log-level": "debug",
        "custom-overrides": "{\"BLOCK_MALICIOUS\": \"off\"}"}}' >"$CHARM/options.json"
  node scripts/run.mjs tests/dataplane/charm/main.ts "$CHARM" >>"$BED/log/charm.log" 2>&1 &
  CHARM_SERVICES+=("$!")
  wait_until 30 test -S "$CHARM/agent.sock"
}

# start_charm_pod: from the objects that the charm has applied. Gluetun's container begins with Pebble, or waits for programs that the stand-in for it starts.
start_charm_pod() {
  local dir=$BED/pods/gateway/containers/gluetun/upper version port
  start_pod gateway "$GATEWAY" "$CHARM/objects.json" || return 1
  rm -rf "$BED/pods/gateway/containers/gluetun"
  mkdir -p "$dir"/{gluetun,charm/bin,charm/container,usr/local/bin,etc}
  cp "$CHARM/certificate.pem" "$dir/certificate.pem"
  echo 3.22.0 >"$dir/etc/alpine-release"
  for version in 2.5 2.6; do ln -s /bin/true "$dir/usr/local/bin/openvpn$version"; done
  if [[ -n ${GLUETUN_BIN:-} ]]; then
    cp "$GLUETUN_BIN" "$dir/gluetun-entrypoint"
  else
    sed "s/@WEB@/$WEB/" "$HERE/charm/stand-in" >"$dir/gluetun-entrypoint"
    chmod 755 "$dir/gluetun-entrypoint"
  fi
  if [[ -n ${PEBBLE_BIN:-} ]]; then
    cp "$PEBBLE_BIN" "$dir/charm/bin/pebble"
    start_container gateway gluetun sh -c 'mkdir -p /tmp/gluetun; exec /charm/bin/pebble run --create-dirs --hold --verbose'
  else
    start_container gateway gluetun bash -c 'mkdir -p /tmp/gluetun; while :; do sleep 1000 & wait; done'
  fi
  for port in 8000 9999; do charm_service dp-gateway socat "UNIX-LISTEN:$CHARM/r/run/loopback/$port.sock,fork" "TCP:127.0.0.1:$port"; done
  cluster_name "$GATEWAY_NAME" "$GATEWAY"
  charm pod -d "{\"network\": $(pid_of gateway app), \"gluetun\": $(pid_of gateway gluetun)}" >/dev/null
}

stop_charm() {
  local item
  kill "${CHARM_SERVICES[@]}" 2>/dev/null
  CHARM_SERVICES=()
  for item in dp-web dp-inet; do inside "$item" iptables -t nat -F PREROUTING; done
  ip -n dp-inet route del 1.0.0.1
  for item in "$LOOKUP" 1.0.0.1; do ip -n dp-web addr del "$item/32" dev eth0; done
}

# The VPN server itself, not the service that uses it.
kill_vpn_server() {
  local pid
  pid=$(pgrep -of 'wireguard-go --foreground wgs0')
  disown "$pid" 2>/dev/null
  kill -KILL "$pid"
  wait_until 5 is_gone "$pid"
  rm -f /run/wireguard/wgs0.sock
}

revive_vpn_server() {
  service dp-inet wireguard-go --foreground wgs0
  wait_until 10 test -S /run/wireguard/wgs0.sock
  start_vpn_server
  address dp-inet wgs0 10.2.0.1/24
  ip -n dp-inet link set wgs0 mtu 1320 up
}

# A client's requests, ten a second, and when they were answered.
watch_http() {
  exec_in sabnzbd app touch /tmp/watched
  # shellcheck disable=SC2016 # of the pod's shell
  exec_in sabnzbd app bash -c 'while [[ -e /tmp/watched ]]; do curl -s -o /dev/null -m 1 "http://$1/" && echo "${EPOCHREALTIME/./}"; sleep 0.1; done' watch "$WEB" >"$CHARM/answered" 2>/dev/null &
}
has_answers() { (($(wc -l <"$CHARM/answered") > $1)); }
longest_gap() { awk 'NR > 1 && $1 - last > gap { gap = $1 - last } { last = $1 } END { print int(gap / 1000) }' "$CHARM/answered"; }
