"""Tells what a member says to the companion itself from what others said, or what they tell of themselves."""

from __future__ import annotations

import re

LEAST_SHARE = 0.5
"""At least this share of the words of its clause must be the cue."""
_OPENER = re.compile(
    r"(?:(?:hey|hi|hello|oh|ok(?:ay)?|so|well|but|and|no|yes|yeah|ya|wait|um+|ugh|hm+|god|wow|sorry|please|just|then|now|look|"
    r"honestly|seriously|actually|also|really|anyway|great|thanks|thank you|bot|robot|companion|machine|computer|chatbot|"  # noqa: E501
    r"i (?:think|guess|know|mean)|i feel (?:like|that)|tell me|let me know)(?: |$))*"
)
_REPORTED = re.compile(
    r"(?<!\bi )(?<!\bi'm )(?<!\bi am )"
    r"(?<!\byou )(?<!\balready )(?<!\bjust )(?<!\bbe )(?<!\bbeing )(?<!\bnever )\b(?:said|says|saying|asks|"
    r"asked|told|tells|telling|yell(?:s|ed|ing)?|shout(?:s|ed|ing)?|scream(?:s|ed|ing)?|text(?:s|ed)|wrote|writes|whisper(?:s|ed)?|"
    r"replied|answered)\b|"
    r"\b(?:they|people|every(?:one|body)|parents|friends) (?:\w+ )?(?:say|tell|ask|call)\b|\b(?:is|was|were) like\b"
)
_SENTENCE_END, _CLAUSE_END = ".!?;", ".!?;,"


def is_addressed(text: str, start: int, end: int) -> bool:
    """Whether a cue that stands at ``start:end`` of a message (lower case, plain quotes) is said to the companion.

    It is where it begins its clause, but for small words, makes up at least half of it, and is not told or quoted as
    what somebody else says.

    >>> def said(text: str, cue: str) -> bool:
    ...     return is_addressed(text, text.index(cue), text.index(cue) + len(cue))
    >>> said("ugh, you never listen", "you never listen"), said("he says you never listen", "you never listen")
    (True, False)
    >>> said("the memories never leave me alone", "never leave me")
    False
    """
    if text[:start].count('"') % 2 or _REPORTED.search(_piece(text, start, end, _SENTENCE_END)[0]):
        return False
    clause, before = _piece(text, start, end, _CLAUSE_END)
    begins = _OPENER.fullmatch(before.strip() and f"{before.strip()} ")
    return begins is not None and _words(text[start:end]) >= LEAST_SHARE * _words(clause)


def _piece(text: str, start: int, end: int, ends: str) -> tuple[str, str]:
    """The piece around a span between two such marks, and what of it stands before the span."""
    first = max(text.rfind(mark, 0, start) for mark in ends) + 1
    found = [at for mark in ends if (at := text.find(mark, end)) >= 0]
    return text[first : min(found, default=len(text))], text[first:start]


def _words(text: str) -> int:
    return len(re.findall(r"[\w']+", text))
