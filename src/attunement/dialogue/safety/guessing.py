"""What of the danger that only the model saw is no more than a guess, or not even one: where nothing weighs."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from attunement.dialogue.hearing.clauses import Kind
from attunement.dialogue.hearing.danger_words import AT_PEACE, HINTS, MEANS, PASSIVE, PUTTING_IN_ORDER
from attunement.dialogue.hearing.felt_words import GLAD
from attunement.dialogue.hearing.gist import Gist
from attunement.dialogue.hearing.heard import NEVER_LIGHT
from attunement.dialogue.hearing.quiet_signs import SECRET
from attunement.dialogue.hearing.talk import Talk
from attunement.dialogue.hearing.tone import HEAVY_BELOW, HEAVY_IF_LONG
from attunement.dialogue.safety.assessment import Assessment
from attunement.dialogue.safety.line_danger import is_sure, sure_level
from attunement.dialogue.safety.safety import assess
from attunement.domain.reading import Harm, Reading, RiskLevel, RiskReading, are_signs
from attunement.library.helplines import CountryHelp
from attunement.reading.plain_text import normalise
from attunement.reading.risk import read_rules

DARK = frozenset({"sadness", "grief", "fear", "nervousness"})
"""Labels of the reader that are no part of small talk, where they are likelier than that nothing is felt; remorse is,
since it is read where somebody else says sorry as well."""
LIKELY = 0.37
"""How likely one of them must be: of our own lines held out, by the network before this one, .117 of the light ones
weigh (.120 before feelings were
told from less on), .140 of those of indirect danger and .590 of explicit."""
HARM_BELOW = 2.9
"""Valence (1 to 5); most that tells of harm is below, and half of what does not is above."""
NO_GUESS = 0.98
"""From this probability danger that only the model sees is no guess, in however ordinary a talk: of own lines held out,
by the network before this one, .48 of those in danger are above, and 7 of 2,463 harmless ones."""
STRAINED_SHARE = 1 / 3
"""Up to this share of lines that read as somewhat distressed are part of any talk."""
_SPOKEN = (HINTS, MEANS, SECRET, PUTTING_IN_ORDER, PASSIVE, AT_PEACE)


def assess_talk(
    talk: Talk, readings: Sequence[Reading], helps: CountryHelp, *, before: Sequence[RiskLevel] = ()
) -> Assessment:
    """How much danger a talk speaks of (see `assess`), with what is a guess in it taken for one.

    ``readings`` are of the member's lines, in order.
    """
    readings = harm_believed(talk, readings)
    guesses = guesses_in(talk, readings)
    risks = [reading.risk for reading in readings] if any(guesses) else believed_in(talk, readings)
    return assess(talk.lines, risks, helps, before=before, guesses=guesses)


def harm_believed(talk: Talk, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, without the harm by others that is read in a line that does not sound like it.

    Who writes of harm seldom writes of it in a bright line (`HARM_BELOW`), nor in a talk of several lines in which
    nothing weighs. Rules of violence and of minutes are believed wherever they are.
    """
    light = len(readings) > 1 and _is_ordinary(talk, readings)
    return [
        replace(reading, risk=replace(reading.risk, harm=Harm.NONE))
        if (light and reading.risk.harm is not Harm.LIFE) or reading.emotion.valence >= HARM_BELOW
        else reading
        for reading in readings
    ]


def guesses_in(talk: Talk, readings: Sequence[Reading]) -> list[bool]:
    """For each line of the member's, whether the danger read in it is a guess.

    It is where no line of the talk holds a heavy feeling, told or read, or danger that rules know, and this one no word
    in which people speak of such danger, however often it means something else, and where the model is not as good as
    certain of it (`NO_GUESS`). Of a line that stands alone nobody can tell whether the talk is an ordinary one: what
    reads as imminent there is none.

    Parameters
    ----------
    talk, readings:
        The talk, and what was read from each line of the member's, in order.
    """
    seen = [reading.risk.level.rank >= RiskLevel.INDIRECT.rank for reading in readings]
    alone = len(readings) == 1 and readings[0].risk.level is RiskLevel.IMMINENT
    if alone or not any(seen) or not _is_ordinary(talk, readings):
        return [False] * len(seen)
    return [
        yes and reading.risk.p < NO_GUESS and not _is_spoken(gist.text)
        for yes, gist, reading in zip(seen, talk.gists, readings, strict=True)
    ]


def believed_in(talk: Talk, readings: Sequence[Reading]) -> list[RiskReading]:
    """What is believed of the danger read from each line of a talk in which something weighs.

    A light line beside a heavy one is a light line still: what the model is not sure of (`is_sure`) is nothing there,
    unless the line stands alone or holds a word in which people speak of such danger, or another line is a sign for
    sure.
    """
    risks = [reading.risk for reading in readings]
    known = are_signs(sure_level(gist.text, risk) for gist, risk in zip(talk.gists, risks, strict=True))
    if known or len(risks) == 1:
        return risks
    return [_believed(*one) for one in zip(talk.gists, readings, strict=True)]


def _believed(gist: Gist, reading: Reading) -> RiskReading:
    """What is believed of a line in a talk without a sure sign; what weighs nothing is at most an unsure sign."""
    risk = reading.risk
    if not are_signs([risk.level]) or is_sure(gist.text, risk.p) or _weighs(gist, reading):
        return risk
    return replace(risk, level=RiskLevel.INDIRECT if _is_spoken(gist.text) else RiskLevel.NONE)


def _is_ordinary(talk: Talk, readings: Sequence[Reading]) -> bool:
    if any(_weighs(*one) for one in zip(talk.gists, readings, strict=True)):
        return False
    return sum(map(_is_strained, readings)) <= STRAINED_SHARE * len(readings)


def _weighs(gist: Gist, reading: Reading) -> bool:
    told = not gist.guessed and gist.group != GLAD
    told = told or gist.topic in NEVER_LIGHT or any(c.kind in {Kind.LOSS, Kind.HARSH} for c in gist.clauses)
    low = reading.risk.level is not RiskLevel.NONE and reading.emotion.valence < HEAVY_BELOW
    felt = itertools.takewhile(lambda label: label != "neutral", reading.emotion.labels)  # the likeliest come first
    likely = {label for label in felt if reading.emotion.emotions[label] >= LIKELY}
    dark = bool(DARK & likely) and reading.emotion.valence < HEAVY_IF_LONG
    return told or low or dark or read_rules(gist.text).level is not RiskLevel.NONE


def _is_spoken(text: str) -> bool:
    plain = normalise(text)
    return any(words.search(plain) for words in _SPOKEN)


def _is_strained(reading: Reading) -> bool:
    return reading.risk.level is RiskLevel.DISTRESS and reading.emotion.valence < HEAVY_IF_LONG
