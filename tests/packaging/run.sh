#!/bin/bash
# Installs archlint in each of the ways that a team would, and uses it.
#
#   tests/packaging/run.sh [ARCHLINT]
#
# ARCHLINT is the binary that goes into the npm package and onto the PATH; without it, the one that
# `cargo install` builds. Needs cargo, git, python3 with venv, node and npm; what is in
# requirements.txt it installs itself, into the target folder. CARGO_TARGET_DIR is used again, so
# that a second run builds little.
set -u

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
binary=${1:+$(realpath "$1")}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tools=$CARGO_TARGET_DIR/packaging-tools
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/Cargo.toml" | head -1)
passed=0 failed=0 skipped=0

# Nothing of the person who runs this decides: no configuration, no hooks, no colours.
export HOME=$scratch/home CARGO_HOME=${CARGO_HOME:-$HOME/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=team GIT_AUTHOR_EMAIL=team@example.org
export GIT_COMMITTER_NAME=team GIT_COMMITTER_EMAIL=team@example.org NO_COLOR=1
export PIP_DISABLE_PIP_VERSION_CHECK=1 npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false
mkdir -p "$HOME"

# check NAME FUNCTION: runs it in a shell of its own that ends at the first command that fails.
# Exit code 77 says that something it needs is not on this machine.
check() {
  (set -e; "$2") >"$scratch/log" 2>&1
  local code=$?
  case $code in
    0) passed=$((passed + 1)); echo "ok    $1 (${SECONDS} s)" ;;
    77) skipped=$((skipped + 1)); echo "skip  $1: $(tail -1 "$scratch/log")" ;;
    *) failed=$((failed + 1)); echo "FAIL  $1 (exit code $code)"; tail -40 "$scratch/log" | sed 's/^/      /' ;;
  esac
}

# expect CODE COMMAND...: runs it, keeps what it says in $scratch/said, and wants this exit code.
expect() {
  local want=$1 code=0
  shift
  "$@" >"$scratch/said" 2>&1 || code=$?
  cat "$scratch/said"
  [ "$code" = "$want" ] || { echo "exit code $code instead of $want: $*"; return 1; }
}
says() { grep -qF -- "$1" "$scratch/said" || { echo "does not say: $1"; return 1; }; }

# documents FOLDER: one decision record that is whole, one that is not.
documents() {
  mkdir -p "$1/docs/adr"
  cat >"$1/docs/adr/0001-sort-by-date.md" <<'DOCUMENT'
# 1. Sort by date

- Status: accepted
- Date: 2026-03-02

## Context

Readers look for the newest entry first, and the list came in no order.

## Decision

We sort the list by date, the newest first.

## Consequences

The newest entry is on top. Whoever reads from the start must scroll.
DOCUMENT
  sed '/Status/d; s/^# 1. .*/# 2. Sort by name/; s/by date/by name/' "$1/docs/adr/0001-sort-by-date.md" \
    >"$1/docs/adr/0002-sort-by-name.md"
}
whole=docs/adr/0001-sort-by-date.md
poor=docs/adr/0002-sort-by-name.md

# works ARCHLINT...: it has the version, passes what is whole, and fails what is not.
works() {
  expect 0 "$@" --version
  says "archlint $version"
  expect 0 "$@" check "$whole"
  expect 1 "$@" check "$poor"
  says adr/status
}

cargo_install() {
  cargo install --quiet --locked --path "$root/crates/archlint" --root "$scratch/cargo"
  documents "$scratch/with-cargo" && cd "$scratch/with-cargo"
  works "$scratch/cargo/bin/archlint"
}

wheel() {
  PATH=$tools/bin:$PATH "$tools/bin/python" -m pip wheel --quiet --no-build-isolation --no-deps \
    --wheel-dir "$scratch/wheels" "$root/packaging/python"
  python3 -m venv "$scratch/venv"
  "$scratch/venv/bin/pip" install --quiet --no-index --find-links "$scratch/wheels" archlint
  documents "$scratch/with-python" && cd "$scratch/with-python"
  works "$scratch/venv/bin/archlint"
  "$scratch/venv/bin/pip" show archlint | grep -q "^Version: $version$"
}

npm_package() {
  local platform
  platform=$(node -p 'process.platform + "-" + process.arch')
  node "$root/packaging/npm/pack.mjs" "$scratch/npm" "$platform=$binary"
  documents "$scratch/with-node" && cd "$scratch/with-node"
  echo '{ "private": true, "scripts": { "review": "archlint check docs" } }' >package.json
  # Offline: the packages of the other platforms are optional, and not asked for.
  npm install --silent --offline "$scratch"/npm/*.tgz
  works npx --no-install archlint
  expect 1 npm run --silent review
  expect 2 npx --no-install archlint check nowhere
}

npm_package_alone() {
  mkdir "$scratch/alone" && cd "$scratch/alone" && echo '{ "private": true }' >package.json
  npm install --silent --offline --omit=optional "$scratch/npm/archlint-$version.tgz"
  expect 2 npx --no-install archlint --version
  says "is not installed"
}

# gated HOOK: a commit of what is not whole is refused, one of what is whole goes through.
gated() {
  documents "$scratch/with-$1" && cd "$scratch/with-$1"
  git init --quiet
  cat >.pre-commit-config.yaml <<CONFIG
repos:
  - repo: $scratch/clone
    rev: $(git -C "$scratch/clone" rev-parse HEAD)
    hooks:
      - id: $1
CONFIG
  git add .pre-commit-config.yaml "$poor"
  "$tools/bin/pre-commit" install
  expect 1 git commit --quiet -m "Sort by name"
  says adr/status
  git rm --quiet --cached "$poor"
  git add "$whole"
  expect 0 git commit --quiet -m "Sort by date"
  git log --oneline | grep -q "Sort by date"
}
hook() { PATH=$tools/bin:$PATH gated archlint; }
hook_system() { PATH=$scratch/path:$tools/bin:$PATH gated archlint-system; }

action() {
  documents "$scratch/with-action"
  "$tools/bin/check-jsonschema" --builtin-schema vendor.github-actions "$root/action.yml"
  PIP_NO_INDEX=1 PIP_FIND_LINKS=$scratch/wheels \
    "$tools/bin/python" "$here/action.py" "$root/action.yml" "$scratch/with-action" "$whole" "$poor"
}

dockerfile() {
  "$tools/bin/hadolint" "$root/Dockerfile"
  # What .dockerignore lets through is enough for cargo to see the workspace.
  mkdir "$scratch/context"
  sed -n 's/^!//p' "$root/.dockerignore" | while read -r path; do
    git -C "$root" ls-files -z -- "$path" |
      (cd "$root" && xargs -0 cp --parents --target-directory "$scratch/context")
  done
  cargo metadata --quiet --locked --format-version 1 --no-deps \
    --manifest-path "$scratch/context/Cargo.toml" >/dev/null
}

completions() {
  "$binary" completions bash >"$scratch/completions.bash"
  # As bash itself asks for `archlint checkl<Tab>`.
  reply=$(bash -c '
    source "$1"
    COMP_WORDS=(archlint checkl) COMP_CWORD=1
    _archlint archlint checkl archlint
    echo "${COMPREPLY[@]}"' bash "$scratch/completions.bash")
  [ "$reply" = checklist ] || { echo "bash completes: $reply"; return 1; }
  for shell in zsh fish powershell elvish; do
    "$binary" completions "$shell" | grep -q checklist
  done
  for shell in zsh fish; do
    if command -v "$shell"; then "$binary" completions "$shell" | "$shell" --no-execute /dev/stdin; fi
  done
}

man_pages() {
  "$binary" man "$scratch/man/man1"
  "$binary" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]\+\) .*/\1/p' | grep -v '^help$' |
    while read -r command; do
      [ -s "$scratch/man/man1/archlint-$command.1" ] || { echo "no page on $command"; exit 1; }
    done
  command -v groff || { echo "no groff to read the pages with"; return 77; }
  for page in "$scratch"/man/man1/*.1; do
    groff -man -Tutf8 -ww "$page" >/dev/null 2>"$scratch/said"
    [ ! -s "$scratch/said" ] || { cat "$scratch/said"; return 1; }
  done
}

[ -x "$tools/bin/python" ] || python3 -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --requirement "$here/requirements.txt" || exit 2
git clone --quiet "$root" "$scratch/clone" || exit 2

check "cargo install" cargo_install
binary=${binary:-$scratch/cargo/bin/archlint}
mkdir "$scratch/path" && ln -s "$binary" "$scratch/path/archlint"
check "Python wheel" wheel
check "npm package" npm_package
check "npm package without a binary" npm_package_alone
check "pre-commit, built by the hook" hook
check "pre-commit, from the PATH" hook_system
check "GitHub action" action
check "Dockerfile" dockerfile
check "completions" completions
check "man pages" man_pages

echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
