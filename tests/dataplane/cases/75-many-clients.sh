# shellcheck shell=bash
# The checks of a whole client take several hundredths of a processor, so a hundred of them do not fit two processors beside everything else. A light client has init container
# and sidecar in the rights and mounts of their object, but no workload, does not check itself, and looks after its gateway every ten seconds instead of every two.
# A hundred in one network; fewer in the other, which runs at the same time and has more cases.
MANY=$([[ $TOPOLOGY == routed ]] && echo "${MANY:-100}" || echo "${MANY:-20}")
group "$MANY clients on one gateway"
need_no_pods

check 'the gateway starts' start_gateway
check 'a whole client starts' start_client
check 'its verdict becomes ok' wait_until 30 verdict_is sabnzbd '200 ok:*'

light_address() { printf '10.1.0.%s\n' $((100 + $1)); }

light_client() { # NUMBER
  create_pod "many$1" "$(light_address "$1")" "$BED/objects/prowlarr.json"
  # shellcheck disable=SC2016 # of the pod's scripts
  replace_function "$BED/pods/many$1/volumes/pod-gateway-config/..data/vpn-route-checks" 'keep_protected() { command sleep 100000; }
sleep() { if [[ $1 == 2 ]]; then command sleep 10; else command sleep "$1"; fi; }'
  enter_container "many$1" vpn-route-sidecar /bin/bash -c '/bin/bash /vpn/vpn-route-init && exec /bin/bash /vpn/vpn-route-sidecar' >>"$BED/log/many.log" 2>&1 &
}

# few_are_starting: the others have their lease.
few_are_starting() { ((number - $(leases | grep -c ' many') < 6)); }

remove_light_clients() {
  local number
  for ((number = 1; number <= MANY; number++)); do
    ip netns pids "dp-many$number" | xargs -r kill -KILL 2>/dev/null
    umount "$BED/pods/many$number/uts"
    unplug_pod "many$number" "$(light_address "$number")"
  done
}

# all_through: every client gets its page through the tunnel; who has got one is not asked again.
all_through() {
  local number
  for number in "${!WAITING[@]}"; do
    if [[ $(inside "dp-many$number" curl -s -4 -m 1 "http://$WEB/") == "$VPN_EXIT" ]]; then unset "WAITING[$number]"; fi
  done
  ((${#WAITING[@]} == 0))
}
await_all() { # SECONDS
  local number
  WAITING=()
  for ((number = 1; number <= MANY; number++)); do WAITING[number]=yes; done
  wait_until "$1" all_through || { echo "missing: ${!WAITING[*]}"; return 1; }
}

# sidecar_use: hundredths of a second of processor time, and kB of memory, of the gateway's sidecar with all that it has started.
sidecar_use() {
  # shellcheck disable=SC2016 # of the inner shell
  nsenter --target "$(pid_of gateway gateway-sidecar)" --mount --pid --root --wd=/ bash -c 'cat /proc/[0-9]*/stat 2>/dev/null | sed "s/.*) //" |
      awk "{sum += \$12 + \$13 + \$14 + \$15} END {printf \"%d \", sum}"
    cat /proc/[0-9]*/smaps_rollup 2>/dev/null | awk "/^Pss:/ {sum += \$2} END {print sum}"' 2>/dev/null
}

meter_reset
stopwatch
began=$SECONDS
for ((number = 1; number <= MANY; number++)); do
  # On a slow machine fewer.
  ((SECONDS - began < 150)) || MANY=$number
  light_client "$number"
  # Not all at once: the machine is small.
  wait_until 20 few_are_starting
done
elapsed "$MANY clients were started"
check 'at least twenty clients' test "$MANY" -ge 20
check 'all of them leave by the VPN' await_all 120
elapsed 'from the start of the first to the first answer of the last'
check_equal 'each has a lease of its own' "$MANY" "$(leases | awk '$4 ~ /^many/ {print $3}' | sort -u | wc -l)"
addresses=$(for ((number = 1; number <= MANY; number++)); do overlay_address "many$number"; done)
check_equal 'each has an address of its own' "$MANY" "$(sort -u <<<"$addresses" | grep -c .)"
check 'the whole client beside them is ok' wait_until 10 verdict_is sabnzbd '200 ok:*'

read -r before _ <<<"$(sidecar_use)"
sleep 10
read -r after memory <<<"$(sidecar_use)"
printf "      the gateway's sidecar: %s.%s %% of a processor, %s MB\n" $(((after - before) / 10)) $(((after - before) % 10)) $((memory / 1024))
check "the gateway's sidecar takes less than a fifth of a processor" test $((after - before)) -lt 200
check "the gateway's sidecar has less than 64 MB" test "$memory" -lt 65536

delete_gateway keep-name
check 'a new gateway starts at another address' start_gateway 10.1.0.11
stopwatch
check 'all of them are back' await_all 90
elapsed 'from the start of the new gateway to the first answer of the last'
check_equal 'each has its former address' "$addresses" "$(for ((number = 1; number <= MANY; number++)); do overlay_address "many$number"; done)"
check_tight "with $MANY clients"
remove_light_clients
need_no_pods
