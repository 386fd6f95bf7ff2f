# shellcheck shell=bash
# Pods made from the charm's Kubernetes objects. Containers, commands, mounts and capabilities are read from the StatefulSet's template.

# create_pod NAME ADDRESS OBJECTS: network, host name, resolv.conf and volumes; starts nothing.
create_pod() {
  local name=$1 dir=$BED/pods/$1
  rm -rf "$dir"
  mkdir -p "$dir/volumes" "$dir/containers"
  printf '%s\n' "$2" >"$dir/address"
  plug_pod "$name" "$2"
  printf '127.0.0.1 localhost\n%s %s\n' "$2" "$name-0" >"$dir/hosts"
  printf 'search media.svc.cluster.local svc.cluster.local cluster.local\nnameserver %s\noptions ndots:5\n' "$CLUSTER_DNS" >"$dir/resolv.conf"
  : >"$dir/uts"
  unshare --uts="$dir/uts" hostname "$name-0"
  ln -s "$(describe "$3")" "$dir/described"
  write_config_map "$name" "$3"
  switch_off_layers "$name"
}

# write_config_map POD OBJECTS: as the kubelet does it, all files change at one moment.
write_config_map() {
  local folder dir version
  folder=$(describe "$2")
  dir=$BED/pods/$1/volumes/$(cat "$folder/volume")
  version=..v${EPOCHREALTIME/./}
  mkdir -p "$dir"
  cp -r "$folder/config" "$dir/$version"
  publish "$dir" "$version"
  (cd "$dir/$version" && printf '..data/%s\n' *) | xargs ln -sfn -t "$dir"
}

publish() { # FOLDER VERSION
  ln -sfn "$2" "$1/..data.new"
  mv -T "$1/..data.new" "$1/..data"
}

# change_setting POD KEY VALUE: in the mounted ConfigMap.
change_setting() {
  local dir version
  dir=$BED/pods/$1/volumes/$(described "$1" volume)
  version=..v${EPOCHREALTIME/./}
  cp -r "$dir/..data/" "$dir/$version"
  sed -i "s|^$2=.*|$2=$3|" "$dir/$version/settings"
  publish "$dir" "$version"
}

# start_pod NAME ADDRESS OBJECTS: init containers one after the other, then the others. Fails when an init container fails.
start_pod() {
  local container
  create_pod "$1" "$2" "$3"
  start_workload "$1"
  for container in $(described "$1" init); do
    run_container "$1" "$container" || return 1
  done
  for container in $(described "$1" sidecars); do
    start_container "$1" "$container"
  done
}

# start_workload POD: what Juju's pod has besides; a plain container without rights, with something that listens as Pebble does.
start_workload() {
  enter_container "$1" app sleep 100000 >>"$BED/log/$1-app.log" 2>&1 &
  settle "$1" app "$!"
  exec_in "$1" app socat TCP-LISTEN:38813,fork,reuseaddr SYSTEM:'echo pebble' >/dev/null 2>&1 &
  exec_in "$1" app socat TCP-LISTEN:8080,fork,reuseaddr SYSTEM:'echo page' >/dev/null 2>&1 &
}

run_container() { # POD CONTAINER: waits for its end
  local words
  mapfile -t words < <(container_parts "$1" "$2" word)
  enter_container "$1" "$2" "${words[@]}" >>"$BED/log/$1-$2.log" 2>&1
}

start_container() { # POD CONTAINER [COMMAND…]: the command replaces the object's
  local pod=$1 name=$2 words
  shift 2
  words=("$@")
  if (($# == 0)); then mapfile -t words < <(container_parts "$pod" "$name" word); fi
  enter_container "$pod" "$name" "${words[@]}" >>"$BED/log/$pod-$name.log" 2>&1 &
  settle "$pod" "$name" "$!"
}

# settle POD CONTAINER PID: waits until the container's first process exists, and keeps its number.
settle() {
  local file=$BED/pods/$1/containers/$2.pid
  rm -f "$file"
  wait_until 30 first_process "$3" "$file" || echo "container $2 of $1 did not start" >&2
}

first_process() { # LAUNCHER FILE
  local child
  child=$(deepest_child "$1") && [[ -n $child ]] && grep -q '^NSpid:.*[[:space:]]1$' "/proc/$child/status" 2>/dev/null &&
    [[ $(readlink "/proc/$child/root") != / ]] && printf '%s\n' "$child" >"$2"
}

deepest_child() {
  local pid=$1 next
  while next=$(pgrep -o -P "$pid") && [[ -n $next ]]; do
    pid=$next
    if grep -q '^NSpid:.*[[:space:]]1$' "/proc/$pid/status" 2>/dev/null; then break; fi
  done
  printf '%s\n' "$pid"
}

pid_of() { cat "$BED/pods/$1/containers/$2.pid"; }

signal_container() { kill "-$3" "$(pid_of "$1" "$2")"; } # POD CONTAINER SIGNAL

is_gone() { ! kill -0 "$1" 2>/dev/null; }

kill_container() { # POD CONTAINER
  local pid
  pid=$(pid_of "$1" "$2" 2>/dev/null) || return 0
  kill -KILL "$pid" 2>/dev/null
  wait_until 5 is_gone "$pid"
}

delete_pod() { # NAME
  local file
  for file in "$BED/pods/$1/containers"/*.pid; do
    file=${file##*/}
    kill_container "$1" "${file%.pid}"
  done
  umount "$BED/pods/$1/uts"
  unplug_pod "$1" "$(cat "$BED/pods/$1/address")"
}
