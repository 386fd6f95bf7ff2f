# shellcheck shell=bash
# Containers: a mount and a PID namespace in the pod's network, with the rights of the object and no others.

# capabilities_of SECURITY-CONTEXT: as an argument of setpriv.
capabilities_of() {
  local name list=-all
  if [[ $(jq -r '.privileged // false' <<<"$1") == true ]]; then
    echo +all
    return
  fi
  for name in $DEFAULT_CAPABILITIES; do
    if [[ $(jq -r '.capabilities.drop // [] | index("ALL") == null' <<<"$1") == true ]]; then list+=,+$name; fi
  done
  for name in $(jq -r '.capabilities.add // [] | .[] | ascii_downcase' <<<"$1"); do
    [[ ,$list, == *",+$name,"* ]] || list+=,+$name
  done
  printf '%s\n' "$list"
}

# enter_container POD CONTAINER OBJECT COMMAND…: OBJECT is the container's JSON, empty for one that asks for nothing.
enter_container() {
  local pod=$1 name=$2 object=${3:-'{}'} dir=$BED/pods/$1 privileged
  shift 3
  privileged=$(jq -r '.securityContext.privileged // false' <<<"$object")
  mkdir -p "$dir/containers/$name"/{upper,work,root}
  jq -r '.volumeMounts // [] | .[] | [.name, .mountPath, (.subPath // "-"), (if .readOnly then "ro" else "rw" end)] | join(" ")' \
    <<<"$object" >"$dir/containers/$name/mounts"
  jq -r '.env // [] | .[] | "\(.name)=\(.value)"' <<<"$object" >"$dir/containers/$name/env"
  capabilities_of "$(jq '.securityContext // {}' <<<"$object")" >"$dir/containers/$name/capabilities"
  exec_function nsenter --net="/run/netns/dp-$pod" --uts="$dir/uts" \
    unshare --mount --propagation private --pid --fork --kill-child --ipc \
    bash "$HERE/bed/container-inside" "$dir" "$name" "$privileged" "$HERE/image" "$@"
}

# In a sub-shell the process becomes the command, so that its number is the one to signal; in the main shell it must not.
exec_function() {
  if ((BASHPID != $$)); then exec "$@"; else "$@"; fi
}

# exec_in POD CONTAINER COMMAND…: like `kubectl exec`.
exec_in() {
  local pod=$1 name=$2
  shift 2
  exec_function nsenter --target "$(pid_of "$pod" "$name")" --mount --pid --net --uts --root --wd=/ \
    setpriv --bounding-set="$(cat "$BED/pods/$pod/containers/$name/capabilities")" --inh-caps=-all \
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}
