"""The decisions: pure functions from a situation and a command to events."""
