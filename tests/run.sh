#!/bin/bash
# All tests: the library and the command, the guide, the reports, the packages and the editors.
#
#   tests/run.sh [PART...]       without a part: all of them, in this order
#
# Needs cargo, git, python3 with venv, node 20 and npm; Debian or Ubuntu for the editors. The rest
# is installed by the parts that need it. Ends with 1 if a part failed; prints the time of each.
set -u
cd "$(dirname "$0")/.."
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target} CARGO_TERM_COLOR=never
archlint=$CARGO_TARGET_DIR/release/archlint
corpus=${ARCHLINT_CORPUS:-../shared/corpus}

style() { cargo fmt --all --check && cargo clippy --quiet --locked --workspace --all-targets -- -D warnings; }
build() { cargo build --quiet --locked --release -p archlint -p xtask; }
rust() { cargo test --quiet --locked --workspace --no-fail-fast; }
rules() { "$archlint" test; }
# What archlint says of its own decisions.
own() { "$archlint" docs --quiet; }
consumers() { tests/consumers/run.sh "$archlint"; }
html() { tests/report-html/run.sh "$archlint"; }
docs() { tests/docs/run.sh "$archlint"; }
packaging() { tests/packaging/run.sh "$archlint"; }
neovim() { tests/editors/neovim/run.sh "$archlint"; }
vscode() { tests/editors/vscode/run.sh "$archlint"; }
others() { tests/editors/others/run.sh "$archlint"; }
# The judgement must not get worse than docs/accuracy.md records; only where labels are at hand.
accuracy() {
  [ -d "$corpus" ] || { echo "no labelled documents in $corpus: not measured"; return 0; }
  "$CARGO_TARGET_DIR/release/xtask" accuracy --gate xtask/figures.toml --docs "$corpus/dev" \
    --manifest "$corpus/manifest.tsv" --labels "$corpus/labels/a" --labels "$corpus/labels/b"
}

# Real browsers and editors on a busy machine sometimes miss a deadline: these parts may try twice.
patient="html neovim vscode others"
parts=("$@")
[ $# -gt 0 ] || parts=(style build rust rules own accuracy consumers html docs packaging neovim vscode others)

passed=0 failed=0
for part in "${parts[@]}"; do
  echo "=== $part"
  from=$SECONDS
  "$part"
  code=$?
  if [ $code -ne 0 ] && [[ " $patient " == *" $part "* ]]; then
    echo "=== $part, again"
    "$part"
    code=$?
  fi
  if [ $code -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  echo "=== $part: $([ $code -eq 0 ] && echo passed || echo "FAILED with $code") in $((SECONDS - from)) s"
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
