# shellcheck shell=bash
# shellcheck disable=SC2120 # the cases pass the arguments
# The gateway pod and its clients.

# start_gateway [ADDRESS]: with Gluetun and its tunnel; the cluster's DNS knows it at once.
start_gateway() {
  local ip=${1:-$GATEWAY}
  start_pod gateway "$ip" "$BED/objects/gateway.json" || return 1
  start_gluetun
  cluster_name "$GATEWAY_NAME" "$ip"
}

# start_gluetun: in the container of that name, with the settings that the charm code makes, as files. GLUETUN_CHANGES: others, `name=value`.
start_gluetun() {
  local dir=$BED/pods/gateway/containers/gluetun/upper/gluetun-settings key
  rm -rf "$BED/pods/gateway/containers/gluetun"
  mkdir -p "${dir%/*}"
  cp -r "$(gluetun_settings)" "$dir"
  for key in ${GLUETUN_CHANGES:-}; do printf '%s' "${key#*=}" >"$dir/${key%%=*}"; done
  mkdir -p "${dir%/*}/gluetun"
  cp "$BED/objects/cluster-resolv.conf" "${dir%/*}/gluetun"
  has_layer resolv-conf || printf 'nameserver %s\n' "$CLUSTER_DNS" >>"${dir%/*}/gluetun/cluster-resolv.conf"
  cp "$BED/client.key" "$dir/wireguard_private_key"
  wg pubkey <"$BED/server.key" >"$dir/wireguard_public_key"
  if [[ ${REAL_GLUETUN:-no} == yes ]]; then
    prepare_real_gluetun
    cp "$GLUETUN_BIN" "${dir%/*}/gluetun-entrypoint"
    cp "$BED/certificate.pem" "$dir"
  fi
  start_container gateway gluetun bash "/usr/local/bin/gluetun-$([[ ${REAL_GLUETUN:-no} == yes ]] && echo real || echo stand-in)"
  wait_until 30 tunnel_is_up
}

# gluetun_settings: the folder with a file for each setting, made once.
gluetun_settings() {
  local folder=$BED/objects/gluetun-settings key text
  if [[ ! -d $folder ]]; then
    mkdir -p "$folder"
    while IFS=$'\t' read -r key text; do base64 -d <<<"$text" >"$folder/${key,,}"; done \
      < <(jq -r 'to_entries[] | "\(.key)\t\(.value | tostring | @base64)"' "$BED/objects/settings.json")
    jq -j .resolver "$PREPARED/objects.json" >"$BED/objects/cluster-resolv.conf"
  fi
  printf '%s\n' "$folder"
}

# prepare_real_gluetun: its first check is a TLS connection to a name, for which the bed has a server.
prepare_real_gluetun() {
  [[ ! -e $BED/certificate.pem ]] || return 0
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=example.org -addext subjectAltName=DNS:example.org \
    -keyout "$BED/key.pem" -out "$BED/certificate.pem" 2>>"$BED/log/openssl.log"
  service dp-web openssl s_server -quiet -accept 8443 -cert "$BED/certificate.pem" -key "$BED/key.pem"
}

# set_vpn stopped|running: as somebody who asks Gluetun's control server.
set_vpn() {
  if [[ ${REAL_GLUETUN:-no} == yes ]]; then
    exec_in gateway app curl -s -m 5 -X PUT -d "{\"status\":\"$1\"}" http://127.0.0.1:8000/v1/vpn/status >/dev/null
  else
    signal_container gateway gluetun "$([[ $1 == stopped ]] && echo USR1 || echo USR2)"
  fi
}

tunnel_is_up() { inside dp-gateway ip -4 rule show pref 101 | grep -q 51820; }
tunnel_is_down() { ! inside dp-gateway ip link show tun0 >/dev/null 2>&1; }

delete_gateway() {
  delete_pod gateway
  [[ ${1:-} == keep-name ]] || cluster_name "$GATEWAY_NAME"
}

start_client() { # [NAME [ADDRESS]]
  start_pod "${1:-sabnzbd}" "${2:-$CLIENT}" "$BED/objects/${1:-sabnzbd}.json"
}

pod_exists() { [[ -e /run/netns/dp-$1 ]]; }

# need_pair: a gateway and a client that has joined it; those of the case before are taken.
need_pair() {
  pod_exists gateway || start_gateway || flunk 'the gateway starts'
  pod_exists sabnzbd || start_client || flunk 'the client starts'
  wait_until 30 verdict_is sabnzbd '200 ok:*' || flunk 'the verdict becomes ok' "$(verdict sabnzbd)"
}

# need_no_pods: for a case that starts its own.
need_no_pods() {
  local pod
  for pod in sabnzbd prowlarr legacy; do
    if pod_exists "$pod"; then delete_pod "$pod"; fi
  done
  if pod_exists gateway; then delete_gateway; fi
}

# verdict POD: status and text, as the workload's Pebble sees them.
verdict() {
  exec_in "$1" app curl -s -m 3 -w '\n%{http_code}' "http://127.0.0.1:$VERDICT_PORT/" | tac | tr '\n' ' ' | sed 's/ *$//'
}

verdict_is() { # POD PATTERN
  # shellcheck disable=SC2053 # a pattern
  [[ $(verdict "$1" 2>/dev/null) == $2 ]]
}

# resolver_pid: of the client's.
resolver_pid() { pgrep --ns "$(pid_of sabnzbd vpn-route-sidecar)" --nslist net -f 'dnsmasq .*--port=14792' | head -n 1; }

# pair_state: what a failed check shows.
pair_state() {
  echo "verdict: $(verdict sabnzbd)"
  ip -n dp-sabnzbd -4 -o addr show dev vxlan0
  ip -n dp-sabnzbd -4 route show default
  inside dp-sabnzbd bridge fdb show dev vxlan0
  ip -n dp-sabnzbd neigh show dev vxlan0
  echo "name: $(exec_in sabnzbd app dig +short +tries=1 +time=1 "$GATEWAY_NAME" | xargs)"
  echo "ping: $(inside dp-sabnzbd ping -c 2 -W 1 "$OVERLAY.1" | grep transmitted)"
  tail -n 6 "$BED/log/sabnzbd-vpn-route-sidecar.log"
  echo 'gateway:'
  ip -n dp-gateway -4 rule show
  ip -n dp-gateway neigh show dev vxlan0
  inside dp-gateway bridge fdb show dev vxlan0
  cat "$BED/pods/gateway/volumes/vpn-state/dhcp.leases"
  inside dp-gateway conntrack -L 2>/dev/null | grep -v 'dport=53 ' | tail -n 8
  echo "tunnel: $(inside dp-gateway curl -s -m 2 --interface tun0 "http://$WEB/")"
  tail -n 6 "$BED/log/gateway-gateway-sidecar.log"
}

seen_address() { # POD: the client's address as the web server sees it
  exec_in "$1" app curl -s -4 -m 3 "http://$WEB/"
}

leaves_as() { # POD ADDRESS
  [[ $(seen_address "$1") == "$2" ]]
}

# provoke POD…: everything that a program may try in order to get out, in all of them at once; ends after about two seconds.
provoke() {
  local pod pids=()
  for pod in "$@"; do
    exec_in "$pod" app bash /usr/local/bin/provoke "$([[ $pod == gateway ]] || echo "$CLUSTER_DNS $CLUSTER_DNS_POD")" eth0 >/dev/null 2>&1 &
    pids+=("$!")
  done
  wait "${pids[@]}"
}

# provoke_outside POD: the same without what routes alone cannot stop: questions to the cluster's DNS, and sockets that are bound to eth0
# where the node answers for every address (proxy ARP, as with Calico). There the network policy is the second layer.
provoke_outside() {
  exec_in "$1" app bash /usr/local/bin/provoke >/dev/null 2>&1
}
