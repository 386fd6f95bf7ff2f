#!/bin/bash
# Runs charmcraft's own linters over the built charms, and its validation over each charmcraft.yaml.
# charmcraft comes from the Python package index into a virtual environment of its own in .cache/.
set -u
cd "$(dirname "$0")/../.." || exit 1

readonly version=4.5.0
readonly venv=.cache/charmcraft-$version

install_charmcraft() {
  [ -x "$venv/bin/charmcraft" ] && return
  python3 -m venv "$venv" && "$venv/bin/pip" install --quiet --disable-pip-version-check "charmcraft==$version"
}

# What charmcraft says besides its findings goes to the error stream.
analyse_charm() {
  echo "charmcraft analyse $1"
  "$PWD/$venv/bin/charmcraft" analyse "$1"
}

expand_project() {
  echo "charmcraft expand-extensions in $1"
  (cd "$1" && "$root/$venv/bin/charmcraft" expand-extensions >/dev/null)
}

root=$PWD
failures=0
install_charmcraft || exit 1
for charm in dist/*.charm; do
  analyse_charm "$charm" || failures=$((failures + 1))
done
for project in . charms/*/; do
  [ -f "$project/charmcraft.yaml" ] || continue
  expand_project "$project" || failures=$((failures + 1))
done
exit $((failures > 0))
