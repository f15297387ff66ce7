"""Seeing how things stand: the state, plans, reasons, drills."""
