"""What outcomes are worth, as the log has it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from attunement.domain.reward import DEFAULT_REWARD, REWARDS, RewardDefinition
from attunement.store.schema import objectives

_NEWEST = select(objectives).order_by(objectives.c.seq.desc()).limit(1)


def definition_in_force(connection: Connection) -> RewardDefinition:
    """The newest definition of an objective; the default where it was never changed."""
    row = connection.execute(_NEWEST).first()
    return REWARDS[DEFAULT_REWARD] if row is None else definition_of(row)


def definition_of(row: Any) -> RewardDefinition:
    """The definition a row of ``objectives`` holds."""
    return RewardDefinition(
        row.name, rating=row.rating, finishing=row.finishing, affect=row.affect, skill=row.skill,
        steps=tuple(json.loads(row.steps)),
    )  # fmt: skip


def worth(definition: RewardDefinition, outcome: Any) -> float:
    """What a row of ``outcomes`` is worth under a definition, by what may count of it."""
    return definition.of(
        finished=outcome.finished, rating=outcome.rating, affect_change=outcome.affect_counted,
        skill_shown=outcome.skill_counted,
    )  # fmt: skip
