"""What was found of danger in a talk, and what the programme is to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from attunement.domain.reading import RiskLevel
from attunement.library.helplines import CountryHelp

GUESSES = ("guess", "farewell")
HURT_NEAR = "hurt-near"
"""Who hurts the member is near, or must not see that they write."""
"""Steps at which danger is asked about as the guess it is: nobody is told of it, and a yes is a yes."""


class ActionKind(StrEnum):
    """What the programme is to do beside saying the reply, in rising order.

    ``hand-over`` is the member's own wish for a person, which they may take back; all others are about danger.
    """

    HAND_OVER = "hand-over"
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

    ``level`` is that of the talk: what was said plainly in it, or answered by a yes, stands until a person has written
    since. ``said`` is that of the last line, in the light of what came before it: what is written of it, shown and told
    to people. ``promised`` is whether the member asked to keep it secret; ``faint`` whether there is no more than a
    faint sign, to which the companion answers as usual, with one careful question about how bad it gets. ``stands`` is
    whether there were signs of danger to anybody in the talk that the member did not answer with a no.
    """

    level: RiskLevel
    step: str
    actions: tuple[Action, ...]
    promised: bool = False
    faint: bool = False
    said: RiskLevel = RiskLevel.NONE
    stands: bool = False

    def asks_for(self, kind: ActionKind) -> bool:
        """Whether one of the actions is of this kind."""
        return any(action.kind is kind for action in self.actions)
