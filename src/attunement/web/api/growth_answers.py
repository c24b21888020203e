"""What a supporter's program gets back about their own growth, and about the cases to practise on."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field

from attunement.domain.coaching import Fate
from attunement.domain.reply import Mechanism
from attunement.programme.growth import Growth, Practised, Week
from attunement.web.api.answers import Answer
from attunement.web.api.coach_answers import FeedbackInfo

Mean = float | None


class WeekOfGrowthInfo(Answer):
    """The lines of one week: how many, and the mean level (0 to 2) of each way empathy shows; null below three."""

    begins: date
    lines: int
    emotional_reactions: Mean
    interpretations: Mean
    explorations: Mean

    @classmethod
    def of(cls, week: Week) -> Self:
        """The same as JSON has it."""
        return cls(
            begins=week.begins, lines=week.lines, emotional_reactions=week.means[Mechanism.EMOTIONAL_REACTIONS],
            interpretations=week.means[Mechanism.INTERPRETATIONS], explorations=week.means[Mechanism.EXPLORATIONS],
        )  # fmt: skip


class GrowthInfo(Answer):
    """The last twelve weeks of the caller alone; no two people are compared."""

    weeks: list[WeekOfGrowthInfo] = Field(description="Weeks in which they wrote, oldest first.")
    lines: int = Field(description="The lines they sent.")
    coached: int = Field(description="Of these, those with the coach there.")
    suggestions: dict[Fate, int] = Field(
        description="What became of the suggestions they were shown: sent as they were (`taken`), in their own words "
        "(`adapted`), put away (`dismissed`), left alone (`unused`). There is no right number."
    )

    @classmethod
    def of(cls, seen: Growth) -> Self:
        """The same as JSON has it."""
        return cls(
            weeks=[WeekOfGrowthInfo.of(week) for week in seen.weeks], lines=seen.lines, coached=seen.coached,
            suggestions=seen.fates,
        )  # fmt: skip


class CaseInfo(Answer):
    """A written case: an invented person, and what they wrote."""

    id: str
    title: str
    who: str
    post: str


class CasesInfo(Answer):
    """All written cases, by id."""

    cases: list[CaseInfo]


class MatterInfo(Answer):
    """Something in what they wrote that a good reply meets: the words it stands in, and why it matters."""

    words: str
    why: str


class PartInfo(Answer):
    """A part of the good reply: its words, which way of showing empathy it is, and why it is there."""

    words: str
    shows: Mechanism
    why: str


class PractisedInfo(Answer):
    """How a reply to a case reads, and one good reply among many beside it. Nothing of it is kept."""

    feedback: FeedbackInfo
    asks: str | None = Field(
        description="Where what they wrote may point to danger, a plain question about it, until the reply asks one."
    )
    good: str
    parts: list[PartInfo]
    matters: list[MatterInfo]

    @classmethod
    def of(cls, done: Practised, asks: str) -> Self:
        """The same as JSON has it."""
        case = done.case
        return cls(
            feedback=FeedbackInfo.of(done.reply, done.feedback), good=case.reply,
            asks=asks or None,
            parts=[PartInfo.model_validate(part) for part in case.parts],
            matters=[MatterInfo.model_validate(matter) for matter in case.matters],
        )  # fmt: skip
