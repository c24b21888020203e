"""Runs the examples in the guide and the README as tests."""

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

pytest_collect_file = Sybil(parsers=[PythonCodeBlockParser(), SkipParser()], patterns=["*.md"]).pytest()
collect_ignore_glob = ["src/attunement/store/migrations/*"]  # these run under Alembic only
