"""The metadata of every table: each file of tables is read before anybody can ask for it."""

from sqlmodel import SQLModel

from storage.schema import safety_tables, tables, unit_tables

FILES = (tables, unit_tables, safety_tables)
METADATA = SQLModel.metadata
