"""One reader for all tests of reading: opening the model takes a third of a second."""

from __future__ import annotations

import pytest

from attunement.reading.encoder import Encoder
from attunement.reading.text_reader import TextReader


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="session")
def reader(encoder: Encoder) -> TextReader:
    return TextReader(encoder=encoder)
