"""Work that waits on disk: inbox, outbox, timers, calendar jobs."""
