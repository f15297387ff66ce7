"""Reasons in plain words, as the commands say them."""

from bot.runtime.reasons import reason

__all__ = ["reason"]
