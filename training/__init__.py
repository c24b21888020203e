"""The recipes that made the artefacts in ``models/``."""
