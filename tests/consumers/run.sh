#!/bin/bash
# Hands archlint's reports to the programs that read them.
#
#   tests/consumers/run.sh [ARCHLINT]      default: builds it with cargo
#
# Needs python3 with venv; what is in requirements.txt it installs itself, into the target folder.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
if [ $# -gt 0 ]; then
  program=$(realpath "$1")
else
  (cd "$root" && cargo build --quiet --locked -p archlint >&2)
  program=$CARGO_TARGET_DIR/debug/archlint
fi
tools=$CARGO_TARGET_DIR/consumer-tools
[ -x "$tools/bin/python" ] || python3 -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
ARCHLINT=$program exec "$tools/bin/python" -m unittest discover -s "$here"
