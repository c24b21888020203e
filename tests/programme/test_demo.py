"""The demonstration: made up, marked as such, varied, and all or nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import distinct, func, select

from attunement.domain.errors import NotSignedIn, Refused
from attunement.domain.events import ConsentChanged
from attunement.programme import demo
from attunement.programme.conversations.duty import access_on_duty
from attunement.programme.conversations.queue import access_queue
from attunement.programme.demo import DEMO_NAMES, do_enter_demo, do_seed_demo, is_seeded
from attunement.programme.house import House
from attunement.programme.members import access_name
from attunement.programme.overview import access_overview
from attunement.programme.sessions import access_account
from attunement.programme.sharing import access_shared
from attunement.store.schema import consents, conversations, log, members, moments, outcomes

pytestmark = pytest.mark.slow


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demonstration of four days, which is as good for these claims."""
    monkeypatch.setattr(demo, "DAYS", 4)


@pytest.mark.usefixtures("short")
def test_everyone_is_synthetic_and_says_so(house: House) -> None:
    """All 36 members are marked synthetic, and every name begins with the word."""
    assert not is_seeded(house)
    assert do_seed_demo(house) == 36
    assert is_seeded(house)
    with house.store.read() as connection:
        rows = connection.execute(select(members.c.id, members.c.synthetic)).all()
        assert len(rows) == 36
        for row in rows:
            assert row.synthetic
            assert access_name(house, connection, row.id).startswith("Synthetic ")


@pytest.mark.usefixtures("short")
def test_it_shows_what_there_is_to_see(house: House) -> None:
    """There are check-ins before now, outcomes, learned versions, people who share and people who allow nothing."""
    do_seed_demo(house)
    overview = access_overview(house)
    assert len(overview.versions) >= 3
    assert overview.outcomes >= 20
    assert access_shared(house)
    with house.store.read() as connection:
        assert connection.execute(select(func.max(moments.c.at))).scalar_one() < house.clock()
        assert connection.execute(select(func.max(outcomes.c.at))).scalar_one() < house.clock()
        allowing = connection.execute(select(func.count(distinct(consents.c.member)))).scalar_one()
        changes = connection.execute(select(func.count()).where(log.c.kind == ConsentChanged.kind)).scalar_one()
    assert 20 <= allowing < 36
    assert changes > 36


@pytest.mark.usefixtures("short")
def test_a_supporter_finds_people_waiting(house: House) -> None:
    """Somebody is on duty, two conversations wait for a person, three were ended, and none waits in the future."""
    do_seed_demo(house)
    with house.store.read() as connection:
        noor = access_on_duty(house, connection)[0].account
        ended = connection.execute(select(conversations.c.waited_s).where(conversations.c.owner == "closed")).scalars()
        assert sorted(ended) == [150, 240, 420]
    waiting = access_queue(house, noor).waiting
    assert len(waiting) == 2
    assert all(one.waited > timedelta(0) for one in waiting)


@pytest.mark.usefixtures("short")
def test_it_is_entered_in_each_role_and_only_where_it_is_one(house: House) -> None:
    """A demonstration opens a session as member, supporter and steward; a real programme refuses."""
    from dataclasses import replace

    do_seed_demo(house)
    shown = replace(house, demo=True)
    for role, name in DEMO_NAMES.items():
        account = access_account(shown, do_enter_demo(shown, role))
        assert (account.role, account.name) == (role, name)
    with pytest.raises(Refused):
        do_enter_demo(house, "member")
    with pytest.raises(NotSignedIn):
        access_account(house, "no such token")


@pytest.mark.usefixtures("short")
def test_a_seeding_that_fails_leaves_nothing(house: House) -> None:
    """Stopped half-way it leaves no member behind, and can be done again."""

    class Stopped(Exception):
        pass

    def stop(said: str) -> None:
        if "day 3" in said:
            raise Stopped

    with pytest.raises(Stopped):
        do_seed_demo(house, told=stop)
    assert not is_seeded(house)
    assert do_seed_demo(house) == 36
