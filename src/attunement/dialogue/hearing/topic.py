"""Which topic of ``topics.yaml`` a message is about."""

from __future__ import annotations

import re

from attunement.library.companion_words import CompanionWords

WHEN_COUNTS = 0.5
"""What a cue counts that only says when something was: "he wets the bed since the divorce"."""
_WHEN = re.compile(r"\b(?:since|after|before|until|during) (?:(?:the|my|our|his|her|their|a|an) )?(?:\w+ )?$", re.I)
_OF_A_CHILD = ("parenting", "small_child", "baby")
_OF_GROWN = ("exam", "sleep")
"""Beside these, school is the child's, and so is the sleep that is short."""


def topic_of(plain: str, words: CompanionWords) -> str:
    """The topic most of whose cues stand in a message; the first of those that are even, empty where none does."""
    counts = {name: _told_of(topic.pattern, plain) for name, topic in words.topics.items()}
    of_a_child = any(counts.get(name) for name in _OF_A_CHILD)
    best = max(counts, key=lambda name: counts[name] * (name not in _OF_GROWN or not of_a_child))
    return best if counts[best] else ""


def _told_of(cues: re.Pattern[str], plain: str) -> float:
    """How many different of these cues stand in a message, each by whether it is told of or only says when."""
    counted: dict[str, float] = {}
    for match in cues.finditer(plain):
        cue, when = match.group().lower(), _WHEN.search(plain[max(0, match.start() - 40) : match.start()])
        counted[cue] = max(counted.get(cue, 0.0), WHEN_COUNTS if when else 1.0)
    return sum(counted.values())
