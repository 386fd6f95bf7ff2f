# shellcheck shell=bash
group 'the gateway is killed, and comes back with another address'
need_pair
overlay_address() { ip -n dp-sabnzbd -4 -o addr show dev vxlan0 | awk '{print $4}'; }
address=$(overlay_address)

meter_reset
delete_gateway keep-name
stopwatch
check 'the verdict says so' wait_until 20 verdict_is sabnzbd '503 gateway:*'
elapsed 'from the end of the gateway to the verdict'
provoke sabnzbd
check_equal 'the page of the client answers the node' page \
  "$(inside dp-node curl -s --http0.9 -m 2 --retry 4 --retry-delay 1 --retry-all-errors "http://$CLIENT:8080/")"
check_tight 'without a gateway'
record_case gateway-gone sabnzbd '503 gateway: no answer*'
check 'a new gateway starts' start_gateway 10.1.0.11
stopwatch
check 'C2: the verdict becomes ok by itself' wait_until 40 verdict_is sabnzbd '200 ok:*'
elapsed 'from the start of the new gateway to the verdict'
check_equal 'B18: the client keeps its address of the overlay' "$address" "$(overlay_address)"
check_equal 'the web server sees the exit of the VPN' "$VPN_EXIT" "$(seen_address sabnzbd)"
check_equal 'nothing of the overlay goes to the old address' '' "$(inside dp-sabnzbd bridge fdb show dev vxlan0 | grep "$GATEWAY " || true)"
check_tight 'while the gateway was replaced'
