# shellcheck shell=bash
group 'the network policies by themselves, and with everything else'
need_no_pods

apply_policies() {
  (cd "$ROOT" && node scripts/run.mjs tests/dataplane/bed/policy.ts "$BED/objects/gateway.json" "$BED/objects/sabnzbd.json" "$BED/objects/prowlarr.json") >"$BED/policy.nft" &&
    inside dp-node nft -f "$BED/policy.nft"
}
if [[ $TOPOLOGY == bridge ]]; then sysctl_in dp-node net.bridge.bridge-nf-call-iptables=1 net.bridge.bridge-nf-call-ip6tables=1; fi
check 'the policies can be compiled' apply_policies

# Pods without any of their own protection.
create_pod sabnzbd "$CLIENT" "$BED/objects/sabnzbd.json"
start_workload sabnzbd
create_pod gateway "$GATEWAY" "$BED/objects/gateway.json"
start_workload gateway
meter_reset
exec_in sabnzbd app bash /usr/local/bin/provoke '' eth0 >/dev/null 2>&1
check_tight 'a client with nothing but the policy'
provoke gateway
check_equal 'a gateway with nothing but the policy reaches nobody by TCP' '' "$(seen_address gateway)"
check_equal 'and nothing leaves by IPv6' 0 "$(metered gateway6)"
delete_pod sabnzbd
delete_pod gateway

# The real pods must work behind their policies.
check 'the gateway starts' start_gateway
check 'the client starts' start_client
check 'the verdict becomes ok' wait_until 30 verdict_is sabnzbd '200 ok:*'
check_equal 'the web server sees the exit of the VPN' "$VPN_EXIT" "$(seen_address sabnzbd)"
check_equal 'the API server answers' api "$(exec_in sabnzbd app socat -T 2 - "TCP:$API_SERVICE:443,connect-timeout=2" </dev/null)"
check_equal 'a controller in the cluster answers' controller "$(exec_in sabnzbd app socat -T 2 - "TCP:$CONTROLLER_SERVICE:17070,connect-timeout=2" </dev/null)"
inside dp-node nft delete table inet netpol
