"""One companion for all tests here: opening its models takes longer than any test."""

from __future__ import annotations

import pytest

from attunement.dialogue.companion import Companion
from attunement.domain.conversation import Line, Speaker


@pytest.fixture(scope="session")
def companion() -> Companion:
    """The companion that ships, without a language model."""
    return Companion.shipped()


def member(*texts: str) -> list[Line]:
    """Lines of the member's."""
    return [Line(Speaker.MEMBER, text) for text in texts]
