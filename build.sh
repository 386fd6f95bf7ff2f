#!/bin/bash
# Builds the charms of this repository into dist/.
#   ./build.sh [CHARM…]        dist/<name>_ubuntu@24.04-amd64.charm, all charms when none is named
#   ./build.sh --dir [CHARM…]  dist/<name>/, unpacked
set -eu
cd "$(dirname "$0")"
exec node scripts/run.mjs scripts/build/main.ts "$@"
