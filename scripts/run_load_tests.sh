#!/usr/bin/env bash
# Load tests with k6 on a desk of their own: a new SQLite file, the local Telegram, loopback only.
#   scripts/run_load_tests.sh http [--short]
# Exits with 0 only when every threshold held. --short takes 20 seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin

usage() {
    echo "usage: scripts/run_load_tests.sh http [--short]" >&2
    exit 2
}

[ "${1:-}" = http ] || usage
case "${2:-}" in
    "") short= ;;
    --short) short=1 ;;
    *) usage ;;
esac
[ -x "$bin/k6" ] || { echo "$bin/k6 is missing: make install brings it" >&2; exit 1; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/gad-load.XXXXXX")
read -r token digest < <("$bin/python" -c '
import hashlib, secrets
token = secrets.token_urlsafe(24)
print(token, hashlib.sha256(token.encode()).hexdigest())')

env GAD_SERVER__HOST=127.0.0.1 GAD_SERVER__PORT=0 GAD_SERVER__API_TOKENS="$digest" \
    "$bin/python" -m bot demo --port 0 >"$folder/out" 2>"$folder/log" &
desk=$!

finish() {
    kill "$desk" 2>/dev/null || true
    wait "$desk" 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

fail() {
    echo "$1" >&2
    tail -n 20 "$folder/log" >&2
    exit 1
}

url=
for _ in $(seq 100); do
    url=$(sed -n 's/.*side server: \(http:[^ ]*\).*/\1/p' "$folder/out")
    [ -z "$url" ] || break
    kill -0 "$desk" 2>/dev/null || fail "the desk did not open"
    sleep 0.1
done
[ -n "$url" ] || fail "the desk named no side server within 10 s"

status=0
env BASE_URL="$url" TOKEN="$token" SHORT="$short" K6_NO_USAGE_REPORT=true \
    "$bin/k6" run --quiet --no-color --address 127.0.0.1:0 scripts/load_test_http.js || status=$?
kill -0 "$desk" 2>/dev/null || fail "the desk did not survive the load"
exit "$status"
