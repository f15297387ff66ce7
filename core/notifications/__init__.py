"""Notifications about events: pure functions from events to notifications."""
