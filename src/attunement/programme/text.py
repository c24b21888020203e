"""What members type, checked at the edge: nothing that would break later gets in, and nothing is silently cut."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

import orjson

from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.plain_text import clean

LONGEST = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ESCAPE = re.compile(rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F][\da-fA-F]{2})|.)", re.DOTALL)
"""An escape in JSON: two halves of one character, a half by itself (the group), or any other."""
_ANCIENT = 1990
Word = TypeVar("Word", bound=StrEnum)


def clean_text(text: str, *, field: str = "text", longest: int = LONGEST) -> str:
    """The text with line ends made ``\\n``, control characters dropped and outer space gone.

    Half characters (lone surrogates), which no database can keep, become U+FFFD: what stands beside them may tell of
    danger. Emoji and right-to-left marks stay as they are. Raises `Invalid` (``text-too-long``) over ``longest``
    characters.

    >>> clean_text("  a\\r\\nb\\x07 ")
    'a\\nb'
    """
    if len(text) > longest:
        raise Invalid(
            ErrorCode.TEXT_TOO_LONG,
            "{field} has {length} characters; the most is {longest}. Shorten it, or send it in parts.",
            field=field, length=len(text), longest=longest,
        )  # fmt: skip
    return _CONTROL.sub("", clean(text).replace("\r\n", "\n").replace("\r", "\n")).strip()


def read_json(raw: bytes) -> Any:
    """What JSON in UTF-8 says; half an emoji in it (a lone ``\\ud83d``) costs that character and nothing beside it.

    Raises ``orjson.JSONDecodeError``, also where a number is none, or nesting has no end.

    >>> read_json(rb'{"text": "I want to die \\ud83d"}')
    {'text': 'I want to die �'}
    """
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        whole = _ESCAPE.sub(lambda escape: rb"\ufffd" if escape[1] else escape[0], raw)
        if whole == raw:
            raise
        return orjson.loads(whole)


def known_words(words: Iterable[str], among: type[Word], *, field: str) -> list[Word]:
    """Words of a fixed list, each once, as they came; raises `Invalid` (``bad-input``) where one is not on it.

    >>> from attunement.domain.need import Need
    >>> known_words(["calm", "heard", "calm"], Need, field="needs")
    [<Need.CALM: 'calm'>, <Need.HEARD: 'heard'>]
    """
    try:
        return [among(word) for word in dict.fromkeys(words)]
    except ValueError as error:
        raise Invalid(
            ErrorCode.BAD_INPUT, "{field} can only be among {known}. Correct it.", field=field, known=", ".join(among)
        ) from error


def check_time(at: datetime, now: datetime, *, field: str = "at") -> datetime:
    """The instant, where it knows its zone and is neither ahead of now (five minutes of slack) nor before 1990.

    Raises `Invalid` (``bad-time``).
    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise Invalid(
            ErrorCode.BAD_TIME,
            "{field} has no time zone. Send it as 2026-05-01T18:30:00+02:00 or with a Z at its end.", field=field,
        )  # fmt: skip
    if at > now + timedelta(minutes=5):
        raise Invalid(ErrorCode.BAD_TIME, "{field} lies in the future. Check the clock it comes from.", field=field)
    if at.year < _ANCIENT:
        raise Invalid(
            ErrorCode.BAD_TIME,
            "{field} lies before {year}. Check the clock it comes from.",
            field=field,
            year=_ANCIENT,
        )
    return at
