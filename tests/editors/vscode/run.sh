#!/bin/bash
# Tests of the VS Code extension in the real extension host and the real workbench (in Chromium).
#
#   tests/editors/vscode/run.sh [archlint binary] [part of a test's name ...]
#
# Without a binary, target/debug/archlint is built. Prints 'N passed, N failed' and exits non-zero
# on failure. Screenshots: target/screenshots/vscode. Needs node 20; see install-vscode.sh.
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)

binary=${1:-}; shift || true
if [ -z "$binary" ]; then
  cargo build --quiet --manifest-path "$root/Cargo.toml" -p archlint
  binary=${CARGO_TARGET_DIR:-$root/target}/debug/archlint
fi
binary=$(realpath "$binary")
installed=$("$root/tests/editors/install-vscode.sh" | tail -1)
shots=$root/target/screenshots/vscode
rm -rf "$shots"; mkdir -p "$shots"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

cd "$root/editors/vscode"
# The lock file decides, and an installation that fits it is kept.
if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm ci --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed-lock
fi
npm run --silent check
npm test --silent > "$work/unit.log" 2>&1 || { cat "$work/unit.log"; exit 1; }
# Without what only a debugger reads, the package is a quarter of the size.
cp "$binary" "$work/archlint"; strip --strip-debug "$work/archlint" 2>/dev/null || true
make() { node package.mjs "$@" > "$work/package.log" 2>&1 || { cat "$work/package.log"; exit 1; }; }
make --binary "$work/archlint" --out "$work/archlint.vsix"
make --out "$work/without.vsix"
node "$root/tests/editors/vscode/tests.mjs" "$installed" "$work/archlint.vsix" "$work/without.vsix" "$work/archlint" "$shots" "$@"
