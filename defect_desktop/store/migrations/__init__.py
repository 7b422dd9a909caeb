"""The history of the tables, for Alembic: one file a change in `versions`, never edited once it was released."""

REVISIONS = ("0001", "0002", "0003")
"""Every revision, oldest first. Known without loading Alembic, which opening an up-to-date database does not need."""
