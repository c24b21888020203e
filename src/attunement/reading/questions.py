"""Finds open and closed questions."""

from __future__ import annotations

import re

Span = tuple[int, int]

_SENTENCE = re.compile(r"[^.!?\n]*\?")
_LEAD = r"^[\s\"'(]*(?:(?:and|so|but|well|okay|ok|oh|hey|hm+|then|i wonder|\w+),?\s+){0,2}?"
_OPEN = re.compile(
    _LEAD
    + r"(?:what|how|why|in what way|tell me|(?:can|could|would|will) you (?:tell|describe|share|say|help me understand)"
    r"|would you like to (?:tell|talk|share|say))\b",
    re.IGNORECASE,
)
_FACT = re.compile(
    r"\b(?:what time|what day|what date|what(?:'s| is) your (?:name|number|age|address)|how (?:old|many|much|long|far|often|tall|about)"  # noqa: E501
    r"|what if you|why (?:don't|didn't|can't|won't|are|do|did|would) you|what (?:is|are) you|how (?:could|can|dare) you|how come you)\b",  # noqa: E501
    re.IGNORECASE,
)
_INVITE = re.compile(
    r"\b(?:tell me (?:more|about|what|how)|i(?:'d| would) (?:like|love) to (?:hear|know|understand) (?:more|what|how|about))\b",  # noqa: E501
    re.IGNORECASE,
)
_AUX = (
    r"(?:are|is|am|was|were|do|does|did|have|has|had|can|could|will|would|should|shall|may|might|must|isn't|aren't"
    r"|wasn't|weren't|don't|doesn't|didn't|haven't|hasn't|can't|couldn't|won't|wouldn't|shouldn't)"
)
_SUBJECT = r"(?:you|i|we|they|he|she|it|that|this|there|your|my|his|her|their|the|anyone|someone|everything|anything)"
_CLOSED = re.compile(_LEAD + rf"(?:or )?{_AUX} (?:not )?{_SUBJECT}\b", re.IGNORECASE)
_TAG = re.compile(rf",\s*(?:right|no|yes|ok|okay|correct|huh|{_AUX} {_SUBJECT})\s*\?$", re.IGNORECASE)
_CLOSED_FACT = re.compile(
    _LEAD
    + r"(?:who|where|when|which|what time|what day|how (?:old|many|much|long|far|often|tall)|what(?:'s| is) your (?:name|number|age))\b",  # noqa: E501
    re.IGNORECASE,
)


def open_questions(text: str) -> tuple[Span, ...]:
    """Spans of questions that leave the answer to the other person.

    >>> open_questions("How was that for you? Are you okay?")
    ((0, 21),)
    """
    spans = [
        (start, end)
        for start, end, sentence in _questions(text)
        if _OPEN.search(sentence) and not _FACT.search(sentence) and not _TAG.search(sentence)
    ]
    asked = list(spans)
    for match in _INVITE.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in asked) and not _refused(text, match.start()):
            spans.append(match.span())
    return tuple(sorted(spans))


def closed_questions(text: str) -> tuple[Span, ...]:
    """Spans of questions that can be answered with one word.

    >>> closed_questions("Did you sleep? What helped?")
    ((0, 14),)
    """
    return tuple(
        (start, end)
        for start, end, sentence in _questions(text)
        if _TAG.search(sentence)
        or _CLOSED_FACT.search(sentence)
        or (_CLOSED.search(sentence) and not _OPEN.search(sentence))
    )


def _questions(text: str) -> list[tuple[int, int, str]]:
    found = []
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        start = match.start() + len(sentence) - len(sentence.lstrip(" \t\"'(-:"))
        found.append((start, match.end(), text[start : match.end()]))
    return found


def _refused(text: str, start: int) -> bool:
    return bool(
        re.search(r"(?:don't|do not|never|didn't|won't|not)\s+$", text[max(0, start - 12) : start], re.IGNORECASE)
    )
