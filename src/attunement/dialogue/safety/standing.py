"""Danger that was said plainly and stands: a talk keeps to it, until a word ends it or a person takes over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from attunement.dialogue.hearing.body_signs import has_own_body_signs
from attunement.dialogue.hearing.danger_words import FRIGHT, MEANS, NO, SOON
from attunement.dialogue.hearing.over_words import (
    BACK,
    EVASIVE,
    HELPED,
    NO_WORD_OF_IT,
    NOT_SO,
    REFUSES,
    SAFE,
    WHO_IT_IS,
)
from attunement.dialogue.safety.assessment import Assessment
from attunement.dialogue.safety.danger_asked import affirms, asked_whether_safe, is_not_safe
from attunement.domain.conversation import Line, Speaker
from attunement.domain.reading import RiskLevel, are_grave, are_signs, gravest
from attunement.reading.plain_text import normalise

PASSED = "passed"
OVER = ("helped", "safe", "safer", "not-so", PASSED)
"""Steps at which the member gave word that help has come, that they are safe, that it was not so, or has `PASSED`: what
a model took for an emergency of their body.

``safer`` is for the first two where it was no matter of minutes: nobody has to look at what was done.
"""
KEPT_TO = ("near", "checked", "linger")
"""Steps at which a talk keeps to danger of which there is no such word."""
THEIRS, THEIRS_HELPED = "theirs", "theirs-helped"
"""Steps of a talk about somebody else for whom it may be a matter of minutes, and where help has come for them."""
BODY = "body"
"""The step of a line that tells of the member's own life in danger by illness or accident."""
MOST_PRESSED = 4
"""After so many lines since the danger nothing is asked any more: what helps stands there, and how to end it."""
MOST_EVADED = 3
"""So many short lines in a row are asked about where danger was said that is not happening now."""
MOVED_ON = 3
"""After so many lines that tell of something, a talk about such danger has gone on to that."""
MOST_HINTED = 2
"""The same after mere signs."""
STAYED_WITH = 2
"""So many short lines after a word that it is over are answered as part of it."""
_ASKED_IF_SAFE = re.compile(r"\bare you safe\b[^?]*\?", re.IGNORECASE)
_ASKED_IF_HELPED = re.compile(
    r"\b(?:(?:somebody|anybody|anyone|someone) (?:with|beside) you|been called|have you called)\b[^?]*\?", re.IGNORECASE
)
_ASKED_OF_THEM = re.compile(r"\bcalled for them\?", re.IGNORECASE)
_ASKED_WHO = re.compile(r"\b(?:who is (?:it|with you|there)|whom did you call)\b[^?]*\?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Said:
    """A line of the member's since the danger was said, and what the companion said last before it.

    ``corrects`` is whether it tells that what was said was not meant so.
    """

    text: str
    asked: str
    corrects: bool = False


def kept_to(
    found: Assessment, lines: Sequence[Line], levels: Sequence[RiskLevel], *, corrects: Sequence[bool],
    stands: RiskLevel, hinted: bool,
) -> Assessment:  # fmt: skip
    """What was found, with the step at which the talk keeps to danger that was said before and stands.

    Where it may be a matter of minutes that is so whatever the member writes of, and help is named anew; where it was
    said plainly, at short lines that say nothing (see `is_evasive`), as long as they have not gone on to tell of
    something; and so after mere signs. They are asked a few times and then no more, and never left to small talk. A
    plain word that it is over (`word_of`) is answered as such, and ends it.

    Parameters
    ----------
    found:
        What was found without this; only an ordinary line, or one at which the talk would stay near, is changed.
    lines, levels, corrects:
        The talk, the danger that each member line speaks of, and whether it is believed to say that no danger was
        meant, or that it is over.
    stands:
        The gravest that was said plainly since a supporter wrote last, or none.
    hinted:
        Whether there are signs that were asked about and that the member did not answer with a no.
    """
    if found.step not in {"", "stay"}:
        return found
    least = stands if are_grave([stands]) else RiskLevel.INDIRECT
    if least is RiskLevel.INDIRECT and not hinted:
        return found
    since = _since(lines, levels, least, corrects)
    if not since:
        return found
    over, fresh = _over_at(since), _since(lines, levels, RiskLevel.INDIRECT)
    if over == len(since) - 1 and are_grave([stands]):
        return replace(found, step=_step_over(since[-1], stands))
    short = _trailing_short(fresh)
    if over is not None:
        follows = len(since) - 1 - over <= STAYED_WITH and short >= len(since) - 1 - over
        if follows and are_grave([stands]):
            return replace(found, step=_step_over(since[over], stands))
        return replace(found, step="") if found.said is RiskLevel.NONE else found
    if stands is RiskLevel.IMMINENT:
        return replace(found, step=_step_in_minutes(since[-1], len(fresh)))
    return _where_evaded(found, fresh, short, plain=are_grave([stands]))


def step_for_another(lines: Sequence[Line], acute: Sequence[bool]) -> str:
    """The step at which a talk stays with somebody for whom it may be a matter of minutes, or nothing.

    ``acute`` tells for each of the member's lines whether it says so. Short lines that say nothing, and what they tell
    or ask of it, are no reason to talk of other things, for a while (`MOVED_ON`); word of help is answered as such, and
    anything after that ends it. So does a supporter.
    """
    step, short, more, asked, told = "", 0, 0, "", iter(acute)
    for line in lines:
        if line.speaker is Speaker.COMPANION:
            asked = line.text
        elif line.speaker is Speaker.SUPPORTER:
            step = ""
        elif line.speaker is Speaker.MEMBER:
            text, is_acute = normalise(line.text), next(told)
            if is_acute:
                step, short, more = THEIRS, 0, 0
            elif step == THEIRS and _tells_of_help(text, asked):
                step, short = THEIRS_HELPED, 0
            elif step and is_evasive(text):
                short += 1
            else:
                more += 1
                step = THEIRS if step == THEIRS and more <= MOVED_ON else ""
    return step if short <= (MOST_PRESSED if step == THEIRS else STAYED_WITH) else ""


def stands_plainly(lines: Sequence[Line], levels: Sequence[RiskLevel]) -> RiskLevel:
    """The gravest that was said plainly since a supporter wrote last, or none."""
    stands, told = RiskLevel.NONE, iter(levels)
    for line in lines:
        if line.speaker is Speaker.MEMBER:
            stands = gravest([stands, next(told)])
        elif line.speaker is Speaker.SUPPORTER:
            stands = RiskLevel.NONE
    return stands if are_grave([stands]) else RiskLevel.NONE


def has_gone_on(lines: Sequence[Line], levels: Sequence[RiskLevel]) -> bool:
    """Whether so much was told since the last sign of danger (`MOVED_ON`) that the talk is about that by now.

    ``levels`` are those of the member's lines by themselves. Lines that say nothing do not count.

    >>> told = [Line(Speaker.MEMBER, f"and then the {what} broke down") for what in ("car", "bus", "lift", "train")]
    >>> [has_gone_on(told[:n], [RiskLevel.INDIRECT, *[RiskLevel.NONE] * (n - 1)]) for n in (3, 4)]
    [False, True]
    """
    return sum(not is_evasive(one.text) for one in _since(lines, levels, RiskLevel.INDIRECT)) >= MOVED_ON


def is_happening(text: str, level: RiskLevel, *, safe_asked: bool) -> bool:
    """Whether a line says that it is happening: done already, not safe when asked, or a means at hand now.

    So does one that speaks plainly of danger and of a body that shows it: "I cut deep and it won't stop bleeding".
    """
    if FRIGHT.search(text) or (safe_asked and is_not_safe(text)) or (are_grave([level]) and has_own_body_signs(text)):
        return True
    at_hand = MEANS.search(text) and SOON.search(text) and not NO.search(text)
    return are_signs([level]) and bool(at_hand)


def with_happening(
    lines: Sequence[Line], levels: Sequence[RiskLevel], others: Sequence[bool]
) -> list[RiskLevel]:  # fmt: skip
    """The levels of the member's lines, imminent also where a line says that it is happening (`is_happening`).

    ``others`` tells for each whether it is about somebody else, of whom it may say so.
    """
    places = [k for k, line in enumerate(lines) if line.speaker is Speaker.MEMBER]
    told = (
        not other and is_happening(normalise(lines[k].text), level, safe_asked=asked_whether_safe(lines[:k]))
        for k, level, other in zip(places, levels, others, strict=True)
    )
    return [RiskLevel.IMMINENT if yes else level for yes, level in zip(told, levels, strict=True)]


def is_evasive(text: str) -> bool:
    """Whether a line is short and says nothing of how it is: an "ok", a laugh, a picture, dots, a no to helplines.

    >>> is_evasive("ok whatever"), is_evasive("👍"), is_evasive("no numbers please"), is_evasive("i feel sleepy")
    (True, True, True, False)
    """
    return not re.search(r"[^\W_]", text) or bool(EVASIVE.search(text) or REFUSES.search(text))


def word_of(text: str, *, asked: str = "") -> str:
    """For which of `OVER` a line gives the plain word, or none; ``asked`` is what was said just before it.

    >>> word_of("i called an ambulance"), word_of("i'm safe now"), word_of("i made it up"), word_of("i'm fine")
    ('helped', 'safe', 'not-so', '')
    """
    if NO_WORD_OF_IT.search(text):
        return ""
    if HELPED.search(text) or (asked and _ASKED_WHO.search(asked) and WHO_IT_IS.search(text)):
        return "helped"
    if asked and _ASKED_IF_HELPED.search(asked) and (WHO_IT_IS.search(text) or _is_full_yes(text)):
        return "helped"
    if NOT_SO.search(text):
        return "not-so"
    if SAFE.search(text) or (asked and _ASKED_IF_SAFE.search(asked) and affirms(text) and not _hedges(text)):
        return "safe"
    return ""


def _tells_of_help(text: str, asked: str) -> bool:
    return word_of(text, asked=asked) == "helped" or (affirms(text) and bool(_ASKED_OF_THEM.search(asked)))


def _since(
    lines: Sequence[Line], levels: Sequence[RiskLevel], least: RiskLevel, corrects: Sequence[bool] = ()
) -> list[_Said]:
    """The member's lines after the last in which danger of that level was said; none where a supporter wrote since."""
    said: list[_Said] | None = None
    asked, told = "", zip(levels, corrects or [False] * len(levels), strict=True)
    for line in lines:
        if line.speaker is Speaker.MEMBER:
            level, correction = next(told)
            if level.rank >= least.rank:
                said = []
            elif said is not None:
                said.append(_Said(normalise(line.text), asked, correction))
        elif line.speaker in {Speaker.COMPANION, Speaker.SUPPORTER}:
            asked, said = line.text, said if line.speaker is Speaker.COMPANION else None
    return said or []


def _over_at(since: Sequence[_Said]) -> int | None:
    """Which of these lines gave the last word that it is over, where nothing took it back since."""
    over = None
    for k, one in enumerate(since):
        if one.corrects or word_of(one.text, asked=one.asked):
            over = k
        elif BACK.search(one.text):
            over = None
    return over


def _trailing_short(since: Sequence[_Said]) -> int:
    """How many of the last of these lines say nothing, one after the other."""
    return next((k for k, one in enumerate(reversed(since)) if not is_evasive(one.text)), len(since))


def _step_over(one: _Said, stands: RiskLevel) -> str:
    word = word_of(one.text, asked=one.asked) or "not-so"
    return "safer" if stands is not RiskLevel.IMMINENT and word != "not-so" else word


def _step_in_minutes(last: _Said, n: int) -> str:
    """The step of the ``n``-th line since the last sign."""
    if _ASKED_IF_HELPED.search(last.asked) and not _ASKED_WHO.search(last.asked) and affirms(last.text):
        return "checked"
    return "near" if n <= MOST_PRESSED else "linger"


def _where_evaded(found: Assessment, since: Sequence[_Said], short: int, *, plain: bool) -> Assessment:
    told = sum(not is_evasive(one.text) for one in since)
    if not short or told >= MOVED_ON:
        return found
    return replace(found, step="stay" if short <= (MOST_EVADED if plain else MOST_HINTED) else "linger")


def _is_full_yes(text: str) -> bool:
    """Whether a yes is more than the bare word, which may be said to be left in peace."""
    return affirms(text) and len(text.split()) > 1 and not is_evasive(text) and not _hedges(text)


def _hedges(text: str) -> bool:
    return bool(re.search(r"\b(?:guess|maybe|kind of|sort of|probably|i think so|sometimes|not)\b|n't\b", text))
