"""Handlers, each with the real rules and storage behind it, and no network."""
