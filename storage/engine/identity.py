"""The database that a connection leads to, as PostgreSQL says it."""

# The server, the branch of its history (another one after a standby took over), and this very table in it.
IDENTITY_SQL = (
    "SELECT hashtextextended(concat_ws('/', system_identifier,"
    " left(pg_walfile_name(pg_current_wal_insert_lsn()), 8), 'counter'::regclass::oid), 0)"
    " FROM pg_control_system()"
)
