"""Bytes from and to Telegram."""
