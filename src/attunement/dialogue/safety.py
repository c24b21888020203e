"""Where there may be danger to life: how much, what to say and what the programme is to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attunement.dialogue.assessment import Action, ActionKind, Assessment
from attunement.dialogue.danger_asked import (
    affirms,
    answers_of,
    asked_last,
    asks_about_danger,
    denies,
    leaves_open,
    times_asked,
)
from attunement.dialogue.danger_words import (
    ABOUT_THEM,
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


def assess(
    lines: Sequence[Line], readings: Sequence[RiskReading], helps: CountryHelp, *, before: Sequence[RiskLevel] = (),
    guesses: Sequence[bool] = (),
) -> Assessment:  # fmt: skip
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
    guesses:
        For each member line whether what was read in it is a guess (see ``guessing``): then it is asked about once or
        twice as the guess it is, and counts for nothing else. None is where nothing is given, where there were signs
        before, and from a yes on or an answer that leaves it open.
    """
    said = [normalise(line.text) for line in lines if line.speaker is Speaker.MEMBER]
    if not said:
        return Assessment(RiskLevel.NONE, "", ())
    answers = answers_of(lines)
    if not guesses or _signs(before) or any(affirms(one) or leaves_open(one) for one in answers):
        guesses = [False] * len(said)
    read = [_sure_level(text, reading) for text, reading in zip(said, readings, strict=True)]
    levels, faint = _with_faint([(RiskLevel.NONE, False) if g else x for g, x in zip(guesses, read, strict=True)])
    of_others = [_is_of_another(said[: k + 1]) for k in range(len(said))]
    levels = [_own(*one) for one in zip(levels, of_others, answers, strict=True)]
    last, own = said[-1], levels[-1]
    if HARM.search(last) and not JOKE.search(last):
        return _of_others(RiskLevel.EXPLICIT, "harm", "harm-to-others", helps)
    if of_others[-1] and readings[-1].level.rank >= RiskLevel.INDIRECT.rank:
        return _of_others(RiskLevel.INDIRECT, "another", "another-person", helps)
    earlier, asked = [*before, *_since_denial(lines, levels)[:-1]], times_asked(lines)
    on_guess = asked > 0 and any(guesses) and not _signs(levels[:-1])
    let_be = on_guess or (asked >= MOST_ASKED_ON_A_GUESS and not before and _wordless(lines))
    level = _level(last, own, earlier, asked_now=asked_last(lines) and not let_be)
    if let_be and own.rank <= RiskLevel.DISTRESS.rank and level is RiskLevel.INDIRECT:
        level = own
    found = Assessment(
        max(level, _standing(lines, levels), key=_rank), _step(last, level, own, earlier, lines), (),
        promised=bool(SECRET.search(last)), faint=faint, said=level, guess=guesses[-1],
        ordinary=any(guesses) and not _signs(levels),
    )  # fmt: skip
    if guesses[-1] or on_guess:
        again, once = _with_faint(read)
        found = replace(found, faint=once and not asked)
        if _signs(again[-1:]) and found.guess and not found.step and asked < MOST_ASKED_ON_A_GUESS:
            found = replace(found, step="guess", level=RiskLevel.INDIRECT)
    if on_guess and found.step == "denied":
        return replace(found, step="misread", faint=False)
    return _with_actions(found, last, earlier, helps, asked=asked * (not on_guess), alone=len(said) == 1)


def _of_others(level: RiskLevel, step: str, reason: str, helps: CountryHelp) -> Assessment:
    return Assessment(level, step, _actions(level, reason, helps, ask=True, hold=False), said=level)


def _with_actions(
    found: Assessment, last: str, earlier: Sequence[RiskLevel], helps: CountryHelp, *, asked: int, alone: bool = False
) -> Assessment:
    """What was found, with what is to be done about it.

    Of a line that stands ``alone`` nobody can tell whether the talk is an ordinary one: then help is shown on a guess.
    """
    if found.step == "guess":
        actions = _actions(found.level, "guess", helps, ask=True, hold=False, alert=False)
        return replace(found, actions=actions if alone else actions[:1], faint=False)
    if not found.step and HURT_CHILD.search(last) and not JOKE.search(last):
        level = max(found.level, RiskLevel.DISTRESS, key=_rank)
        actions = _actions(level, "child-safety", helps, ask=True, hold=False, alert=False)
        return replace(found, level=level, step="child", actions=actions, faint=False)
    least = max(found.level, RiskLevel.INDIRECT, key=_rank)  # there is no alert about nothing
    if not found.step:
        return replace(found, level=least) if found.faint else found
    denied, explicit = found.step == "denied", found.said is RiskLevel.EXPLICIT
    alert = not denied and (found.said.rank >= RiskLevel.EXPLICIT.rank or asked > 0 or _signs(earlier))
    hold = found.said is RiskLevel.IMMINENT or (explicit and _grave(earlier) and asked > 0)
    level = found.level if denied else least
    actions = _actions(level, found.step, helps, ask=not denied, hold=hold, alert=alert)
    return replace(found, actions=actions, faint=False)


def _rank(level: RiskLevel) -> int:
    return level.rank


def _own(level: RiskLevel, of_another: bool, answer: str) -> RiskLevel:
    """The danger to the member that a line speaks of: a yes to the plain question says it plainly."""
    level = min(level, RiskLevel.DISTRESS, key=_rank) if of_another else level
    return max(level, RiskLevel.EXPLICIT, key=_rank) if affirms(answer) else level


def _standing(lines: Sequence[Line], levels: Sequence[RiskLevel]) -> RiskLevel:
    """The gravest that was said plainly since a supporter wrote last, or none."""
    stands, told = RiskLevel.NONE, iter(levels)
    for line in lines:
        if line.speaker is Speaker.MEMBER:
            stands = max(stands, next(told), key=_rank)
        elif line.speaker is Speaker.SUPPORTER:
            stands = RiskLevel.NONE
    return stands if _grave([stands]) else RiskLevel.NONE


def _wordless(lines: Sequence[Line]) -> bool:
    """Whether no line speaks of danger in words that rules know, nor says yes or leaves it open."""
    said = [normalise(line.text) for line in lines if line.speaker is Speaker.MEMBER]
    return not (any(_in_words(text) or leaves_open(text) for text in said) or any(map(affirms, answers_of(lines))))


def _in_words(text: str) -> bool:
    """Whether a line speaks of danger in words that rules know."""
    by_rule = read_rules(text).level.rank >= RiskLevel.INDIRECT.rank
    return by_rule or any(words.search(text) for words in (PUTTING_IN_ORDER, PASSIVE, AT_PEACE))


def _sure_level(text: str, reading: RiskReading) -> tuple[RiskLevel, bool]:
    """The level of a line, and whether it is only faintly above distress: seen by the model alone, and not surely."""
    if PUTTING_IN_ORDER.search(text) or PASSIVE.search(text):
        return max(reading.level, RiskLevel.INDIRECT, key=_rank), False
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
        answered = asked and since[k].rank <= RiskLevel.DISTRESS.rank and denies(normalise(line.text))
        if answered and not _grave(since[:k]):
            since[: k + 1] = [min(x, RiskLevel.DISTRESS, key=_rank) for x in since[: k + 1]]
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
        return max(own, RiskLevel.EXPLICIT, key=_rank)
    level = with_history(own, earlier)
    if not asked_now or level.rank >= RiskLevel.EXPLICIT.rank:
        return level
    if not denies(last):
        return max(level, RiskLevel.INDIRECT, key=_rank)
    return level


def _step(last: str, level: RiskLevel, own: RiskLevel, earlier: Sequence[RiskLevel], lines: Sequence[Line]) -> str:
    """Where in ``safety.yaml`` the talk is."""
    asked = times_asked(lines)
    if level is RiskLevel.IMMINENT:
        return "imminent"
    if level is RiskLevel.EXPLICIT:
        return "stay" if _grave(earlier) and asked else "present"
    if asked_last(lines) and denies(last) and own.rank <= RiskLevel.DISTRESS.rank and not _grave(earlier):
        return "denied"
    if _grave(earlier) and level.rank >= RiskLevel.DISTRESS.rank:
        return "stay"
    if level is RiskLevel.INDIRECT:
        return ("ask_again" if asked == 1 else "stay") if asked else "ask"
    if _grave(earlier[-2:]):
        return "stay"
    return ""


def _signs(levels: Sequence[RiskLevel]) -> bool:
    return any(level.rank >= RiskLevel.INDIRECT.rank for level in levels)


def _grave(levels: Sequence[RiskLevel]) -> bool:
    return any(level.rank >= RiskLevel.EXPLICIT.rank for level in levels)
