#!/bin/bash
# Tests the settings for other editors in editors/README.md: in the editors that the distribution
# (Debian or Ubuntu) has packages of, installing them; of the others, that the settings can be read
# and that the server which they name reviews a document.
#
#   tests/editors/others/run.sh [archlint]     default: builds the program with cargo
#
# Prints a line for each test and "N passed, N failed"; ends with 1 if one failed.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
readme=$root/editors/README.md
if [ $# -gt 0 ]; then
  program=$(realpath "$1")
else
  (cd "$root" && cargo build --quiet -p archlint >&2)
  program=${CARGO_TARGET_DIR:-$root/target}/debug/archlint
fi

missing=()
command -v emacs >/dev/null || missing+=(emacs-nox)
for package in elpa-markdown-mode elpa-eglot; do
  [ -d /usr/share/emacs/site-lisp/elpa-src ] && ls /usr/share/emacs/site-lisp/elpa-src | grep "^${package#elpa-}-[0-9]" >/dev/null \
    || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq >&2
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
fi

zed_target=${XDG_CACHE_HOME:-$HOME/.cache}/archlint-editors/zed
# Found by way of the home folder, which is another one below.
export CARGO_HOME=${CARGO_HOME:-$HOME/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/home"
ln -s "$program" "$work/bin/archlint"
cp -r "$here/../neovim/fixtures" "$work/project"
export PATH=$work/bin:$PATH HOME=$work/home LC_ALL=C.UTF-8
cd "$work/project"

passed=0; failed=0
check() { # NAME COMMAND...
  local name=$1; shift
  if "$@" >"$work/said" 2>&1; then
    passed=$((passed + 1)); echo "ok    $name"
  else
    failed=$((failed + 1)); echo "FAIL  $name"; cat "$work/said"
  fi
}

names_a_server() { # HEADING
  local command
  command=$(python3 "$here/settings.py" "$readme" "$1" command)
  mapfile -t command < <(python3 -c 'import json,sys; print(*json.loads(sys.argv[1]), sep="\n")' "$command")
  timeout 60 python3 "$here/session.py" docs/tickets.md "${command[@]}"
}

in_emacs() {
  python3 "$here/settings.py" "$readme" "Emacs (eglot)" >"$work/settings.el"
  timeout 120 emacs --batch --eval "(require 'package)" -f package-initialize \
    -l "$work/settings.el" -l "$here/emacs.el"
}

check "emacs: eglot reviews and waives with the settings" in_emacs
grep '^ok    emacs' "$work/said" || true
check "helix: the settings name a server that reviews (Helix itself is not run)" names_a_server Helix
check "sublime: the settings name a server that reviews (Sublime Text itself is not run)" names_a_server "Sublime Text"
check "zed: the extension compiles (Zed itself is not run)" \
  cargo check --quiet --locked --manifest-path "$root/editors/zed/Cargo.toml" --target-dir "$zed_target"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
