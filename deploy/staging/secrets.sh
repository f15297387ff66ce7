#!/usr/bin/env bash
# Make the secrets of the staging desk that are not there yet, under var/staging; Telegram's token is yours to put there.
set -euo pipefail
cd "$(dirname "$0")/../.."
umask 077
mkdir -p var/staging
folder=var/staging

# A container reads its file as a user of its own; nobody else on this machine enters the folder.
keep() { [ -s "$folder/$1" ] || { "${@:2}" >"$folder/$1" && chmod 0644 "$folder/$1"; }; }
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

keep webhook-secret random
keep monitoring-token random
keep grafana-password random
keep postgres-password random
keep monitoring-digest sh -c "printf %s \"\$(cat $folder/monitoring-token)\" | sha256sum | cut -d ' ' -f 1"
keep storage-url sh -c "printf 'postgresql+asyncpg://gad:%s@postgres/gad' \"\$(cat $folder/postgres-password)\""
[ -s "$folder/telegram-token" ] || {
    echo "$folder/telegram-token is missing: @BotFather gives one; it is the only line of that file" >&2
    exit 78
}
