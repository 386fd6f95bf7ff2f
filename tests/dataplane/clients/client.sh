# shellcheck shell=bash
# A client charm's pod with the real application: objects, settings file and service are what the charm makes when it is dispatched.
# With PEBBLE_BIN the workload container runs that Pebble, and the charm talks to it; without, `start_service` runs what the layer says.
CLIENTS=$HERE/clients

# bundle_charms: once a run, for all its beds.
bundle_charms() {
  [[ ! -e $PREPARED/dispatch.mjs ]] || return 0
  (
    flock 9
    [[ ! -e $PREPARED/dispatch.mjs ]] || exit 0
    cd "$ROOT" || exit 1
    # Without arguments it only says how it is used.
    node scripts/run.mjs tests/dataplane/clients/dispatch.ts >/dev/null 2>&1
    ln -sfn "$ROOT/node_modules" "$PREPARED/node_modules"
    cp .cache/run/tests-dataplane-clients-dispatch-ts-dispatch.mjs "$PREPARED/dispatch.new" && mv "$PREPARED/dispatch.new" "$PREPARED/dispatch.mjs"
  ) 9>"$PREPARED/lock"
}

# start_any_gateway: with the real Gluetun where it is at hand.
start_any_gateway() {
  local REAL_GLUETUN=no
  if [[ -n ${GLUETUN_BIN:-} ]]; then
    # shellcheck disable=SC2034  # start_gluetun reads it
    REAL_GLUETUN=yes
  fi
  start_gateway
}

container_root() { printf '/proc/%s/root' "$(pid_of "$1" app)"; }

# dispatch APP EVENT: one event of the charm, in the network of its pod when there is one. Its status is in $BED/charm-APP/status.
dispatch() {
  local folder=$BED/charm-$1 result
  mkdir -p "$folder"
  run_dispatch "$1" "$2" >"$folder/status" 2>"$folder/errors"
  result=$?
  if ((result == 3)); then
    end_service "$1"
    run_dispatch "$1" "$2" --stopped >"$folder/status" 2>"$folder/errors"
    result=$?
  fi
  cat "$folder/status" "$folder/errors"
  ((result == 0)) || return 1
  if pod_exists "$1" && [[ -z ${PEBBLE_BIN:-} ]]; then start_service "$1"; fi
}

run_dispatch() { # APP EVENT [--stopped]
  local app=$1 place=() variables=()
  shift
  if pod_exists "$app"; then
    place=(nsenter "--net=/run/netns/dp-$app")
    variables=("CONTAINER_ROOT=$(container_root "$app")")
    [[ -z ${PEBBLE_BIN:-} ]] || variables+=("PEBBLE_SOCKET=$(container_root "$app")/charm/container/pebble.socket")
  fi
  "${place[@]}" env "${variables[@]}" node "$PREPARED/dispatch.mjs" "$app" "$BED/charm-$app" "$@"
}

charm_says() { [[ $(cat "$BED/charm-$1/status") == "$2" ]]; } # APP STATUS

credential() { jq -r --arg key "$2" '.[$key]' "$BED/charm-$1/credentials.json"; } # APP KEY

# start_client_pod APP ADDRESS: from the objects of the charm, which is dispatched before there is a pod, as Juju does when the relation comes.
start_client_pod() {
  local app=$1
  bundle_charms && dispatch "$app" relation-changed || return 1
  create_pod "$app" "$2" "$BED/charm-$app/objects.json"
  run_container "$app" vpn-route-init || return 1
  start_workload_container "$app" || return 1
  start_container "$app" vpn-route-sidecar
}

# start_workload_container APP: what the image of LinuxServer has and Debian has not, and an empty volume for the settings.
start_workload_container() {
  local upper=$BED/pods/$1/containers/app/upper command=(sleep 100000)
  mkdir -p "$upper"/{command,app/{sabnzbd,share},lsiopy/bin,config,charm/bin,charm/container}
  cp "$CLIENTS/s6-setuidgid" "$upper/command"
  ln -s /usr/bin/python3 "$upper/lsiopy/bin/python3"
  ln -s /usr/bin/sabnzbdplus "$upper/app/sabnzbd/SABnzbd.py"
  ln -s /usr/share/sabnzbdplus "$upper/app/share/sabnzbdplus"
  printf 'Linuxserver.io version: 1.2.3-ls4\n' >"$upper/build_version"
  [[ ! -d $BED/volume-$1 ]] || cp -r "$BED/volume-$1/." "$upper/config"
  if [[ -n ${PEBBLE_BIN:-} ]]; then
    cp "$PEBBLE_BIN" "$upper/charm/bin/pebble"
    command=(env PEBBLE_SOCKET=/charm/container/pebble.socket PEBBLE=/var/lib/pebble/default /charm/bin/pebble run --create-dirs --hold --http :38813)
  fi
  enter_container "$1" app "${command[@]}" >>"$BED/log/$1-app.log" 2>&1 &
  settle "$1" app "$!"
  [[ -z ${PEBBLE_BIN:-} ]] || wait_until 10 test -S "$(container_root "$1")/charm/container/pebble.socket"
}

service_runs() { exec_in "$1" app sh -c 'kill -0 "$(cat /run/service.pid)"' 2>/dev/null; }
service_has_ended() { ! service_runs "$1"; }

# start_service APP: command and environment of the layer's service, unless it runs.
start_service() {
  local file=$BED/charm-$1/service.json command environment
  command=$(jq -r '.command // empty' "$file")
  if [[ -z $command ]] || service_runs "$1"; then return 0; fi
  mapfile -t environment < <(jq -r '.environment // {} | to_entries[] | "\(.key)=\(.value)"' "$file")
  exec_in "$1" app env "${environment[@]}" sh -c "cd /; echo \$\$ >/run/service.pid; exec $command" >>"$BED/log/$1-service.log" 2>&1 &
  wait_until 5 service_runs "$1"
}

end_service() {
  service_runs "$1" || return 0
  exec_in "$1" app sh -c 'kill -TERM "$(cat /run/service.pid)"'
  wait_until 30 service_has_ended "$1"
}

# has_names POD: Gluetun's own resolver is the last thing of it to come.
has_names() { [[ $(exec_in "$1" app dig +short +tries=1 +time=2 example.org) == "$WEB" ]]; }

# must WHAT COMMAND…: a check without which the rest of the case says nothing.
must() {
  local before=$FAILED
  check "$@"
  ((FAILED == before))
}

# only_exit FILE: everybody whom a server of the bed has seen has come from the VPN's exit, and somebody has.
only_exit() { [[ $(cut -d ' ' -f 1 "$1" | sort -u) == "$VPN_EXIT" ]]; }

# start_application APP: gateway, the pod as the charm has made it, and the application in it, protected.
start_application() {
  meter_reset
  must 'the gateway starts' start_any_gateway &&
    must 'the pod is made from what the charm has applied' start_client_pod "$1" "$CLIENT" &&
    must 'the pod is protected' wait_until 30 verdict_is "$1" '200 ok:*' &&
    must 'names are resolved' wait_until 20 has_names "$1" &&
    must 'the charm starts the application' dispatch "$1" pebble-ready || return 1
  check_equal 'and says so' "active: VPN on ($VPN_EXIT)" "$(cat "$BED/charm-$1/status")"
}

# serve PORT PROGRAM: a server of the bed's Internet that notes its callers in $BED/PROGRAM.log.
serve() {
  : >"$BED/$2.log"
  LOG=$BED/$2.log service dp-web socat "TCP-LISTEN:$1,fork,reuseaddr" "EXEC:$CLIENTS/$2"
  SERVERS+=("$!")
}
SERVERS=()

end_servers() {
  kill "${SERVERS[@]}" 2>/dev/null
  SERVERS=()
}
