"""An endpoint that all tests of backends ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.dialogue.backends.endpoint import Endpoint, serving


@pytest.fixture(scope="session")
def _served() -> Iterator[Endpoint]:
    with serving() as endpoint:
        yield endpoint


@pytest.fixture
def endpoint(_served: Endpoint) -> Endpoint:
    """A small OpenAI-compatible endpoint, which has been asked nothing yet."""
    _served.asked.clear()
    _served.keys.clear()
    _served.left = 0
    return _served
