# shellcheck shell=bash
# shellcheck source=../clients/client.sh
. "$HERE/clients/client.sh"
group "qBittorrent behind the VPN, with its charm's layer and files; run by $([[ -n ${PEBBLE_BIN:-} ]] && echo Pebble || echo 'the bed')$([[ -z ${GLUETUN_BIN:-} ]] || echo ', with the real Gluetun')"
need_no_pods

TORRENT_PORT=51413
PAGE=http://$CLIENT:8080
CONFIG=/config/qBittorrent/qBittorrent.conf

# The page as the cluster reaches it, by the pod's own address.
web() { inside dp-node curl -s -m 5 -b "$BED/cookies" -c "$BED/cookies" "${@:2}" "$PAGE/api/v2/$1"; } # PATH [option…]
log_in() { web auth/login --data-urlencode username=admin --data-urlencode "password=$1" "${@:2}"; } # PASSWORD [option…]
logged_in() { [[ $(log_in "$(credential qbittorrent password)") == Ok. ]]; }
preference() { web app/preferences | jq -r ".$1"; }
set_preferences() { web app/setPreferences --data-urlencode "json=$1"; }

# A torrent of 16384 zero bytes, with a tracker that has a name and two that have an address; $HASH is what it is called.
make_torrent() {
  local piece info
  piece=$(head -c 16384 /dev/zero | sha1sum | head -c 40 | sed 's/../\\x&/g')
  info="d6:lengthi16384e4:name3:bed12:piece lengthi16384e6:pieces20:${piece}e"
  HASH=$(printf '%b' "$info" | sha1sum | head -c 40)
  printf '%b' "d8:announce32:http://example.org:6969/announce13:announce-listll32:http://example.org:6969/announceel34:http://$WEB:6970/announceel33:udp://$WEB:6971/announceee4:info${info}e"
}

announced() { grep -q "port=$1&" "$BED/tracker.log"; } # PORT
announced_by_udp() { [[ -s $BED/udp.log ]]; }

# A peer from the outside says hello, and gets the same torrent's hello back.
greets() {
  local hello
  hello=$({
    printf '\x13BitTorrent protocol\0\0\0\0\0\0\0\0%b-BED001-123456789012' "$(sed 's/../\\x&/g' <<<"$HASH")"
    sleep 2
  } | inside dp-web timeout 4 socat -t 1 - "TCP:$VPN_EXIT:$TORRENT_PORT" 2>/dev/null | head -c 48 | od -An -v -tx1 | tr -d ' \n')
  [[ ${hello:2:38} == 426974546f7272656e742070726f746f636f6c && ${hello:56:40} == "$HASH" ]]
}

forward_port() {
  local protocol
  for protocol in tcp udp; do
    inside dp-inet iptables -t nat -A PREROUTING -d "$VPN_EXIT" -p "$protocol" --dport "$TORRENT_PORT" -j DNAT --to-destination 10.2.0.2
  done
  change_setting gateway FORWARDED_PORT "$TORRENT_PORT"
  change_setting gateway FORWARDED_CLIENT qbittorrent-0
  export FORWARDED_PORT=$TORRENT_PORT
  dispatch qbittorrent relation-changed && write_config_map qbittorrent "$BED/charm-qbittorrent/objects.json"
}

# Nothing in the pod but the application's own setting may keep it from eth0: no rules, no overlay, and the way out that every pod is born with.
take_protection_away() {
  local via
  kill_container qbittorrent vpn-route-sidecar
  inside dp-qbittorrent ip link del vxlan0
  via=$([[ $TOPOLOGY == bridge ]] && echo "$BRIDGE" || echo 169.254.1.1)
  inside dp-qbittorrent iptables -P OUTPUT ACCEPT
  inside dp-qbittorrent iptables -F
  inside dp-qbittorrent ip route replace default via "$via" dev eth0
}

# A torrent that stops and starts tells all its trackers.
announces() {
  web torrents/pause -d "hashes=$HASH"
  web torrents/resume -d "hashes=$HASH"
}
sends_by_eth0() { (($(metered client4) > 0)); }

try_qbittorrent() {
  rm -f "$BED/cookies"
  serve 6969 tracker
  serve 6970 tracker
  : >"$BED/udp.log"
  service dp-web socat -u UDP-RECVFROM:6971,fork "SYSTEM:echo \$SOCAT_PEERADDR >>$BED/udp.log"
  SERVERS+=("$!")
  # What a user has from an earlier installation.
  mkdir -p "$BED/volume-qbittorrent/qBittorrent"
  printf '[BitTorrent]\nSession\\QueueingSystemEnabled=false\n\n[Preferences]\nGeneral\\Locale=de\nWebUI\\Username=former\n' \
    >"$BED/volume-qbittorrent/qBittorrent/qBittorrent.conf"

  start_application qbittorrent || return
  must 'login with the generated password' wait_until 30 logged_in || return
  rm "$BED/cookies"
  check_equal 'no login with another' Fails. "$(log_in wrong)"
  logged_in
  check_equal "the user's settings have survived" 'de false' "$(preference locale) $(preference queueing_enabled)"
  check_equal 'torrents use the overlay' vxlan0 "$(preference current_network_interface)"
  check_equal 'the settings file belongs to the user of the options' 1000:1000 "$(exec_in qbittorrent app stat -c %u:%g "$CONFIG")"

  make_torrent >"$BED/bed.torrent"
  set_preferences '{"dl_limit":10240000}'
  check_equal 'a torrent is added' Ok. "$(web torrents/add -F "torrents=@$BED/bed.torrent")"
  check 'the tracker hears of it' wait_until 20 test -s "$BED/tracker.log"
  check "all trackers by HTTP have seen the VPN's exit only" only_exit "$BED/tracker.log"

  check 'the gateway has a port for it: the charm writes it into the settings' forward_port
  check 'the application is back' wait_until 30 logged_in
  check_equal 'what was set in its page meanwhile has survived, too' 'de 10240000' "$(preference locale) $(preference dl_limit)"
  check_equal 'it listens on the forwarded port' "$TORRENT_PORT" "$(preference listen_port)"
  check 'a peer from the outside reaches it there' wait_until 20 greets
  check 'the trackers are told that port' wait_until 20 announced "$TORRENT_PORT"
  check 'and the one by UDP' wait_until 20 announced_by_udp
  check "all have seen the VPN's exit only" only_exit <(cat "$BED/tracker.log" "$BED/udp.log")
  check_tight 'all that qBittorrent does by itself'

  take_protection_away
  meter_reset
  for _ in 1 2 3; do
    announces
    sleep 1
  done
  check_tight 'without rules and overlay, with a way out by eth0: bound to the overlay, it sends'
  # Not everything is bound, so the rules are needed, too.
  meter_reset
  web torrents/add -d "urls=http://$WEB:6970/other.torrent" >/dev/null
  check 'a torrent that is given by its address is fetched by eth0 all the same' wait_until 10 sends_by_eth0
  meter_reset
  set_preferences '{"current_network_interface":"","current_interface_address":""}'
  announces
  check 'the control: not bound, it sends by eth0' wait_until 20 sends_by_eth0
}

if command -v qbittorrent-nox >/dev/null; then
  try_qbittorrent
  delete_pod qbittorrent
  inside dp-inet iptables -t nat -F PREROUTING
  end_servers
  unset FORWARDED_PORT
else
  flunk 'qbittorrent-nox is not installed' "${CLIENTS_FAULT:-}"
fi
need_no_pods
