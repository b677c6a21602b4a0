#!/bin/bash
# Installs what the tests of the VS Code extension run in: code-server (VS Code's own workbench and
# extension host, served to a browser), Chromium and playwright-core. Idempotent: a second run
# prints the folder and ends.
#
#   tests/editors/install-vscode.sh [folder]     default: ${XDG_CACHE_HOME:-~/.cache}/archlint-editors
#
# Needs node 20, npm, gcc, make and python3; on Debian and Ubuntu it installs the missing packages
# of the distribution (as root, or with sudo). Prints the folder on its last line.
set -euo pipefail

code_server_version=4.100.3        # VS Code 1.100.3
playwright_version=1.65.1
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/archlint-editors}/vscode
stamp="code-server $code_server_version, playwright-core $playwright_version, node $(node --version)"

browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

missing=()
browser >/dev/null || missing+=(chromium)
command -v rg >/dev/null || missing+=(ripgrep)
if [ ${#missing[@]} -gt 0 ]; then
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq >&2
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
fi

if [ "$(cat "$folder/installed" 2>/dev/null)" = "$stamp" ]; then echo "$folder"; exit 0; fi

mkdir -p "$folder"; cd "$folder"; rm -f installed
echo '{"private":true}' > package.json
quiet=(--no-audit --no-fund --loglevel=error)
# The package's own post-install is left out: it downloads ripgrep and refuses to run as root.
npm install --ignore-scripts "${quiet[@]}" \
  "code-server@$code_server_version" "playwright-core@$playwright_version" >&2
vscode=$folder/node_modules/code-server/lib/vscode
(cd "$vscode" && npm install --ignore-scripts --omit=dev "${quiet[@]}" >&2)
(cd "$vscode/extensions" && npm install --ignore-scripts --omit=dev "${quiet[@]}" >&2 && node postinstall.mjs >&2)
npm_config_build_from_source=true npm rebuild argon2 >&2      # imported when code-server starts
cd "$vscode"
mkdir -p node_modules/@vscode/ripgrep/bin
ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
ln -sfn node_modules node_modules.asar
ln -sf code-linux.sh bin/remote-cli/code-server
ln -sf browser-linux.sh bin/helpers/browser.sh
node "$folder/node_modules/code-server/out/node/entry.js" --version >&2
echo "$stamp" > "$folder/installed"
echo "$folder"
