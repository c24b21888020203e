"""Where there may be danger to life: how much, what to say and what the programme is to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from attunement.dialogue.danger_words import (
    ABOUT_THEM,
    ASKED,
    AT_PEACE,
    FRIGHT,
    HARM,
    HURT_CHILD,
    JOKE,
    LEAVING,
    MEANS,
    NO,
    OTHER,
    OWN,
    PASSIVE,
    PUTTING_IN_ORDER,
    SOON,
    TAKEN_BACK,
    UNSURE,
    YES,
)
from attunement.dialogue.moments import SECRET
from attunement.domain.conversation import Line, Speaker
from attunement.domain.reading import RiskLevel, RiskReading
from attunement.library.helplines import CountryHelp
from attunement.reading.plain_text import normalise
from attunement.reading.risk import read_rules
from attunement.reading.risk_history import with_history

_ONE_LOWER = {RiskLevel.IMMINENT: RiskLevel.EXPLICIT, RiskLevel.EXPLICIT: RiskLevel.INDIRECT}
"""Where the model alone sees danger, it is asked about before people are called."""
MOST_ASKED_ON_A_GUESS = 2
"""So often danger that only the model saw is asked about, where no answer and no other line speaks of any."""
FAINT_WITHIN = 4
FAINT = 0.8
SURE = 0.95
"""From this probability signs of danger that no rule finds are taken as such at once; from `FAINT` they are faint."""


class ActionKind(StrEnum):
    """What the programme is to do beside saying the reply, in rising order."""

    ASK = "ask"
    SHOW_HELP = "show-help"
    ALERT = "alert"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, how grave it is, and a code for why; ``help`` is what to show, with ``show-help``."""

    kind: ActionKind
    level: RiskLevel
    reason: str
    help: CountryHelp | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """How much danger there may be now, at which step of ``safety.yaml`` the talk is (empty for none), and what to do.

    ``promised`` is whether the member asked to keep it secret; ``faint`` whether there is no more than a faint sign, to
    which the companion answers as usual, with one careful question about how bad it gets.
    """

    level: RiskLevel
    step: str
    actions: tuple[Action, ...]
    promised: bool = False
    faint: bool = False

    def asks_for(self, kind: ActionKind) -> bool:
        """Whether one of the actions is of this kind."""
        return any(action.kind is kind for action in self.actions)


def assess(
    lines: Sequence[Line], readings: Sequence[RiskReading], helps: CountryHelp, *, before: Sequence[RiskLevel] = ()
) -> Assessment:
    """How much danger a talk speaks of, by what was said in all of it and not just at its end.

    Parameters
    ----------
    lines:
        The talk; its last member line is the one to answer.
    readings:
        What was read from each member line alone, in order.
    helps:
        Whom the member can call where they are.
    before:
        What was read in the 72 hours before the talk.
    """
    said = [normalise(line.text) for line in lines if line.speaker is Speaker.MEMBER]
    if not said:
        return Assessment(RiskLevel.NONE, "", ())
    levels, faint = _with_faint([_sure_level(text, reading) for text, reading in zip(said, readings, strict=True)])
    of_others = [_is_of_another(said[: k + 1]) for k in range(len(said))]
    levels = [
        min(x, RiskLevel.DISTRESS, key=lambda x: x.rank) if other else x
        for x, other in zip(levels, of_others, strict=True)
    ]
    last, own = said[-1], levels[-1]
    earlier = [*before, *_since_denial(lines, levels)[:-1]]
    asked = _times_asked(lines)
    if HARM.search(last) and not JOKE.search(last):
        return Assessment(
            RiskLevel.EXPLICIT, "harm", _actions(RiskLevel.EXPLICIT, "harm-to-others", helps, ask=True, hold=False)
        )
    if of_others[-1] and readings[-1].level.rank >= RiskLevel.INDIRECT.rank:
        level = RiskLevel.INDIRECT
        return Assessment(level, "another", _actions(level, "another-person", helps, ask=True, hold=False))
    let_be = asked >= MOST_ASKED_ON_A_GUESS and not before and not (_in_words(said) or _said_yes(lines))
    level = _level(last, own, earlier, asked_now=_asked_last(lines) and not let_be)
    if let_be and own.rank <= RiskLevel.DISTRESS.rank and level is RiskLevel.INDIRECT:
        level = own
    step = _step(last, level, own, earlier, asked=asked, asked_now=_asked_last(lines))
    if not step and HURT_CHILD.search(last) and not JOKE.search(last):
        level = max(level, RiskLevel.DISTRESS, key=lambda x: x.rank)
        return Assessment(level, "child", _actions(level, "child-safety", helps, ask=True, hold=False, alert=False))
    if not step:
        return Assessment(max(level, RiskLevel.INDIRECT if faint else level, key=lambda x: x.rank), "", (), faint=faint)
    alert = (
        level.rank >= RiskLevel.EXPLICIT.rank
        or asked > 0
        or sum(x.rank >= RiskLevel.INDIRECT.rank for x in earlier) > 0
    )
    hold = level is RiskLevel.IMMINENT or (level is RiskLevel.EXPLICIT and _grave(earlier) and asked > 0)
    actions = _actions(level, step, helps, ask=step != "denied", hold=hold, alert=alert and step != "denied")
    return Assessment(level, step, actions, promised=bool(SECRET.search(last)))


def _in_words(said: Sequence[str]) -> bool:
    """Whether any line speaks of danger in words that rules know, or left it open when asked."""
    return any(
        read_rules(text).level.rank >= RiskLevel.INDIRECT.rank or PUTTING_IN_ORDER.search(text)
        or PASSIVE.search(text) or AT_PEACE.search(text) or UNSURE.search(text)
        for text in said
    )  # fmt: skip


def _said_yes(lines: Sequence[Line]) -> bool:
    """Whether the plain question was ever answered by a yes: nothing after it is a guess."""
    asked = False
    for line in lines:
        if line.speaker is not Speaker.MEMBER:
            asked = asks_about_danger(line.text)
        elif asked and _is_yes(normalise(line.text)):
            return True
    return False


def _is_yes(answer: str) -> bool:
    return bool(YES.search(answer)) and not TAKEN_BACK.search(answer)


def _sure_level(text: str, reading: RiskReading) -> tuple[RiskLevel, bool]:
    """The level of a line, and whether it is only faintly above distress: seen by the model alone, and not surely."""
    if PUTTING_IN_ORDER.search(text) or PASSIVE.search(text):
        return max(reading.level, RiskLevel.INDIRECT, key=lambda x: x.rank), False
    by_rule = read_rules(text).level.rank >= RiskLevel.INDIRECT.rank
    if reading.level.rank >= RiskLevel.INDIRECT.rank:
        if not by_rule and LEAVING.search(text):
            return RiskLevel.NONE, False
        if by_rule:
            return reading.level, False
        if reading.p < SURE:
            return RiskLevel.DISTRESS, reading.p >= FAINT
        return _ONE_LOWER.get(reading.level, reading.level), False
    return reading.level, bool(AT_PEACE.search(text)) and len(text.split()) > 4


def _is_of_another(said: Sequence[str]) -> bool:
    """Whether the last of these tells of somebody else's danger, named in it or just before."""
    last = said[-1]
    if OWN.search(last):
        return False
    return bool(OTHER.search(last) or (ABOUT_THEM.search(last) and any(OTHER.search(text) for text in said[:-1])))


def _with_faint(found: Sequence[tuple[RiskLevel, bool]]) -> tuple[list[RiskLevel], bool]:
    """Levels where a second faint sign soon after the first counts as a sign, and whether the last is only faint."""
    levels, last = [], False
    for k, (level, faint) in enumerate(found):
        again = faint and any(earlier for _, earlier in found[max(0, k - FAINT_WITHIN) : k])
        last = faint and not again
        levels.append(RiskLevel.INDIRECT if again else level)
    return levels, last


def _since_denial(lines: Sequence[Line], levels: Sequence[RiskLevel]) -> list[RiskLevel]:
    """Levels in which hints before a plain no count no more: who was asked and said no is not asked for every sigh.

    What was said plainly stays.
    """
    since, k, asked = list(levels), -1, False
    for line in lines:
        if line.speaker is not Speaker.MEMBER:
            asked = asks_about_danger(line.text)
            continue
        k += 1
        answered = asked and since[k].rank <= RiskLevel.DISTRESS.rank and _denies(normalise(line.text))
        if answered and not _grave(since[:k]):
            since[: k + 1] = [min(x, RiskLevel.DISTRESS, key=lambda x: x.rank) for x in since[: k + 1]]
        asked = False
    return since


def _actions(
    level: RiskLevel, reason: str, helps: CountryHelp, *, ask: bool, hold: bool, alert: bool = True
) -> tuple[Action, ...]:
    kinds = [
        (ActionKind.ASK, ask),
        (ActionKind.SHOW_HELP, True),
        (ActionKind.ALERT, alert or hold),
        (ActionKind.HOLD, hold),
    ]
    return tuple(
        Action(kind, level, reason, helps if kind is ActionKind.SHOW_HELP else None) for kind, wanted in kinds if wanted
    )


def _level(last: str, own: RiskLevel, earlier: Sequence[RiskLevel], *, asked_now: bool) -> RiskLevel:
    """The level of the last line, in the light of what came before and of whether it answers a plain question."""
    if FRIGHT.search(last):
        return RiskLevel.IMMINENT
    if own.rank >= RiskLevel.INDIRECT.rank and MEANS.search(last) and SOON.search(last) and not NO.search(last):
        return RiskLevel.IMMINENT
    if MEANS.search(last) and any(x.rank >= RiskLevel.INDIRECT.rank for x in earlier) and not NO.search(last):
        return max(own, RiskLevel.EXPLICIT, key=lambda x: x.rank)
    level = with_history(own, earlier)
    if not asked_now or level.rank >= RiskLevel.EXPLICIT.rank:
        return level
    if _is_yes(last):
        return RiskLevel.EXPLICIT
    if UNSURE.search(last) or not _denies(last):
        return max(level, RiskLevel.INDIRECT, key=lambda x: x.rank)
    return level


def _step(
    last: str, level: RiskLevel, own: RiskLevel, earlier: Sequence[RiskLevel], *, asked: int, asked_now: bool
) -> str:
    """Where in ``safety.yaml`` the talk is."""
    if level is RiskLevel.IMMINENT:
        return "imminent"
    if level is RiskLevel.EXPLICIT:
        return "stay" if _grave(earlier) and asked else "present"
    if asked_now and _denies(last) and own.rank <= RiskLevel.DISTRESS.rank and not _grave(earlier):
        return "denied"
    if _grave(earlier) and level.rank >= RiskLevel.DISTRESS.rank:
        return "stay"
    if level is RiskLevel.INDIRECT:
        return ("ask_again" if asked == 1 else "stay") if asked else "ask"
    if _grave(earlier[-2:]):
        return "stay"
    return ""


def _denies(last: str) -> bool:
    """Whether an answer to the plain question is a no; what says neither yes nor no is none."""
    return bool(NO.search(last) or TAKEN_BACK.search(last)) and not UNSURE.search(last)


def _grave(levels: Sequence[RiskLevel]) -> bool:
    return any(level.rank >= RiskLevel.EXPLICIT.rank for level in levels)


def asks_about_danger(text: str) -> bool:
    """Whether a line asks plainly about danger to life.

    >>> asks_about_danger("May I ask straight out: are there thoughts of suicide?")
    True
    >>> asks_about_danger("What hurts most about it?")
    False
    """
    return bool(ASKED.search(text))


def _times_asked(lines: Sequence[Line]) -> int:
    return sum(
        line.speaker in {Speaker.COMPANION, Speaker.SUPPORTER} and asks_about_danger(line.text) for line in lines
    )


def _asked_last(lines: Sequence[Line]) -> bool:
    others = [line for line in lines if line.speaker in {Speaker.COMPANION, Speaker.SUPPORTER}]
    return bool(others) and asks_about_danger(others[-1].text)
