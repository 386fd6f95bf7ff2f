# shellcheck shell=bash
group 'the real Gluetun'
need_no_pods

resolves() { [[ $(exec_in sabnzbd app dig +short +tries=1 +time=2 example.org) == "$WEB" ]]; }

try_real_gluetun() {
  local log=$BED/log/gateway-gluetun.log
  : >"$log"
  meter_reset
  check 'the gateway starts' start_gateway
  check_dump
  check 'the client starts' start_client
  check 'the verdict becomes ok' wait_until 30 verdict_is sabnzbd '200 ok:*'
  check_equal 'the web server sees the exit of the VPN' "$VPN_EXIT" "$(seen_address sabnzbd)"
  check "names are resolved by Gluetun's server" wait_until 10 resolves
  exec_in sabnzbd app dig +short +tries=1 +time=2 nas.lan >/dev/null
  exec_in sabnzbd app dig +short +tries=1 +time=2 @"$OVERLAY.1" nas >/dev/null
  check_tight 'names of private domains'
  set_vpn stopped
  check 'the tunnel is stopped' wait_until 10 tunnel_is_down
  provoke sabnzbd gateway
  check_tight 'while the VPN is stopped'
  set_vpn running
  check 'the client leaves by the VPN again' wait_until 20 leaves_as sabnzbd "$VPN_EXIT"
  check 'Gluetun has read the rules that it finds' grep -q -- '-L INPUT --line-numbers' "$log"
  check_equal 'C15, C26: Gluetun can read all rules that it finds' '' "$(grep -E 'ERROR \[firewall\]|malformed|unknown target|parsing chain|panic:' "$log")"
  kill_container gateway gluetun
  provoke sabnzbd gateway
  check_tight 'after Gluetun was killed'
  check_equal 'the cluster DNS of the other containers is as it was' "nameserver $CLUSTER_DNS" "$(exec_in gateway app grep nameserver /etc/resolv.conf)"
}

if [[ -n ${GLUETUN_BIN:-} ]]; then
  REAL_GLUETUN=yes
  try_real_gluetun
  # shellcheck disable=SC2034  # start_gluetun reads it
  REAL_GLUETUN=no
else
  echo 'skipped: GLUETUN_BIN is not set'
fi
