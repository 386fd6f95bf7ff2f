# shellcheck shell=bash
group 'with protection the client leaves with the address of the VPN'
need_no_pods

meter_reset
check 'the gateway and its tunnel start' start_gateway
check_dump
stopwatch
check 'the client starts' start_client
check 'the verdict becomes ok' wait_until 20 verdict_is sabnzbd '200 ok:*'
elapsed 'from the start of the client to the verdict'
check_equal 'the web server sees the exit of the VPN' "$VPN_EXIT" "$(seen_address sabnzbd)"
check_equal 'names of the Internet are resolved' "$WEB" "$(exec_in sabnzbd app dig +short +time=3 example.org)"
check_equal 'names of the cluster are resolved' "$API_SERVICE" "$(exec_in sabnzbd app dig +short +time=3 kubernetes.default.svc.cluster.local)"
provoke sabnzbd gateway
check_tight 'everything a program may try'
check 'the tunnel has carried it' test "$(metered tunnel)" -gt 10
record_case protected sabnzbd '200 ok:*'
