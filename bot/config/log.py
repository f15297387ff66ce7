"""The operators' log: from which level on, in which form, and how much of what the desk is built on."""

from typing import Literal

from bot.config.section import Section

LogLevel = Literal["debug", "info", "warning", "error"]


class Log(Section):
    """The operators' log."""

    level: LogLevel = "info"
    format: Literal["text", "json"] = "text"
    libraries: LogLevel = "warning"
