# shellcheck shell=bash
group 'all addresses of the overlay are taken'
need_no_pods
check 'the gateway starts' start_gateway
shrink_pool 251
check 'a client starts' start_client
check 'a second one, too' start_client prowlarr "$SECOND_CLIENT"
check 'the first client joins' wait_until 30 verdict_is sabnzbd '200 ok:*'
check 'the second one, too' wait_until 30 verdict_is prowlarr '200 ok:*'
join_as_stranger
meter_reset
check 'a stranger takes the third' lease_as_stranger 01
# It gives the address back when it ends.
ip -n dp-stranger link set vxlan0 address 02:00:00:00:99:02
inside dp-stranger busybox udhcpc -i vxlan0 -f -R -t 3 -T 1 -s /bin/true >>"$BED/log/stranger.log" 2>&1 &
stranger=$!
all_taken() { (($(leases | wc -l) == 4)); }
check 'and the fourth' wait_until 10 all_taken
for byte in 03 04 05; do check_not "stranger $byte asks in vain" lease_as_stranger "$byte"; done

check 'a third client starts' start_pod late 10.1.0.23 "$BED/objects/prowlarr.json"
has_no_address() { verdict_is late '503 overlay: no address from the gateway*'; }
check 'its verdict says that it has no address' wait_until 10 has_no_address
provoke late sabnzbd
check_tight 'without an address'
check 'its verdict still says so' has_no_address
addresses="$(overlay_address sabnzbd) $(overlay_address prowlarr)"
end_of() { leases | awk -v name="$1" '$4 == name {print $1}'; }
end=$(end_of sabnzbd-0)
pkill -USR1 -x udhcpc
is_renewed() { [[ $(end_of sabnzbd-0) -gt $end ]]; }
check 'who has a lease can renew it' wait_until 10 is_renewed
kill_container gateway gateway-sidecar
start_container gateway gateway-sidecar
check_equal 'a new sidecar of the gateway knows all four' 4 "$(leases | wc -l)"
sleep 2
check_equal 'who has an address keeps it' "$addresses" "$(overlay_address sabnzbd) $(overlay_address prowlarr)"
check_equal 'the first client leaves by the VPN' "$VPN_EXIT" "$(seen_address sabnzbd)"
check_equal 'the second client leaves by the VPN' "$VPN_EXIT" "$(seen_address prowlarr)"
check 'the verdict of the first client is ok' wait_until 5 verdict_is sabnzbd '200 ok:*'

# It says so by the address that it gives back, and does not use it any more.
last=$(leases | awk '$2 == "02:00:00:00:99:02" {print $3}')
ip -n dp-stranger addr add "$last/24" dev vxlan0
pkill -TERM -P "$stranger"
wait_until 5 is_gone "$stranger"
ip -n dp-stranger addr del "$last/24" dev vxlan0
stopwatch
check 'as soon as one is free the third client joins' wait_until 10 leaves_as late "$VPN_EXIT"
elapsed 'from the release to the first answer'
check 'its verdict becomes ok' wait_until 10 verdict_is late '200 ok:*'
check_tight 'while addresses were short'
delete_pod late
leave_as_stranger
need_no_pods
