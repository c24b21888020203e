"""The demonstration: three weeks of a programme in which every person is made up.

Everything goes through the same use cases as a real programme, by a clock set back. Nobody can sign in by passphrase
(they are random and kept by no one); `do_enter_demo` opens a session in a role instead, and only where ``house.demo``.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.random import Generator
from sqlalchemy import func, select

from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.decision import Decision
from attunement.domain.errors import ErrorCode, NotFound, Refused
from attunement.domain.programme_events import Role
from attunement.domain.reading import Reading
from attunement.programme.accounts import do_join, do_set_up
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.decisions import Answer, do_answer, do_choose, do_decide
from attunement.programme.demo_talks import seed_talks
from attunement.programme.house import House
from attunement.programme.invitations import do_make_invitation
from attunement.programme.learner import do_learn
from attunement.programme.members import do_enrol, do_set_breadth
from attunement.programme.outcomes import do_finish
from attunement.programme.sessions import do_open_session, name_handle
from attunement.simulation.check_in_texts import texts_by_mood
from attunement.simulation.synthetic_member import Likes, SyntheticMember
from attunement.store.schema import accounts, members

DAYS = 21
NAMES = (
    "Amara", "Bao", "Clara", "Dario", "Edda", "Farid", "Greta", "Hamid", "Ines", "Jonas", "Kaya", "Liam", "Marta",
    "Nils", "Oona", "Pavel", "Quinn", "Rosa", "Sami", "Tove", "Uma", "Viktor", "Wanda", "Xenia", "Yusuf", "Zora",
    "Anton", "Bea", "Ciaran", "Dunja", "Emil", "Fenna", "Goran", "Hella", "Ivo",
)  # fmt: skip
DEMO_NAMES: dict[Role, str] = {
    "member": "Synthetic Mira", "supporter": "Synthetic Supporter", "steward": "Synthetic Steward"
}  # fmt: skip
COUNTRIES = ("IE", "GB", "DE", "FR", "NL", "US", "CA", "AU", None)

_SAID = Cell(Purpose.PERSONALISE, Category.SELF_REPORT)
_TEXT = Cell(Purpose.PERSONALISE, Category.TEXT)
_DID = Cell(Purpose.PERSONALISE, Category.INTERACTIONS)
_TEACHES = tuple(Cell(Purpose.LEARN, c) for c in (Category.INTERACTIONS, Category.SELF_REPORT, Category.TEXT))
_SHARES = tuple(Cell(Purpose.SUPPORTERS, c) for c in (Category.SELF_REPORT, Category.TEXT, Category.INTERACTIONS))
ALLOWED: tuple[tuple[Cell, ...], ...] = (
    (),
    (_SAID, _DID),
    (_SAID, _DID, *_TEACHES[:2]),
    (_SAID, _TEXT, _DID, *_TEACHES),
    (_SAID, _TEXT, _DID, *_TEACHES[:1], *_SHARES[:1]),
    (_SAID, _TEXT, _DID, *_TEACHES, *_SHARES),
)
ALLOWED_SHARES = (0.10, 0.15, 0.20, 0.25, 0.12, 0.18)


@dataclass(frozen=True, slots=True)
class _Person:
    """A synthetic member and how often they come (chance a day)."""

    id: str
    ways: SyntheticMember
    comes: float
    rng: Generator


def is_seeded(house: House) -> bool:
    """Whether the demonstration is there already."""
    with house.store.read() as connection:
        return bool(connection.execute(select(func.count()).select_from(members)).scalar_one())


def do_seed_demo(house: House, *, seed: int = 7, told: Callable[[str], object] = lambda _: None) -> int:
    """Fill an empty programme with 36 synthetic members and three weeks; all of it or, where it fails, nothing.

    Parameters
    ----------
    seed:
        The same seed gives the same people with the same likes; offers after "something different" are drawn afresh.
    told:
        Called with a line for each day done.

    Returns the number of members. The last check-in is some hours before ``house.clock()``.
    """
    rng = np.random.default_rng(seed)
    begin = house.clock() - timedelta(days=DAYS)
    readings = _read_texts(house)
    with house.store.write(alone=True):
        people = [_demo_account(_at(house, begin), rng), *_enrolled(house, begin, rng)]
        for day in range(DAYS):
            told(f"Making up three weeks of a programme: day {day + 1} of {DAYS}")
            for hour, person in _visits(people, rng):
                then = begin + timedelta(days=day, hours=hour)
                _visit(_at(house, then), person, readings)
            do_learn(_at(house, begin + timedelta(days=day, hours=23)))
        seed_talks(_at(house, house.clock()), _account(house, "supporter"), [person.id for person in people[1:]])
    return len(people)


def do_enter_demo(house: House, role: Role) -> str:
    """Open a session of the demonstration's member, supporter or steward; returns its token.

    Raises `Refused` (``not-allowed``) outside a demonstration, `NotFound` where there is no such role in it.
    """
    if not house.demo:
        raise Refused(ErrorCode.NOT_ALLOWED, "Only a demonstration can be entered without signing in.")
    return do_open_session(house, _account(house, role), role)


def _account(house: House, role: Role) -> str:
    handle = name_handle(house, DEMO_NAMES.get(role, ""))
    with house.store.read() as connection:
        account: str | None = connection.execute(select(accounts.c.id).where(accounts.c.handle == handle)).scalar()
    if account is None:
        raise NotFound(
            ErrorCode.NOT_FOUND, "The demonstration has a member, a supporter and a steward to look around as."
        )
    return account


def _at(house: House, instant: datetime) -> House:
    return house.at(lambda: instant)


def _read_texts(house: House) -> dict[str, Reading]:
    texts = [text for group in texts_by_mood().values() for text in group]
    return dict(zip(texts, house.check_in_reader.read(texts), strict=True))


def _demo_account(house: House, rng: Generator) -> _Person:
    """Make the three accounts to look around as; the member among them lives through the three weeks as well."""
    do_set_up(house, DEMO_NAMES["steward"], secrets.token_urlsafe(24))
    for role in ("supporter", "member"):
        code = do_make_invitation(house, role, label="demonstration")
        account = do_join(house, code, DEMO_NAMES[role], secrets.token_urlsafe(24), country="IE", synthetic=True)
    assert account.member is not None
    do_change_consent(house, account.member, grant=ALLOWED[-1])
    return _person(house, account.member, rng, comes=0.9)


def _enrolled(house: House, begin: datetime, rng: Generator) -> Iterable[_Person]:
    for name in NAMES:
        then = _at(house, begin + timedelta(minutes=float(rng.uniform(1, 300))))
        country = COUNTRIES[int(rng.integers(len(COUNTRIES)))]
        member = do_enrol(then, name=f"Synthetic {name}", country=country, synthetic=True)
        allowed = ALLOWED[int(rng.choice(len(ALLOWED), p=ALLOWED_SHARES))]
        do_change_consent(then, member, grant=allowed)
        if rng.random() < 0.3:
            do_set_breadth(then, member, round(float(rng.uniform(0, 1)), 2))
        yield _person(house, member, rng, comes=float(rng.uniform(0.1, 0.6)))


def _person(house: House, member: str, rng: Generator, *, comes: float) -> _Person:
    own = np.random.default_rng(int(rng.integers(2**53)))
    likes = Likes.drawn(sorted(house.library.families), own)
    return _Person(member, SyntheticMember(likes, own), comes, own)


def _visits(people: list[_Person], rng: Generator) -> list[tuple[float, _Person]]:
    """Who comes on a day, and at which hour, in order of time."""
    coming = [(float(rng.uniform(6, 22)), person) for person in people if rng.random() < person.comes]
    return sorted(coming, key=lambda visit: visit[0])


def _visit(house: House, person: _Person, readings: dict[str, Reading]) -> None:
    """A check-in, an offer, and mostly an outcome a little later."""
    rng, ways = person.rng, person.ways
    affect, needs = ways.next_mood(), ways.needs()
    text = ways.says() if rng.random() < 0.6 else ""
    do_check_in(
        house, person.id, affect=affect if rng.random() < 0.9 else None, needs=needs, text=text,
        reading=readings.get(text),
    )  # fmt: skip
    decision = _settled(house, person)
    if decision is None:
        return
    shown = (decision.offered, *decision.choice.alternatives)
    worths = [ways.worth(house.library.practice(p), needs) for p in shown]
    best = int(np.argmax(worths))
    done = shown[best] if rng.random() < 0.25 else decision.offered
    do_answer(house, person.id, decision.id, "started", practice=done)
    if rng.random() < 0.15:
        return
    practice = house.library.practice(done)
    response = ways.responds(practice, needs)
    later = _at(house, house.clock() + timedelta(minutes=practice.minutes))
    do_finish(
        later, person.id, decision.id, practice=done, finished=response.finished, rating=response.rating,
        affect_after=response.after,
    )  # fmt: skip


def _settled(house: House, person: _Person) -> Decision | None:
    """The decision they go with: mostly the first, sometimes another or their own, sometimes none."""
    rng = person.rng
    if rng.random() < 0.06:
        practices = house.library.practices
        return do_choose(house, person.id, practices[int(rng.integers(len(practices)))].id)
    decision = do_decide(house, person.id, seed=int(rng.integers(2**53)))
    roll = rng.random()
    if roll < 0.08:
        do_answer(house, person.id, decision.id, "not-now")
        return None
    if roll < 0.20:
        answer: Answer = "something-different" if roll < 0.17 else "less-like-this"
        return do_answer(house, person.id, decision.id, answer)
    return decision
