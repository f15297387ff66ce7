"""Who must hear of an event: pure functions from events to notifications."""
