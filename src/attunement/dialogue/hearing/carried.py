"""Reads the lines of a talk in the light of those before: gladness goes on, and beside a death little is a joke."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from attunement.dialogue.hearing.clauses import Kind
from attunement.dialogue.hearing.felt import UNCLEAR
from attunement.dialogue.hearing.felt_words import GLAD
from attunement.dialogue.hearing.gist import Gist
from attunement.dialogue.hearing.loss import is_bereaved
from attunement.dialogue.hearing.tone import laughs, tells_of_trouble

_MOVED = re.compile(
    r"\b(?:i|we) (?:(?:just|even|actually|literally|nearly|almost) )*(?:screamed|yelled|shrieked|squealed|jumped|"
    r"danced|cried|shouted)\b(?! (?:at|for hours|myself|because|all)\b)|"
    r"\bmy (?:\w+ )?(?:dog|cat|puppy|kitten|parrot) (?:was|is|got|looked) (?:so |a bit |quite )?(?:terrified|scared|"
    r"shocked|confused|startled|frightened)\b|"
    r"\b(?:the|my|our) (?:kids|children|boys|girls|twins|son|daughter) (?:are|were|is|was) (?:all |so )?(?:screaming|jumping|"  # noqa: E501
    r"dancing|cheering|squealing|over the moon)\b|"
    r"\b(?:almost|nearly) (?:cried|teared up)|\btears of (?:joy|happiness)|\bcried (?:with|of|for) (?:joy|happiness)",
    re.IGNORECASE,
)


def carried(gists: Iterable[Gist]) -> tuple[Gist, ...]:
    """The gists of a talk, in order, each as it is to be taken after those before it.

    After a glad line one that says nothing hard is light, and glad itself where it ends in an exclamation mark. After a
    death, or where something weighed just before, only who laughs in so many words is taken to joke.
    """
    found: list[Gist] = []
    bright, mourning = False, False
    hard: list[bool] = []
    for gist in gists:
        mourning = mourning or is_bereaved(gist.text)
        if (mourning or any(hard[-3:])) and gist.playful and not laughs(gist.text):
            gist = replace(gist, playful=False)
        goes_on = bright and _may_be_bright(gist)
        if goes_on:
            glad = "!" in gist.text and not gist.playful and bool(gist.clauses)
            gist = replace(gist, light=not glad, mild=False, group=GLAD if glad else UNCLEAR, cued=glad)
        bright = gist.group == GLAD or goes_on
        hard.append(not (gist.light or gist.mild) and gist.group != GLAD)
        found.append(gist)
    return tuple(found)


def _may_be_bright(gist: Gist) -> bool:
    hard = any(clause.kind in {Kind.HARSH, Kind.LOSS} for clause in gist.clauses) or tells_of_trouble(gist.text)
    easy = gist.group == UNCLEAR and (gist.light or gist.mild)
    return gist.guessed and not hard and (easy or _MOVED.search(gist.text) is not None)
