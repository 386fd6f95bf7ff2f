# shellcheck shell=bash
group "the cluster's DNS is not what it should be"
need_pair
sidecar_logs() { grep -c -- "$1" "$BED/log/sabnzbd-vpn-route-sidecar.log"; }

# One that is being started knows no name yet; without a server to ask it answers REFUSED, as another one SERVFAIL.
left=$(sidecar_logs 'the gateway is no longer at')
start_cluster_dns --local-ttl=30
refuses() { inside dp-sabnzbd dig +tries=1 +time=1 -p 14792 @127.0.0.1 "$GATEWAY_NAME" | grep -q 'status: REFUSED'; }
check 'it refuses to answer' wait_until 5 refuses
# The name is looked up every fifth round.
sleep 14
check_equal 'the client stays with the gateway' "$left" "$(sidecar_logs 'the gateway is no longer at')"
check 'its verdict is still ok' verdict_is sabnzbd '200 ok:*'
check_equal 'it leaves by the VPN' "$VPN_EXIT" "$(seen_address sabnzbd)"
start_cluster_dns

# restart_sidecar: it looks at once how names are answered, and every minute from then on.
restart_sidecar() {
  kill_container sabnzbd vpn-route-sidecar
  start_container sabnzbd vpn-route-sidecar
}

# CoreDNS with autopath answers the first name of a search list with what the last one stands for.
cluster_name a.root-servers.net.media.svc.cluster.local 198.41.0.4
restart_sidecar
check 'the verdict names a server that completes names' wait_until 30 verdict_is sabnzbd '503 names: *autopath*'
cluster_name a.root-servers.net.media.svc.cluster.local

# Who sends the names of the cluster's own zone on gets the denial of the zone above.
start_cluster_dns --addn-hosts="$BED/cluster-hosts" --auth-server=ns.example.org,eth0 --auth-zone=local
restart_sidecar
check 'the verdict names a server that sends names on' wait_until 30 verdict_is sabnzbd '503 names: *fallthrough*'
start_cluster_dns --local=/cluster.local/ --addn-hosts="$BED/cluster-hosts" --server="$PUBLIC_DNS" --auth-server=ns.example.org,lo --auth-zone=cluster.local
restart_sidecar
check 'the verdict is ok when it denies them itself' wait_until 30 verdict_is sabnzbd '200 ok:*'
start_cluster_dns
