"""Alembic's migrations of the database, run by `attunement.store.upgrade`."""
