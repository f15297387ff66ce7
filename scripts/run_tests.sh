#!/usr/bin/env bash
# Run pytest with the arguments given; what failed beside others runs once more by itself, and is named.
#
# A story plays real processes, and a machine with too much to do can hold one up. Two such tests are looked at again;
# three are the change's. A test that fails both times fails the run, and one that only failed beside others is a
# fault of the test or a race of the desk, to be found: its name is the last line of the run.
#
# Files of tests are in memory where there is room for them (4 GiB): the desk waits for its disk before it says
# anything, and what is killed here is the desk, never the machine.
set -uo pipefail
cd "$(dirname "$0")/.."
memory=/dev/shm
[ -w "$memory" ] && [ "$(df --output=avail -B1G "$memory" 2>/dev/null | tail -n 1)" -ge 4 ] || memory="${TMPDIR:-/tmp}"
seen="$(mktemp -d -p "$memory")"
trap 'rm -rf "$seen"' EXIT
run() { .venv/bin/python -m pytest -o cache_dir="$seen/cache" --basetemp="$seen/files" "$@"; }

run "$@" && exit 0
code=$?
failed="$seen/cache/v/cache/lastfailed"
[ "$code" = 1 ] && [ -f "$failed" ] || exit "$code"
mapfile -t names < <(.venv/bin/python -c 'import json, sys; print(*json.load(open(sys.argv[1])), sep="\n")' "$failed")
[ -n "${names[0]:-}" ] && [ "${#names[@]}" -le 2 ] || exit "$code"
run "$@" -n 0 --no-cov --last-failed --last-failed-no-failures none || exit
printf 'failed beside others, well by itself, to be looked at: %s\n' "${names[@]}" >&2
