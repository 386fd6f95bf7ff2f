# shellcheck shell=bash
# What a client looks like from inside, for the test kit: recorded with --record, compared otherwise. Only the bridge network is recorded.
readonly FIXTURES=$ROOT/lib/testing/src/simulation/fixtures/pods.json

record_case() { # CASE POD [VERDICT]
  inside "dp-$2" cat /proc/net/route >"$BED/routes4"
  inside "dp-$2" cat /proc/net/ipv6_route >"$BED/routes6"
  record_files "$1" "$2" "${3:-000*}"
}

# record_files CASE POD VERDICT: with the routes in $BED/routes4 and routes6. Reference and use counts differ from run to run; nothing depends on them.
record_files() {
  local answer=''
  # shellcheck disable=SC2053 # a pattern
  verdict_matches() {
    answer=$(verdict "$2" 2>/dev/null)
    [[ $answer == $3 ]]
  }
  wait_until 20 verdict_matches "$@" || { flunk "the verdict of the case $1 is '$3'" "$answer"; return; }
  [[ $TOPOLOGY == bridge ]] || return 0
  jq -n --arg name "$1" --rawfile routes <(normalise4 <"$BED/routes4") --rawfile ipv6 <(normalise6 <"$BED/routes6") --arg answer "$answer" \
    '($answer[0:3] | tonumber) as $status
     | {($name): ({routes: $routes, ipv6Routes: $ipv6} + (if $status == 0 then {} else {verdict: {status: $status, body: ($answer[4:] + "\n")}} end))}' \
    >"$BED/case-$1.json"
}

normalise4() { awk -F '\t' -v OFS='\t' 'NR == 1 {print; next} {$5 = 0; $6 = 0; print | "sort"}'; }
normalise6() { awk '{printf "%s %s %s %s %s %s 00000001 00000000 %s %8s\n", $1, $2, $3, $4, $5, $6, $9, $10}' | sort; }

# finish_fixtures: writes or compares the file.
finish_fixtures() {
  local found=$BED/fixtures.json
  compgen -G "$BED/case-*.json" >/dev/null || return 0
  jq -s 'add' "$BED"/case-*.json >"$found"
  if [[ $RECORD == yes ]]; then
    cp "$found" "$FIXTURES"
    echo "recorded: $(jq -r 'keys | join(", ")' "$found")"
  else
    check 'the recorded view from inside a client is what the pods show' same_fixtures "$found"
  fi
}

same_fixtures() {
  diff <(jq -S . "$1") <(jq -S --slurpfile seen "$1" 'with_entries(select(.key as $key | $seen[0] | has($key)))' "$FIXTURES")
}
