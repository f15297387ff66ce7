"""Operators' work on a database: migrate, back up, move, lock."""
