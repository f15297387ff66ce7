#!/usr/bin/env bash
# Take a new release out: stop it, start the one before where it does not run, and see that nothing is left behind.
#   scripts/rollback.sh --stop COMMAND [--start COMMAND] --url URL [--url URL]... [--config FILE]
# COMMAND is run by the shell and returns: 'systemctl stop gad-next', 'kubectl delete -f next.yaml'. The URLs are those of
# the side servers of the release before. With a configuration the record is verified too. GAD_TOKEN: a token for /metrics,
# where a proxy asks for one. An exit code of 1 when anything is not as it should be; it takes two minutes at most.
set -uo pipefail

usage() { sed -n '2,6s/^# \?//p' "$0" >&2; exit 64; }
stop="" start="" config="" urls=()
while [ "$#" -gt 0 ]; do
    [ "$#" -ge 2 ] || usage
    case "$1" in
        --stop) stop="$2" ;;
        --start) start="$2" ;;
        --url) urls+=("${2%/}") ;;
        --config) config="$2" ;;
        *) usage ;;
    esac
    shift 2
done
[ -n "$stop" ] && [ "${#urls[@]}" -gt 0 ] || usage
command -v curl >/dev/null || { echo "rollback: curl is missing" >&2; exit 69; }

failed=0
wrong() { echo "rollback: $1" >&2; failed=1; }
ask() {
    # By a file, so that no list of processes has the token.
    curl --silent --max-time 5 ${GAD_TOKEN:+--header @<(printf 'Authorization: Bearer %s' "$GAD_TOKEN")} "$@"
}
# COMMAND SECONDS: try each second until it answers with 0.
within() {
    local end=$((SECONDS + $2))
    until "$1"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 1
    done
}

timeout 40 bash -c "$stop" || wrong "'$stop' failed: is the new release still there?"
[ -z "$start" ] || timeout 40 bash -c "$start" || wrong "'$start' failed"

for url in "${urls[@]}"; do
    ready() { ask --fail --output /dev/null "$url/health/ready"; }
    within ready 30 || wrong "$url takes no work: /health/ready is not 200"
done

# What the new release held comes back when its lease is over (intake.lease, 30 s), and is done by the others.
nothing_waits() {
    ask "${urls[0]}/metrics" | awk '
        /^gad_inbox_oldest_seconds/ { seen = 1; if ($2 > 10) late = 1 }
        END { exit !seen || late }'
}
within nothing_waits 50 || wrong "what people sent more than 10 s ago still waits, or ${urls[0]}/metrics does not say"

if [ -n "$config" ]; then
    gad="$(cd "$(dirname "$0")/.." && pwd)/.venv/bin/gad"
    [ -x "$gad" ] || gad="$(command -v gad)" || { wrong "gad is not on the path"; gad=false; }
    "$gad" audit verify --config "$config" >&2 || wrong "the record is not whole"
fi
[ "$failed" = 0 ] && echo "rollback: the new release is out, ${#urls[@]} of the one before take every chat"
exit "$failed"
