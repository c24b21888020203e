"""What programs get back about a draft: how it reads, what could be added, and what may hurt."""

from __future__ import annotations

from typing import Self

from pydantic import Field

from attunement.domain.coaching import Caution, Change, CoachFeature, DangerOf, Feedback, Harm, Suggestion
from attunement.domain.reply import CLEAR, Doing, Mechanism
from attunement.programme.coaching import Shown
from attunement.reading.language import can_read
from attunement.web.api.answers import Answer
from attunement.web.api.reply_answers import MechanismInfo

DANGER_OF = Field(description="With `danger`, its kind.")
NOTICE = Field(description="With `danger`, what to say of it to who writes the draft.")


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
    danger_of: DangerOf | None = DANGER_OF
    notice: str | None = NOTICE
    asks: str | None = Field(description="With `danger`, a plain question about it, until the draft asks one.")
    language: str
    model: str

    @classmethod
    def of(cls, draft: str, feedback: Feedback) -> Self:
        """The same as JSON has it."""
        found = {mechanism: MechanismInfo.of(part) for mechanism, part in feedback.reading.empathy.items()}
        notice = feedback.notice
        return cls(
            draft=draft,
            emotional_reactions=found[Mechanism.EMOTIONAL_REACTIONS],
            interpretations=found[Mechanism.INTERPRETATIONS], explorations=found[Mechanism.EXPLORATIONS],
            mostly=feedback.mostly,
            suggestions=[SuggestionInfo.of(one) for one in feedback.suggestions],
            cautions=[CautionInfo.of(one) for one in feedback.cautions],
            danger=feedback.danger, danger_of=notice.of if notice else None, notice=notice.says if notice else None,
            asks=(notice.asks or None) if notice else None, language=feedback.reading.language,
            model=feedback.reading.model,
        )  # fmt: skip


class DrawnFeedbackInfo(Answer):
    """What the coach says of a draft in a conversation, as far as its parts are shown there.

    Which are is drawn once for each conversation, with probabilities that are on record. What is not shown is null, and
    so are levels where the draft could not be read; places count in characters of ``draft`` as it is given back.
    """

    draft: str
    shown: list[CoachFeature] = Field(description="The parts that are shown in this conversation.")
    was_read: bool = Field(description="Whether the draft could be read: it reads English alone.")
    emotional_reactions: MechanismInfo | None
    interpretations: MechanismInfo | None
    explorations: MechanismInfo | None
    mostly: Doing | None = Field(
        description=f"What the draft mostly does, where that has a probability of {CLEAR:g} or more, with `spans`."
    )
    suggestions: list[SuggestionInfo] | None = Field(description="Best first; send those you show with the line.")
    cautions: list[CautionInfo] | None
    danger: bool = Field(
        description="Whether what it answers may point to danger: then ask plainly, and show help. Shown whatever is "
        "drawn."
    )
    danger_of: DangerOf | None = DANGER_OF
    notice: str | None = NOTICE
    asks: str | None = Field(
        description="With `danger`, a plain question about it in the supporter's name, until the draft asks one."
    )
    language: str
    model: str

    @classmethod
    def of(cls, draft: str, feedback: Feedback, shown: Shown, asks: str) -> Self:
        """The same as JSON has it."""
        was_read = can_read(draft, feedback.reading.language)
        spans, notice = CoachFeature.SPANS in shown and was_read, feedback.notice
        found = {m: MechanismInfo.of(part) for m, part in feedback.reading.empathy.items()} if spans else {}
        return cls(
            draft=draft, shown=[feature for feature in CoachFeature if feature in shown], was_read=was_read,
            emotional_reactions=found.get(Mechanism.EMOTIONAL_REACTIONS),
            interpretations=found.get(Mechanism.INTERPRETATIONS), explorations=found.get(Mechanism.EXPLORATIONS),
            mostly=feedback.mostly if spans else None,
            suggestions=[SuggestionInfo.of(one) for one in feedback.suggestions]
            if CoachFeature.SUGGESTIONS in shown else None,
            cautions=[CautionInfo.of(one) for one in feedback.cautions] if CoachFeature.CAUTIONS in shown else None,
            danger=feedback.danger, danger_of=notice.of if notice else None, notice=notice.says if notice else None,
            asks=asks or None, language=feedback.reading.language, model=feedback.reading.model,
        )  # fmt: skip
