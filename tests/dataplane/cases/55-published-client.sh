# shellcheck shell=bash
group 'a client with the published scripts joins our gateway'
need_no_pods

check 'the gateway starts' start_gateway
create_pod legacy "$CLIENT" "$BED/objects/sabnzbd.json"
start_workload legacy
# The published client has NET_ADMIN in its containers; the bed's plain one lends it.
join_published() {
  nsenter --target "$(pid_of legacy app)" --mount --pid --net --uts --root --wd=/ \
    bash /usr/local/bin/published-client "$GATEWAY" 42 "$VXLAN_PORT" "$OVERLAY" 10.1.0.0/16 10.152.183.0/24
}
meter_reset
check 'it joins: ping, VXLAN, DHCP, ping' join_published
cp "$BED/output" "$BED/joined"
check 'router and DNS server are the gateway' grep -q "lease $OVERLAY.* router $OVERLAY.1 dns $OVERLAY.1" "$BED/joined"
check_equal 'the web server sees the exit of the VPN' "$VPN_EXIT" "$(seen_address legacy)"
check_equal 'names are resolved by the gateway' "$WEB" "$(exec_in legacy app dig +short +time=3 "@$OVERLAY.1" example.org)"
signal_container gateway gluetun USR1
check 'the tunnel is gone' wait_until 5 tunnel_is_down
exec_in legacy app bash /usr/local/bin/provoke >/dev/null 2>&1
check_tight 'without a tunnel'
