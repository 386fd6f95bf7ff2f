# shellcheck shell=bash
# Containers: a mount and a PID namespace in the pod's network, with the rights of the object and no others.

# What containerd gives to a container that asks for nothing.
readonly DEFAULT_CAPABILITIES='chown dac_override fsetid fowner mknod net_raw setgid setuid setfcap setpcap net_bind_service sys_chroot kill audit_write'

# The parts of a container's JSON that the bed uses, as lines that begin with their kind.
# shellcheck disable=SC2016 # variables of jq
readonly CONTAINER_PARTS='
  (.securityContext // {}) as $context | ($context.capabilities // {}) as $rights
  | (if $context.privileged then "+all"
     else ["-all"] + (if ($rights.drop // [] | index("ALL")) then [] else $default | split(" ") | map("+" + .) end)
       + ($rights.add // [] | map("+" + ascii_downcase)) | join(",") end | "rights \(.)"),
    "privileged \($context.privileged // false)",
    (.volumeMounts // [] | .[] | "mount \(.name) \(.mountPath) \(.subPath // "-") \(if .readOnly then "ro" else "rw" end)"),
    (.env // [] | .[] | "env \(.name)=\(.value)")'

# enter_container POD CONTAINER OBJECT COMMAND…: OBJECT is the container's JSON, empty for one that asks for nothing.
enter_container() {
  local pod=$1 name=$2 object=${3:-'{}'} dir=$BED/pods/$1 parts
  shift 3
  mkdir -p "$dir/containers/$name"/{upper,work,root}
  parts=$(jq -r --arg default "$DEFAULT_CAPABILITIES" "$CONTAINER_PARTS" <<<"$object")
  sed -n 's/^mount //p' <<<"$parts" >"$dir/containers/$name/mounts"
  sed -n 's/^env //p' <<<"$parts" >"$dir/containers/$name/env"
  sed -n 's/^rights //p' <<<"$parts" >"$dir/containers/$name/capabilities"
  nsenter --net="/run/netns/dp-$pod" --uts="$dir/uts" \
    unshare --mount --propagation private --pid --fork --kill-child --ipc \
    bash "$HERE/bed/container-inside" "$dir" "$name" "$(sed -n 's/^privileged //p' <<<"$parts")" "$HERE/image" "$@"
}

# exec_in POD CONTAINER COMMAND…: like `kubectl exec`.
exec_in() {
  local pod=$1 name=$2
  shift 2
  nsenter --target "$(pid_of "$pod" "$name")" --mount --pid --net --uts --root --wd=/ \
    setpriv --bounding-set="$(cat "$BED/pods/$pod/containers/$name/capabilities")" --inh-caps=-all \
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}
