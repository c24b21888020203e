"""When a clause tells of: what is over, has come to be, is, or is to come."""

from __future__ import annotations

import re

from attunement.library.coach_words import Tense

_PAST_WORDS = (
    "was were wasn't weren't had hadn't did didn't could couldn't left died said told made thought felt got went came "
    "took broke lost knew gave won ran threw found saw kept spent woke fell caught brought meant sent bought chose "
    "became forgot began grew heard held met paid sat sold slept spoke stole stood taught wore wrote blew drove ate "
    "flew shook drank swore built dreamt hid rang sang rode"
)
_NOW_WORDS = (
    "am is are isn't aren't do don't does doesn't can can't feel feels want wants need needs keep keeps have has "
    "haven't hasn't get gets says tells thinks knows wishes hate miss love wish hope would wouldn't should shouldn't "
    "might may"
)
_PAST, _NOW = frozenset(_PAST_WORDS.split()), frozenset(_NOW_WORDS.split())
_SAME = frozenset({"cut", "hit", "quit", "let", "put", "hurt", "shut", "read", "beat", "set", "split"})
"""Verbs with one form for now and then: taken for what is over, unless "you" or more than one do them."""
_ED = re.compile(r"^(?!need|feed|speed|bleed|breed|succeed|exceed|proceed|indeed|hundred)\w{2,}ed$")
_LATER = re.compile(r"^(?:\w+'ll|will|won't)$")
_DONE = re.compile(r"^\w+ed$|^(?:been|lost|had|done|gone|left|got|seen|told|made|felt|\w+en|come|become|won|spent)$")
_HAVE = re.compile(r"^(?:\w+'ve|have|has|haven't|hasn't)$")
_BETWEEN = frozenset({"just", "never", "always", "not", "already", "also", "only", "really", "finally", "both", "ever"})
LOOKED_AT = 9


def tense_of(said: str) -> Tense:
    """The tense of a clause told back, by its first verb.

    >>> [tense_of(s).value for s in ("your dad left you", "you've lost your job", "you can't sleep", "you'll fail")]
    ['past', 'perfect', 'present', 'future']
    """
    words = re.findall(r"[\w']+", said.lower())[:LOOKED_AT]
    for k, word in enumerate(words):
        if _HAVE.match(word) or word.endswith("'s"):
            later = next((w for w in words[k + 1 :] if w not in _BETWEEN), "")
            if _DONE.match(later) and (not word.endswith("'s") or later == "been"):
                return Tense.PERFECT
        if _LATER.match(word) or words[k : k + 3] in (["are", "going", "to"], ["is", "going", "to"]):
            return Tense.FUTURE
        if word.endswith(("'re", "'s", "'ve")) or word in _NOW:
            to_come = words[k + 1 : k + 3] == ["going", "to"]
            return Tense.FUTURE if to_come else Tense.PRESENT
        if word in _PAST or _ED.match(word) or (word in _SAME and words[0] not in {"you", "they", "people"}):
            return Tense.PAST
    return Tense.PRESENT
