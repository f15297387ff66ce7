#!/usr/bin/env bash
# Ask a desk that runs whether it can do its work; one line for each thing that is wrong, and an exit code of 1 then.
#   GAD_TOKEN=... scripts/smoke.sh https://desk.example.org:8080
# The token has the scope metrics (gad tokens create NAME --scope metrics). GAD_TOKEN_FILE names a file with it instead.
set -uo pipefail

url="${1:-}"
url="${url%/}"
[ -n "$url" ] || { echo "usage: GAD_TOKEN=... scripts/smoke.sh URL" >&2; exit 64; }
for tool in curl python3; do
    command -v "$tool" >/dev/null || { echo "smoke: $tool is missing" >&2; exit 69; }
done
token="${GAD_TOKEN:-}"
[ -z "${GAD_TOKEN_FILE:-}" ] || token="$(<"$GAD_TOKEN_FILE")" || exit 66
[ -n "$token" ] || { echo "smoke: GAD_TOKEN or GAD_TOKEN_FILE is missing" >&2; exit 64; }

failed=0
wrong() { echo "smoke: $1" >&2; failed=1; }
said="$(mktemp)"
trap 'rm -f "$said"' EXIT

# Leaves the body in the file, prints the code; the token goes by the standard input, so that no list of processes has it.
ask() {
    printf 'header = "Authorization: Bearer %s"\n' "$token" \
        | curl --silent --max-time 10 --config - --output "$said" --write-out '%{http_code}' "$url$1"
}

code="$(ask /health/live)" || { wrong "$url: nobody answers"; exit 1; }
[ "$code" = 200 ] || { wrong "$url: whoever answers there is no desk: /health/live says $code"; exit 1; }

code="$(ask /health)"
[ "$code" = 200 ] || [ "$code" = 503 ] || wrong "/health says $code"
grep -q '"parts"' "$said" || {
    wrong "the token is not one of the desk's, or may not read metrics: /health names no parts"
    exit 1
}
while IFS= read -r line; do wrong "$line"; done < <(python3 -c '
import json, sys
for name, part in json.load(open(sys.argv[1]))["parts"].items():
    if not part["well"]:
        print(name + ": " + (part["detail"] or "not well"))' "$said")

code="$(ask /health/ready)"
[ "$code" = 200 ] || wrong "it takes no work: /health/ready says $code"

code="$(ask /metrics)"
[ "$code" = 200 ] || wrong "/metrics says $code"

# What health doesn't call a fault of this moment, and no release may begin with.
while IFS= read -r line; do wrong "$line"; done < <(python3 -c '
import re, sys, time
values = {}
for line in open(sys.argv[1]):
    if sample := re.match(r"(\w+)(?:\{(.*)\})? (\S+)$", line):
        values.setdefault(sample[1], []).append(float(sample[3]))
def most(name):
    return max(values.get(name, [0.0]))
if (late := most("gad_timers_overdue_seconds")) > 60:
    print(f"timers: one is {late:.0f} s overdue")
for queue, what in (("inbox", "what people sent"), ("outbox", "messages")):
    if (oldest := most(f"gad_{queue}_oldest_seconds")) > 60:
        print(f"{queue}: {what} of {oldest:.0f} s ago still waits")
if every := most("gad_backup_every_seconds"):
    newest = most("gad_backup_last_timestamp_seconds")
    if not newest:
        print("backup: there is none")
    elif (age := time.time() - newest) > 2 * every:
        print(f"backup: the newest is {age / 3600:.0f} hours old, one is due every {every / 3600:.0f}")
' "$said")

[ "$failed" = 0 ] && echo "smoke: $url is well"
exit "$failed"
