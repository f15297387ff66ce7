"""Composers: notifications of the core, put into words and buttons."""
