#!/bin/bash
# Holds the user guide to what archlint is: generated pages are fresh, the book builds, and the
# links, commands, configuration and queries in it work.
#
#   tests/docs/run.sh [ARCHLINT]
#
# ARCHLINT is the binary to ask; without it, one is built. Needs cargo and python3 with venv;
# mdbook and what is in requirements.txt it installs itself, into the target folder.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
tools=$CARGO_TARGET_DIR/docs-tools

cd "$root"
if [ $# -ge 1 ]; then
  archlint=$(realpath "$1")
else
  cargo build --quiet --locked --package archlint
  archlint=$CARGO_TARGET_DIR/debug/archlint
fi
[ -x "$tools/bin/python" ] || python3 -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
# Without its server and its file watcher it builds in half of the time. It is a tool, not a part:
# no need to have it optimised.
[ -x "$tools/bin/mdbook" ] ||
  cargo install --quiet --debug --locked --no-default-features --features search --version 0.5.4 --root "$tools" mdbook
cargo build --quiet --locked --package xtask

PATH=$tools/bin:$PATH ARCHLINT=$archlint XTASK=$CARGO_TARGET_DIR/debug/xtask \
  exec "$tools/bin/python" "$here/check.py"
