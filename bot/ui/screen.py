"""Screen: what a view makes, not yet bound to a destination. Its parts are contents of the core."""

from core.vocabulary.contents import Button, Key, Screen

__all__ = ["Button", "Key", "Screen"]
