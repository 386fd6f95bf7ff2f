# shellcheck shell=bash
group 'leases outlive the sidecar of the gateway, and names that are the same in two namespaces'
need_pair

lease=$(lease_of sabnzbd-0)
check_equal "the client's address is the leased one" "$lease" "$(overlay_address sabnzbd)"
kill_container gateway gateway-sidecar
check_equal 'without the sidecar the client leaves by the VPN' "$VPN_EXIT" "$(seen_address sabnzbd)"
check_equal 'the lease is still written down' "$lease" "$(lease_of sabnzbd-0)"
start_container gateway gateway-sidecar

# A pod with the same name in another namespace differs in the search list.
create_pod twin "$SECOND_CLIENT" "$BED/objects/sabnzbd.json"
nsenter --uts="$BED/pods/twin/uts" hostname sabnzbd-0
sed -i 's/media\.svc/other.svc/' "$BED/pods/twin/resolv.conf"
start_workload twin
check 'its init container ends' run_container twin vpn-route-init
start_container twin vpn-route-sidecar
check 'a client of the same name in another namespace joins' wait_until 30 verdict_is twin '200 ok:*'
check_not 'it has another address' test "$(overlay_address twin)" = "$lease"
check_not 'it has another MAC' test "$(inside dp-twin cat /sys/class/net/vxlan0/address)" = "$(inside dp-sabnzbd cat /sys/class/net/vxlan0/address)"
check_equal 'both leave by the VPN' "$VPN_EXIT $VPN_EXIT" "$(seen_address sabnzbd) $(seen_address twin)"
check_equal 'the first one keeps its address' "$lease" "$(overlay_address sabnzbd)"
delete_pod twin

group 'the init container of the gateway runs again beside the sidecar: a new client still gets an address'
sidecar=$(pid_of gateway gateway-sidecar)
check 'it ends' run_container gateway gateway-init
# As the kubelet does it.
check 'the sidecar ends, for its device is another one' wait_until 8 is_gone "$sidecar"
start_container gateway gateway-sidecar
check 'a new client starts' start_client prowlarr "$SECOND_CLIENT"
check 'it joins' wait_until 30 verdict_is prowlarr '200 ok:*'
check 'the one that was there is ok' wait_until 20 verdict_is sabnzbd '200 ok:*'
delete_pod prowlarr

group 'tables that are opened by hand'
# Who may enter the sidecar has its rights, but what is opened does not stay open.
by_hand() { exec_in sabnzbd vpn-route-sidecar iptables "$@"; }
is_closed() { [[ $(inside dp-sabnzbd iptables -S OUTPUT | head -n 1) == '-P OUTPUT DROP' ]]; }
check 'from the sidecar the table can be opened' by_hand -P OUTPUT ACCEPT
check 'it is closed again' wait_until 5 is_closed
check_not 'from the workload it cannot' exec_in sabnzbd app iptables -P OUTPUT ACCEPT
check 'the verdict becomes ok again' wait_until 20 verdict_is sabnzbd '200 ok:*'

group 'an address that somebody uses without a lease is not given away'
need_no_pods
check 'the gateway starts' start_gateway
shrink_pool 253
join_as_stranger
ip -n dp-stranger addr add "$OVERLAY.253/24" dev vxlan0
inside dp-stranger ping -c 2 -i 0.3 -W 1 "$OVERLAY.1" >/dev/null
asks_again() { [[ ! -e $BED/pods/gateway/volumes/vpn-state/leases-known ]]; }
check 'the gateway notices it' wait_until 10 asks_again
check 'a client starts' start_client
check 'it joins' wait_until 30 verdict_is sabnzbd '200 ok:*'
check_equal 'with the other address' "$OVERLAY.254" "$(overlay_address sabnzbd)"
check 'a second client starts' start_client prowlarr "$SECOND_CLIENT"
check 'it has no address' wait_until 10 verdict_is prowlarr '503 overlay: no address*'
ip -n dp-stranger addr del "$OVERLAY.253/24" dev vxlan0
check 'it joins when the stranger has gone' wait_until 30 leaves_as prowlarr "$VPN_EXIT"
check_equal "with the stranger's address" "$OVERLAY.253" "$(overlay_address prowlarr)"
leave_as_stranger
need_no_pods
