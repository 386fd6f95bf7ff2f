# shellcheck shell=bash
# Network namespaces and what runs in them. The whole bed has its own mount and PID namespace, so all of it ends with its first process.

space() { # NAME
  ip netns add "$1"
  ip -n "$1" link set lo up
}

inside() { # NAMESPACE COMMAND…
  local name=$1
  shift
  ip netns exec "$name" "$@"
}

# service NAMESPACE COMMAND…: runs it in the background, with its output in the log.
service() {
  local name=$1
  shift
  ip netns exec "$name" "$@" >>"$BED/log/$name.log" 2>&1 &
}

# join A IN_A B IN_B: a cable between two namespaces.
cable() {
  ip link add "$2" netns "$1" type veth peer name "$4" netns "$3"
  ip -n "$1" link set "$2" up
  ip -n "$3" link set "$4" up
}

# address NAMESPACE DEVICE ADDRESS…
address() {
  local name=$1 device=$2 item
  shift 2
  for item in "$@"; do
    if [[ $item == *:* ]]; then ip -n "$name" addr add "$item" dev "$device" nodad; else ip -n "$name" addr add "$item" dev "$device"; fi
  done
}

sysctl_in() { # NAMESPACE KEY=VALUE…
  local name=$1
  shift
  ip netns exec "$name" sysctl -qw "$@"
}

# wait_until SECONDS COMMAND…: true as soon as the command succeeds; false when the time is over.
wait_until() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}
