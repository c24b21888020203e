"""Which candidate is said: the first that the guard lets pass, and what people are to be told of those it did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attunement.dialogue.replying.composer import COMPOSER
from attunement.dialogue.safety.assessment import Action, ActionKind
from attunement.domain.conversation import Allow, Candidate, Escalate, Guard, Line
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy

GUARD = "guard"
"""Who wrote what is said where no candidate passes."""
DANGEROUS_REPLY = "dangerous-reply"
"""Why people are told: a language model wrote what could cost a life, by itself or because it was brought to it."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What is said, why others were not (codes, in order), and an alert where a language model's was dangerous."""

    said: Candidate
    refused: tuple[str, ...]
    alerts: tuple[Action, ...]


def first_to_pass(candidates: Sequence[Candidate], guard: Guard, lines: Sequence[Line], risk: RiskLevel) -> Passed:
    """The first of ``candidates`` that may be said after ``lines``; where none may, what the guard says instead.

    What a model was brought to say counts as a sign, whoever provoked it: people are told, once a turn. The composer
    says no more than the member did, and what that means was read before.

    Parameters
    ----------
    candidates:
        At least one, in the order in which they should be tried.
    guard, lines, risk:
        What looks at them, the talk so far, and the danger read in it.
    """
    refused: list[str] = []
    alerts: list[Action] = []
    said, instead = None, ""
    for one in candidates:
        if said is not None and one.by == COMPOSER:
            continue  # a model's are looked at all the same: for danger, wherever they rank
        verdict = guard.check(lines, one, risk)
        if isinstance(verdict, Allow):
            said = said or one
            continue
        refused.append(verdict.reason)
        instead = verdict.text
        if isinstance(verdict, Escalate) and one.by != COMPOSER:
            alerts.append(Action(ActionKind.ALERT, verdict.level, DANGEROUS_REPLY))
    return Passed(said or Candidate(instead, Strategy.QUESTION, GUARD), tuple(refused), tuple(alerts[:1]))
