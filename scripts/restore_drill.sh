#!/usr/bin/env bash
# Prove that the desk can be put back: restore a backup beside it, verify its record, and say how old it is.
#   scripts/restore_drill.sh CONFIG BACKUP             SQLite: a file of backup.folder (GAD_IDENTITY: its private key)
#   scripts/restore_drill.sh CONFIG DUMP SCRATCH_URL   PostgreSQL: of pg_dump --format=custom, into an empty database
#   scripts/restore_drill.sh CONFIG BASE WAL DATABASE MOMENT
#       PostgreSQL: of pg_basebackup and an archive, as it was at a moment ('2026-11-30 10:42:00-05'), by a server of its own
#       that listens on loopback until the record is verified (PGUSER: its superuser, postgres if there is none)
# Touches neither the desk's database nor the backup. An exit code of 1 when anything is not as it was.
set -euo pipefail

[ "$#" = 2 ] || [ "$#" = 3 ] || [ "$#" = 5 ] || { sed -n '2,8s/^# \?//p' "$0" >&2; exit 64; }
config="$1" backup="$2" scratch="${3:-}"
fail() { echo "restore drill: $1" >&2; exit "${2:-1}"; }
for file in "$config" "$backup"; do [ -r "$file" ] || fail "$file: no such file" 66; done
gad="$(cd "$(dirname "$0")/.." && pwd)/.venv/bin/gad"
[ -x "$gad" ] || gad="$(command -v gad)" || fail "gad is not on the path" 69

folder="$(mktemp -d)"
ended() { [ ! -e "$folder/data/postmaster.pid" ] || as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate stop; }
trap 'ended >/dev/null 2>&1; rm -rf "$folder"' EXIT
began="$(date +%s)"

# PostgreSQL refuses to be run by root: whoever the base belongs to runs it.
as_owner() {
    [ "$(id -u)" = 0 ] || { "$@"; return; }
    setpriv --reuid "$(stat -c %u "$base")" --regid "$(stat -c %g "$base")" --clear-groups "$@"
}

# ARCHIVE DATABASE MOMENT: a server as it was then; sets GAD_STORAGE__URL.
point_in_time() {
    local archive port word owner
    archive="$(realpath "$1")" base="$(realpath "$backup")"
    [ "$(stat -c %u "$base")" != 0 ] || fail "$backup is root's, as whom PostgreSQL does not run: chown it to postgres" 77
    bin="$(pg_config --bindir)" || fail "pg_config is not on the path" 69
    export PGUSER="${PGUSER:-postgres}"
    cp -a "$base" "$folder/data"
    chmod 711 "$folder"
    mkdir -m 700 "$folder/socket"
    chown --reference="$base" "$folder/socket"
    chmod 700 "$folder/data"
    # Debian keeps them elsewhere, and the desk's are not for this server.
    : >"$folder/data/postgresql.conf"
    printf 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n' >"$folder/data/pg_hba.conf"
    cat >>"$folder/data/postgresql.auto.conf" <<SETTINGS
archive_mode = off
hot_standby = off
restore_command = 'cp "$archive/%f" "%p"'
recovery_target_time = '$3'
recovery_target_action = 'promote'
SETTINGS
    as_owner touch "$folder/data/recovery.signal"
    port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
    (cd / && as_owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/drill.log" -W \
        -o "-p $port -k $folder/socket -c listen_addresses=127.0.0.1" start >/dev/null)
    # With hot_standby off it answers once it is there; it ends by itself where the archive doesn't lead there.
    until psql -h "$folder/socket" -p "$port" -Xqc "SELECT" postgres >/dev/null 2>&1; do
        sleep 0.2
        grep -q 'database system is shut down' "$folder/data/drill.log" 2>/dev/null || continue
        grep -h 'FATAL' "$folder/data/drill.log" | grep -v 'not accepting\|starting up' >&2 || true
        fail "$backup can't be brought to $3"
    done
    word="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
    owner="$(psql -h "$folder/socket" -p "$port" -XAtc "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = '$2'" postgres)"
    [ -n "$owner" ] || fail "there was no database $2 at $3"
    psql -h "$folder/socket" -p "$port" -Xqc "ALTER ROLE \"$owner\" LOGIN PASSWORD '$word'" postgres
    psql -h "$folder/socket" -p "$port" -XAtc "SELECT 'restore drill: ' || (SELECT count(*) FROM task) || ' tasks, the last event of '
        || coalesce((SELECT to_timestamp(max(at) / 1000)::text FROM event), 'never')" "$2" \
            || fail "$2 is no desk's database"
    export GAD_STORAGE__URL="postgresql+asyncpg://$owner:$word@127.0.0.1:$port/$2"
}

if [ "$#" = 5 ]; then
    point_in_time "$3" "$4" "$5"
elif [ -n "$scratch" ]; then
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
