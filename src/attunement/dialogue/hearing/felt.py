"""What somebody seems to feel by a message, and how that is known: named, told by what happened, or guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from attunement.dialogue.hearing.asides import puts_right
from attunement.dialogue.hearing.clauses import Clause, Kind
from attunement.dialogue.hearing.felt_words import GLAD
from attunement.dialogue.hearing.good_signs import (
    DENIED,
    GLAD_FROM,
    GOOD,
    SPOILT,
    STEP,
    WRY,
    good_in,
    is_of_two_minds,
    only_shows_joy,
    sounds_bright,
)
from attunement.dialogue.hearing.heard import Spoken, Tone
from attunement.domain.reading import Reading
from attunement.library.companion_words import CompanionWords

UNCLEAR = "unclear"
GUESS_FROM = 0.35
"""Probability of a label of the reader from which a feeling may be guessed; always said as a guess."""
GUESS_WORDS = 8
"""From so many words on; of fewer, nothing is guessed."""
_WEIGHTY = ("mixed", "envious", "shaken")
"""Groups whose cues tell that it is not, or not only, good."""


@dataclass(frozen=True, slots=True)
class Felt:
    """What somebody seems to feel, and how that is known; the names are those of `gist.Gist`, ``cued`` is what by."""

    feeling: str
    group: str
    guessed: bool
    cued: str
    good: str


def felt_of(text: str, spoken: Spoken, tone: Tone, words: CompanionWords, reading: Reading | None) -> Felt:
    """What was named, else what fits what happened, else a guess where there is enough to guess by."""
    plain, group = spoken.plain, spoken.group
    good = "eased" if tone.eased and group == GLAD else ""
    if spoken.wry:
        return Felt("", WRY, True, WRY, good)
    if group:
        doubted = group == GLAD and not (tone.eased or _is_glad(plain, spoken.told, reading))
        return Felt("", UNCLEAR, True, "", good) if doubted else Felt(spoken.feeling, group, False, "", good)
    cued = ""
    if not tone.playful:
        harmed = tone.sore or tone.cruel
        good = "" if harmed else "eased" if tone.eased else _told_good(plain, reading, words)
        cued = "angry" if tone.cruel else (GLAD if good in GOOD else good) or _by_what_happened(plain, words)
    if cued:
        return Felt(spoken.feeling, cued, True, cued, good)
    guessing = reading is not None and spoken.words >= GUESS_WORDS and not (tone.playful or puts_right(text))
    group = _guess(reading, words) if reading and guessing else UNCLEAR
    group = UNCLEAR if group == GLAD and not _is_glad(plain, spoken.told, reading) else group
    return Felt(spoken.feeling, group, True, "", good)


def _guess(reading: Reading, words: CompanionWords) -> str:
    """The group of the likeliest emotion, where it is likely enough to be guessed at."""
    scores = {
        group: max((reading.emotion.emotions.get(label, 0.0) for label in feelings.labels), default=0.0)
        for group, feelings in words.feelings.items()
    }
    best = max(scores, key=lambda group: scores[group])
    return best if scores[best] >= GUESS_FROM else UNCLEAR


def _told_good(plain: str, reading: Reading | None, words: CompanionWords) -> str:
    """What good is told of, by what happened or else by how it sounds; nothing where it is told of what weighs."""
    if any(_holds(words.feelings[name].cues, plain) for name in _WEIGHTY):
        return ""
    return good_in(plain, words) or (GLAD if sounds_bright(plain, reading) else "")


def _by_what_happened(plain: str, words: CompanionWords) -> str:
    """The group whose cues tell what happened ("put his name on my report"), where one does; never the glad one."""
    others = (name for name, feelings in words.feelings.items() if name not in {*GOOD, STEP} and feelings.cues)
    return next((name for name in others if _holds(words.feelings[name].cues, plain)), "")


def _holds(cues: re.Pattern[str] | None, plain: str) -> bool:
    return cues is not None and cues.search(plain) is not None


def _is_glad(plain: str, told: tuple[Clause, ...], reading: Reading | None) -> bool:
    """Whether nothing speaks against taking it for something good: congratulating a sad person hurts."""
    harsh = any(clause.kind in {Kind.HARSH, Kind.LOSS} for clause in told)
    return (
        not harsh
        and not only_shows_joy(plain)
        and not is_of_two_minds(plain)
        and not SPOILT.search(plain)
        and not DENIED.search(plain)
        and (reading is None or reading.emotion.valence >= GLAD_FROM)
    )
