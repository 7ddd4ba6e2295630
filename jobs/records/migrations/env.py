"""Runs migrations on the connection it is handed; alembic loads this file."""

from alembic import context

from jobs.records.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite")
context.run_migrations()
