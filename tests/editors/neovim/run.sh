#!/bin/bash
# Tests the Neovim plugin in real headless Neovims, installing Neovim if need be.
#
#   tests/editors/neovim/run.sh [archlint]     default: builds the program with cargo
#
# Prints a line for each test and "N passed, N failed"; ends with 1 if one failed.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
if [ $# -gt 0 ]; then
  program=$(realpath "$1")
else
  (cd "$root" && cargo build --quiet -p archlint >&2)
  program=${CARGO_TARGET_DIR:-$root/target}/debug/archlint
fi
nvim=$("$here/../install-neovim.sh" | tail -1)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$program" "$work/bin/archlint"
cd "$here"
TMPDIR=$work ARCHLINT_BIN=$work/bin ARCHLINT_PLUGIN=$root/editors/neovim "$nvim" --clean -l tests.lua
