"""Backups that the desk makes by itself: where, how often, how many, and for whose eyes."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.config.section import Section
from bot.config.types import BackupKey, Duration, Whole, between


class Backup(Section):
    """Backups that are made by themselves."""

    folder: str = "var/backups"
    every: Annotated[Duration, between("5m", "720h")] = timedelta(hours=24)
    keep: Annotated[Whole, Field(ge=1, le=1000)] = 7
    encrypt_to: BackupKey = ""
