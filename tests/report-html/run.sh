#!/bin/bash
# Tests the HTML reports in a real Chromium: that nothing of a document runs in them, that they can
# be searched, filtered, read with the keyboard, printed, and read in the dark.
#
#   tests/report-html/run.sh [archlint]          default: target/debug/archlint
#
# Needs node 20 and npm; installs playwright-core into ${XDG_CACHE_HOME:-~/.cache}/archlint-editors
# and, on Debian and Ubuntu, Chromium when it is missing (as root, or with sudo). Pictures of the
# pages go to target/screenshots/html. Prints "N passed, N failed" on its last line.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
archlint=$(realpath "${1:-$root/target/debug/archlint}")
[ -x "$archlint" ] || { echo "no archlint at $archlint: cargo build -p archlint" >&2; exit 2; }

playwright_version=1.65.1
tools=${XDG_CACHE_HOME:-$HOME/.cache}/archlint-editors/report-html
browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

if ! browser >/dev/null; then
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq >&2
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium >&2
fi
if [ "$(cat "$tools/installed" 2>/dev/null)" != "$playwright_version" ]; then
  mkdir -p "$tools"
  echo '{"private":true}' > "$tools/package.json"
  npm install --prefix "$tools" --ignore-scripts --no-audit --no-fund --loglevel=error "playwright-core@$playwright_version" >&2
  echo "$playwright_version" > "$tools/installed"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PLAYWRIGHT=$tools/node_modules/playwright-core/index.js BROWSER=$(browser) ARCHLINT=$archlint \
  WORK=$work PICTURES=$root/target/screenshots/html node "$here/tests.mjs"
