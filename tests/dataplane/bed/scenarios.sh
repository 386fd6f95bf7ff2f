# shellcheck shell=bash
# shellcheck disable=SC2034 # RECOVERY is the matrix's
# Steps of the scenarios of the leak matrix. They work with any set of layers.

# pair: a gateway and a client that has joined its overlay; those of the scenario before are taken.
pair() {
  pod_exists gateway || start_gateway || flunk 'the gateway starts'
  pod_exists sabnzbd || start_client || flunk 'the client starts'
  wait_until 60 has_joined || flunk "the client joins the overlay (only: $MODE)"
}

fresh_client() {
  if pod_exists sabnzbd; then delete_pod sabnzbd; fi
  pair
}

fresh_pair() {
  need_no_pods
  pair
}

has_joined() { [[ -n $(ip -n dp-sabnzbd -4 route show default dev vxlan0 2>/dev/null) ]]; }

# attempt POD…: what a program in there may try. The gate keeps a client's workload from being started.
attempt() {
  local pod pids=() servers device=eth0
  # A socket that is bound to a device is beyond the routes, and a question to the cluster's DNS beyond every layer but the rules for names.
  [[ $MODE == routes ]] && device=
  for pod in "$@"; do
    pod_exists "$pod" || continue
    servers=
    if [[ $pod != gateway ]]; then
      if [[ $GATED == yes ]] && ! gate_is_open "$pod" >>"$BED/log/gate.log"; then continue; fi
      [[ $MODE != all && $MODE != none ]] || servers="$CLUSTER_DNS $CLUSTER_DNS_POD"
    fi
    exec_in "$pod" app bash /usr/local/bin/provoke "$servers" "$device" 1 >/dev/null 2>&1 &
    pids+=("$!")
  done
  ((${#pids[@]} == 0)) || wait "${pids[@]}"
}

# recovers: with all layers, the seconds until the client leaves by the VPN again.
recovers() {
  [[ $MODE == all ]] || return 0
  stopwatch
  if wait_until 60 leaves_as sabnzbd "$VPN_EXIT"; then
    RECOVERY=$(awk -v from="$STOPWATCH" -v to="${EPOCHREALTIME/./}" 'BEGIN {printf "%.1f", (to - from) / 1000000}')
  else
    flunk 'the client leaves by the VPN again' "$(pair_state)"
  fi
}

# expect WHAT COMMAND…: a check that belongs to the run with all layers.
expect() { [[ $MODE != all ]] || check "$@"; }

# uplink_of FAMILY: words of a route by the pod's own interface.
uplink_of() {
  case $1$TOPOLOGY in
    4bridge) echo "via $BRIDGE dev eth0" ;;
    6bridge) echo "via $BRIDGE6 dev eth0" ;;
    4routed) echo 'via 169.254.1.1 dev eth0' ;;
    6routed) echo 'via fe80::1 dev eth0' ;;
  esac
}

# lead_out POD FAMILY DESTINATION METRIC
lead_out() {
  local words
  read -ra words <<<"$(uplink_of "$2")"
  ip -n "dp-$1" "-$2" route add "$3" "${words[@]}" metric "$4" 2>/dev/null
}

tunnel_down() {
  set_vpn stopped
  wait_until 5 tunnel_is_down
}

tunnel_up() {
  set_vpn running
  wait_until 10 tunnel_is_up
}
