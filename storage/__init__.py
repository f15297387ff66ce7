"""Everything that is on disk: tables, units of work, queries, migrations."""
