# shellcheck shell=bash
# Both ways end at the same web server, behind the same tunnel; they differ in the overlay only. Each round measures one after the other, so that a busy
# machine slows down both.
group 'throughput through the overlay, beside the bare tunnel of the gateway'
need_pair

readonly TRANSFER=33554432
service dp-web socat -b 65536 -U TCP-LISTEN:8100,fork,reuseaddr OPEN:/dev/zero
service dp-web socat -b 65536 TCP-LISTEN:8101,fork,reuseaddr SYSTEM:'wc -c'

# transfer POD down|up: how many kB arrived in a second.
transfer() {
  local command
  case $2 in
    down) command="socat -b 65536 -u TCP:$WEB:8100 - 2>/dev/null | head -c $TRANSFER | wc -c" ;;
    up) command="head -c $TRANSFER /dev/zero | socat -b 65536 -t 10 - TCP:$WEB:8101" ;;
  esac
  # shellcheck disable=SC2016 # variables of the inner shell
  exec_in "$1" app env -C / timeout 20 bash -c 'began=${EPOCHREALTIME/./}; bytes=$(eval "$1"); echo $((bytes * 1000 / (${EPOCHREALTIME/./} - began)))' - "$command"
}

# measure_throughput down|up ROUNDS LEAST WHERE: in MB/s, and the median of the rounds' ratios.
measure_throughput() {
  local round bare overlay ratio ratios=() bares=() overlays=()
  for ((round = 1; round <= $2; round++)); do
    if ((round % 2 == 1)); then
      bare=$(transfer gateway "$1") overlay=$(transfer sabnzbd "$1")
    else
      overlay=$(transfer sabnzbd "$1") bare=$(transfer gateway "$1")
    fi
    [[ ${bare:-0} -gt 0 && ${overlay:-0} -gt 0 ]] || { flunk "round $round of the transfers '$1' is complete" "$bare, $overlay"; continue; }
    bares+=("$bare") overlays+=("$overlay")
    ratios+=("$(awk -v overlay="$overlay" -v bare="$bare" 'BEGIN {printf "%.2f", overlay / bare}')")
  done
  ratio=$(median "${ratios[@]}")
  awk -v bare="$(median "${bares[@]}")" -v overlay="$(median "${overlays[@]}")" -v ratio="$ratio" -v all="${ratios[*]}" -v name="$1, $4" \
    'BEGIN {printf "      %s: bare tunnel %.1f MB/s, overlay %.1f MB/s, ratio %s (of %s)\n", name, bare / 1000, overlay / 1000, ratio, all}'
  check "$1, $4: at least $3 of the bare tunnel" at_least "$ratio" "$3"
}

# limit_line: what an Internet connection of 100 Mbit/s lets through, each way.
limit_line() {
  tc -n dp-inet qdisc add dev down0 root tbf rate 100mbit burst 64k latency 50ms &&
    tc -n dp-node qdisc add dev up0 root tbf rate 100mbit burst 64k latency 50ms
}

free_line() {
  tc -n dp-inet qdisc del dev down0 root
  tc -n dp-node qdisc del dev up0 root
}

meter_reset
check 'the line is limited' limit_line
measure_throughput down 5 0.9 'a line of 100 Mbit/s'
measure_throughput up 5 0.9 'a line of 100 Mbit/s'
free_line
# VPN server, web server, node and both pods share the processors here, so whatever the overlay costs is missing in the transfer.
measure_throughput down 11 0.75 'as fast as the processors can'
measure_throughput up 11 0.75 'as fast as the processors can'
check_tight 'during the transfers'

group "a client's start, from its init container to the first answer through the tunnel"
# A gateway that has just been started asks whether an address is in use before it gives it away, which takes three seconds.
check 'the gateway knows its leases' wait_until 90 test -e "$BED/pods/gateway/volumes/vpn-state/leases-known"

has_joined_overlay() { [[ -n $(ip -n dp-prowlarr -4 route show default dev vxlan0 2>/dev/null) ]]; }
answers_through() { [[ $(inside dp-prowlarr curl -s -4 -m 1 "http://$WEB/") == "$VPN_EXIT" ]]; }

# time_start: milliseconds to the end of the init container, to the overlay, to the answer. The bed's own work for two containers is not the scripts': it is measured beside.
time_start() {
  local began container init joined
  if pod_exists prowlarr; then delete_pod prowlarr; fi
  create_pod prowlarr "$SECOND_CLIENT" "$BED/objects/prowlarr.json"
  start_workload prowlarr
  began=${EPOCHREALTIME/./}
  enter_container prowlarr empty true
  container=$(since "$began")
  began=${EPOCHREALTIME/./}
  run_container prowlarr vpn-route-init || return 1
  init=$(since "$began")
  start_container prowlarr vpn-route-sidecar
  wait_until 20 has_joined_overlay || return 1
  joined=$(since "$began")
  wait_until 20 answers_through || return 1
  STARTS+=($((joined - 2 * container)))
  printf '      init %s ms, overlay %s ms, first answer %s ms; of them a container of the bed %s ms, twice\n' "$init" "$joined" "$(since "$began")" "$container"
}
STARTS=()
meter_reset
for round in {1..5}; do time_start || flunk "start $round ends"; done
printf '      %s starts, median to the overlay: %s ms\n' "${#STARTS[@]}" "$(median "${STARTS[@]}")"
check_not 'half of the starts take less than 2000 ms' at_least "$(median "${STARTS[@]}")" 2000
check_tight 'during the starts'
delete_pod prowlarr
