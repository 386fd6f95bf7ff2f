# shellcheck shell=bash
# shellcheck disable=SC2034 # LAYERS, GATED and EXTRA are for the scenarios
# The leak matrix: every scenario with all layers, with none (the control), and with each layer that is said to stop it by itself.
# A line of the result: number|topology|mode|packets by counter|all packets|seconds to recover|title|layers|why the control does not leak
SCENARIOS=()
declare -A EXCEPTIONS=()

# scenario NUMBER TITLE LAYERS FUNCTION: NUMBER is a row of the list of leaks, or a word. LAYERS are those that stop it alone.
scenario() { SCENARIOS+=("$1|$2|$3|$4"); }

# no_control NUMBER REASON: a scenario from which nothing leaves even without protection.
no_control() { EXCEPTIONS[$1]=$2; }

# layers_of MODE: the other side of the overlay keeps its layers, so that the one alone is what is measured.
layers_of() {
  case $1 in
    all) echo "$CLIENT_LAYERS $GATEWAY_LAYERS" ;;
    none) ;;
    filter | guard) echo "$CLIENT_LAYERS resolver resolv-conf $1" ;;
    # A policy that goes by the pod's address does not see what the pod forwards.
    gateway-policy) echo "$CLIENT_LAYERS resolver resolv-conf gateway-policy prohibit" ;;
    resolver | resolv-conf) echo "$CLIENT_LAYERS filter guard gateway-policy prohibit $1" ;;
    follow) echo 'gate firewall redirect routes' "$GATEWAY_LAYERS" ;;
    bind) echo "$CLIENT_LAYERS" ;;
    *) echo "$GATEWAY_LAYERS $1" ;;
  esac
}

# run_matrix MODES: separated by commas.
run_matrix() {
  local file mode
  # shellcheck disable=SC1090
  for file in "$HERE"/matrix/*.sh; do . "$file"; done
  for mode in ${1//,/ }; do run_mode "$mode"; done
}

run_mode() {
  local line number title layers function
  MODE=$1 LAYERS=$(layers_of "$1")
  group "matrix, $TOPOLOGY network, layers: $([[ $MODE == all || $MODE == none ]] && echo "$MODE" || echo "only $MODE")"
  need_no_pods
  apply_policies || flunk 'the network policies are applied'
  for line in "${SCENARIOS[@]}"; do
    IFS='|' read -r number title layers function <<<"$line"
    [[ ${#CASES[@]} == 0 || " ${CASES[*]} " == *" $number "* ]] || continue
    [[ $MODE == all || $MODE == none || " $layers " == *" $MODE "* ]] || continue
    run_scenario "$number" "$title" "$layers" "$function"
  done
  need_no_pods
  remove_policies
}

# run_scenario NUMBER TITLE LAYERS FUNCTION
run_scenario() {
  local found total began=$SECONDS
  GATED=no RECOVERY=- EXTRA='' UNIT="--topology $TOPOLOGY --matrix $MODE $1"
  [[ $MODE != gate && ! ($MODE == all && " $3 " == *' gate '*) ]] || GATED=yes
  find_counters >/dev/null
  meter_reset
  "$4"
  found=$(find_counters)
  [[ -z $EXTRA || $EXTRA == *=0 ]] || found="$found${found:+ }$EXTRA"
  total=$(awk 'BEGIN {RS = " "} {split($0, part, "="); sum += part[2]} END {print sum + 0}' <<<"$found")
  [[ $total != 0 || -z $(witnessed) ]] || found="witness=$(witnessed | wc -l)" total=$(witnessed | wc -l)
  ((SECONDS - began < 8)) || printf '      (%ss)\n' "$((SECONDS - began))"
  judge "$1" "$2" "$total" "$found"
  printf '%s|%s|%s|%s|%s|%s|%s|%s|%s\n' "$1" "$TOPOLOGY" "$MODE" "${found:-0}" "$total" "$RECOVERY" "$2" "$3" "${EXCEPTIONS[$1]:-}" >>"$PREPARED/results"
  UNIT=''
}

# judge NUMBER TITLE PACKETS COUNTERS
judge() {
  if [[ $MODE == none && -z ${EXCEPTIONS[$1]:-} ]]; then
    if (($3 > 0)); then pass "control $1 leaks, $2 ($4)"; else flunk "control $1 does not leak, $2"; fi
  elif [[ $MODE == none ]]; then
    if (($3 == 0)); then pass "control $1 does not leak: ${EXCEPTIONS[$1]}"; else flunk "control $1 leaks after all ($4)"; fi
  elif (($3 == 0)); then
    pass "row $1: 0 packets, $2"
  else
    flunk_leak "row $1 leaks, $2" "$4"$'\n'"$(witnessed | head -n 3)"
  fi
}

# find_counters: `name=packets` of every counter that is not zero, in one reading.
find_counters() {
  inside dp-node nft list counters table inet leaks |
    awk -v names=" $LEAK_COUNTERS " '$1 == "counter" {name = $2} $1 == "packets" && $2 > 0 && index(names, " " name " ") {printf "%s%s=%s", sep, name, $2; sep = " "}'
}
