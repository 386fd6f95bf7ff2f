# shellcheck shell=bash
group 'without protection every meter counts'
need_no_pods

# The same pods as later, but nothing of them that protects: what is zero later must be able to be something else.
create_pod sabnzbd "$CLIENT" "$BED/objects/sabnzbd.json"
start_workload sabnzbd
create_pod gateway "$GATEWAY" "$BED/objects/gateway.json"
start_workload gateway
create_pod prowlarr "$SECOND_CLIENT" "$BED/objects/prowlarr.json"
start_workload prowlarr
meter_reset
check_equal 'the web server sees the address of the node' "$NODE_OUTSIDE" "$(seen_address sabnzbd)"
provoke sabnzbd gateway prowlarr
check_counts client4 client6 second4 gateway4 gateway6 dns
check 'the second witness sees packets' test -n "$(witnessed)"
record_case no-overlay sabnzbd
need_no_pods
