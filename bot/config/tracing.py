"""Traces of updates: where they are sent, and of how many."""

from importlib.util import find_spec
from typing import Annotated

from pydantic import Field, field_validator

from bot.config.section import Section
from bot.config.types import http_url


class Tracing(Section):
    """Where traces are sent; an empty address turns them off."""

    endpoint: str = ""
    share: Annotated[float, Field(gt=0, le=1)] = 1.0

    @field_validator("endpoint")
    @classmethod
    def _endpoint_can_be_sent_to(cls, value: str) -> str:
        """The packages are an extra, which is missed at the start, not at the first trace."""
        if not value:
            return value
        if find_spec("opentelemetry") is None:
            raise ValueError("traces need the extra: pip install --require-hashes -r constraints-tracing.txt")
        return http_url(value, secure=False)
