# shellcheck shell=bash
# shellcheck disable=SC2120 # the cases pass the arguments
# web — inet (with the VPN server) — node (translates addresses) — pods.

build_world() {
  build_web
  build_inet
  build_vpn_server
  build_node
  build_cluster_services
}

build_web() {
  local item
  space dp-web
  space dp-inet
  cable dp-inet web0 dp-web eth0
  address dp-inet web0 198.51.100.1/24 2001:db8:80::1/64
  address dp-web eth0 "$WEB/24" "$WEB6/64" 8.8.8.8/32 1.1.1.1/32 1.0.0.1/32
  ip -n dp-web route add default via 198.51.100.1
  for item in 8.8.8.8 1.1.1.1 1.0.0.1; do ip -n dp-inet route add "$item" via "$WEB"; done
  ip -n dp-web -6 route add default via 2001:db8:80::1
  service dp-web socat TCP6-LISTEN:80,ipv6only=0,fork,reuseaddr "EXEC:$HERE/bed/page"
  service dp-web socat TCP6-LISTEN:443,ipv6only=0,fork,reuseaddr "EXEC:$HERE/bed/page"
  # Gluetun asks either of the two servers of its provider, and now and then for github.com to see whether names are resolved.
  service dp-web dnsmasq -k --conf-file=/dev/null --no-resolv --no-hosts --pid-file= --user=root --port=53 --except-interface=none \
    --address="/example.org/$WEB" --address="/github.com/$WEB" --address=/example.net/198.51.100.81
}

build_inet() {
  sysctl_in dp-inet net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
  space dp-node
  cable dp-inet down0 dp-node up0
  address dp-inet down0 203.0.113.1/24 2001:db8:1::1/64
  address dp-inet lo "$VPN_SERVER/32" "$VPN_EXIT/32" "$CONTROLLER_OUTSIDE/32"
  service dp-inet socat "TCP-LISTEN:17070,bind=$CONTROLLER_OUTSIDE,fork,reuseaddr" SYSTEM:'echo controller'
}

build_vpn_server() {
  (umask 077 && wg genkey >"$BED/server.key" && wg genkey >"$BED/client.key")
  service dp-inet wireguard-go --foreground wgs0
  wait_until 10 test -S /run/wireguard/wgs0.sock
  start_vpn_server
  address dp-inet wgs0 10.2.0.1/24
  ip -n dp-inet link set wgs0 mtu 1320 up
  inside dp-inet iptables -t nat -A POSTROUTING -s 10.2.0.0/24 -o web0 -j SNAT --to-source "$VPN_EXIT"
}

start_vpn_server() {
  inside dp-inet wg set wgs0 listen-port "$VPN_PORT" private-key "$BED/server.key" \
    peer "$(wg pubkey <"$BED/client.key")" allowed-ips 10.2.0.2/32
}

build_node() {
  address dp-node up0 "$NODE_OUTSIDE/24" "$NODE_OUTSIDE6/64"
  address dp-node lo "$NODE/32"
  ip -n dp-node route add default via 203.0.113.1
  ip -n dp-node -6 route add default via 2001:db8:1::1
  sysctl_in dp-node net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
  if [[ $TOPOLOGY == bridge ]]; then
    ip -n dp-node link add cbr0 type bridge
    address dp-node cbr0 "$BRIDGE/24" "$BRIDGE6/64"
    ip -n dp-node link set cbr0 up
  fi
  # What no pod has is nowhere, and must not leave by the default route.
  ip -n dp-node route add blackhole 10.1.0.0/16 metric 4000
  inside dp-node iptables -t nat -A POSTROUTING -s 10.1.0.0/16 -o up0 -j MASQUERADE
  inside dp-node ip6tables -t nat -A POSTROUTING -s fd00:10:1::/64 -o up0 -j MASQUERADE
  local protocol
  for protocol in udp tcp; do translate "$protocol" "$CLUSTER_DNS:53" "$CLUSTER_DNS_POD:53"; done
  translate tcp "$API_SERVICE:443" "$NODE:$API_PORT"
  translate tcp "$CONTROLLER_SERVICE:17070" "$CONTROLLER_POD:17070"
  service dp-node socat "TCP-LISTEN:$API_PORT,fork,reuseaddr" SYSTEM:'echo api'
}

translate() { # PROTOCOL SERVICE:PORT ADDRESS:PORT
  inside dp-node iptables -t nat -A PREROUTING -d "${2%:*}" -p "$1" --dport "${2##*:}" -j DNAT --to-destination "$3"
}

build_cluster_services() {
  : >"$BED/cluster-hosts"
  plug_pod kdns "$CLUSTER_DNS_POD"
  plug_pod controller "$CONTROLLER_POD"
  start_cluster_dns
  cluster_name kubernetes.default.svc.cluster.local "$API_SERVICE"
  service dp-controller socat TCP-LISTEN:17070,fork,reuseaddr SYSTEM:'echo controller'
}

# start_cluster_dns [OPTION…]: it asks a public server for every name that is not the cluster's, as most do through the node's own. With options of
# dnsmasq: one that does something else.
start_cluster_dns() {
  local options=("$@")
  (($# > 0)) || options=(--local=/cluster.local/ --addn-hosts="$BED/cluster-hosts" --local-ttl=30 --server="$PUBLIC_DNS")
  [[ -z ${CLUSTER_DNS_PID:-} ]] || stop_cluster_dns
  ip netns exec dp-kdns dnsmasq -k --conf-file=/dev/null --no-resolv --no-hosts --pid-file= --user=root --port=53 --except-interface=none --cache-size=0 \
    "${options[@]}" >>"$BED/log/kdns.log" 2>&1 &
  CLUSTER_DNS_PID=$!
  wait_until 10 inside dp-kdns dig +short +tries=1 +time=1 @127.0.0.1 version.bind CH TXT >/dev/null
}

stop_cluster_dns() {
  kill "$CLUSTER_DNS_PID"
  wait "$CLUSTER_DNS_PID" 2>/dev/null
}

# cluster_name NAME [ADDRESS…]: what the cluster's DNS says from now on.
cluster_name() {
  local name=$1 item
  shift
  sed -i "/ $name\$/d" "$BED/cluster-hosts"
  for item in "$@"; do printf '%s %s\n' "$item" "$name" >>"$BED/cluster-hosts"; done
  kill -HUP "$CLUSTER_DNS_PID"
}

# pod_port ADDRESS: the node's end of a pod's cable; Calico's are named like this.
pod_port() {
  if [[ $TOPOLOGY == bridge ]]; then printf 'veth%s\n' "${1##*.}"; else printf 'cali%s\n' "${1##*.}"; fi
}

# plug_pod NAME ADDRESS: a pod's network, as the two families of network plugins make it. POD_MTU: another size than 1450.
plug_pod() {
  local name=$1 ip=$2 ip6 port mtu=${POD_MTU:-1450}
  ip6=$(ipv6_of "$ip")
  port=$(pod_port "$ip")
  space "dp-$name"
  ip link add eth0 netns "dp-$name" mtu "$mtu" type veth peer name "$port" netns dp-node
  ip -n dp-node link set "$port" mtu "$mtu" up
  ip -n "dp-$name" link set eth0 address "02:00:0a:01:00:$(printf %02x "${ip##*.}")" up
  if [[ $TOPOLOGY == bridge ]]; then
    ip -n dp-node link set "$port" master cbr0
    address "dp-$name" eth0 "$ip/24" "$ip6/64"
    ip -n "dp-$name" route add default via "$BRIDGE"
    ip -n "dp-$name" -6 route add default via "$BRIDGE6"
  else
    address "dp-$name" eth0 "$ip/32" "$ip6/128"
    ip -n "dp-$name" route add 169.254.1.1 dev eth0 scope link
    ip -n "dp-$name" route add default via 169.254.1.1
    sysctl_in dp-node "net.ipv4.conf.$port.proxy_arp=1" "net.ipv4.neigh.$port.proxy_delay=0"
    ip -n dp-node route add "$ip/32" dev "$port"
    ip -n dp-node -6 route add "$ip6/128" dev "$port"
    ip -n dp-node -6 addr add fe80::1/64 dev "$port" nodad
    ip -n "dp-$name" -6 route add default via fe80::1 dev eth0
  fi
  # Others may still know the address by the hardware of the pod that had it before.
  inside dp-node ip neigh flush to "$ip"
}

unplug_pod() { # NAME ADDRESS
  ip netns del "dp-$1"
  # A namespace lives as long as a process is in it; its end of the cable goes at once.
  ip -n dp-node link del "$(pod_port "$2")" 2>/dev/null
  return 0
}
