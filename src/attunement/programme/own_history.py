"""What a member's own outcomes tell for choosing for them: more than others may learn from, and never shared."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from attunement.domain.consent import Category, Purpose
from attunement.domain.context import Experience, History
from attunement.domain.reward import RewardDefinition
from attunement.policy.usable import usable_features
from attunement.privacy.permissions import Permissions
from attunement.programme.house import House
from attunement.programme.policy_shelf import OF_ONE
from attunement.store.objectives import definition_in_force
from attunement.store.schema import outcomes

_COLUMNS = (
    "seq", "practice", "finished", "rating", "affect_counted", "skill_counted", "reward", "corrected", "reward_before",
    "learnable", "features", "private", "used",
)  # fmt: skip
_TOLD = (
    select(*(outcomes.c[name] for name in _COLUMNS))
    .where(outcomes.c.member == bindparam("member"), outcomes.c.reward.is_not(None))
    .order_by(outcomes.c.seq.desc()).limit(OF_ONE)
)  # fmt: skip


def access_histories(
    house: House, connection: Connection, member: str, allowed: Permissions
) -> tuple[History, History]:
    """A member's outcomes as they may be used now for choosing for them, and what of theirs the policy has learned.

    Of each the newest `OF_ONE`. The policy need not be allowed to learn the first. There an outcome counts by those
    features that stem from what was allowed for personalising both then and now, and at what it is worth without what
    may not be used any more: the change of mood stems from what they say of themselves, skill from what they write
    where that was read. Without consent to what they do here both are empty.
    """
    if not allowed.allows(Purpose.PERSONALISE, Category.INTERACTIONS):
        return History(), History()
    rows = connection.execute(_TOLD, {"member": member}).all()[::-1]
    definition = cache(lambda: definition_in_force(connection))
    told = (_experience(row, allowed, definition) for row in rows)
    own = History(tuple(experience for experience in told if experience.features))
    return own, house.policies.held(connection, member, rows)


def _experience(row: Row[Any], allowed: Permissions, definition: Callable[[], RewardDefinition]) -> Experience:
    used = None if row.used is None else row.used.split(",")
    seen = json.loads(row.features)
    if row.private != "{}":
        seen |= json.loads(row.private)
    features = usable_features(seen, allowed, purpose=Purpose.PERSONALISE, used=used)
    return Experience(features, _worth(row, allowed, used, definition), row.practice)


def _worth(
    row: Row[Any], allowed: Permissions, used: Sequence[str] | None, definition: Callable[[], RewardDefinition]
) -> float:
    said, text = (allowed.allows(Purpose.PERSONALISE, c) for c in (Category.SELF_REPORT, Category.TEXT))
    read = used is None or Category.TEXT in used
    affect = row.affect_counted if said else None
    skill = row.skill_counted if text or not read else None
    if (affect, skill) == (row.affect_counted, row.skill_counted):
        return float(row.reward)
    return definition().of(finished=row.finished, rating=row.rating, affect_change=affect, skill_shown=skill)
