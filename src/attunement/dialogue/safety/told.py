"""What each line of a talk tells of danger, in the light of the lines and questions before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from attunement.dialogue.hearing.acute import (
    calls_off,
    is_acute_of_another,
    is_acute_of_body,
    is_no_emergency,
    is_of_nerves,
)
from attunement.dialogue.hearing.body_signs import has_body_signs, is_breathless, without_anothers_say
from attunement.dialogue.hearing.danger_words import (
    ABOUT_THEM,
    FRIGHT,
    NAMES_WHO,
    NEAR_NOW,
    NOT_ABOUT_ME,
    OF_THEM,
    OTHER,
    OTHERS,
    OWN,
    OWN_DEED,
    SAYS_WHO,
    THIRD,
)
from attunement.dialogue.hearing.loss import is_bereaved
from attunement.dialogue.hearing.misread import is_of_illness
from attunement.dialogue.hearing.quiet_signs import gathered
from attunement.dialogue.safety.danger_asked import answered_with, answers_of, asked_before
from attunement.dialogue.safety.line_danger import level_by_place, level_of_line, with_faint
from attunement.dialogue.safety.standing import word_of
from attunement.dialogue.safety.threats import may_threaten, threatens
from attunement.domain.conversation import Line
from attunement.domain.reading import AsAnswer, Harm, RiskLevel, RiskReading, are_grave, are_signs, gravest
from attunement.reading.risk import read_rules
from attunement.reading.violence import is_hurt, tells_of_violence

_OTHERS_LIFE = (Harm.WORRY, Harm.LIFE)
_OF_ONESELF = re.compile(
    r"\b(?:di(?:e|ed|ying)|dead|death|kil+\w*|suicid\w*|ends?|over|give up|giv\w+ up|no (?:point|way out|hope)|"
    r"without me|disap+ear|not (?:be )?here|jump|pills|tablets|cut(?:ting)?|my ?self|worthless|overdose|escape|live|"
    r"life|sleep forever|wake up|goodbye|enough|notes?|letters?|tonight|rope|bridge|blade|for me|"
    r"i (?:want|wish|need|don'?t|do not|can'?t))\b"
)
"""Words of one's own wish to be gone, or near it: beside one, nothing that was read is taken back."""


@dataclass(frozen=True, slots=True)
class Told:
    """What each line of the member's tells, in order.

    ``said`` as `normalise` gives it; ``quiet`` whether signs that mean nothing alone come together in it; ``guesses``
    what is a guess, ``read`` what was read in it with that, and whether it is faint; ``levels`` the danger to the
    member, guesses left out, and ``faint`` whether the last is only faint; ``others`` whether it is of somebody else,
    ``feared`` whether it tells of danger to them, ``acute`` whether of minutes, and ``hurt`` whether of somebody who
    hurts the member or another. ``answers`` is what it answers to the plain question, ``corrects`` whether it
    answers that no danger was meant, ``body`` whether it tells of the member's own life in danger by illness or by
    accident, ``threats`` whether a rule or a model finds in it that the member may hurt somebody else, and ``nods``
    whether it seems a yes to the model alone, after a question that was a guess.
    """

    said: Sequence[str]
    quiet: Sequence[bool]
    guesses: Sequence[bool]
    read: Sequence[tuple[RiskLevel, bool]]
    levels: Sequence[RiskLevel]
    faint: bool
    others: Sequence[bool]
    feared: Sequence[bool]
    acute: Sequence[bool]
    hurt: Sequence[bool]
    answers: Sequence[AsAnswer]
    corrects: Sequence[bool]
    body: Sequence[bool]
    threats: Sequence[bool]
    nods: Sequence[bool]

    @property
    def hesitates(self) -> bool:
        """Whether the plain question was answered by a yes, or left open."""
        return any(answer in {AsAnswer.YES, AsAnswer.OPEN} for answer in self.answers)

    @property
    def is_of_others(self) -> bool:
        """Whether a line tells of violence, of a threat, or of danger to somebody else."""
        return any(self.hurt) or any(self.threats) or any(self.feared) or any(self.acute)

    def without_levels(self, n: int) -> Told:
        """The same with no signs of danger to the member in the first ``n`` lines."""
        least = [min(level, RiskLevel.DISTRESS, key=lambda one: one.rank) for level in self.levels[:n]]
        answers = [AsAnswer.NONE if one is AsAnswer.YES else one for one in self.answers[:n]]
        return replace(self, levels=[*least, *self.levels[n:]], answers=[*answers, *self.answers[n:]])

    def is_unmoved(self, before: Sequence[RiskLevel]) -> bool:
        """Whether there were no signs before the talk, and nothing but a no to the question."""
        return not are_signs(before) and not self.hesitates


def told_in(
    lines: Sequence[Line], said: Sequence[str], readings: Sequence[RiskReading], before: Sequence[RiskLevel],
    guesses: Sequence[bool],
) -> Told:  # fmt: skip
    """What the lines ``said`` of a talk tell; the other arguments are those of `safety.assess`."""
    answers, nods = _answers(lines, readings, before, guesses)
    hesitates = any(answer in {AsAnswer.YES, AsAnswer.OPEN} for answer in answers)
    if not guesses or hesitates or are_signs(before):
        guesses = [False] * len(said)
    read = [
        _beside_hurt(text, reading, level_of_line(text, reading, leaning=len(said) == 1 or not guess))
        for text, reading, guess in zip(said, readings, guesses, strict=True)
    ]
    levels, faint = with_faint([(RiskLevel.NONE, False) if g else x for g, x in zip(guesses, read, strict=True)])
    levels = [gravest([level, level_by_place(k, said, readings, before)]) for k, level in enumerate(levels)]
    harms = [_harm_of(said[: k + 1], reading.harm) for k, reading in enumerate(readings)]
    threats = [
        threatens(text) or (harm is Harm.THREAT and may_threaten(text)) for text, harm in zip(said, harms, strict=True)
    ]
    meant = _meant(lines, said, readings, answers, levels)
    others = _others(said, meant, harms)
    return Told(
        said=said, quiet=gathered(said), guesses=guesses, read=read, faint=faint, others=others, answers=answers,
        levels=[
            _own(level, other or (threat and not _tells_of_oneself(text)), answer)
            for level, other, threat, text, answer in zip(levels, others, threats, said, answers, strict=True)
        ],
        feared=[
            other and (said_so or are_signs([reading.level]) or reading.harm in _OTHERS_LIFE)
            for other, said_so, reading in zip(others, meant, readings, strict=True)
        ],
        acute=[
            other and (is_acute_of_another(text) or harm is Harm.LIFE)
            for other, text, harm in zip(others, said, harms, strict=True)
        ],
        corrects=answered_with(lines, readings, AsAnswer.NOT_MEANT),
        hurt=[is_hurt(text, reading) for text, reading in zip(said, readings, strict=True)],
        body=[
            not other and _is_of_body(text, harm, level)
            for text, harm, other, level in zip(said, harms, others, levels, strict=True)
        ],
        threats=threats,
        nods=nods,
    )  # fmt: skip


def _beside_hurt(text: str, reading: RiskReading, found: tuple[RiskLevel, bool]) -> tuple[RiskLevel, bool]:
    """What is read of danger by one's own hand where words plainly tell of violence, and none of one's own wish.

    A network takes "until everything went black" for a wish; who was choked is not asked whether they want to die.
    """
    by_another = reading.harm is Harm.HURT and tells_of_violence(text)
    if not by_another or _OF_ONESELF.search(text) or are_signs([read_rules(text).level]):
        return found
    return min(found[0], RiskLevel.DISTRESS, key=lambda one: one.rank), found[1]


def _answers(
    lines: Sequence[Line], readings: Sequence[RiskReading], before: Sequence[RiskLevel], guesses: Sequence[bool]
) -> tuple[list[AsAnswer], list[bool]]:  # fmt: skip
    """What each line answers to the plain question; and whether it seems a yes to the model alone, after a guess."""
    answers = answers_of(lines, readings)
    if not any(guesses) or are_signs(before):
        return answers, [False] * len(answers)
    nods = _nods(answers_of(lines), answers)
    return [AsAnswer.NONE if nod else answer for nod, answer in zip(nods, answers, strict=True)], nods


def _meant(
    lines: Sequence[Line], said: Sequence[str], readings: Sequence[RiskReading], answers: Sequence[AsAnswer],
    levels: Sequence[RiskLevel],
) -> list[bool]:  # fmt: skip
    """For each line whether it answers that somebody else is meant, where nothing before it was of the member."""
    told_who = zip(said, answered_with(lines, readings, AsAnswer.OTHER), asked_before(lines), strict=True)
    meant = [
        (read and bool(SAYS_WHO.search(text)) and not word_of(text)) or (asked and bool(NAMES_WHO.search(text)))
        for text, read, asked in told_who
    ]
    return [
        yes and AsAnswer.YES not in answers[:k] and not _is_ones_own(said[:k], levels[:k])
        for k, yes in enumerate(meant)
    ]


def _others(said: Sequence[str], meant: Sequence[bool], harms: Sequence[Harm]) -> list[bool]:
    """For each line whether it is of somebody else's danger: told so, meant so, or read so."""
    return [
        _is_of_another(said[: k + 1])
        or (not OWN.search(text) and (meant[k] or _harms_another(text, harms[k])))
        or (any(meant[k:]) and _may_be_of_another(text))
        for k, text in enumerate(said)
    ]


def _harm_of(said: Sequence[str], harm: Harm) -> Harm:
    """What a model finds in the last line: who comes, and hurt them as was told before, is no illness and no other's.

    What is asked and done then is for them to be safe from that one.
    """
    near = bool(NEAR_NOW.search(said[-1])) and any(map(tells_of_violence, said[:-1]))
    return Harm.NONE if near and harm is Harm.LIFE else harm


def _is_of_body(text: str, harm: Harm, level: RiskLevel) -> bool:
    """Whether a line of the member's own tells of their body in danger, and not of what they do to it.

    Where plain words tell of the body and none of dying, a model is not believed that reads dying in it; nor one that
    reads mere signs of it, where another reads an emergency.
    """
    by_model = harm is Harm.LIFE and not (is_of_nerves(text) or calls_off(text) or are_grave([level]))
    if not (by_model or is_breathless(text) or is_acute_of_body(text)) or tells_of_violence(text):
        return False
    return not (is_no_emergency(text) or are_signs([read_rules(text).level]))


def _nods(in_words: Sequence[AsAnswer], answers: Sequence[AsAnswer]) -> list[bool]:
    """For each line whether it is the only yes of a talk, and one that a model hears without a word of yes in it.

    "I burnt the first lot and started over" is none; where it was a guess that was asked about, it is asked once more
    before people are called. A second yes counts, and with it the first.
    """
    yes = [answer is AsAnswer.YES for answer in answers]
    wordless = sum(yes) == 1 and AsAnswer.YES not in in_words
    return [one and wordless for one in yes]


def _tells_of_oneself(text: str) -> bool:
    """Whether a line that threatens somebody else tells of danger to the member too."""
    return any(words.search(text) for words in (OWN, OWN_DEED, FRIGHT))


def _own(level: RiskLevel, of_another: bool, answer: AsAnswer) -> RiskLevel:
    """The danger to the member that a line speaks of: a yes to the plain question says it plainly."""
    level = min(level, RiskLevel.DISTRESS, key=lambda one: one.rank) if of_another else level
    if answer is AsAnswer.ASKS:  # "define suicidal" names it and says nothing of it
        return min(level, RiskLevel.INDIRECT, key=lambda one: one.rank)
    return gravest([level, RiskLevel.EXPLICIT]) if answer is AsAnswer.YES else level


def _is_of_another(said: Sequence[str]) -> bool:
    """Whether the last of these tells of somebody else's danger, named in it or just before."""
    last = said[-1]
    if OWN.search(last):
        return False
    return bool(
        OTHER.search(last)
        or OF_THEM.search(last)
        or is_acute_of_another(last)
        or (ABOUT_THEM.search(last) and any(OTHER.search(text) for text in said[:-1]))
        or (any(map(NOT_ABOUT_ME.search, said)) and _may_be_theirs(last))
    )


def _may_be_theirs(text: str) -> bool:
    """Whether a line of a talk about somebody else names him or her, and in plain words no danger of the member's."""
    return bool(THIRD.search(text)) and not (OWN_DEED.search(text) or are_signs([read_rules(text).level]))


def _is_ones_own(said: Sequence[str], levels: Sequence[RiskLevel]) -> bool:
    """Whether one of these lines tells plainly of danger that can be nobody's but the member's."""
    return any(
        (are_grave([level]) or FRIGHT.search(text)) and not (_is_of_another([text]) or _may_be_of_another(text))
        for text, level in zip(said, levels, strict=True)
    )


def _may_be_of_another(text: str) -> bool:
    """Whether a line before "it's my sister" may be of her: it names somebody, and no deed or wish of the member's."""
    return bool(OTHERS.search(text)) and not (OWN.search(text) or FRIGHT.search(text))


def _harms_another(text: str, harm: Harm) -> bool:
    """Whether a model reads of another's life in danger in a text that names somebody else and no deed of one's own."""
    named = harm in _OTHERS_LIFE and bool(OTHERS.search(text)) and not OWN_DEED.search(text)
    ill = harm is Harm.WORRY and is_of_illness(text)
    own = has_body_signs(text) and not OTHERS.search(without_anothers_say(text))
    return named and not (ill or own or is_no_emergency(text) or is_bereaved(text) or tells_of_violence(text))
