#!/usr/bin/env bash
# Build a wheel with the parser as machine code: tools/compile.sh PYTHON FOLDER [profiled]
# PYTHON has the locked packages of requirements-dev.lock. With `profiled` the parser is compiled twice: the first one
# reads the articles of the parser's tests and counts what runs, and from that the compiler lays out the second one.
set -euo pipefail
python=$(realpath --no-symlinks "$1") wheels=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HATCH_BUILD_HOOK_ENABLE_MYPYC=true HATCH_MYPYC_BUILD_DIR=$work/objects

# Nothing outside calls the parser's functions by their C names, so their calls need no look into a table.
flags="-fvisibility=hidden -fno-plt -fno-semantic-interposition"

quietly() { # COMMAND…: what it prints is shown if it fails
  "$@" >"$work/printed" 2>&1 || { cat "$work/printed" >&2; exit 1; }
}

compile() { # FOLDER FLAG…
  rm -rf "$HATCH_MYPYC_BUILD_DIR" && mkdir "$HATCH_MYPYC_BUILD_DIR"
  # A copy, for the hook leaves what it makes beside the source.
  rm -rf "$work/source" && mkdir "$work/source"
  tar --extract --file "$work"/*.tar.gz --directory "$work/source" --strip-components 1
  (cd "$work/source" && CFLAGS="$flags ${*:2}" quietly "$python" -m hatchling build -t wheel -d "$1")
}

quietly "$python" -m hatchling build -t sdist -d "$work"
if [ "${3:-}" = profiled ]; then
  echo "Compiling the parser to count what runs: some five minutes, each time its source has changed" >&2
  compile "$work/counting" -fprofile-generate="$work/counts" -fprofile-update=single
  "$python" -m zipfile -e "$work"/counting/*.whl "$work/counting"
  PYTHONPATH=$work/counting quietly "$python" tools/bench_parsing.py
  grep --quiet compiled "$work/printed" && [ -d "$work/counts" ] || { echo "nothing was counted" >&2; exit 1; }
  flags+=" -fprofile-use=$work/counts -fprofile-correction -freorder-functions -freorder-blocks-and-partition"
  flags+=" -Wno-missing-profile -Wno-error=coverage-mismatch"
fi
echo "Compiling the parser: some three minutes, each time its source has changed" >&2
compile "$wheels"
