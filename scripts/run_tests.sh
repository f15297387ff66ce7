#!/usr/bin/env bash
# Run pytest with the arguments given; what failed beside others runs once more by itself, and is named.
#
# A story plays real processes, and a machine with too much to do can hold one up. Two such tests are looked at again;
# three are the change's. A test that fails both times fails the run, and one that only failed beside others is a
# fault of the test or a race of the desk, to be found: its name is the last line of the run.
set -uo pipefail
cd "$(dirname "$0")/.."
seen="$(mktemp -d)"
trap 'rm -rf "$seen"' EXIT
run() { .venv/bin/python -m pytest -o cache_dir="$seen" "$@"; }

run "$@" && exit 0
code=$?
failed="$seen/v/cache/lastfailed"
[ "$code" = 1 ] && [ -f "$failed" ] || exit "$code"
mapfile -t names < <(.venv/bin/python -c 'import json, sys; print(*json.load(open(sys.argv[1])), sep="\n")' "$failed")
[ -n "${names[0]:-}" ] && [ "${#names[@]}" -le 2 ] || exit "$code"
run "$@" -n 0 --no-cov --last-failed --last-failed-no-failures none || exit
printf 'failed beside others, well by itself, to be looked at: %s\n' "${names[@]}" >&2
