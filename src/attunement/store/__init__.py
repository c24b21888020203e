"""The log of events and what is derived from it, on SQLite (embedded) or PostgreSQL."""
