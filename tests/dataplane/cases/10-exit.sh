# shellcheck shell=bash
group 'with protection the client leaves with the address of the VPN'

check 'gateway and its tunnel start' start_gateway
check 'client starts' start_client
meter_reset
started=$SECONDS
check 'the verdict becomes ok' wait_until 15 verdict_is sabnzbd '200 ok:*'
echo "      verdict ok after $((SECONDS - started)) s"
check_equal 'the web server sees the exit of the VPN' "$VPN_EXIT" "$(seen_address sabnzbd)"
check_equal 'names of the Internet are resolved' "$WEB" "$(exec_in sabnzbd app dig +short +time=3 example.org)"
check_equal 'names of the cluster are resolved' "$API_SERVICE" "$(exec_in sabnzbd app dig +short +search +time=3 kubernetes.default.svc.cluster.local)"
provoke sabnzbd
provoke gateway
check_tight 'everything a program may try'
