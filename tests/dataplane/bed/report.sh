# shellcheck shell=bash
# Checks and their count. UNIT is what a bed has to be asked for to make them again, or nothing.
PASSED=0 FAILED=0 UNIT=''

pass() {
  PASSED=$((PASSED + 1))
  printf 'ok    %s\n' "$1"
}

flunk() { # WHAT DETAIL
  FAILED=$((FAILED + 1))
  printf 'FAIL  %s\n' "$1"
  [[ -z ${2:-} ]] || printf '        %s\n' "${2//$'\n'/$'\n'        }"
  printf '%s\n' "${UNIT:--}" >>"$PREPARED/failures"
}

# flunk_leak WHAT DETAIL: no second try makes up for it.
flunk_leak() {
  flunk "$@"
  printf '%s\n' "$1" >>"$PREPARED/leaks"
}

# What a check starts may go on running, so its output goes to a file and not through a pipe.
check() { # WHAT COMMAND…
  local what=$1
  shift
  if "$@" >"$BED/output" 2>&1; then pass "$what"; else flunk "$what" "$(tail -n 5 "$BED/output")"; fi
}

check_not() { # WHAT COMMAND…
  local what=$1
  shift
  if "$@" >"$BED/output" 2>&1; then flunk "$what" "$(tail -n 5 "$BED/output")"; else pass "$what"; fi
}

check_equal() { # WHAT EXPECTED FOUND
  if [[ $2 == "$3" ]]; then pass "$1"; else flunk "$1" "expected: $2"$'\n'"found: $3"; fi
}

# check_tight WHAT: nothing has left beside the tunnel since the meter was reset.
check_tight() {
  local found
  found=$(leaked)
  if [[ -z $found ]]; then pass "$1: 0 packets beside the tunnel"; else flunk_leak "$1: packets beside the tunnel" "$found"; fi
}

# check_counts COUNTER…: the meter can count; without this a zero says nothing.
check_counts() {
  local name count
  for name in "$@"; do
    count=$(metered "$name")
    if ((count > 0)); then pass "the meter '$name' counts ($count)"; else flunk "the meter '$name' does not count"; fi
  done
}

# stopwatch: starts it; elapsed: says how many seconds have passed.
stopwatch() { STOPWATCH=${EPOCHREALTIME/./}; }
elapsed() { printf '      %s: %d.%d s\n' "$1" $(((${EPOCHREALTIME/./} - STOPWATCH) / 1000000)) $(((${EPOCHREALTIME/./} - STOPWATCH) / 100000 % 10)); }

group() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }

# timely MOMENT MILLISECONDS WHAT COMMAND…: a check with the exact time that it took, from a moment of EPOCHREALTIME's on; asks every 50 ms.
timely() {
  local from=${1/./} limit=$2 what=$3 took
  shift 3
  until "$@" >"$BED/output" 2>&1; do
    ((${EPOCHREALTIME/./} - from < limit * 1000 + 5000000)) || break
    sleep 0.05
  done
  took=$(((${EPOCHREALTIME/./} - from) / 1000))
  if ((took <= limit)); then pass "$what, after $took ms"; else flunk "$what: not within $limit ms" "after $took ms: $(tail -n 3 "$BED/output")"; fi
}
