"""What programs get back about a draft: how it reads, what could be added, and what may hurt."""

from __future__ import annotations

from typing import Self

from pydantic import Field

from attunement.domain.coaching import Caution, Change, Feedback, Harm, Suggestion
from attunement.domain.reply import CLEAR, Doing, Mechanism
from attunement.web.api.answers import Answer
from attunement.web.api.reply_answers import MechanismInfo


class SuggestionInfo(Answer):
    """Insert ``text`` at ``start``, or replace the draft from ``start`` to ``end`` by it; why, and what it adds."""

    kind: Change
    start: int
    end: int
    text: str
    reason: str
    adds: Mechanism

    @classmethod
    def of(cls, found: Suggestion) -> Self:
        """The same as JSON has it."""
        return cls(
            kind=found.change, start=found.start, end=found.end, text=found.text, reason=found.reason, adds=found.adds
        )


class CautionInfo(Answer):
    """What of the draft may hurt, ``[start, end)``, and why."""

    kind: Harm
    start: int
    end: int
    reason: str

    @classmethod
    def of(cls, found: Caution) -> Self:
        """The same as JSON has it."""
        return cls(kind=found.harm, start=found.start, end=found.end, reason=found.reason)


class FeedbackInfo(Answer):
    """All there is to say of a draft; suggestions best first, places in characters of ``draft`` as it is given back."""

    draft: str
    emotional_reactions: MechanismInfo
    interpretations: MechanismInfo
    explorations: MechanismInfo
    mostly: Doing | None = Field(
        description=f"What the draft mostly does, where that has a probability of {CLEAR:g} or more; else null."
    )
    suggestions: list[SuggestionInfo]
    cautions: list[CautionInfo]
    danger: bool = Field(description="Whether the post may point to danger: then ask plainly, and show help.")
    language: str
    model: str

    @classmethod
    def of(cls, draft: str, feedback: Feedback) -> Self:
        """The same as JSON has it."""
        found = {mechanism: MechanismInfo.of(part) for mechanism, part in feedback.reading.empathy.items()}
        return cls(
            draft=draft,
            emotional_reactions=found[Mechanism.EMOTIONAL_REACTIONS],
            interpretations=found[Mechanism.INTERPRETATIONS], explorations=found[Mechanism.EXPLORATIONS],
            mostly=feedback.mostly,
            suggestions=[SuggestionInfo.of(one) for one in feedback.suggestions],
            cautions=[CautionInfo.of(one) for one in feedback.cautions],
            danger=feedback.danger, language=feedback.reading.language, model=feedback.reading.model,
        )  # fmt: skip
