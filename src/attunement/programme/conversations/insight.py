"""What a supporter is shown about the member of a conversation: only what the member lets supporters see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, select

from attunement.domain.consent import Category, Purpose
from attunement.domain.conversation import Speaker
from attunement.domain.reply import Strategy
from attunement.programme.check_ins import NEWEST_FIRST
from attunement.programme.coaching import post_of
from attunement.programme.consents import access_consents, access_permissions
from attunement.programme.conversations.beside_asking import beside_asking
from attunement.programme.conversations.conversation import access_as_supporter
from attunement.programme.conversations.hard_moments import Before, CheckedIn, before_hard
from attunement.programme.conversations.lines import WrittenLine, access_lines_to_sum_up
from attunement.programme.conversations.summary import Sentence, summarise
from attunement.programme.conversations.talk_settings import access_chosen_ideas
from attunement.programme.house import House
from attunement.store.schema import moments, outcomes, turns

DRAWN = 60
LOOKED_AT = 400
MOST = 3
NAMED_SINCE = 8
"""The wording of consent that first named all that is shown here; a yes to an earlier one is none to the rest."""
HELPED_RATING = 4
MOST_READ = 40
MOST_REPLIES_READ = 12
LITTLE = 0.1
"""How far from the middle a choice between listening and ideas prefers one of them."""


class Absent(StrEnum):
    """Why a part of an insight is not there.

    They do not let supporters see it; the words they agreed to did not name it yet; too little is known to tell; or
    they said nothing of it.
    """

    NOT_SHARED = "not-shared"
    NOT_NAMED = "not-named"
    TOO_FEW = "too-few"
    NOT_TOLD = "not-told"


class InsightPart(StrEnum):
    """What an insight has beside the summary, and the feeling that is in it."""

    POINTS = "points"
    BEFORE = "before"
    HELPED = "helped"
    LIKED = "liked"
    PREFERS = "prefers"
    FEELING = "feeling"


RESTS_ON = {
    InsightPart.POINTS: Category.SELF_REPORT,
    InsightPart.BEFORE: Category.SELF_REPORT,
    InsightPart.HELPED: Category.INTERACTIONS,
    InsightPart.LIKED: Category.INTERACTIONS,
    InsightPart.PREFERS: Category.INTERACTIONS,
    InsightPart.FEELING: Category.TEXT,
}


class Preference(StrEnum):
    """What somebody wants more of in the companion."""

    LISTENING = "listening"
    IDEAS = "ideas"


@dataclass(frozen=True, slots=True)
class Point:
    """How they said they were once, -1 to 1."""

    at: datetime
    valence: float
    arousal: float


@dataclass(frozen=True, slots=True)
class Helped:
    """A practice they rated 4 or 5 of 5: how often, and their mean rating of it."""

    practice: str
    times: int
    rating: float


@dataclass(frozen=True, slots=True)
class Liked:
    """What the companion did that they said something of: how often it helped, of how often they said."""

    strategy: Strategy
    helped: int
    rated: int


@dataclass(frozen=True, slots=True)
class Shares:
    """What a member lets supporters see now: ``allowed``, and of it what they agreed to in words that name it all."""

    allowed: frozenset[Category]
    agreed: frozenset[Category]


@dataclass(frozen=True, slots=True)
class Insight:
    """A member as they let supporters see them.

    ``shares`` names what they allowed; what they did not is empty. ``points`` and ``before`` rest on self-report
    (``before`` is None where too little is known), ``helped``, ``liked`` and ``ideas`` on interactions. ``ideas`` is
    what they chose, from 0 (more listening) to 1 (more ideas), None where they chose nothing. ``summary`` is of the
    conversation itself, which they were told a person can read; the feeling in it is there only under text. What the
    words of their consent did not yet name (all but ``points``) is empty until they agree to words that do; ``agreed``
    is what of ``shares`` they did.
    """

    shares: frozenset[Category]
    agreed: frozenset[Category]
    points: tuple[Point, ...]
    before: tuple[Before, ...] | None
    helped: tuple[Helped, ...]
    liked: tuple[Liked, ...]
    ideas: float | None
    summary: tuple[Sentence, ...]

    @property
    def prefers(self) -> Preference | None:
        """What they want more of; None where they chose nothing, or neither more than the other."""
        if self.ideas is None or abs(self.ideas - 0.5) < LITTLE:
            return None
        return Preference.IDEAS if self.ideas > 0.5 else Preference.LISTENING

    @property
    def absent(self) -> dict[InsightPart, Absent]:
        """Which parts are not there, and why. What may be seen and is merely empty so far is there."""
        found = {part: self._why_absent(part) for part in InsightPart}
        return {part: why for part, why in found.items() if why is not None}

    def _why_absent(self, part: InsightPart) -> Absent | None:
        if RESTS_ON[part] not in self.shares:
            return Absent.NOT_SHARED
        if part is not InsightPart.POINTS and RESTS_ON[part] not in self.agreed:
            return Absent.NOT_NAMED
        if part is InsightPart.BEFORE and self.before is None:
            return Absent.TOO_FEW
        return Absent.NOT_TOLD if part is InsightPart.PREFERS and self.prefers is None else None


def access_insight(house: House, supporter: str, conversation: str) -> Insight:
    """Insight into the member of a conversation that waits, is theirs, or in which they look along.

    Raises `NotFound` as soon as it is none of these.
    """
    with house.store.read() as connection:
        member = access_as_supporter(connection, supporter, conversation).member
        given = _shares(house, connection, member)
        shares, agreed = given.allowed, given.agreed
        lines = access_lines_to_sum_up(house, connection, supporter, conversation)
        told = _check_ins(connection, member) if Category.SELF_REPORT in shares else []
        did = Category.INTERACTIONS in agreed
        helped, liked = (_helped(connection, member), _liked(connection, member)) if did else ((), ())
        ideas = access_chosen_ideas(connection, member) if did else None
    feelings = _feelings(house, lines) if Category.TEXT in agreed else {}
    known = [c for c, _ in told] if Category.SELF_REPORT in agreed else []
    wishes = {
        line.line for line in lines if line.speaker is Speaker.MEMBER and not beside_asking(line.text, house.words)
    }
    summary = summarise(lines, feelings, _done(house, lines), wishes=wishes)
    return Insight(
        shares=shares, agreed=agreed, points=_points(told), before=before_hard(known) if known else None,
        helped=helped, liked=liked, ideas=ideas, summary=summary,
    )  # fmt: skip


def access_shares(house: House, connection: Connection, supporter: str, conversation: str) -> Shares:
    """On what `access_insight` rests now, so that a page can tell whether it still may show it; raises as it does."""
    return _shares(house, connection, access_as_supporter(connection, supporter, conversation).member)


def _shares(house: House, connection: Connection, member: str) -> Shares:
    allowed = access_permissions(house, connection, member)
    shares = frozenset(c for c in Category if allowed.allows(Purpose.SUPPORTERS, c))
    given = [one.cell for one in access_consents(connection, member) if one.wording >= NAMED_SINCE]
    return Shares(shares, shares & {cell.category for cell in given if cell.purpose is Purpose.SUPPORTERS})


def access_shared_points(house: House, supporter: str, conversation: str) -> tuple[Point, ...]:
    """The points of `access_insight` alone, for drawing them; raises as it does."""
    with house.store.read() as connection:
        member = access_as_supporter(connection, supporter, conversation).member
        allowed = access_permissions(house, connection, member)
        return _points(
            _check_ins(connection, member) if allowed.allows(Purpose.SUPPORTERS, Category.SELF_REPORT) else []
        )


def _check_ins(connection: Connection, member: str) -> list[tuple[CheckedIn, float | None]]:
    query = select(moments).where(moments.c.member == member).order_by(*NEWEST_FIRST).limit(LOOKED_AT)
    rows = connection.execute(query).all()
    return [(CheckedIn(r.at, r.valence, tuple(filter(None, r.needs.split(",")))), r.arousal) for r in reversed(rows)]


def _points(told: Sequence[tuple[CheckedIn, float | None]]) -> tuple[Point, ...]:
    known = [Point(c.at, c.valence, a) for c, a in told if c.valence is not None and a is not None]
    return tuple(known[-DRAWN:])


def _helped(connection: Connection, member: str) -> tuple[Helped, ...]:
    query = select(outcomes.c.practice, outcomes.c.rating).where(
        outcomes.c.member == member, outcomes.c.rating >= HELPED_RATING
    )
    ratings: dict[str, list[int]] = defaultdict(list)
    for row in connection.execute(query):
        ratings[row.practice].append(row.rating)
    found = [Helped(practice, len(of), sum(of) / len(of)) for practice, of in ratings.items()]
    return tuple(sorted(found, key=lambda one: (-one.times, -one.rating, one.practice))[:MOST])


def _liked(connection: Connection, member: str) -> tuple[Liked, ...]:
    query = select(turns.c.strategy, turns.c.helped).where(
        turns.c.member == member, turns.c.helped.is_not(None), turns.c.strategy.is_not(None)
    )
    said: dict[str, list[bool]] = defaultdict(list)
    for row in connection.execute(query):
        said[row.strategy].append(row.helped)
    found = [Liked(Strategy(strategy), sum(of), len(of)) for strategy, of in said.items()]
    return tuple(sorted(found, key=lambda one: (-one.helped / one.rated, -one.rated, one.strategy))[:MOST])


def _feelings(house: House, lines: Sequence[WrittenLine]) -> dict[int, tuple[str, float]]:
    """The strongest feeling over its threshold in each of the member's newest lines; asking for a person is none."""
    theirs = [line for line in lines if line.speaker is Speaker.MEMBER][-MOST_READ:]
    told = {line.line: text for line in theirs if (text := beside_asking(line.text, house.words))}
    found = {}
    for number, reading in zip(told, house.reader.read(list(told.values())), strict=True):
        labels = [label for label in reading.emotion.labels if label != "neutral"]
        if labels:
            found[number] = (labels[0], reading.emotion.emotions[labels[0]])
    return found


def _done(house: House, lines: Sequence[WrittenLine]) -> dict[int, Strategy]:
    """What each of the newest lines of supporters does, where it can be read."""
    places = [place for place, line in enumerate(lines) if line.speaker is Speaker.SUPPORTER][-MOST_REPLIES_READ:]
    read = house.replies.read([(post_of(lines[:place], house.words), lines[place].text) for place in places])
    return {
        lines[place].line: strategy
        for place, reading in zip(places, read, strict=True)
        if (strategy := reading.likeliest_strategy) is not None
    }
