"""The base of every table of the configuration."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """One table of the file: nobody changes it once it is read, and it takes no key that it doesn't know."""

    model_config = ConfigDict(extra="forbid", frozen=True)
