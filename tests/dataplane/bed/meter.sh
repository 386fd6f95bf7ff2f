# shellcheck shell=bash
# The leak meter: counters where the node forwards to the Internet, before it translates addresses. `tcpdump` on the same wire is the second witness.

build_meter() {
  inside dp-node nft -f - <<RULES
table inet leaks {
  counter client4 {}
  counter client6 {}
  counter second4 {}
  counter gateway4 {}
  counter gateway6 {}
  counter tunnel {}
  counter dns {}
  counter open4 {}
  counter open6 {}
  chain forward {
    type filter hook forward priority 10; policy accept;
    oifname != "up0" accept
    ip daddr $CONTROLLER_OUTSIDE tcp dport 17070 accept
    ip daddr $VPN_SERVER udp dport $VPN_PORT counter name tunnel accept
    ip daddr $VPN_SERVER icmp type destination-unreachable accept
    ip saddr $CLIENT counter name client4
    ip6 saddr $(ipv6_of "$CLIENT") counter name client6
    ip saddr $SECOND_CLIENT counter name second4
    ip saddr { 10.1.0.10-10.1.0.19 } counter name gateway4
    ip saddr ${OVERLAY}.0/24 counter name gateway4
    ip6 saddr { $(ipv6_of 10.1.0.10)-$(ipv6_of 10.1.0.19) } counter name gateway6
    ip saddr $CLUSTER_DNS_POD counter name dns
    ip saddr $OPEN_POD counter name open4
    ip6 saddr $(ipv6_of "$OPEN_POD") counter name open6
  }
}
RULES
}

readonly LEAK_COUNTERS='client4 client6 second4 gateway4 gateway6 dns'

meter_reset() {
  inside dp-node nft reset counters >/dev/null
  tail -c +1 "$BED/wire" | wc -c >"$BED/wire.start"
}

metered() { # COUNTER
  inside dp-node nft list counter inet leaks "$1" | awk '$1 == "packets" {print $2}'
}

# start_witness: one line for each packet that leaves the node and is not the tunnel's. Neighbour discovery is the wire's own,
# and the node itself, or a new pod at the former one's address, tells the VPN server when the port of a former tunnel is no longer there.
# Neighbour discovery with the hop limit 255 is the node's own: what has been forwarded has a lower one.
start_witness() {
  : >"$BED/wire"
  : >"$BED/log/tcpdump.log"
  inside dp-node tcpdump -n -l -Q out -i up0 \
    "(ip and not (udp and host $VPN_SERVER and port $VPN_PORT) and not (tcp and host $CONTROLLER_OUTSIDE) and not (icmp[icmptype] == icmp-unreach and src host $NODE_OUTSIDE)) or (ip6 and not dst net ff02::/16 and not dst net fe80::/10 and not (ip6[6] = 58 and ip6[7] = 255 and ip6[40] >= 133 and ip6[40] <= 136))" \
    >"$BED/wire" 2>>"$BED/log/tcpdump.log" &
  wait_until 10 grep -q 'listening on' "$BED/log/tcpdump.log"
}

witnessed() {
  tail -c "+$(($(cat "$BED/wire.start") + 1))" "$BED/wire"
}

# leaked: what has left beside the tunnel since the meter was reset, in words; nothing when all is well.
leaked() {
  local name count
  for name in $LEAK_COUNTERS; do
    count=$(metered "$name")
    [[ $count == 0 ]] || printf '%s=%s ' "$name" "$count"
  done
  witnessed | head -n 3
}
