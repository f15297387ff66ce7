"""Background jobs: timers, leases, retention, backups."""
