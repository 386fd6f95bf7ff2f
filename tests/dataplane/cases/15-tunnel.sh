# shellcheck shell=bash
group 'the tunnel is removed and comes back'
need_pair

meter_reset
set_vpn stopped
check 'the tunnel is gone' wait_until 5 tunnel_is_down
check_equal 'the client reaches nobody' '' "$(seen_address sabnzbd)"
provoke sabnzbd gateway
check_tight 'without a tunnel'
check 'the verdict stays ok: nothing can leave' verdict_is sabnzbd '200 ok:*'
record_case tunnel-down sabnzbd '200 ok:*'
set_vpn running
stopwatch
check 'the client leaves by the VPN again' wait_until 15 leaves_as sabnzbd "$VPN_EXIT"
elapsed 'from the return of the tunnel to the first answer'
check_tight 'while the tunnel came back'
