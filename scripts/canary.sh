#!/usr/bin/env bash
# Try a new release on some of the chats beside the one that runs; it is taken out by itself when an objective breaks.
#   scripts/canary.sh --new URL --old URL [--old URL]... --start COMMAND --stop COMMAND
#                     [--minutes 30] [--prometheus URL] [--config FILE]
# COMMAND is run by the shell and returns: 'systemctl start gad-next'. It starts the new release with GAD_INTAKE__CANARY, the
# percent of the chats that it takes. The URLs are those of the side servers. Exits with 0 when the objectives held to the
# end (the new release still runs: go on with the others), with 1 when it was taken out.
set -uo pipefail
here="$(cd "$(dirname "$0")" && pwd)"

usage() { sed -n '2,7s/^# \?//p' "$0" >&2; exit 64; }
new="" start="" stop="" minutes=30 back=() watched=()
while [ "$#" -gt 0 ]; do
    [ "$#" -ge 2 ] || usage
    case "$1" in
        --new) new="${2%/}" ;;
        --old) back+=(--url "$2") watched+=(--old "$2") ;;
        --start) start="$2" ;;
        --stop) stop="$2" ;;
        --minutes) minutes="$2" ;;
        --prometheus) watched+=(--prometheus "$2") ;;
        --config) back+=(--config "$2") ;;
        --every) watched+=(--every "$2") ;;
        *) usage ;;
    esac
    shift 2
done
[ -n "$new" ] && [ -n "$start" ] && [ -n "$stop" ] && [ "${#watched[@]}" -gt 0 ] || usage
seconds="$(awk -v minutes="$minutes" 'BEGIN { if (minutes + 0 <= 0) exit 1; print minutes * 60 }')" || usage
for tool in curl python3; do
    command -v "$tool" >/dev/null || { echo "canary: $tool is missing" >&2; exit 69; }
done

take_out() {
    trap - INT TERM
    echo "canary: $1: it is taken out" >&2
    "$here/rollback.sh" --stop "$stop" "${back[@]}"
    exit 1
}
trap 'take_out "somebody stopped it"' INT TERM

timeout 40 bash -c "$start" || take_out "'$start' failed"
end=$((SECONDS + 60))
until curl --silent --fail --max-time 5 --output /dev/null "$new/health/ready"; do
    [ "$SECONDS" -lt "$end" ] || take_out "$new was not ready within 60 s"
    sleep 0.5
done
# In the background: a signal is heard at once.
python3 "$here/canary_slo.py" --new "$new" --seconds "$seconds" "${watched[@]}" &
watch=$!
wait "$watch" || { kill "$watch" 2>/dev/null; take_out "an objective broke"; }
