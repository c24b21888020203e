"""What of a model's output can be said to a person at all: plain, whole, in their language, and about anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple, NoReturn

from attunement.domain.conversation import BackendFailed, Prompt
from attunement.reading.language import UNKNOWN, LanguageTeller
from attunement.reading.plain_text import visible

MOST_TOKENS = 160
"""More than three short sentences need, in any language."""
MOST_CHARACTERS = 2000
THINKS, THOUGHT = "<think>", "</think>"
_MARKS = re.compile(r"<\||\|>|\[/?INST\]|</?s>|<(?:start|end)_of_turn>|(?:person|supporter|remembered)-[0-9a-f]{8}")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"'”’»)]*(?=\s|$)|[。！？]")
_NAMED = re.compile(r"^(?:companion|assistant|ai)\s*:\s*", re.IGNORECASE)
_LEAST_LETTERS = 0.5
_ROUND_IN_CIRCLES = 0.34
_TELLING = 8
_teller = LanguageTeller()


class Unsayable(BackendFailed):
    """The model answered, with what cannot be said. It works: whoever talks to it may have led it there."""


class Choice(NamedTuple):
    """What a model gave as one reply, and whether it came to an end by itself."""

    text: str
    whole: bool


def different(choices: Iterable[Choice], prompt: Prompt, n: int) -> list[str]:
    """Up to ``n`` replies that can be said, each once; raises `Unsayable` where none can, `BackendFailed` without any.

    >>> different([Choice("Oh no.", True), Choice("", True), Choice("Oh no. ", True)], Prompt("", (), "x-1"), 3)
    ['Oh no.']
    """
    replies: list[str] = []
    failed = BackendFailed("the reply is empty")
    for choice in choices:
        try:
            reply = spoken(choice.text, prompt, whole=choice.whole)
        except BackendFailed as why:
            failed = why
        else:
            if reply not in replies:
                replies.append(reply)
    if not replies:
        raise failed
    return replies[:n]


def spoken(raw: str, prompt: Prompt, *, whole: bool = True) -> str:
    """A model's output as a reply: thoughts and its own name taken off, and cut to whole sentences where it broke off.

    Parameters
    ----------
    raw:
        What the model gave.
    prompt:
        What it was given: the reply is to be in its language.
    whole:
        Whether the model came to an end by itself.

    Raises
    ------
    Unsayable
        Where nothing is left, or what is left cannot be said: marks of prompts or their rules, control characters,
        hardly a letter, the same over and over, another language.

    >>> spoken("<think>They are sad.</think> That sounds hard. What hap", Prompt("", (), "x-1"), whole=False)
    'That sounds hard.'
    """
    if _NOT_TEXT.search(raw):
        _refuse("is not text")
    text = _NAMED.sub("", visible(_without_thoughts(raw)).strip())
    if not whole:
        ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        text = text[: ends[-1]] if ends else ""
    _check(text)
    if _shared(text, prompt.system):
        _refuse("repeats its rules")
    told = _teller.tell(text)
    if UNKNOWN not in (told, prompt.language) and told != prompt.language:
        _refuse(f"is in another language ({told})")
    return text


def _without_thoughts(raw: str) -> str:
    """The text after a model's thinking; empty while it thinks. Some models close a thought they never opened."""
    text = raw.lstrip()
    if THOUGHT in text:
        return text.rpartition(THOUGHT)[2].lstrip()
    return "" if text.startswith(THINKS) else text


def _check(text: str) -> None:
    if not text:
        _refuse("is empty")
    if len(text) > MOST_CHARACTERS:
        _refuse("is too long")
    if _MARKS.search(text):
        _refuse("holds marks of prompts")
    seen = [c for c in text if not c.isspace()]
    if sum(unicodedata.category(c)[0] in "LM" for c in seen) < _LEAST_LETTERS * len(seen):
        _refuse("has hardly a letter")
    words = text.lower().split()
    if len(words) >= 12 and len(set(words)) < _ROUND_IN_CIRCLES * len(words):
        _refuse("goes round in circles")


def _shared(text: str, system: str) -> bool:
    """Whether eight words in a row are those of the system prompt."""
    said, rules = (" ".join(part.lower().split()) for part in (text, system))
    words = said.split(" ")
    return any(" ".join(words[i : i + _TELLING]) in rules for i in range(len(words) - _TELLING + 1))


def _refuse(why: str) -> NoReturn:
    raise Unsayable(f"the reply {why}")
