"""The objective: what outcomes are worth, who defined it so and why, and how it is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from attunement.domain.errors import Conflict, ErrorCode, Invalid
from attunement.domain.programme_events import ObjectiveChanged
from attunement.domain.reward import DEFAULT_REWARD, EQUAL_STEPS, REWARDS, RewardDefinition, ridits
from attunement.programme.drift import access_pause
from attunement.programme.house import House
from attunement.programme.overview import FEWEST
from attunement.programme.text import clean_text
from attunement.store.objectives import definition_in_force, definition_of
from attunement.store.schema import accounts, objectives, outcomes

LONGEST_WHY = 300


@dataclass(frozen=True, slots=True)
class Objective:
    """A definition that was switched on.

    ``at`` is None for what a programme begins with; ``by`` is the name of the steward, empty where it was changed at
    the command line or by somebody whose account is closed.
    """

    definition: RewardDefinition
    at: datetime | None = None
    by: str = ""
    why: str = ""


def access_objectives(house: House) -> tuple[Objective, ...]:
    """The objective in force, and those before it, newest first; the last is what every programme begins with."""
    query = select(objectives, accounts.c.name.label("by")).outerjoin(accounts, accounts.c.id == objectives.c.account)
    with house.store.read() as connection:
        rows = connection.execute(query.order_by(objectives.c.seq.desc())).all()
    changed = (Objective(definition_of(row), row.at, row.by or "", row.why) for row in rows)
    return (*changed, Objective(REWARDS[DEFAULT_REWARD]))


def access_definition(
    house: House, name: str, *, rating: float, finishing: float, affect: float, skill: float = 0.0,
    by_rank: bool = False,
) -> RewardDefinition:  # fmt: skip
    """A definition as a steward puts it; nothing is switched on by it.

    Parameters
    ----------
    rating, finishing, affect, skill:
        Weights, see `RewardDefinition`.
    by_rank:
        Count ratings by their rank among those given until now, by people who allow learning from them (`ridits`). The
        steps are worked out here, once: they are part of the definition, and later ratings do not move them.

    Raises `Invalid` (``bad-input``), `Conflict` (``too-few``) where fewer than five people rated anything.
    """
    steps: tuple[float, ...] = EQUAL_STEPS
    if by_rank:
        with house.store.read() as connection:
            steps = _steps_by_rank(connection)
    named = " ".join(clean_text(name, field="name", longest=1000).split())
    return RewardDefinition(named, rating=rating, finishing=finishing, affect=affect, skill=skill, steps=steps)


def do_change_objective(house: House, definition: RewardDefinition, *, why: str, account: str | None = None) -> int:
    """Switch a definition on: all outcomes are revalued by it, and a policy that learned them so is published.

    That is one transaction, alone; nothing is half way. A member's own history follows, since it is read from the
    outcomes. Returns the number of the policy's version.

    Parameters
    ----------
    why:
        A sentence for those who come after, at most 300 characters.
    account:
        Who changes it.

    Raises `Invalid` (``bad-input``: no reason), `Conflict` (``name-taken``: it is in use already, or its name stands
    for another).
    """
    why = clean_text(why, field="why", longest=LONGEST_WHY)
    if not why:
        raise Invalid(ErrorCode.BAD_INPUT, "Say why in a sentence, for those who come after you.")
    with house.store.write(alone=True) as transaction:
        _check_name(transaction.connection, definition)
        now = house.clock()
        transaction.append(ObjectiveChanged(
            at=now, account=account, name=definition.name, why=why, steps=list(definition.steps), **definition.weights
        ))  # fmt: skip
        paused = access_pause(transaction.connection) is not None
        return house.policies.learn_anew(transaction, now, new_too=not paused)


def _steps_by_rank(connection: Connection) -> tuple[float, ...]:
    rated = outcomes.c.learnable, outcomes.c.rating.is_not(None)
    people = connection.execute(select(func.count(func.distinct(outcomes.c.member))).where(*rated)).scalar_one()
    if people < FEWEST:
        raise Conflict(
            ErrorCode.TOO_FEW,
            "Fewer than {fewest} people who allow learning have rated anything. Count them in equal steps until then.",
            fewest=FEWEST,
        )
    given = select(outcomes.c.rating, func.count()).where(*rated).group_by(outcomes.c.rating)
    return ridits({rating: int(n) for rating, n in connection.execute(given)})


def _check_name(connection: Connection, definition: RewardDefinition) -> None:
    """A name stands for one definition for ever, so that what a version was taught can be looked up by it."""
    if definition == definition_in_force(connection):
        raise Conflict(ErrorCode.NAME_TAKEN, "This objective is in use already. Nothing was changed.")
    query = select(objectives).where(objectives.c.name == definition.name)
    before = [definition_of(row) for row in connection.execute(query)]
    if definition.name in REWARDS:
        before.append(REWARDS[definition.name])
    if any(other != definition for other in before):
        raise Conflict(
            ErrorCode.NAME_TAKEN, "The name '{name}' already stands for another objective. Choose another.",
            name=definition.name,
        )  # fmt: skip
