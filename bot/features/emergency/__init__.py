"""Reporting an emergency, and what its reporter says afterwards."""
