# shellcheck shell=bash
# Containers: a mount and a PID namespace in the pod's network, with the rights of the object and no others.

# enter_container POD CONTAINER COMMAND…: with what the pod's objects say of it.
enter_container() {
  local pod=$1 name=$2 dir=$BED/pods/$1 own=$BED/pods/$1/containers/$2
  shift 2
  mkdir -p "$own"/{upper,work,root}
  container_parts "$pod" "$name" mount >"$own/mounts"
  container_parts "$pod" "$name" env >"$own/env"
  container_parts "$pod" "$name" rights >"$own/capabilities"
  nsenter --net="/run/netns/dp-$pod" --uts="$dir/uts" \
    unshare --mount --propagation private --pid --fork --kill-child --ipc \
    bash "$HERE/bed/container-inside" "$dir" "$name" "$(container_parts "$pod" "$name" privileged)" "$HERE/image" "$@"
}

# exec_in POD CONTAINER COMMAND…: like `kubectl exec`.
exec_in() {
  local pod=$1 name=$2
  shift 2
  nsenter --target "$(pid_of "$pod" "$name")" --mount --pid --net --uts --root --wd=/ \
    setpriv --bounding-set="$(cat "$BED/pods/$pod/containers/$name/capabilities")" --inh-caps=-all \
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}
