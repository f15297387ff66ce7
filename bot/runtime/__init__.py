"""The process itself: clock, supervision, wake-ups, retries, logs."""
