"""What a supporter's program gets back about the member of a talk, and about talks found again."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from pydantic import Field

from attunement.domain.consent import Category
from attunement.domain.need import Need
from attunement.domain.reply import Strategy
from attunement.library.library import Library
from attunement.programme.conversations.hard_moments import Before
from attunement.programme.conversations.insight import Absent, Insight, InsightPart, Preference
from attunement.programme.conversations.searching import Found
from attunement.programme.conversations.summary import Sentence, Told
from attunement.web.api.answers import Answer
from attunement.web.insight_words import before_words, has_words_for, sentence_words


class PointInfo(Answer):
    """How they said they were once, -1 to 1: their own word, so there is no range around it."""

    at: datetime
    valence: float
    arousal: float


class BeforeInfo(Answer):
    """A wish that came before hard moments: ``times`` of ``hard`` moments, and ``other`` of ``others`` elsewhere."""

    says: str
    need: Need
    times: int
    hard: int
    other: int
    others: int

    @classmethod
    def of(cls, one: Before) -> Self:
        """The same as JSON has it."""
        return cls(
            says=before_words(one, str), need=Need(one.need), times=one.times, hard=one.hard, other=one.other,
            others=one.others,
        )  # fmt: skip


class HelpedInfo(Answer):
    """A practice they rated 4 or 5 of 5: how often, and their mean rating of it."""

    practice: str
    title: str
    times: int
    rating: float


class LikedInfo(Answer):
    """What the companion did that they said something of: how often it helped, of how often they said."""

    strategy: Strategy
    helped: int
    rated: int


class SentenceInfo(Answer):
    """One sentence of a summary, what is quoted of it, and the numbers of the lines it is from."""

    told: Told
    says: str
    quote: str = Field(description="The member's own words; empty where the sentence says it all.")
    what: str = Field(
        description="The label of a feeling, a level of danger, a strategy or the id of a practice, where it tells one."
    )
    who: str = Field(description="The supporter it tells of; else empty.")
    lines: list[int] = Field(min_length=1)

    @classmethod
    def of(cls, one: Sentence, library: Library) -> Self:
        """The same as JSON has it."""
        return cls(
            told=one.told, says=sentence_words(one, library, str), quote=one.quote, what=one.is_, who=one.who,
            lines=list(one.lines),
        )  # fmt: skip


class InsightInfo(Answer):
    """The member of a talk as they let supporters see them, and a summary of the talk.

    A part that is null is not there, and ``absent`` says why; an empty list is one they have told nothing for yet.
    """

    shares: list[Category] = Field(description="What they let supporters see.")
    points: list[PointInfo] | None = Field(description="How they have been, oldest first: the points of the chart.")
    before: list[BeforeInfo] | None = Field(description="What tends to come before hard moments.")
    helped: list[HelpedInfo] | None = Field(description="What helped before, most often first.")
    liked: list[LikedInfo] | None = Field(description="What of the companion's replies helped, the best first.")
    prefers: Preference | None = Field(description="Whether they want more listening or more ideas.")
    absent: dict[InsightPart, Absent] = Field(
        description="Why a part is not there: they do not show it (`not-shared`), agreed to words that did not name it "
        "yet (`not-named`), too little is known (`too-few`), or they said nothing of it (`not-told`). `feeling` is one "
        "of the summary's sentences."
    )
    summary: list[SentenceInfo] = Field(
        description="What brought them, asked for, tried, offered and written so far; all that speaks of danger first."
    )

    @classmethod
    def of(cls, seen: Insight, library: Library) -> Self:
        """The same as JSON has it; a practice that left the library is told of nowhere."""
        absent = seen.absent
        return cls(
            shares=[category for category in Category if category in seen.shares], absent=absent, prefers=seen.prefers,
            points=None if InsightPart.POINTS in absent else [PointInfo.model_validate(one) for one in seen.points],
            before=None if seen.before is None else [BeforeInfo.of(one) for one in seen.before],
            helped=None if InsightPart.HELPED in absent else [
                HelpedInfo(
                    practice=one.practice, title=library.practice(one.practice).title, times=one.times,
                    rating=one.rating,
                )
                for one in seen.helped
                if one.practice in library
            ],
            liked=None if InsightPart.LIKED in absent else [LikedInfo.model_validate(one) for one in seen.liked],
            summary=[SentenceInfo.of(one, library) for one in seen.summary if has_words_for(one, library)],
        )  # fmt: skip


class FoundInfo(Answer):
    """A line in which all words were found, and whose conversation it is of."""

    conversation: str
    name: str = Field(description="What the member calls themselves.")
    line: int
    text: str | None = Field(
        description="The line, shortened; empty where they have written nothing yet; null of a talk one had, which its "
        "member is told of once it is read again."
    )
    past: bool = Field(description="Whether it is a talk one had (see `/api/supporters/me/talks-had`).")

    @classmethod
    def of(cls, one: Found) -> Self:
        """The same as JSON has it."""
        text = None if one.past else one.text
        return cls(conversation=one.conversation, name=one.name, line=one.line, text=text, past=one.past)


class SearchInfo(Answer):
    """Up to fifty lines, those of one's own conversations first."""

    found: list[FoundInfo]
