"""Alembic's entry: on the connection, and in the transaction, of the one who asked for it."""

from alembic import context

from storage.schema.metadata import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
context.run_migrations()
