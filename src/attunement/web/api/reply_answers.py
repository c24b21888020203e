"""What programs get back about a reply: how empathic it is, where, and what it does."""

from __future__ import annotations

from typing import Self

from pydantic import Field

from attunement.domain.reply import Behaviour, Mechanism, MechanismReading, ReplyReading, Strategy
from attunement.web.api.answers import Answer, WordInfo


class MechanismInfo(Answer):
    """A level from 0 (none) to 2 (strong), the probability of each, and ``[start, end]`` of what carries it."""

    level: int
    p: list[float]
    spans: list[list[int]]

    @classmethod
    def of(cls, found: MechanismReading) -> Self:
        """The same as JSON has it."""
        return cls(level=found.level, p=[round(p, 6) for p in found.p], spans=[list(span) for span in found.spans])


class ReplyInfo(Answer):
    """All that is read from a reply. Concern and distress run from 1 to 7, skill from 0 to 1."""

    emotional_reactions: MechanismInfo
    interpretations: MechanismInfo
    explorations: MechanismInfo
    strategy: Strategy | None = Field(description="Null where nothing was read: without words, or not in English.")
    strategies: dict[Strategy, float]
    behaviour: dict[Behaviour, float]
    reflects: bool = Field(description="Whether the turn is taken for a reflection of what was said.")
    skill: float
    concern: float
    distress: float
    language: str
    model: str
    why: dict[str, list[WordInfo]] | None = Field(
        default=None,
        description="For each mechanism, concern, distress, the likeliest strategy and behaviour, and skill: what each "
        "word did, in the order of the reply. Of a long reply words are taken together; of another language none is "
        "told.",
    )

    @classmethod
    def of(cls, reading: ReplyReading) -> Self:
        """The same as JSON has it."""
        found = {mechanism: MechanismInfo.of(part) for mechanism, part in reading.empathy.items()}
        return cls(
            emotional_reactions=found[Mechanism.EMOTIONAL_REACTIONS],
            interpretations=found[Mechanism.INTERPRETATIONS], explorations=found[Mechanism.EXPLORATIONS],
            strategy=reading.likeliest_strategy,
            strategies={name: round(p, 6) for name, p in reading.strategy.items()},
            behaviour={name: round(p, 6) for name, p in reading.behaviour.items()},
            reflects=reading.reflects, skill=round(reading.skill, 6),
            concern=round(reading.concern, 6), distress=round(reading.distress, 6),
            language=reading.language, model=reading.model,
        )  # fmt: skip


class RepliesInfo(Answer):
    """Readings in the order of the exchanges."""

    replies: list[ReplyInfo]
