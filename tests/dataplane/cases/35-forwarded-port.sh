# shellcheck shell=bash
# The VPN server sends two ports on to the tunnel, as a provider does with the port that it forwards.
# shellcheck source-path=SCRIPTDIR
. "$HERE/charm/from-outside.sh"

group 'a forwarded port leads to the client that asks for it'
need_pair
pod_exists prowlarr || start_client prowlarr "$SECOND_CLIENT" || flunk 'the second client starts'
wait_until 30 verdict_is prowlarr '200 ok:*' || flunk 'the verdict of the second client becomes ok' "$(verdict prowlarr)"

FIRST_PORT=51413 NEXT_PORT=51999
for protocol in tcp udp; do
  inside dp-inet iptables -t nat -A PREROUTING -d "$VPN_EXIT" -p "$protocol" -m multiport --dports "$FIRST_PORT,$NEXT_PORT" -j DNAT --to-destination 10.2.0.2
done

for pod in sabnzbd prowlarr; do
  listen "$pod" "$FIRST_PORT"
  listen "$pod" "$NEXT_PORT"
done

forward() { # PORT POD
  change_setting gateway FORWARDED_PORT "$1"
  change_setting gateway FORWARDED_CLIENT "$2-0"
  change_setting "$2" FORWARDED_PORT "$1"
}

meter_reset
check 'without a port nobody is reached' silent_outside TCP "$FIRST_PORT"
stopwatch
forward "$FIRST_PORT" sabnzbd
reachable sabnzbd "$FIRST_PORT" "$NEXT_PORT"
elapsed 'from the setting to the third answer'
forward "$NEXT_PORT" sabnzbd
reachable sabnzbd "$NEXT_PORT" "$FIRST_PORT"

kill_container gateway gateway-sidecar
start_container gateway gateway-sidecar
check "the gateway's sidecar has restarted: $NEXT_PORT" wait_until 20 answers_outside TCP "$NEXT_PORT" sabnzbd
delete_pod sabnzbd
start_client
change_setting sabnzbd FORWARDED_PORT "$NEXT_PORT"
check 'the client joins again' wait_until 30 verdict_is sabnzbd '200 ok:*'
listen sabnzbd "$NEXT_PORT"
check "the client's pod is a new one: $NEXT_PORT" wait_until 20 answers_outside TCP "$NEXT_PORT" sabnzbd
inside dp-gateway iptables -t nat -F VPN-FORWARDED
check 'removed rules are put back' wait_until 15 answers_outside TCP "$NEXT_PORT" sabnzbd

change_setting sabnzbd FORWARDED_PORT ''
refuses() { silent_outside TCP "$NEXT_PORT"; }
check 'a client that was not told of the port refuses' wait_until 10 refuses
forward "$NEXT_PORT" prowlarr
check 'another client can have it' wait_until 15 answers_outside TCP "$NEXT_PORT" prowlarr
change_setting gateway FORWARDED_PORT ''
check 'a port that is given back leads nowhere' wait_until 10 refuses
provoke sabnzbd prowlarr gateway
check_tight 'with and without a forwarded port'
inside dp-inet iptables -t nat -F PREROUTING
