"""What programs get back about a member: profile, consents, journey, export, erasure."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from pydantic import Field

from attunement.domain.reading import RiskLevel
from attunement.programme.consents import ConsentCell
from attunement.programme.variety import MemberVariety
from attunement.web.api.answers import Answer, PastCheckIn, PastPractice


class MemberInfo(Answer):
    """A member, without anything that is sealed."""

    id: str
    joined: datetime
    language: str
    country: str | None
    time_zone: str
    synthetic: bool
    breadth: float = Field(description="0 close to what helped, 1 as wide as can be.")


class MemberPage(Answer):
    """Some members; the Link header leads to the next."""

    members: list[MemberInfo]
    next: str | None = Field(description="Send it as `after` to get the next page; null on the last one.")


class CellInfo(Answer):
    """One use of one category, as it stands."""

    cell: str
    granted: bool
    at: datetime
    expires: datetime | None
    wording: int = Field(description="The version of the words that were agreed to.")

    @classmethod
    def of(cls, found: ConsentCell) -> Self:
        """The same as JSON has it."""
        return cls(
            cell=str(found.cell), granted=found.granted, at=found.at, expires=found.expires, wording=found.wording
        )


class ConsentInfo(Answer):
    """What a member allows."""

    allowed: list[str] = Field(description="What is allowed now; what has expired is not.")
    cells: list[CellInfo] = Field(description="Everything ever decided on.")
    wording: int = Field(description="The version of the words in use now.")
    chain_intact: bool = Field(description="Whether the chain of all changes is unbroken.")


class JourneyInfo(Answer):
    """Check-ins oldest first, practices newest first, and how often each family was met."""

    moments: list[PastCheckIn]
    practices: list[PastPractice]
    families: dict[str, int]


class OutlookInfo(Answer):
    """A guess about a member's mood at a time ahead, from -1 (low) to 1 (bright)."""

    at: datetime
    middle: float = Field(description="The middle of what is expected (the median).")
    low: float = Field(description="8 of 10 such ranges hold; this is the lower end.")
    high: float = Field(description="The upper end.")
    usual: float = Field(description="The member's own mean.")
    check_ins: int = Field(description="How many moods it rests on.")
    needs: dict[str, float] = Field(description="The chance of each need; they sum to 1.")
    need_ranges: dict[str, tuple[float, float]] = Field(description="8 of 10 such ranges hold the chance of the need.")
    unsteady: bool | None = Field(
        description="Whether moods swing more and last longer than before; uncertain. Null where it can't tell."
    )
    taught: bool = Field(description="Whether how moods of others here went, of those who allow it, counts as well.")


class ArousalAheadInfo(Answer):
    """A guess about a member's arousal some hours ahead, from -1 (calm, or drained) to 1 (stirred up)."""

    at: datetime
    middle: float = Field(description="The middle of what is expected (the median).")
    low: float = Field(description="8 of 10 such ranges hold; this is the lower end.")
    high: float = Field(description="The upper end.")
    usual: float = Field(description="The mean of what the member told, or of all where they told little.")
    told: int = Field(description="How many times the member said it.")
    read: int = Field(description="How many texts it was read from.")
    sensed: int = Field(description="In how many hours the body was read.")


class DangerInfo(Answer):
    """What is known of a member's danger now. Silence is not safety: the level stays as it was read last."""

    level: RiskLevel = Field(
        description="What was read last, however long ago, or the gravest sign in talks of the last 72 hours."
    )
    chance: float = Field(description="How likely any danger is now, by a rule: what was read fades to what is usual.")
    low: float = Field(description="How little it may be, given so few and so old texts.")
    high: float = Field(description="How much it may be.")
    read_at: datetime = Field(description="When a text was last read.")
    lapsed: bool = Field(description="Whether that is more than a day ago, so that nothing is known of today.")


class MaybeOutlook(Answer):
    """Guesses, each null where too little is known or may be used."""

    outlook: OutlookInfo | None
    arousal: ArousalAheadInfo | None
    danger: DangerInfo | None


class ExposureInfo(Answer):
    """Some practices by kind; a practice of two viewpoints counts for both."""

    n: int
    families: dict[str, int]
    viewpoints: dict[str, int]
    effective: float = Field(description="How many families it would be if they came evenly.")
    coverage: float = Field(description="Share of all families among them, 0 to 1.")
    viewpoint_coverage: float = Field(description="Share of all viewpoints among them, 0 to 1.")
    distance: float = Field(description="How unlike two of them are on average, 0 to 1.")
    unlike: float = Field(description="Share that looked through the eyes of strangers, opponents or groups.")


class WeekInfo(Answer):
    """Seven days from `begin`."""

    begin: datetime
    offered: ExposureInfo
    taken: ExposureInfo


class DriftInfo(Answer):
    """A change a week, with a range that holds it in 95 of 100 cases."""

    a_week: float
    low: float
    high: float


class VarietyInfo(Answer):
    """How varied the last thirty days were. What stands first is of what was met: an offer, or what was done for it."""

    families: dict[str, int]
    effective: float = Field(description="How many families it would be if met evenly.")
    even: float = Field(description="What even draws of as many would have had.")
    unlike: float = Field(description="Share that looked through the eyes of strangers, opponents or groups.")
    share: float = Field(description="Of the variety of even draws, 0 to 1.")
    narrow: bool = Field(description="Whether that is under the bound of the guard against over-personalising.")
    guarded: bool = Field(description="Whether the guard speaks: narrow, and what was met may be used for choosing.")
    offered: ExposureInfo = Field(description="What was offered, taken up or not.")
    taken: ExposureInfo = Field(description="What was begun or ended, own choices too.")
    calibration_error: float | None = Field(
        description="How far families offered lie from those taken up, 0 to 1; null under eight of either."
    )
    drift: DriftInfo | None = Field(
        description="By how much the entropy of families offered (nats) changed a week; null where weeks are too few."
    )
    weeks: list[WeekInfo] = Field(description="The last eight weeks, oldest first.")

    @classmethod
    def of(cls, found: MemberVariety) -> Self:
        """The same as JSON has it."""
        met = {
            name: getattr(found.met, name) for name in ("families", "effective", "even", "unlike", "share", "narrow")
        }
        rest = {
            name: getattr(found, name)
            for name in ("guarded", "offered", "taken", "calibration_error", "drift", "weeks")
        }
        return cls.model_validate(met | rest)


class ExportInfo(Answer):
    """Everything held about a member."""

    format: str
    made: datetime
    member: str
    synthetic: bool
    consent_chain_unbroken: bool
    events: list[dict[str, Any]]


class ErasureInfo(Answer):
    """What an erasure would take."""

    member: str
    counts: dict[str, int]


class ReceiptInfo(Answer):
    """Proof of an erasure; nothing in it tells who it was."""

    id: str
    at: datetime
    counts: dict[str, int]
