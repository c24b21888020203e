"""How varied what a member met was, for themselves to see: what was offered and what they took up, told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from attunement.domain.consent import Category, Purpose
from attunement.domain.practice import Practice, Viewpoint
from attunement.evaluation.variety import (
    Drift,
    calibration_error,
    coverage,
    drift,
    effective,
    entropy_of_few,
    intra_list_distance,
    unlike_share,
)
from attunement.policy.breadth import FEWEST, LOOKED_AT_DAYS, Variety
from attunement.programme.consents import access_permissions
from attunement.programme.decisions import OWN_CHOICE
from attunement.programme.grounds import access_met
from attunement.programme.house import House
from attunement.store.schema import decisions, outcomes

WEEKS, FEWEST_A_WEEK = 8, 3
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Exposure:
    """Some practices by kind.

    ``families`` and ``viewpoints`` count all kinds there are, a practice of two viewpoints twice; ``effective`` is how
    many families they would be if they came evenly; ``coverage`` and ``viewpoint_coverage`` the shares of kinds among
    them at all; ``distance`` how unlike two of them are on average (0 to 1); ``unlike`` the share that looked through
    the eyes of strangers, opponents or groups.
    """

    n: int
    families: Mapping[str, int]
    viewpoints: Mapping[str, int]
    effective: float
    coverage: float
    viewpoint_coverage: float
    distance: float
    unlike: float


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from ``begin``."""

    begin: datetime
    offered: Exposure
    taken: Exposure


@dataclass(frozen=True, slots=True)
class MemberVariety:
    """The last thirty days, and the last eight weeks one by one, oldest first.

    ``met`` is what the guard against over-personalising looks at: each offer once, as the practice done where one was.
    ``guarded`` is whether it speaks: that is narrow, and what was met may be used for choosing.
    ``offered`` holds what was offered, ``taken`` what was begun or ended, own choices from the library too.
    ``calibration_error`` is how far families offered lie from those taken (0 the same, 1 none shared), None under eight
    of either. ``drift`` is by how much the entropy of families offered changed a week, None where weeks are too few.
    """

    met: Variety
    guarded: bool
    offered: Exposure
    taken: Exposure
    calibration_error: float | None
    drift: Drift | None
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class _Offer:
    """What was offered at an instant and what was taken up, as far as the library still has it."""

    at: datetime
    offered: Practice | None
    taken: Practice | None


def access_variety(house: House, member: str) -> MemberVariety:
    """How varied what a member was offered and took up was; shown to themselves only."""
    now = house.clock()
    with house.store.read() as connection:
        house.store.require_member(connection, member)
        allowed = access_permissions(house, connection, member)
        met = house.policies.features.breadth.variety(access_met(connection, member, now))
        offers = _offers(house, connection, member, now - WEEKS * WEEK)
    lately = [o for o in offers if o.at > now - timedelta(days=LOOKED_AT_DAYS)]
    offered, taken = _both(house, lately)
    weeks = tuple(
        Week(begin, *_both(house, [o for o in offers if begin < o.at <= begin + WEEK]))
        for begin in (now - k * WEEK for k in range(WEEKS, 0, -1))
    )
    error = calibration_error(list(taken.families.values()), list(offered.families.values()))
    guarded = met.narrow and allowed.allows(Purpose.PERSONALISE, Category.INTERACTIONS)
    return MemberVariety(
        met=met, guarded=guarded, offered=offered, taken=taken, drift=_drift(weeks), weeks=weeks,
        calibration_error=error if min(offered.n, taken.n) >= FEWEST else None,
    )  # fmt: skip


def _both(house: House, offers: Sequence[_Offer]) -> tuple[Exposure, Exposure]:
    return (
        _exposure(house, [o.offered for o in offers if o.offered]),
        _exposure(house, [o.taken for o in offers if o.taken]),
    )


def _exposure(house: House, practices: Sequence[Practice]) -> Exposure:
    by_family = Counter(p.family for p in practices)
    by_viewpoint = Counter(v for p in practices for v in p.viewpoints)
    families = {family: by_family[family] for family in house.library.families}
    viewpoints = {str(v): by_viewpoint[v] for v in Viewpoint}
    return Exposure(
        n=len(practices), families=families, viewpoints=viewpoints, effective=effective(families.values()),
        coverage=coverage(list(families.values())), viewpoint_coverage=coverage(list(viewpoints.values())),
        distance=intra_list_distance(house.policies.features.likeness.between(practices)) if practices else 0.0,
        unlike=unlike_share([p.viewpoints for p in practices]),
    )  # fmt: skip


def _drift(weeks: Sequence[Week]) -> Drift | None:
    told = [(k, list(week.offered.families.values())) for k, week in enumerate(weeks)]
    told = [(k, counts) for k, counts in told if sum(counts) >= FEWEST_A_WEEK]
    return drift([k for k, _ in told], [entropy_of_few(counts) for _, counts in told])


def _offers(house: House, connection: Connection, member: str, since: datetime) -> list[_Offer]:
    query = (
        select(
            decisions.c.at, decisions.c.practice, decisions.c.policy, decisions.c.answer, decisions.c.answered_practice,
            outcomes.c.practice.label("done"),
        )
        .outerjoin(outcomes, outcomes.c.decision == decisions.c.id)
        .where(decisions.c.member == member, decisions.c.at > since).order_by(decisions.c.seq)
    )  # fmt: skip

    def known(practice: str | None) -> Practice | None:
        return house.library.practice(practice) if practice and practice in house.library else None

    return [
        _Offer(
            r.at, known(None if r.policy == OWN_CHOICE else r.practice),
            known(r.done or (r.answered_practice if r.answer == "started" else None)),
        )
        for r in connection.execute(query)
    ]  # fmt: skip
