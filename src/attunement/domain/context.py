"""What a policy may look at when it decides for a member. Built only from data the member allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from attunement.domain.hindrance import Hindrance
from attunement.domain.state import State


@dataclass(frozen=True, slots=True)
class Met:
    """One practice a member was offered before, newest first in a context.

    ``days_ago`` is 0 or more; ``reward`` from 0 to 1, or None where no outcome came; ``answer`` as logged;
    ``hindrances`` what got in the way.
    """

    practice: str
    days_ago: float
    reward: float | None = None
    answer: str | None = None
    hindrances: tuple[Hindrance, ...] = ()


@dataclass(frozen=True, slots=True)
class Experience:
    """What a policy learns from: the features of the practice done, the reward it earned (0 to 1), its id, and when.

    ``day`` is a time in days from any day on: only how far a person's outcomes lie apart counts.
    """

    features: Mapping[str, float]
    reward: float
    practice: str = ""
    day: float = 0.0


@dataclass(frozen=True, slots=True)
class History:
    """What one person's outcomes tell: their experiences, in any order. It does not say who they are."""

    experiences: tuple[Experience, ...] = ()

    def __hash__(self) -> int:
        """Cheap, so that what was worked out for a history can be kept by it."""
        return hash(len(self.experiences))


@dataclass(frozen=True, slots=True)
class Context:
    """The state, what the member met before, and how wide they want the offers to range (0 to 1).

    ``own`` is the member's own history, and ``shared`` what of it the shared policy has learned too: fewer outcomes, or
    fewer of their features, where less may be learned.
    ``leaning`` is how far what holds for people like this one lies from what holds for everybody, by feature: where to
    start from before their own history speaks. Policies that do not tell people apart leave it aside.
    """

    state: State = field(default_factory=State)
    met: tuple[Met, ...] = ()
    breadth: float = 0.5
    own: History = History()
    shared: History = History()
    leaning: tuple[tuple[str, float], ...] = ()
