# shellcheck shell=bash
# Measurements, and clients in numbers.

# median NUMBER…
median() {
  printf '%s\n' "$@" | sort -g | awk '{value[NR] = $1} END {print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2}'
}

# at_least VALUE LIMIT: of decimal numbers.
at_least() { awk -v value="$1" -v limit="$2" 'BEGIN {exit !(value >= limit)}'; }

# since MICROSECONDS: how many milliseconds have passed.
since() { printf '%s\n' $(((${EPOCHREALTIME/./} - $1) / 1000)); }

# leases: what the gateway has handed out, one a line: end, MAC, address, name, identifier.
leases() { cat "$BED/pods/gateway/volumes/vpn-state/dhcp.leases"; }

lease_of() { leases | awk -v name="$1" '$4 == name {print $3}'; } # NAME

# overlay_address POD: as the pod itself has it.
overlay_address() { ip -n "dp-$1" -4 -o addr show dev vxlan0 2>/dev/null | awk '{sub("/.*", "", $4); print $4; exit}'; }

# shrink_pool FIRST: the addresses of the gateway begin there; its sidecar starts again, without leases, as if it had long been there.
shrink_pool() {
  local dir=$BED/pods/gateway/volumes
  kill_container gateway gateway-sidecar
  rm -f "$dir/vpn-state/dhcp.leases"
  : >"$dir/vpn-state/leases-known"
  sed -i "s/--dhcp-range=\"\$network\.[0-9]*,/--dhcp-range=\"\$network.$1,/" "$dir"/gateway-config/..data/gateway-leases
  start_container gateway gateway-sidecar
}

# join_as_stranger: a pod that is none of ours, with a device in the overlay. Leaves with `leave_as_stranger`.
join_as_stranger() {
  plug_pod stranger "$OPEN_POD"
  ip -n dp-stranger link add vxlan0 type vxlan id 42 dev eth0 dstport "$VXLAN_PORT" nolearning
  inside dp-stranger bridge fdb append 00:00:00:00:00:00 dst "$GATEWAY" dev vxlan0
  ip -n dp-stranger link set vxlan0 up
}

leave_as_stranger() { unplug_pod stranger "$OPEN_POD"; }

# lease_as_stranger LAST-BYTE [OPTION…]: with a MAC of its own; ends when it has a lease, or has none.
lease_as_stranger() {
  ip -n dp-stranger link set vxlan0 address "02:00:00:00:99:$1"
  inside dp-stranger busybox udhcpc -i vxlan0 -q -n -t 3 -T 1 -s /bin/true "${@:2}" >>"$BED/log/stranger.log" 2>&1
}
