"""Whom the companion answers: what it may know of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from attunement.dialogue.replying.strategy import Feedback
from attunement.domain.practice import Practice
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy


@dataclass(frozen=True, slots=True)
class Partner:
    """What the companion may know of the member it answers; only what they agreed to.

    ``ideas`` is what they prefer, 0 (more listening) to 1 (more ideas); ``country`` is ISO 3166-1; ``can_alert`` is
    whether there are people who can be told of danger; ``before`` the levels of danger read in the 72 hours before;
    ``practices`` those that may be offered now; ``remembered`` what they let it remember, newest first; ``lately``
    the strategies of the companion's turns in this talk, in order.
    """

    ideas: float = 0.5
    country: str | None = None
    feedback: Feedback = field(default_factory=Feedback)
    can_alert: bool = False
    before: tuple[RiskLevel, ...] = ()
    practices: tuple[Practice, ...] = ()
    remembered: tuple[str, ...] = ()
    lately: tuple[Strategy, ...] = ()
