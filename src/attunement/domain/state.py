"""The current estimate of a member: where they probably are, and how sure the engine is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from attunement.domain.need import Need
from attunement.domain.reading import RiskLevel


@dataclass(frozen=True, slots=True)
class State:
    """What the engine may use about how a member is now.

    ``valence`` and ``arousal`` run from -1 to 1, with standard deviations beside them; ``needs`` gives each need a
    weight (they sum to at most 1); ``feelings`` gives groups of emotions a probability; ``near`` how near
    practices are to what was written (0 to 1; the unnamed are not near). ``said`` holds
    what the member said themselves (``affect``, ``need:calm``), so that an explanation never claims they said what
    was only read. ``sensed`` is the arousal read from the body alone, where it counted, else None.

    >>> State().known
    False
    """

    valence: float = 0.0
    valence_sd: float = 1.0
    arousal: float = 0.0
    arousal_sd: float = 1.0
    sensed: float | None = None
    needs: Mapping[Need, float] = field(default_factory=dict)
    feelings: Mapping[str, float] = field(default_factory=dict)
    near: Mapping[str, float] = field(default_factory=dict)
    risk: RiskLevel = RiskLevel.NONE
    said: frozenset[str] = frozenset()

    @property
    def known(self) -> bool:
        """Whether anything is known at all."""
        return bool(self.needs or self.feelings) or self.valence_sd < 1 or self.arousal_sd < 1
