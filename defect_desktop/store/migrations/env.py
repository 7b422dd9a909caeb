"""What Alembic runs to migrate: on the connection it is given, inside the transaction that its caller opened."""

from __future__ import annotations

from alembic import context

from defect_desktop.store.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
