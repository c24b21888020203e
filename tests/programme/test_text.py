"""JSON that holds halves of characters."""

from __future__ import annotations

import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.programme.text import read_json
from attunement.reading.plain_text import clean


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_in_json_is_read_as_it_stands_but_for_halves(text: str) -> None:
    """Whole characters, escaped backslashes and quotes are as sent; a half is U+FFFD, two halves are one character."""
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    for escaped in (text, joined):
        assert read_json(json.dumps(escaped).encode()) == clean(joined)


@pytest.mark.parametrize("raw", [rb'{"text": "\ud83d"', rb'{"text": "\ud8"}', rb'["\ud83d", NaN]', b'"\xed\xa0\xbd"'])
def test_what_is_no_json_stays_an_error(raw: bytes) -> None:
    """Half a character hides nothing else that is wrong."""
    with pytest.raises(orjson.JSONDecodeError):
        read_json(raw)
