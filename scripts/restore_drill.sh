#!/usr/bin/env bash
# Prove that the desk can be put back: restore a backup beside it, verify its record, and say how old it is.
#   scripts/restore_drill.sh CONFIG BACKUP             SQLite: a file of backup.folder (GAD_IDENTITY: its private key)
#   scripts/restore_drill.sh CONFIG DUMP SCRATCH_URL   PostgreSQL: of pg_dump --format=custom, into an empty database
# Touches neither the desk's database nor the backup. An exit code of 1 when anything is not as it was.
set -euo pipefail

[ "$#" = 2 ] || [ "$#" = 3 ] || { sed -n '2,5s/^# \?//p' "$0" >&2; exit 64; }
config="$1" backup="$2" scratch="${3:-}"
fail() { echo "restore drill: $1" >&2; exit "${2:-1}"; }
for file in "$config" "$backup"; do [ -r "$file" ] || fail "$file: no such file" 66; done
gad="$(cd "$(dirname "$0")/.." && pwd)/.venv/bin/gad"
[ -x "$gad" ] || gad="$(command -v gad)" || fail "gad is not on the path" 69

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
began="$(date +%s)"
if [ -n "$scratch" ]; then
    command -v pg_restore >/dev/null || fail "pg_restore is not on the path" 69
    # Its own form of the address; the desk's names the driver.
    pg_restore --exit-on-error --no-owner --dbname "${scratch/postgresql+asyncpg:/postgresql:}" "$backup" \
        || fail "$backup can't be restored"
    export GAD_STORAGE__URL="$scratch"
else
    export GAD_STORAGE__URL="sqlite+aiosqlite:///$folder/gad.db"
    "$gad" restore "$backup" --config "$config" ${GAD_IDENTITY:+--identity "$GAD_IDENTITY"} \
        || fail "$backup can't be restored"
fi
"$gad" audit verify --config "$config" || fail "the record in $backup is not whole"
age="$((began - $(date -r "$backup" +%s)))"
echo "restore drill: $backup, written $age s ago, was put back and verified in $(($(date +%s) - began)) s"
