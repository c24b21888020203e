"""What the programme is to do about danger that was found in a talk: ask, show help, tell people, hold the talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attunement.dialogue.hearing.danger_words import (
    GOES_ON_HURTING,
    HIDES,
    HURT_CHILD,
    IN_PLAY,
    JOKE,
    LONG_AGO,
    NEAR_NOW,
    STILL_HURTS,
)
from attunement.dialogue.hearing.over_words import REFUSES
from attunement.dialogue.hearing.tone import laughs
from attunement.dialogue.safety.assessment import GUESSES, HURT_NEAR, Action, ActionKind, Assessment
from attunement.dialogue.safety.evading import BESIDE
from attunement.dialogue.safety.self_harm import SELF_HARM
from attunement.dialogue.safety.standing import KEPT_TO, OVER
from attunement.domain.reading import RiskLevel, are_grave, are_signs, gravest
from attunement.library.helplines import CountryHelp
from attunement.reading.violence import tells_of_violence

_REASONS = {"child": "child-safety", "hurt": "violence", "harmed": "violence", HURT_NEAR: "violence"}


def of_others(level: RiskLevel, step: str, reason: str, helps: CountryHelp, *, alert: bool = True) -> Assessment:
    """Danger to somebody else: it is asked about, help is shown, and people are told, if they were not before."""
    return Assessment(level, step, _actions(level, reason, helps, ask=True, hold=False, alert=alert), said=level)


def with_actions(
    found: Assessment, said: Sequence[str], hurt: Sequence[bool], earlier: Sequence[RiskLevel], helps: CountryHelp, *,
    asked: int,
) -> Assessment:  # fmt: skip
    """What was found in lines of the member's, as `normalise` gives them, with what is to be done about the last.

    ``hurt`` is whether each tells of somebody who hurts them or another.

    Of a line that stands alone nobody can tell whether the talk is an ordinary one: then help is shown on a guess, and
    where signs have come together that mean nothing each.
    """
    if found.step in GUESSES:
        actions = _actions(found.level, found.step, helps, ask=True, hold=False, alert=False)
        alone = found.step == "guess" and len(said) > 1
        return replace(found, actions=actions[:1] if alone else actions, faint=False)
    if not found.step and (step := _of_violence(said, hurt, asked=asked)):
        level = gravest([found.level, RiskLevel.DISTRESS])
        actions = _actions(level, _REASONS[step], helps, ask=True, hold=False, alert=False)
        return replace(found, level=level, step=step, actions=actions, faint=False)
    least = gravest([found.level, RiskLevel.INDIRECT])  # there is no alert about nothing
    if not found.step:
        return replace(found, level=least) if found.faint else found
    denied, explicit = found.step == "denied", found.said is RiskLevel.EXPLICIT
    if found.step == SELF_HARM:
        first = found.said is RiskLevel.EXPLICIT and not are_grave(earlier)  # later, people were told
        actions = _actions(found.level, "present", helps, ask=True, hold=False, alert=first)
        return replace(found, actions=actions, faint=False)
    if found.step == "stay" and found.level is not RiskLevel.IMMINENT and REFUSES.search(said[-1]):
        actions = _actions(found.level, "stay", helps, ask=True, hold=False, alert=are_grave(earlier))
        kept = tuple(action for action in actions if action.kind is not ActionKind.SHOW_HELP)
        return replace(found, step="refused", actions=kept, faint=False)
    told = found.step in {*OVER, "linger", BESIDE}  # people were told before, and nothing new was said
    asks_for_people = found.said.rank >= RiskLevel.EXPLICIT.rank or (not told and (asked > 0 or are_signs(earlier)))
    alert = not denied and asks_for_people
    hold = found.said is RiskLevel.IMMINENT or (explicit and are_grave(earlier) and asked > 0)
    level = found.level if denied else least
    reason = "stay" if found.step in {*KEPT_TO, *OVER, BESIDE} else found.step
    ask = not denied and found.step not in {"linger", BESIDE}
    actions = _actions(level, reason, helps, ask=ask, hold=hold, alert=alert)
    return replace(found, actions=actions, faint=False)


def without_question(found: Assessment) -> Assessment:
    """The same where a person was asked for, who is to have the word next: a question would be left hanging.

    A guess is let be, and so is what was denied. What is to be held is held, with all that is said then.
    """
    if found.step in {*GUESSES, "misread", "denied"}:
        return replace(found, step="", actions=())
    if found.asks_for(ActionKind.HOLD):
        return found
    return replace(found, actions=tuple(action for action in found.actions if action.kind is not ActionKind.ASK))


def _of_violence(said: Sequence[str], hurt: Sequence[bool], *, asked: int) -> str:
    """The step of a line that tells of a child the member hurt, or of somebody who hurts them: the first time, the
    first time that it goes on, and whenever that one is near.

    Where only the model knows of it, nobody can tell whom it happens to: then that is what is asked (``harmed``), but
    not of somebody who was ``asked`` about danger before, and is not to be asked at every sigh.
    """
    last = said[-1]
    if HURT_CHILD.search(last) and not JOKE.search(last):
        return "child"
    happens = tells_of_violence(last) and STILL_HURTS.search(last) is not None
    near = happens or NEAR_NOW.search(last) is not None or HIDES.search(last) is not None
    told = [now and not _is_over_or_play(text) for text, now in zip(said, hurt, strict=True)]
    if near and any(told):
        return HURT_NEAR
    if any(told[:-1]) and GOES_ON_HURTING.search(last) and not any(map(GOES_ON_HURTING.search, said[:-1])):
        return "hurt"
    if not told[-1] or any(told[:-1]):
        return ""
    if tells_of_violence(last):
        return "hurt"
    return "" if asked else "harmed"


def _is_over_or_play(text: str) -> bool:
    return bool(LONG_AGO.search(text) or IN_PLAY.search(text)) or laughs(text)


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
