"""Typed words, read into the desk's words. Pure; nothing here raises on any text."""
