"""Where there may be danger to life: how much, what to say and what the programme is to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attunement.dialogue.hearing.acute import calls_off, is_acute_of_body
from attunement.dialogue.hearing.danger_words import (
    AT_PEACE,
    MEANS,
    NO,
    PASSIVE,
    PUTTING_IN_ORDER,
    SAYS_NO,
)
from attunement.dialogue.hearing.quiet_signs import SECRET
from attunement.dialogue.safety.actions import of_others, with_actions
from attunement.dialogue.safety.assessment import Assessment
from attunement.dialogue.safety.danger_asked import (
    DENIALS,
    answers_of,
    asked_last,
    asked_whether_safe,
    goes_on_of_another,
    leaves_open,
    since_denial,
    times_asked,
)
from attunement.dialogue.safety.evading import MOST_ASKED_ON_A_GUESS, with_evaded
from attunement.dialogue.safety.line_danger import with_faint
from attunement.dialogue.safety.self_harm import self_harm_step
from attunement.dialogue.safety.standing import (
    BODY,
    PASSED,
    has_gone_on,
    is_happening,
    kept_to,
    stands_plainly,
    step_for_another,
    with_happening,
)
from attunement.dialogue.safety.threats import SURE_THREAT, threat_step
from attunement.dialogue.safety.told import Told, told_in
from attunement.domain.conversation import Line, Speaker
from attunement.domain.reading import AsAnswer, RiskLevel, RiskReading, are_grave, are_signs, gravest
from attunement.library.helplines import CountryHelp
from attunement.reading.history import with_history
from attunement.reading.plain_text import normalise
from attunement.reading.risk import read_rules

MOST_ASKED_ON_A_HINT = 2
"""So often mere signs are asked about in a talk that goes on to other things without an answer (`has_gone_on`)."""


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
        What was surely found in the 72 hours before the talk (see `sure_level`).
    guesses:
        For each member line whether what was read in it is a guess (see ``guessing``): then it is asked about once or
        twice as the guess it is, and counts for nothing else. None is where nothing is given, where there were signs
        before, and from a yes on or an answer that leaves it open.
    """
    said = [normalise(line.text) for line in lines if line.speaker is Speaker.MEMBER]
    if not said:
        return Assessment(RiskLevel.NONE, "", ())
    told = told_in(lines, said, readings, before, guesses)
    return (
        _of_threat(lines, told, helps) or _of_somebody_else(lines, told, helps)
        or _of_the_member(lines, told, before, helps)
    )  # fmt: skip


def _of_threat(lines: Sequence[Line], told: Told, helps: CountryHelp) -> Assessment | None:
    """What is found where the member may hurt somebody else, or None; a guess at it gives way to their own danger."""
    step = threat_step(lines, told.threats)
    sure = step == SURE_THREAT
    if not step or (are_grave(told.levels[-1:]) and not sure):
        return None
    level = RiskLevel.EXPLICIT if sure else RiskLevel.INDIRECT
    return of_others(level, step, "harm-to-others", helps, alert=sure)


def _of_the_member(
    lines: Sequence[Line], told: Told, before: Sequence[RiskLevel], helps: CountryHelp
) -> Assessment:  # fmt: skip
    """What is found of the danger to the member."""
    denied = _denied_at(lines, told, before)
    if denied == len(told.said) - 1 and are_signs(told.levels[:-1]):
        found = Assessment(RiskLevel.DISTRESS, "denied", (), said=RiskLevel.DISTRESS)
        return with_actions(found, told.said, told.hurt, (), helps, asked=1)
    told = told.without_levels(denied + 1)
    here, asked = since_denial(told.levels, told.answers), times_asked(lines)
    earlier = [*before, *here[:-1]]
    on_guess = asked > 0 and _is_doubted(told, before)
    let_be = on_guess or _is_let_be(lines, told, before, earlier, asked=asked)
    level = _level(lines, told, earlier, let_be=let_be)
    urgent = _urgent(lines, told)
    stands = stands_plainly(lines, urgent)
    found = Assessment(
        gravest([level, stands]), _step(lines, told.answers[-1], level, told.levels[-1], before, here[:-1]), (),
        promised=bool(SECRET.search(told.said[-1])), faint=told.faint, said=level,
        stands=are_signs(here) or any(told.feared) or any(told.threats),
    )  # fmt: skip
    found = _with_guess(found, told, asked=asked, on_guess=on_guess)
    if on_guess and found.step == "denied":
        return replace(found, step="misread", faint=False)
    if on_guess or any(told.quiet[:-1]):
        found = with_evaded(found, lines, told, asked=asked)
    hinted = are_signs(here) and asked > 0 and not let_be
    found = _with_standing(found, lines, told, urgent, stands, hinted=hinted)
    in_earnest = not on_guess or found.step == "stay"  # talked round twice, it is no guess any more
    return with_actions(found, told.said, told.hurt, earlier, helps, asked=asked * in_earnest)


def _denied_at(lines: Sequence[Line], told: Told, before: Sequence[RiskLevel]) -> int:
    """The last line with a plain no to what only a model saw until then, however grave; -1 where there is none.

    Where words, an answer in words or what was said before the talk bear it out, a no ends nothing (`since_denial`).
    Nor does it where it may be a matter of minutes, or of others: who is in danger of their life does not want to die.
    """
    if RiskLevel.IMMINENT in _urgent(lines, told) or told.is_of_others or are_signs(before):
        return -1
    in_words = answers_of(lines)
    for k, text in reversed(list(enumerate(told.said))):
        if SAYS_NO.search(text):
            borne_out = any(map(_in_words, told.said[: k + 1])) or AsAnswer.YES in in_words[: k + 1]
            return -1 if borne_out else k
    return -1


def _is_doubted(told: Told, before: Sequence[RiskLevel]) -> bool:
    """Whether what there is of danger is a guess, or quiet signs that nothing else bears out."""
    doubted = any(told.guesses) or (told.is_unmoved(before) and any(told.quiet[:-1]))
    return doubted and not are_signs(told.levels[:-1])


def _urgent(lines: Sequence[Line], told: Told) -> list[RiskLevel]:
    """The danger of each line, imminent also where it says that it is happening, or that the body is in danger."""
    levels = with_happening(lines, told.levels, told.others)
    return [RiskLevel.IMMINENT if body else level for body, level in zip(told.body, levels, strict=True)]


def _with_standing(
    found: Assessment, lines: Sequence[Line], told: Told, urgent: Sequence[RiskLevel], stands: RiskLevel, *,
    hinted: bool,
) -> Assessment:  # fmt: skip
    """What was found, in the light of danger that was said before and stands: ``stands`` is the gravest of it."""
    believed = _believed(told, stands)
    found = kept_to(found, lines, urgent, corrects=believed, stands=stands, hinted=hinted)
    if found.step == "not-so" and stands is RiskLevel.IMMINENT and any(believed):
        found = replace(found, step=PASSED)
    step = self_harm_step(told.said, told.levels, told.answers, stands=stands)
    return replace(found, step=step) if step else found


def _believed(told: Told, stands: RiskLevel) -> list[bool]:
    """For each line whether it is believed that there is no danger, or none any more.

    Where it may be a matter of minutes a model is not. Where only a model took something of the member's body for that,
    and nothing else stands, the first plain word after it is: said more than once, it is no news.
    """
    if stands is not RiskLevel.IMMINENT:
        return list(told.corrects)
    plainly = are_grave(told.levels) or any(map(is_acute_of_body, told.said))
    believed, stood = list[bool](), False
    for text, body in zip(told.said, told.body, strict=True):
        stood = stood or (body and not plainly)
        believed.append(stood and not body and calls_off(text))
        stood = stood and not believed[-1]
    return believed


def _is_let_be(
    lines: Sequence[Line], told: Told, before: Sequence[RiskLevel], earlier: Sequence[RiskLevel], *, asked: int
) -> bool:  # fmt: skip
    """Whether it was asked often enough: of what only the model saw, or of mere signs a talk has gone on from."""
    silent = _wordless(lines) and AsAnswer.OPEN not in told.answers
    guessed = asked >= MOST_ASKED_ON_A_GUESS and not are_signs(before) and silent
    hinted = asked >= MOST_ASKED_ON_A_HINT and not told.hesitates and not are_grave(earlier)
    return guessed or (hinted and has_gone_on(lines, told.levels))


def _with_guess(found: Assessment, told: Told, *, asked: int, on_guess: bool) -> Assessment:
    """What was found, with the question on a guess or on quiet signs where there is a reason for one."""
    guess, may_ask = told.guesses[-1], asked < MOST_ASKED_ON_A_GUESS
    if guess or on_guess:
        again, once = with_faint(told.read)
        found = replace(found, faint=once and not asked)
        if ((are_signs(again[-1:]) and guess) or told.nods[-1]) and not found.step and may_ask:
            found = replace(found, step="guess", level=RiskLevel.INDIRECT)
    if told.quiet[-1] and found.step in {"", "guess"} and may_ask:
        found = replace(found, step="farewell", level=gravest([found.level, RiskLevel.INDIRECT]))
    return found


def _wordless(lines: Sequence[Line]) -> bool:
    """Whether no line speaks of danger in words that rules know, nor says yes or leaves it open."""
    said = [normalise(line.text) for line in lines if line.speaker is Speaker.MEMBER]
    return not (any(_in_words(text) or leaves_open(text) for text in said) or AsAnswer.YES in answers_of(lines))


def _in_words(text: str) -> bool:
    """Whether a line speaks of danger in words that rules know."""
    by_rule = read_rules(text).level.rank >= RiskLevel.INDIRECT.rank
    return by_rule or any(words.search(text) for words in (PUTTING_IN_ORDER, PASSIVE, AT_PEACE))


def _of_somebody_else(lines: Sequence[Line], told: Told, helps: CountryHelp) -> Assessment | None:
    """What is found where the talk is about danger to somebody else, or None."""
    last = told.said[-1]
    own, acute = are_signs(told.levels[-1:]), told.acute[-1]
    if told.body[-1]:
        return replace(of_others(RiskLevel.INDIRECT, BODY, "body", helps), said=RiskLevel.IMMINENT)
    if not own and (step := step_for_another(lines, told.acute)):
        level = RiskLevel.IMMINENT if acute else told.levels[-1]
        return replace(of_others(RiskLevel.INDIRECT, step, "another-person", helps, alert=acute), said=level)
    if told.feared[-1] or (goes_on_of_another(lines, last) and not own):
        level = gravest([RiskLevel.INDIRECT, read_rules(last).level])
        return replace(of_others(RiskLevel.INDIRECT, "another", "another-person", helps), said=level)
    return None


def _level(lines: Sequence[Line], told: Told, earlier: Sequence[RiskLevel], *, let_be: bool) -> RiskLevel:
    """The level of the last line, in the light of what came before it and of the question it answers."""
    last, own, safe_asked = told.said[-1], told.levels[-1], asked_whether_safe(lines)
    if is_happening(last, own, safe_asked=safe_asked):
        return RiskLevel.IMMINENT
    if MEANS.search(last) and are_signs(earlier) and not NO.search(last):
        return gravest([own, RiskLevel.EXPLICIT])
    level = with_history(own, earlier)
    if let_be and own.rank <= RiskLevel.DISTRESS.rank and level is RiskLevel.INDIRECT:
        return own
    if let_be or safe_asked or not asked_last(lines) or told.answers[-1] in DENIALS:
        return level
    return gravest([level, RiskLevel.INDIRECT])


def _step(
    lines: Sequence[Line], answer: AsAnswer, level: RiskLevel, own: RiskLevel, before: Sequence[RiskLevel],
    here: Sequence[RiskLevel],
) -> str:  # fmt: skip
    """Where in ``safety.yaml`` the talk is; ``here`` are the levels of its lines before the last."""
    asked, was_grave = times_asked(lines), are_grave([*before, *here])
    if level is RiskLevel.IMMINENT:
        return "imminent"
    if level is RiskLevel.EXPLICIT:
        return "stay" if was_grave and asked else "present"
    if answer in DENIALS and own.rank <= RiskLevel.DISTRESS.rank and not was_grave:
        return "denied"
    if was_grave and level.rank >= RiskLevel.DISTRESS.rank:
        return "stay"
    if level is RiskLevel.INDIRECT:
        again = "asks" if answer is AsAnswer.ASKS else "again"
        return (again if asked == 1 else "stay") if asked else "ask"
    return "stay" if are_grave(here[-2:]) else ""
