# shellcheck shell=bash
# What Gluetun makes of the gateway pod's network: the stand-in must make the same as the real one, whose dump is recorded with the hash of its program.
readonly RECORDED_DUMP=$HERE/recorded/gluetun.txt

# gluetun_dump: rules, routing and WireGuard's settings, without keys and counters, every line once: what is connected again is appended again.
# Port 12345 is opened by the bed for another test.
gluetun_dump() { gluetun_lines | grep -v 12345 | awk '!seen[$0]++'; }

gluetun_lines() {
  local tool table
  for tool in iptables ip6tables; do inside dp-gateway "$tool" -S | sed "s/^/$tool /; s/ fe80::[0-9a-f:]*\/128/ fe80::LINK\/128/"; done
  inside dp-gateway ip -4 rule show | sed 's/^/ip4 rule /; s/[[:space:]]*$//'
  for table in 199 200 51820; do inside dp-gateway ip -4 route show table "$table" 2>/dev/null | sed "s/^/ip4 table $table /; s/[[:space:]]*\$//"; done
  inside dp-gateway ip -o -4 addr show dev tun0 | awk '{print "tun0", $4}'
  inside dp-gateway cat /sys/class/net/tun0/mtu | sed 's/^/tun0 mtu /'
  nsenter --target "$(pid_of gateway gluetun)" --mount --net --root wg show tun0 2>/dev/null | sed -n 's/^ *\(fwmark\|endpoint\|allowed ips\|persistent keepalive\): /wireguard \1 /p'
}

# check_dump: compares the stand-in's with what was recorded. The real one's is recorded anew when it is another program, with --record.
check_dump() {
  local hash
  [[ $TOPOLOGY == bridge ]] || return 0
  gluetun_dump >"$BED/dump"
  if [[ ${REAL_GLUETUN:-no} == yes ]]; then
    hash=$(sha256sum "$GLUETUN_BIN")
    { printf 'sha256 %s\n' "${hash%% *}"; cat "$BED/dump"; } >"$BED/dump.real"
    if [[ $RECORD == yes ]]; then
      mkdir -p "${RECORDED_DUMP%/*}"
      cp "$BED/dump.real" "$RECORDED_DUMP"
      echo 'recorded: the rules and routes of the real Gluetun'
    else
      # Another build of the program has another hash; what it does must be the same.
      check 'the real Gluetun makes the rules and routes that were recorded' diff <(tail -n +2 "$RECORDED_DUMP") "$BED/dump"
    fi
  else
    check 'the stand-in makes the rules and routes of the real Gluetun' diff <(tail -n +2 "$RECORDED_DUMP") "$BED/dump"
  fi
}
