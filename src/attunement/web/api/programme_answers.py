"""What programs get back about the programme itself: practices, helplines, policies, health."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from attunement.domain.practice import AvoidWhen, Medium, Signal, Skill, Viewpoint
from attunement.programme.conversations.service import By
from attunement.programme.policy_comparison import Verdict
from attunement.programme.standing import State
from attunement.web.api.answers import Answer
from attunement.web.api.objective_answers import EstimateInfo


class PracticeInfo(Answer):
    """One practice at a glance. `intensity` is 1 (gentle), 2 (steady) or 3 (stretching)."""

    id: str
    title: str
    family: str
    summary: str
    medium: Medium
    skill: Skill
    minutes: int
    intensity: int
    needs: list[str]


class StepInfo(Answer):
    """One step; `text` is Markdown."""

    title: str
    text: str


class LookForInfo(Answer):
    """One thing the feedback looks for."""

    signal: Signal
    label: str
    wanted: bool


class RehearsalChoiceInfo(Answer):
    """One thing to say; what it would do is told afterwards."""

    say: str


class TurnInfo(Answer):
    """One line the other person says, and the ways to answer."""

    they: str
    choices: list[RehearsalChoiceInfo]


class PracticeDetail(PracticeInfo):
    """A practice with all that is needed to do it."""

    viewpoints: list[Viewpoint]
    avoid_when: list[AvoidWhen]
    not_for: str
    steps: list[StepInfo]
    look_for: list[LookForInfo]
    ask: str = Field(description="The question over the field to write into; empty where nothing is written.")
    closing: str
    rehearsal: list[TurnInfo]


class PracticesInfo(Answer):
    """All practices, by id."""

    practices: list[PracticeInfo]


class HelplineInfo(Answer):
    """One line to call, write to or open; what it does not have is empty."""

    name: str
    phone: str
    text: str
    url: str
    hours: str
    languages: list[str]
    source: str
    checked: date


class HelpInfo(Answer):
    """Help in one country; the international one where none is known, with an empty `code`."""

    code: str
    country: str
    emergency: str
    lines: list[HelplineInfo]
    violence: list[HelplineInfo] = Field(
        description="For people whom somebody close to them hurts: show these first where words tell of that."
    )


class PolicyInfo(Answer):
    """One published version of the shared policy."""

    version: int
    at: datetime
    outcomes: int
    policy: str
    reward_definition: str
    why: str


class PoliciesInfo(Answer):
    """The newest versions, newest first."""

    policies: list[PolicyInfo]


class WeekOfVarietyInfo(Answer):
    """The thirty days that end at `until`."""

    until: datetime
    share: float | None


class VarietyOverviewInfo(Answer):
    """How varied what members met in the last thirty days was; numbers of fewer than five members are null."""

    members: int | None = Field(description="How many allow it to be looked at and met at least eight practices.")
    share: float | None = Field(description="How varied it was against even draws, 0 to 1, their mean.")
    families: float | None = Field(description="How many families they met, counted as if evenly, their mean.")
    unlike: float | None = Field(description="Share of practices through eyes of strangers, opponents or groups.")
    guarded: int | None = Field(description="Members whose share fell under `threshold`, so that the guard spoke.")
    synthetic: int = Field(description="How many of `members` are made up.")
    threshold: float = Field(
        description="Under this share every second offer to a member is drawn evenly from all kinds."
    )
    alarm: bool = Field(description="Whether the guard spoke for at least a fifth of them.")
    weeks: list[WeekOfVarietyInfo] = Field(description="The same share at the end of each of eight weeks.")


class FamilyWorthInfo(Answer):
    """What came of one family in a segment: the mean reward (0 to 1), and what holds it in 95 of 100 cases."""

    family: str
    title: str
    reward: float
    low: float
    high: float


class SegmentInfo(Answer):
    """Some people who have something in common; families few of them met are left out."""

    words: list[str] = Field(description='What sets them apart, going on from "people who".')
    people: int = Field(description="To the nearest five.")
    stability: float = Field(description="How far they are found again among other halves of the people, 0 to 1.")
    families: list[FamilyWorthInfo]


class SegmentsInfo(Answer):
    """The segments there are; none where no groups are stable."""

    people: int = Field(description="Who counts, to the nearest five.")
    enough: bool = Field(description="Whether they are enough to look for groups.")
    segments: list[SegmentInfo]


class AlarmInfo(Answer):
    """Since when outcomes fell short of what was expected, and why as far as can be told.

    `cause` is `version` (an earlier version, `good`, foretold them better and is served again), `world` (none did) or
    `unknown` (there was none to compare with).
    """

    at: datetime
    since: datetime
    version: int
    cause: str
    good: int | None


class StretchInfo(Answer):
    """Outcomes that came one after the other: means of what was expected and of what came, 0 to 1."""

    until: datetime
    outcomes: int
    expected: float
    came: float


class StandingInfo(Answer):
    """Whether what is learned is still right. While `paused`, nothing is learned until a steward resumes it."""

    state: State
    version: int = Field(description="The version served.")
    outcomes: int = Field(description="How many outcomes since the last alarm were compared with what was expected.")
    needed: int = Field(description="How many are needed to say anything.")
    latest: StretchInfo | None = Field(description="Up to 200 of the newest; empty where they are of under 5 people.")
    alarm: AlarmInfo | None
    stretches: list[StretchInfo]


class ComparedInfo(Answer):
    """What one policy would have come to, beside what was served; estimated, and null where there is too little."""

    policy: str
    value: EstimateInfo = Field(description="What its offers that ended would have been worth, 0 to 1.")
    gain: EstimateInfo = Field(description="That less what those served were worth, over the same people.")
    share_ended: EstimateInfo = Field(description="The share of its offers that would have ended.")
    verdict: Verdict


class PolicyComparisonInfo(Answer):
    """Policies beside what was served, over the newest offers to people who allow learning, each told beforehand."""

    reward_definition: str
    decisions: int = Field(description="How many offers it is from.")
    ended: int = Field(description="Of how many the practice was finished, or stopped and told of.")
    people: int
    synthetic: int = Field(description="How many of the people are made up.")
    since: datetime | None
    until: datetime | None
    value: EstimateInfo = Field(description="What offers that ended were worth as served.")
    share_ended: EstimateInfo
    policies: list[ComparedInfo]


class Health(Answer):
    """The server answers and its database does."""

    status: str
    version: str
    set_up: bool = Field(description="Whether the programme has a steward yet.")


class ServiceInfo(Answer):
    """How long one group of at least five people waited for a person."""

    by: By = Field(description="What the group shares; everybody is in `all`.")
    name: str = Field(description="Which team, skill or language; empty for all.")
    asked: int = Field(description="How often a person was asked for.")
    claimed: float = Field(description="The share of these that somebody took, 0 to 1.")
    half_min: float | None = Field(description="Minutes that half of them waited at most; null where under five.")
    most_min: float | None = Field(description="Minutes that nine in ten waited at most; null where under five.")


class ServicesInfo(Answer):
    """The last four weeks: all first, then teams, skills and languages."""

    groups: list[ServiceInfo]
