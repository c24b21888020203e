"""Says what belongs to a step of ``content/companion/safety.yaml``: warmth, a plain question, help, who is told."""

from __future__ import annotations

import re

from numpy.random import Generator

from attunement.dialogue.hearing.acute import is_acute_of_another
from attunement.dialogue.hearing.clauses import Kind
from attunement.dialogue.hearing.leaving import leaves
from attunement.dialogue.hearing.mirror import capital
from attunement.dialogue.hearing.spans import is_span
from attunement.dialogue.hearing.talk import Talk
from attunement.dialogue.replying.filling import Filler
from attunement.dialogue.replying.moments import HAND_OVER, takes_leave
from attunement.dialogue.safety.assessment import GUESSES, HURT_NEAR, ActionKind, Assessment
from attunement.dialogue.safety.evading import BESIDE
from attunement.dialogue.safety.self_harm import SELF_HARM
from attunement.dialogue.safety.standing import BODY, KEPT_TO, OVER, PASSED, THEIRS, THEIRS_HELPED
from attunement.dialogue.safety.threats import SURE_THREAT, THREAT
from attunement.domain.conversation import Candidate
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy
from attunement.library.companion_words import CompanionWords
from attunement.library.helplines import CountryHelp, Helpline
from attunement.reading.plain_text import normalise

MOST_SAID_BACK = 14
MOST_LINES = 2
GUESSED = (*GUESSES, "misread")
"""Steps of an ordinary talk: nothing of it is said back as if it weighed."""
_BY_ITSELF = (
    "child",
    "hurt",
    "harmed",
    HURT_NEAR,
    "refused",
    "denied",
    THREAT,
    SURE_THREAT,
    SELF_HARM,
    BODY,
    THEIRS,
    THEIRS_HELPED,
)
NOT_SAID_BACK = frozenset({*_BY_ITSELF, *GUESSED, *KEPT_TO, *OVER, BESIDE})
"""Nor is what was done, which would sound like a verdict, or what goes well beside a no, which would be pitied. Where a
talk keeps to danger, one thing is said and no other."""
HURT = ("hurt", "harmed", HURT_NEAR)
HELP_AGAIN_AFTER = 3
"""In this many of the companion's lines help must have stood once."""


def safe_reply(
    talk: Talk, assessment: Assessment, helps: CountryHelp, words: CompanionWords, *, can_alert: bool, rng: Generator,
    handing: bool = False, said_back: bool = True,
) -> Candidate:  # fmt: skip
    """What is said at the step the talk is at.

    ``can_alert`` is whether there are people who can be told; ``handing`` whether a person was asked for, who has the
    word next: then nothing is asked; ``said_back`` whether something else the member said may be said back.
    """
    filler, safety = Filler(talk, rng=rng), words.safety
    step = safety.steps[assessment.step]
    slots = {"lines": shown(helps), "emergency": helps.emergency}
    if handing and not assessment.asks_for(ActionKind.ASK):
        over = [filler.pick(lines, {}, must=True) for lines in words.moments[HAND_OVER].say]
        texts = [filler.pick(step.open, slots, first=True, must=True), *over]
        if _is_urgent(assessment, talk):
            texts.append(filler.pick(emergency_lines(words, helps), slots, must=True))
        texts.append(_help(talk, assessment, helps, words, filler))
        return Candidate(" ".join(text for text in texts if text), Strategy.INFORMATION, "composer")
    plain, beside = normalise(talk.now.text), assessment.step == BESIDE
    goes = beside and (leaves(plain) or takes_leave(plain))
    taken = _let_go(words, filler) if goes else _taken_in(talk, words, filler, beside=beside)
    texts = [taken or filler.pick(step.open, slots, first=True, must=True)]
    texts.append(filler.pick(step.understand, slots, must=True))
    if said_back and assessment.step not in NOT_SAID_BACK and not _is_urgent(assessment, talk):
        texts.append(_also(talk, words, filler))
    if assessment.promised:
        texts.append(filler.pick(safety.told.secret, slots))
    if _is_urgent(assessment, talk):
        again = _was_urgent(assessment) or (assessment.step == THEIRS and assessment.said is not RiskLevel.IMMINENT)
        calls = emergency_again(words, helps) if again else emergency_lines(words, helps)
        texts.append(filler.pick(calls, slots, must=_must_call(assessment)))
    if not goes:
        texts.append(filler.pick(step.ask, slots, must=True))
    texts.append(_help(talk, assessment, helps, words, filler))
    if assessment.step in {"ask", "present"} and filler.chance(0.8):
        texts.append(filler.pick(safety.people, slots))
    if can_alert:
        texts.append(_told(talk, assessment, words, filler))
    return Candidate(" ".join(text for text in texts if text), Strategy.INFORMATION, "composer")


def shown(helps: CountryHelp, *, hurt: bool = False) -> str:
    """The helplines of a country in one line, at most two, each with how to reach it; see `CountryHelp.lines_for`."""
    return "; ".join(_line(line) for line in helps.lines_for(hurt=hurt)[:MOST_LINES])


def has_help(text: str, helps: CountryHelp) -> bool:
    """Whether a text shows one of the lines."""
    return any(_reach(line) in text for line in helps.lines)


def emergency_lines(words: CompanionWords, helps: CountryHelp) -> list[str]:
    """What calls to call for help at once: with the emergency number, or without one where none is known."""
    return words.safety.help.emergency if helps.emergency else words.safety.help.anywhere


def emergency_again(words: CompanionWords, helps: CountryHelp) -> list[str]:
    """The same in all the words there are for it, for a talk in which it was said before."""
    again = words.safety.help.emergency_again if helps.emergency else words.safety.help.anywhere_again
    return [*again, *emergency_lines(words, helps)]


def names_emergency(text: str, helps: CountryHelp) -> bool:
    """Whether a text names the emergency number, or an emergency call at all where no number is known."""
    number = re.escape(helps.emergency) or "112|911"
    call = rf"(?<!\d)(?:{number})(?!\d)" + ("" if helps.emergency else r"|\bemergency (?:numbers?|services?)\b")
    return re.search(call, text) is not None


def _is_urgent(assessment: Assessment, talk: Talk) -> bool:
    """Whether it may be a matter of minutes, for the member or for somebody they tell of."""
    others = assessment.step == "another" and assessment.said is RiskLevel.IMMINENT
    by_step = others or assessment.step in {"imminent", BODY, THEIRS} or _was_urgent(assessment)
    return by_step or is_acute_of_another(normalise(talk.now.text))


def _was_urgent(assessment: Assessment) -> bool:
    """Whether it may have been a matter of minutes earlier in the talk, and stands."""
    return assessment.step in {"stay", "near", "linger"} and assessment.level is RiskLevel.IMMINENT


def _must_call(assessment: Assessment) -> bool:
    """Whether an emergency call is named even where every wording of it was used."""
    return assessment.step == "near" or not _was_urgent(assessment)


def _let_go(words: CompanionWords, filler: Filler) -> str:
    return filler.pick(words.moments["goodbye"].say[0], {}, must=True)


def _taken_in(talk: Talk, words: CompanionWords, filler: Filler, *, beside: bool) -> str:
    """What was told, where the talk stays near somebody who turned to other things; or how long it has been so."""
    if is_span(normalise(talk.now.text)) and (bit := talk.now.bit):
        return filler.pick(words.parts["so_long"], {"bit": bit, "Bit": capital(bit)}, first=True)
    told = talk.now.best[0].said if beside and talk.now.clauses else ""
    return filler.pick(words.parts["light"], {"clause": told, "Clause": capital(told)}) if told else ""


def _also(talk: Talk, words: CompanionWords, filler: Filler) -> str:
    """Something else the member said, so that the reply is to them and not to anybody in danger."""
    told = [clause for clause in talk.now.best if clause.weight >= 1 and clause.kind in {Kind.PLAIN, Kind.LOSS}]
    if not told or len(told[0].said.split()) > MOST_SAID_BACK:
        return ""
    return filler.pick(words.safety.also, {"clause": told[0].said})


def _help(talk: Talk, assessment: Assessment, helps: CountryHelp, words: CompanionWords, filler: Filler) -> str:
    if assessment.step in {"denied", BODY, PASSED} or not assessment.asks_for(ActionKind.SHOW_HELP):
        return ""
    slots = {"lines": shown(helps, hurt=assessment.step in HURT), "emergency": helps.emergency}
    if assessment.step in {"child", *HURT}:
        lines = words.safety.help.child if assessment.step == "child" else words.safety.help.hurt
        fitting = [line for line in lines if ("{emergency}" in line) == bool(helps.emergency)]
        return filler.pick(fitting, slots, must=True)
    if assessment.step in GUESSES:
        return filler.pick(words.safety.help.guess, slots, must=True)
    before = any(has_help(text, helps) for text in talk.said)
    lately = any(has_help(text, helps) for text in talk.said[-HELP_AGAIN_AFTER:])
    if before and lately and assessment.step not in {"imminent", "present"}:
        return ""
    help_words = words.safety.help
    return filler.pick(help_words.again if before else help_words.first, slots, must=True)


def _told(talk: Talk, assessment: Assessment, words: CompanionWords, filler: Filler) -> str:
    told = words.safety.told
    if assessment.asks_for(ActionKind.HOLD):
        return filler.pick(told.hold, {})
    if any(talk.was_said(line) for line in (*told.alert, *told.hold)):
        fresh = not any(line in talk.last_said for line in told.asked)
        again = assessment.step == "linger" or (assessment.step == BESIDE and fresh)
        again = again or (assessment.step == "near" and filler.chance(0.5))
        return filler.pick(told.asked, {}, must=assessment.step == BESIDE) if again else ""
    return filler.pick(told.alert, {}) if assessment.asks_for(ActionKind.ALERT) else ""


def _line(line: Helpline) -> str:
    return f"{line.name}, {_reach(line)}" + (f" ({line.hours})" if line.hours and len(line.hours) < 30 else "")


def _reach(line: Helpline) -> str:
    return line.phone or line.text or line.url
