"""Fills a database with very many synthetic members in little time, and every row as the programme itself makes it.

Some lives are lived through the use cases; each member gets a copy of one, with ids and a key of their own. What is
derived is derived by the store's own projections, gathered and written in bulk.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Insert, func, insert, select, update

from attunement.domain.consent import Cell
from attunement.domain.events import CheckedIn, Event, MemberEnrolled
from attunement.domain.ids import new_id
from attunement.domain.offer_events import DecisionMade, OutcomeRecorded
from attunement.privacy.vault import Seal, Vault
from attunement.programme.api_keys import NewApiKey, do_make_api_key
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.decisions import do_decide
from attunement.programme.house import House, open_house
from attunement.programme.learner import do_learn
from attunement.programme.members import do_enrol
from attunement.programme.outcomes import do_finish
from attunement.simulation.synthetic_member import Likes, SyntheticMember
from attunement.store.log import Logged
from attunement.store.projections import project
from attunement.store.schema import decisions, log, member_keys, outcomes

LIVES = 24
TOGETHER = 2000
ALLOWED = tuple(
    map(Cell.parse, ("personalise:self_report", "personalise:text", "personalise:interactions", "learn:interactions"))
)


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled programme: its members, each with the API key that may speak for them."""

    url: str
    members: list[str]
    keys: list[NewApiKey]

    def key_of(self, position: int) -> str:
        """The key of the member at a position."""
        return self.keys[position % len(self.keys)].key


def fill(url: str, n: int, *, keys: int = 32, say: Callable[[str], None]) -> Filled:
    """Make ``n`` members, each with consents, a check-in, a decision, and one in three with an outcome; and learn."""
    lives = _lives()
    house = open_house(url)
    try:
        integrators = [do_make_api_key(house, f"benchmark {k}") for k in range(keys)]
        members = [new_id() for _ in range(n)]
        for start in range(0, n, TOGETHER):
            say(f"Filling: {start:,} of {n:,} members")
            _write(house, members[start : start + TOGETHER], start, lives, integrators)
        do_learn(house)
    finally:
        house.close()
    return Filled(url, members, integrators)


def _lives() -> list[list[Event]]:
    """The events of some synthetic members, lived through the use cases in a programme of their own."""
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(f"sqlite:///{Path(folder) / 'lives.db'}")
        try:
            members = [_live(house, np.random.default_rng(k), finishes=k % 3 == 0) for k in range(LIVES)]
            with house.store.read() as connection:
                return [[x.event for x in house.store.events(connection, member=member)] for member in members]
        finally:
            house.close()


def _live(house: House, rng: np.random.Generator, *, finishes: bool) -> str:
    then = datetime.now(UTC) - timedelta(hours=float(rng.uniform(30, 300)))
    house = house.at(lambda: then)
    ways = SyntheticMember(Likes.drawn(sorted(house.library.families), rng), rng)
    member = do_enrol(house, synthetic=True)
    do_change_consent(house, member, grant=ALLOWED)
    needs = ways.needs()
    do_check_in(house, member, affect=ways.next_mood(), needs=needs, text=ways.says())
    decision = do_decide(house, member, seed=int(rng.integers(2**53)))
    if finishes:
        response = ways.responds(house.library.practice(decision.offered), needs)
        do_finish(house, member, decision.id, finished=response.finished, rating=response.rating)
    return member


class _Gatherer:
    """Stands in for a connection: keeps what the projections would insert, to be written in bulk."""

    def __init__(self) -> None:
        self.rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)

    def execute(self, statement: Any, row: dict[str, Any] | None = None) -> None:
        """Keep an insert; what projections clear away is not there yet, and what they update is done in `_write`."""
        if isinstance(statement, Insert) and row is not None:
            self.rows[statement.table].append(row)


def _write(
    house: House, members: list[str], first: int, lives: list[list[Event]], integrators: list[NewApiKey]
) -> None:
    vault, gathered = Vault(house.key), _Gatherer()
    with house.store.write() as transaction:
        seq = int(transaction.connection.execute(select(func.coalesce(func.max(log.c.seq), 0))).scalar_one())
        for position, member in enumerate(members, start=first):
            seal, wrapped = vault.new_member(member)
            gathered.rows[member_keys].append({"member": member, "wrapped": wrapped})
            for event in _own(lives[position % len(lives)], integrators[position % len(integrators)].id):
                seq += 1
                logged = Logged(seq, new_id(), member, event)
                gathered.rows[log].append(_row(logged, seal))
                project(gathered, logged)  # type: ignore[arg-type]  # it stands in for a connection
        for table, rows in gathered.rows.items():
            transaction.connection.execute(insert(table), rows)
        transaction.connection.execute(
            update(decisions)
            .where(decisions.c.id == outcomes.c.decision, decisions.c.answer.is_(None))
            .values(answer="done", answered_practice=outcomes.c.practice)
        )


def _row(logged: Logged, seal: Seal) -> dict[str, Any]:
    event = logged.event
    payload = seal.close(event.model_dump_json().encode(), about=f"{logged.id}|{event.kind}")
    return {
        "seq": logged.seq, "id": logged.id, "member": logged.member, "kind": event.kind, "at": event.at,
        "recorded": event.at, "payload": payload,
    }  # fmt: skip


def _own(life: list[Event], keeper: str) -> list[Event]:
    """A life with ids of its own, kept by an integrator."""
    moment, decision = new_id(), new_id()
    changes: dict[type[Event], dict[str, Any]] = {
        MemberEnrolled: {"keeper": keeper}, CheckedIn: {"moment": moment},
        DecisionMade: {"moment": moment, "decision": decision}, OutcomeRecorded: {"decision": decision},
    }  # fmt: skip
    return [event.model_copy(update=changes.get(type(event), {})) for event in life]
