#!/bin/bash
# Hands archlint's reports to the programs that read them.
#
#   tests/consumers/run.sh [ARCHLINT]
#
# Which archlint: the argument, else the variable ARCHLINT, else the release build if there is one,
# else cargo builds it. Needs python3 with venv; what is in requirements.txt it installs itself, into
# the target folder.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
program=${1:-${ARCHLINT:-$CARGO_TARGET_DIR/release/archlint}}
if [ ! -x "$program" ]; then
  if [ $# -gt 0 ] || [ -n "${ARCHLINT:-}" ]; then
    echo "$program is not a program" >&2
    exit 2
  fi
  (cd "$root" && cargo build --quiet --locked -p archlint >&2)
  program=$CARGO_TARGET_DIR/debug/archlint
fi
program=$(realpath "$program")
tools=$CARGO_TARGET_DIR/consumer-tools
[ -x "$tools/bin/python" ] || python3 -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
ARCHLINT=$program exec "$tools/bin/python" -m unittest discover -s "$here"
