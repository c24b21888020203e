"""What programs get back about one moment: check-ins, readings, decisions, feedback."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from attunement.domain.decision import Decision
from attunement.domain.need import Need
from attunement.domain.reading import Harm, Reading, RiskLevel
from attunement.library.library import Library
from attunement.programme.check_ins import Moment
from attunement.programme.feedback import Feedback


class Answer(BaseModel):
    """What all answers have in common; the engine's own values can be passed as they are."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


VIOLENCE = (
    "Whether it tells that somebody hurts, threatens or exploits its writer or somebody near: then risk is a sign of "
    "danger at least, and "
    "the `violence` lines of help are the ones to show first."
)


class RiskInfo(Answer):
    """How much danger a text speaks of, and the probability of some sign of it."""

    level: RiskLevel
    p: float
    raised_from: RiskLevel | None = Field(
        default=None, description="The level of the text alone, where what was written before it raised it."
    )
    harm: Harm = Field(
        default=Harm.NONE,
        description="What a model reads of harm that is not the writer's own doing to themselves: `hurt`, somebody is "
        "hurt; `life`, a life is in danger this minute; `worry`, somebody else may take theirs; `threat`, the writer "
        "may hurt somebody.",
    )


class ReadingInfo(Answer):
    """All that is read from one text. Valence, arousal and dominance run from 1 to 5, stress from 0 to 1."""

    emotions: dict[str, float]
    labels: list[str]
    valence: float
    arousal: float
    dominance: float
    stress: float
    need: dict[Need, float]
    risk: RiskInfo
    language: str
    model: str
    left_out: tuple[int, int] | None = Field(
        default=None, description="Characters of a very long text, `[start, end]`, that only patterns of danger read."
    )

    @classmethod
    def of(cls, reading: Reading) -> Self:
        """The same as JSON has it."""
        e, risk = reading.emotion, reading.risk
        return cls(
            emotions={name: round(p, 6) for name, p in e.emotions.items()}, labels=list(e.labels),
            valence=round(e.valence, 6), arousal=round(e.arousal, 6), dominance=round(e.dominance, 6),
            stress=round(e.stress, 6), need={need: round(p, 6) for need, p in reading.need.p.items()},
            risk=RiskInfo(level=risk.level, p=round(risk.p, 6), raised_from=risk.raised_from, harm=risk.harm),
            language=reading.language, model=reading.model, left_out=reading.left_out,
        )  # fmt: skip


class WordInfo(Answer):
    """Characters `start` to `end` (excluded) of a text, and how much they moved a score."""

    start: int
    end: int
    weight: float


class TextInfo(ReadingInfo):
    """All that is read from one text and, where that was asked for, why."""

    violence: bool = Field(default=False, description=VIOLENCE)
    why: dict[str, list[WordInfo]] | None = Field(
        default=None,
        description="For each label, valence, arousal, dominance, stress, the likeliest need and risk: what each word "
        "did, in the order of the text. Of a long text words are taken together; of another language none is told.",
    )


class ReadingsInfo(Answer):
    """Readings in the order of the texts."""

    readings: list[TextInfo]


class StateInfo(Answer):
    """The estimate of how a member is; valence and arousal from -1 to 1, with standard deviations."""

    valence: float
    valence_sd: float
    arousal: float
    arousal_sd: float
    sensed: float | None = Field(description="Arousal read from the body alone; null where that did not count.")
    needs: dict[Need, float]
    feelings: dict[str, float]
    risk: RiskLevel


class CheckInInfo(Answer):
    """What came of a check-in. Where `help_shown` is true, show help before anything else."""

    id: str
    member: str
    at: datetime
    state: StateInfo
    reading: ReadingInfo | None = Field(description="Null where the text may not be read for personalising.")
    risk: RiskLevel = Field(description="Read from any text on the spot; kept only with the reading.")
    help_shown: bool
    violence: bool = Field(default=False, description=VIOLENCE)
    alerted: bool = Field(description="People of the programme are told; say so to the member.")

    @classmethod
    def of(cls, moment: Moment) -> Self:
        """The same as JSON has it."""
        return cls(
            id=moment.id, member=moment.member, at=moment.at, state=StateInfo.model_validate(moment.state),
            reading=ReadingInfo.of(moment.reading) if moment.reading else None, risk=moment.risk,
            help_shown=moment.help_shown, violence=moment.violence, alerted=moment.alerted,
        )  # fmt: skip


class PastCheckIn(Answer):
    """One check-in in numbers."""

    id: str
    at: datetime
    valence: float | None
    arousal: float | None
    needs: list[str]
    has_text: bool


class CheckInsInfo(Answer):
    """Check-ins, oldest first."""

    check_ins: list[PastCheckIn]


class ReasonInfo(Answer):
    """One additive reason. All weights sum to the expected reward minus the average of what was eligible."""

    about: str
    weight: float
    fact: dict[str, str | float | int]


class DecisionInfo(Answer):
    """What was offered, with which probability, why, and under which consent."""

    id: str
    member: str
    moment: str | None
    at: datetime
    offered: str
    title: str
    family: str
    probability: float = Field(description="The exact probability with which `offered` was drawn.")
    probabilities: dict[str, float] = Field(description="Of everything eligible; they sum to 1.")
    alternatives: list[str]
    inclusion: dict[str, float] = Field(
        description="The exact chance of each practice shown to be shown, offered or beside; empty where not kept."
    )
    inclusion_error: float = Field(description="By how much these may be more; 0 but among more than 256.")
    guarded: bool = Field(description="Whether the guard against over-personalising spoke.")
    sentence: str = Field(description="Why, in words for the member.")
    reasons: list[ReasonInfo]
    expected: float
    policy: str
    policy_version: int
    used: list[str]
    not_used: list[str] = Field(description="Not looked at, for want of consent.")

    @classmethod
    def of(cls, decision: Decision, library: Library) -> Self:
        """The same as JSON has it, with words from the library where it still has the practice."""
        choice = decision.choice
        practice = library.practice(decision.offered) if decision.offered in library else None
        return cls(
            id=decision.id, member=decision.member, moment=decision.moment, at=decision.at, offered=decision.offered,
            title=practice.title if practice else "", family=practice.family if practice else "",
            probability=decision.probability, probabilities=dict(choice.probabilities.items()),
            alternatives=list(choice.alternatives), inclusion=dict(choice.inclusion),
            inclusion_error=choice.inclusion_error, guarded=choice.guarded, sentence=decision.sentence,
            reasons=[ReasonInfo.model_validate(reason) for reason in choice.reasons], expected=choice.expected,
            policy=choice.policy, policy_version=choice.policy_version, used=list(decision.used),
            not_used=list(decision.not_used),
        )  # fmt: skip


class LoopInfo(Answer):
    """A check-in and the offer that follows from it."""

    check_in: CheckInInfo
    decision: DecisionInfo | None = Field(
        description="Null where no practice may be offered now; the check-in is kept."
    )


class AnswerInfo(Answer):
    """What was noted; "something-different" and "less-like-this" bring a new decision, where any practice fits."""

    answer: str
    decision: DecisionInfo | None


class FeedbackItemInfo(Answer):
    """One thing looked for; `met` is null where it could not be looked at."""

    label: str
    met: bool | None
    text: str
    spans: list[tuple[int, int]] = Field(description="Character ranges of what was written that carry it.")


class RehearsalItemInfo(Answer):
    """One turn of a rehearsal; `helps` from 0 (closes) to 2 (opens)."""

    they: str
    said: str
    why: str
    helps: int
    better: str


class FeedbackInfo(Answer):
    """What the member hears after a practice."""

    practice: str
    items: list[FeedbackItemInfo]
    rehearsal: list[RehearsalItemInfo]
    closing: str
    read: bool = Field(description="Whether what they wrote was read for this.")
    risk: RiskLevel = Field(description="Read from any text on the spot; not kept.")
    help_shown: bool = Field(description="Show help before anything else.")
    alerted: bool = Field(description="People of the programme are told; say so to the member.")
    skill_shown: float | None = Field(description="The share of things met, 0 to 1.")

    @classmethod
    def of(cls, feedback: Feedback) -> Self:
        """The same as JSON has it."""
        return cls.model_validate(feedback)


class RatingInfo(Answer):
    """The rating that holds."""

    rating: int


class OutcomeInfo(Answer):
    """What holds of an outcome now."""

    finished: bool
    rating: int | None
    affect_change: float | None = Field(description="Of valence, from the check-in before; null where not known.")


class PastPractice(Answer):
    """One offer and what came of it."""

    decision: str
    at: datetime
    practice: str
    sentence: str
    probability: float
    answer: str | None
    finished: bool | None
    rating: int | None
    affect_change: float | None


class DecisionsInfo(Answer):
    """Decisions, newest first."""

    decisions: list[PastPractice]
