# shellcheck shell=bash
group 'a client starts before there is a gateway'
need_no_pods

meter_reset
stopwatch
check 'C1: the client starts' start_client
elapsed 'init container and start of the sidecar'
ask() { exec_in sabnzbd app socat -T 2 - "TCP:$1,connect-timeout=2" </dev/null; }
named() { [[ $(exec_in sabnzbd app dig +short +tries=1 +time=1 kubernetes.default.svc.cluster.local) == "$API_SERVICE" ]]; }
check 'cluster DNS answers' wait_until 10 named
check_equal 'the API server answers at its service address' api "$(ask "$API_SERVICE:443")"
check_equal 'the API server answers at its own address' api "$(ask "$NODE:$API_PORT")"
check_equal 'a controller in the cluster answers' controller "$(ask "$CONTROLLER_SERVICE:17070")"
check_equal 'a controller outside of the cluster answers' controller "$(ask "$CONTROLLER_OUTSIDE:17070")"
check_equal 'the kubelet can probe' pebble "$(inside dp-node socat -T 2 - "TCP:$CLIENT:38813,bind=$NODE" </dev/null)"
check 'the verdict is closed' wait_until 10 verdict_is sabnzbd '503 gateway:*'
provoke sabnzbd
check_tight 'before the gateway exists'
record_case closed sabnzbd '503 gateway:*'
check 'the gateway starts' start_gateway
stopwatch
check 'the client joins by itself' wait_until 30 verdict_is sabnzbd '200 ok:*'
elapsed 'from the start of the gateway to the verdict'
check_equal 'the web server sees the exit of the VPN' "$VPN_EXIT" "$(seen_address sabnzbd)"
check_tight 'while the client joined'
