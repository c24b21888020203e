"""The gist of what a member said: whom and what it is about, in their own words, as far as it can be told."""

from __future__ import annotations

import re
from dataclasses import dataclass

from attunement.dialogue.hearing.clauses import Clause, Kind
from attunement.dialogue.hearing.felt import UNCLEAR, felt_of
from attunement.dialogue.hearing.felt_words import GLAD, in_another_sense
from attunement.dialogue.hearing.good_signs import (
    GOOD,
    STEP,
    only_shows_joy,
)
from attunement.dialogue.hearing.heard import spoken_of, tone_of
from attunement.dialogue.hearing.mirror import mirrored
from attunement.dialogue.hearing.tone import (
    is_mild,
    is_mischief,
    tells_of_trouble,
    weighs,
)
from attunement.domain.reading import Reading
from attunement.library.companion_words import CompanionWords
from attunement.reading.coming_out import tells_of_coming_out

FAIR_FROM = 3.02
"""Valence (1 to 5) from which a plain fact is taken for a pleasant one."""
KIN = (
    r"(?:mom|mum|mother|mama|dad|father|parents|brother|brothers|sister|sisters|siblings?|son|daughter|kids?|child|"
    r"children|baby|wife|husband|partner|boyfriend|girlfriend|"
    r"fianc[eé]e?|ex(?:[ -](?:boyfriend|girlfriend|husband|wife|partner))?|friends?|best friend|roommates?|flatmate|boss|manager|coworkers?|colleagues?|teacher|professor|therapist|"  # noqa: E501
    r"doctor|grandma|grandmother|grandpa|grandfather|nan|gran|aunt|uncle|cousin|cousins|neighbou?rs?|family|stepdad|"
    r"stepmom|stepmother|stepfather|in-laws|mother-in-law|team|nephew|niece|twin)"
)
_WHO = re.compile(
    rf"(?<!\bnot )\bmy ((?:(?:best|old|little|big|older|younger|oldest|youngest|own|new|late|ex|twin|only|closest|step) )?{KIN}(?:[ -]in[ -]law)?)\b(?!')",  # noqa: E501
    re.IGNORECASE,
)
_MAY_BE_MILD = frozenset({*GOOD, STEP, "angry"})
"""Of what is told by what happened, this may weigh only a little; what shakes somebody may not."""


@dataclass(frozen=True, slots=True)
class Gist:
    """What can be said back of one message.

    ``clauses`` are statements turned round, in order; ``feeling`` the member's own word and ``group`` what kind it is
    (a group of ``feelings.yaml``; where no word was said, one guessed from the reading with ``guessed`` true, or
    ``unclear``; ``cued`` where it is told by what happened); ``light`` is whether it does not seem to weigh, ``mild``
    whether it weighs only a little, ``playful`` whether it is said in jest, ``trifle`` whether it is a small
    mishap; ``bit`` is all of it, turned round, where it is a bare answer of a few words ("your brother, maybe");
    ``who`` is somebody they named ("your sister"); ``topic`` a topic of ``topics.yaml`` or empty; ``own`` what they
    say it is rather like, in the place of ``other``; ``good`` is the group of `GOOD` or `STEP` whose words fit
    something good, and ``fair`` whether a plain line reads as pleasant; ``right`` is who or
    what they correct it to be, and ``wrong`` not.
    """

    text: str
    clauses: tuple[Clause, ...]
    feeling: str
    group: str
    guessed: bool
    who: str
    topic: str
    words: int
    light: bool = False
    mild: bool = False
    playful: bool = False
    trifle: bool = False
    bit: str = ""
    cued: bool = False
    own: str = ""
    other: str = ""
    good: str = ""
    fair: bool = False
    right: str = ""
    wrong: str = ""

    @property
    def best(self) -> tuple[Clause, ...]:
        """Clauses by what seems to matter most, what follows "but" rather, and the later first among equals."""
        return tuple(sorted(self.clauses, key=lambda c: (-c.weight - c.but, -c.place)))

    @property
    def contrast(self) -> tuple[Clause, Clause] | None:
        """Two clauses that stand against each other, where there are such."""
        pairs = zip(self.clauses, self.clauses[1:], strict=False)
        return next(((a, b) for a, b in pairs if b.but and a.weight > 0 and b.weight > 0 and _plain(a, b)), None)


def gist_of(text: str, words: CompanionWords, reading: Reading | None = None) -> Gist:
    """The gist of one message; with a reading, a feeling may be guessed where none was named."""
    spoken = spoken_of(text, words)
    tone = tone_of(text, spoken, words, reading)
    to_guess_by = None if tells_of_coming_out(text) else reading  # whether that weighs a machine does not know
    felt = felt_of(text, spoken, tone, words, to_guess_by)
    calm = felt.guessed and felt.group == UNCLEAR and not tone.heavy
    easy = is_mischief(spoken.plain) or in_another_sense(spoken.plain, words) or not weighs(reading, spoken.words)
    light = calm and easy and not (tells_of_trouble(text) or only_shows_joy(spoken.plain))
    may_be_mild = (calm and not only_shows_joy(spoken.plain)) or felt.cued in _MAY_BE_MILD
    return Gist(
        text=text,
        clauses=spoken.told,
        feeling=felt.feeling,
        group=felt.group,
        guessed=felt.guessed,
        who=_who(spoken.plain),
        topic=spoken.topic,
        light=tone.playful or tone.trifle or light,
        mild=(may_be_mild and is_mild(reading, spoken.words))
        or (_is_hedged(felt.feeling, spoken.plain) and not tone.heavy),
        playful=tone.playful,
        trifle=tone.trifle,
        bit=spoken.bit,
        words=spoken.words,
        cued=bool(felt.cued),
        own=spoken.own,
        other=spoken.other,
        good=felt.good or (GLAD if felt.group == GLAD else ""),
        fair=_is_fair(text, reading) and not tone.heavy,
    )


def _is_fair(text: str, reading: Reading | None) -> bool:
    """Whether a plain line reads as rather pleasant."""
    return reading is not None and reading.emotion.valence >= FAIR_FROM and not tells_of_trouble(text)


def _is_hedged(feeling: str, plain: str) -> bool:
    """Whether a feeling is said to be small: "a bit scared"."""
    small = r"a (?:bit|little|tad)|slightly|somewhat|kind ?of|sort ?of|kinda|sorta|a little bit"
    return bool(feeling) and re.search(rf"\b(?:{small}) {re.escape(feeling)}\b", plain, re.IGNORECASE) is not None


def _plain(*both: Clause) -> bool:
    return all(c.kind is not Kind.HARSH for c in both) and sum(len(c.said.split()) for c in both) <= 26


def _who(plain: str) -> str:
    match = _WHO.search(plain)
    return mirrored("my " + match.group(1).lower().removeprefix("own ")) if match else ""
