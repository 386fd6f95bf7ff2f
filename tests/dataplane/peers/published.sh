# shellcheck shell=bash
# Pods as the published Python charms make them, with what the scripts of pod-gateway 1.13 do.
# image/published-client and image/published-gateway do the same observable things, in words of their own. Where POD_GATEWAY names a checkout,
# its scripts are run instead.

# published_container NAME SIDE WORD RIGHTS [NAME=VALUE…]: a container of the gateway or the client that runs its `init` or `sidecar`. Its sidecar is started again when it ends, as the kubelet does,
# which after the first time waits 10 s and more.
published_container() {
  local name=$1 program="/usr/local/bin/published-$2" word=$3 rights=$4 command
  shift 4
  if [[ -n ${POD_GATEWAY:-} ]]; then
    program="/usr/local/bin/published-original ${program##*-}"
    set -- "$@" "POD_GATEWAY=$POD_GATEWAY"
  fi
  command="exec bash $program $word"
  [[ $word != sidecar ]] || command="for _ in {1..60}; do bash $program sidecar; sleep 1; done"
  jq -n --arg name "$name" --arg command "$command" --argjson rights "$rights" '
    {name: $name, command: ["bash", "-c", $command], securityContext: $rights,
     env: [$ARGS.positional[] | capture("^(?<name>[A-Z_]+)=(?<value>.*)$")]}' --args "$@"
}

# published_pod SIDE INIT SIDECAR RIGHTS-OF-INIT [NAME=VALUE…]: the objects that start_pod reads.
published_pod() {
  local side=$1 init=$2 sidecar=$3 rights=$4 admin='{"capabilities": {"add": ["NET_ADMIN"]}}'
  shift 4
  jq -n --argjson init "$(published_container "$init" "$side" init "$rights" "$@")" \
    --argjson sidecar "$(published_container "$sidecar" "$side" sidecar "$admin" "$@")" '
    {name: "gluetun", securityContext: {capabilities: {add: ["NET_ADMIN", "NET_RAW"]}}} as $gluetun
    | {configMap: {data: {settings: ""}}, statefulSet: {spec: {template: {spec: {
        volumes: [{name: "config", configMap: {}}], initContainers: [$init], containers: [$sidecar, $gluetun]}}}}}'
}

# start_published_gateway ADDRESS [FIRST]: the Python charm sets `DOT=off`, and lets the cluster in by rules that Gluetun adds last.
start_published_gateway() {
  local range
  start_published_router "$@" || return 1
  GLUETUN_CHANGES=dns_server=off start_gluetun || return 1
  for range in 10.1.0.0/16 10.152.183.0/24; do inside dp-gateway iptables -I INPUT -s "$range" -j ACCEPT; done
}

# start_published_router ADDRESS [FIRST]: a gateway's pod in which Gluetun has not started yet.
start_published_router() {
  published_pod gateway gateway-init gateway-sidecar '{"privileged": true}' NUMBER=42 "PORT=$VXLAN_PORT" "NETWORK=$OVERLAY" "FIRST=${2:-20}" \
    'LOCAL_RANGES=10.0.0.0/8 192.168.0.0/16' >"$BED/published-gateway.json"
  start_pod gateway "$1" "$BED/published-gateway.json" || return 1
  cluster_name "$GATEWAY_NAME" "$1"
}

start_published_client() {
  published_pod client vpn-route-init vpn-route-sidecar '{"capabilities": {"add": ["NET_ADMIN"]}}' "GATEWAY_NAME=$GATEWAY_NAME" "DNS=$CLUSTER_DNS" \
    NUMBER=42 "PORT=$VXLAN_PORT" "NETWORK=$OVERLAY" 'RANGES=10.1.0.0/16 10.152.183.0/24' >"$BED/published-client.json"
  start_pod legacy "$CLIENT" "$BED/published-client.json"
}

# peer_gateway KIND ADDRESS, peer_client KIND: KIND is `ours` or `published`.
peer_gateway() { if [[ $1 == ours ]]; then start_gateway "$2"; else start_published_gateway "$2"; fi; }
peer_client() {
  if [[ $1 == published ]]; then
    start_published_client
  else
    start_client && wait_until 30 verdict_is sabnzbd '200 ok:*'
  fi
}
peer_pod() { if [[ $1 == ours ]]; then echo sabnzbd; else echo legacy; fi; }

# peer_resolves KIND: a published client's resolv.conf stays as it was, so there the gateway is asked.
peer_resolves() {
  local server=()
  [[ $1 == ours ]] || server=("@$OVERLAY.1")
  [[ $(exec_in "$(peer_pod "$1")" app dig +short +tries=1 +time=3 "${server[@]}" example.org) == "$WEB" ]]
}
