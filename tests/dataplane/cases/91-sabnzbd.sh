# shellcheck shell=bash
# shellcheck source=../clients/client.sh
. "$HERE/clients/client.sh"
group "SABnzbd behind the VPN, with its charm's layer and files; run by $([[ -n ${PEBBLE_BIN:-} ]] && echo Pebble || echo 'the bed')$([[ -z ${GLUETUN_BIN:-} ]] || echo ', with the real Gluetun')"
need_no_pods

# The API as the cluster reaches it: api KEY MODE [NAME=VALUE…]
api() {
  local pair words=()
  for pair in "${@:3}"; do words+=(--data-urlencode "$pair"); done
  inside dp-node curl -s -m 10 -G -d output=json --data-urlencode "apikey=$1" -d "mode=$2" "${words[@]}" "http://$CLIENT:8080/api"
}
own_api() { api "$(credential sabnzbd api-key)" "$@"; } # MODE [NAME=VALUE…]
accepts() { [[ $(api "$1" queue | jq -r .queue.version) == [0-9]* ]]; } # KEY
knows_key() { accepts "$(credential sabnzbd api-key)"; }
setting_of() { own_api get_config section=misc "keyword=$1" | jq -r ".config.misc.$1"; } # KEY
news_server() { own_api get_config section=servers | jq -r '.config.servers[0] | "\(.host) \(.username)"'; }
# completed: says what SABnzbd itself knows of it, and whether its pod can ask for the address.
completed() {
  own_api history | jq -c '.history.slots | map({status, fail_message})'
  own_api queue | jq -c '.queue.slots | map({status, filename})'
  own_api warnings | jq -c '.warnings | map(.text)'
  [[ $(own_api history | jq -r '.history.slots[0].status') == Completed ]] || exec_in sabnzbd app curl -s -m 2 -o /dev/null -w '%{http_code} %{errormsg}\n' http://example.org:8119/bed.nzb
  [[ $(own_api history | jq -r '.history.slots[0].status') == Completed ]]
}
log_in() { # PASSWORD: prints where the page leads to afterwards
  inside dp-node curl -s -m 5 -o /dev/null -w '%{redirect_url}' --data-urlencode username=admin --data-urlencode "password=$1" "http://$CLIENT:8080/sabnzbd/login/"
}
page_for() { # NAME: the HTTP status for a caller that uses this name
  inside dp-node curl -s -m 5 -o /dev/null -w '%{http_code}' -H "Host: $1:8080" "http://$CLIENT:8080/sabnzbd/login/"
}

try_sabnzbd() {
  local former=0123456789abcdef0123456789abcdef key
  serve 8119 nzb
  serve 119 news
  # What a user has from an earlier installation: a language, an account at a news server, a key that the charm replaces.
  mkdir -p "$BED/volume-sabnzbd"
  printf '__version__ = 19\n__encoding__ = utf-8\n[misc]\nlanguage = de\napi_key = %s\n[servers]\n[[news]]\nname = news\ndisplayname = news\nhost = example.org\nport = 119\nusername = reader\npassword = paid\nconnections = 1\nssl = 0\nenable = 1\n' \
    "$former" >"$BED/volume-sabnzbd/sabnzbd.ini"

  start_application sabnzbd || return
  must 'the generated key is accepted' wait_until 60 knows_key || return
  check_equal 'the former one is not' 'API Key Incorrect' "$(api "$former" queue)"
  check_equal 'its page lets in whoever has the generated password' "http://$CLIENT:8080/sabnzbd/" "$(log_in "$(credential sabnzbd password)")"
  check_equal 'and nobody else' '' "$(log_in wrong)"
  check_equal 'it answers to its name in the cluster' 200 "$(page_for sabnzbd.media.svc.cluster.local)"
  check_equal "the user's settings have survived" 'de example.org reader' "$(setting_of language) $(news_server)"
  check_equal 'the settings file belongs to the user of the options' 1000:1000 "$(exec_in sabnzbd app stat -c %u:%g /config/sabnzbd.ini)"

  check_equal 'an NZB is asked for by its address' true "$(own_api addurl name=http://example.org:8119/bed.nzb | jq -r .status)"
  # An address that does not answer at once is asked again by SABnzbd itself, after a minute.
  check 'its article is fetched' wait_until 150 completed
  check_equal 'as it was sent' 16 "$(exec_in sabnzbd app sh -c 'cat /config/Downloads/complete/bed/*' 2>/dev/null | wc -c)"
  check "the web server has seen the VPN's exit only" only_exit "$BED/nzb.log"
  check "the news server has seen the VPN's exit only" only_exit "$BED/news.log"
  check 'and the password of the account of the user' grep -q ' paid$' "$BED/news.log"

  own_api set_config section=misc keyword=bandwidth_max value=3M >/dev/null
  key=$(credential sabnzbd api-key)
  check 'the credentials are renewed' dispatch sabnzbd rotate-credentials
  check 'the new key is accepted' wait_until 60 knows_key
  check_equal 'the one before is not' 'API Key Incorrect' "$(api "$key" queue)"
  check_equal 'what was set in its page meanwhile has survived, too' '3M de example.org reader' "$(setting_of bandwidth_max) $(setting_of language) $(news_server)"
  check_tight 'all that SABnzbd does by itself'
}

if command -v sabnzbdplus >/dev/null; then
  try_sabnzbd
  end_servers
else
  flunk "sabnzbdplus is not installed: it needs Debian's components contrib and non-free" "${CLIENTS_FAULT:-}"
fi
need_no_pods
