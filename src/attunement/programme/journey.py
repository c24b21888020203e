"""A member's own way: how they were, what they met and did, and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from attunement.domain.offer_events import DecisionMade
from attunement.programme.check_ins import NEWEST_FIRST
from attunement.programme.house import House
from attunement.store.schema import decisions, moments, outcomes


@dataclass(frozen=True, slots=True)
class JourneyMoment:
    """One check-in in numbers; values from -1 to 1, None where not told; ``was_read`` says whether its words were."""

    id: str
    at: datetime
    valence: float | None
    arousal: float | None
    needs: tuple[str, ...]
    has_text: bool
    was_read: bool


@dataclass(frozen=True, slots=True)
class JourneyPractice:
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


@dataclass(frozen=True, slots=True)
class Journey:
    """Check-ins oldest first, practices newest first, and how often each family was met."""

    moments: tuple[JourneyMoment, ...]
    practices: tuple[JourneyPractice, ...]
    families: dict[str, int]


def access_journey(house: House, member: str, *, limit: int = 200) -> Journey:
    """The newest ``limit`` moments and practices of a member; shown to themselves only."""
    with house.store.read() as connection:
        house.store.require_member(connection, member)
        told = connection.execute(
            select(moments).where(moments.c.member == member).order_by(*NEWEST_FIRST).limit(limit)
        ).all()
        done = connection.execute(
            select(
                decisions, outcomes.c.practice.label("done"), outcomes.c.finished, outcomes.c.rating,
                outcomes.c.affect_change,
            )
            .outerjoin(outcomes, outcomes.c.decision == decisions.c.id)
            .where(decisions.c.member == member).order_by(decisions.c.seq.desc()).limit(limit)
        ).all()  # fmt: skip
        events = house.store.events(
            connection, member=member, kinds=(DecisionMade.kind,), newest_first=True, limit=limit
        )
        sentences = {e.event.decision: e.event.sentence for e in events if isinstance(e.event, DecisionMade)}
    practices = tuple(
        JourneyPractice(
            r.id, r.at, r.done or r.practice, sentences.get(r.id, ""), r.probability, r.answer, r.finished, r.rating,
            r.affect_change,
        )
        for r in done
    )  # fmt: skip
    met = Counter(house.library.practice(p.practice).family for p in practices if p.practice in house.library)
    return Journey(
        moments=tuple(
            JourneyMoment(r.id, r.at, r.valence, r.arousal, _listed(r.needs), r.has_text, r.risk is not None)
            for r in reversed(told)
        ),
        practices=practices,
        families={family: met.get(family, 0) for family in house.library.families},
    )


def _listed(words: str) -> tuple[str, ...]:
    return tuple(filter(None, words.split(",")))
