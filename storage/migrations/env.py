"""What Alembic runs: on the connection, and in the transaction, of whoever asked for it."""

from alembic import context
from sqlmodel import SQLModel

import storage.schema.safety_tables
import storage.schema.tables
import storage.schema.unit_tables  # noqa: F401 - all fill the metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata, render_as_batch=True
)
context.run_migrations()
