"""Deliveries: each once, again where it failed, never too late, never to somebody who stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import time
from typing import Any

import pytest
from sqlalchemy import select

from attunement.delivery.courier import Gone, Message, NotNow
from attunement.delivery.mail import BEGUN_S, TAKEN_S
from attunement.domain.channel import Channel
from attunement.domain.errors import Conflict, Invalid, NotFound
from attunement.domain.reading import RiskLevel
from attunement.policy.receptivity import ReceptivityPolicy
from attunement.programme.conversations.asking import do_open
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.decisions import do_answer
from attunement.programme.erasure import do_erase
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.outcomes import do_finish
from attunement.programme.reach.addresses import (
    access_addresses,
    confirm_link,
    do_confirm_address,
    do_drop_address,
    do_give_address,
)
from attunement.programme.reach.links import STOP, link_token, member_of_link
from attunement.programme.reach.moments import NAMES
from attunement.programme.reach.offers import access_waiting, do_answer_reach
from attunement.programme.reach.outbox import CLAIMED, do_deliver
from attunement.programme.reach.settings import access_reach_settings, do_stop_reaching
from attunement.programme.reach.weighing import do_weigh
from attunement.store.schema import deliveries, delivery_tries

Willing = Callable[..., str]
FRESH = ReceptivityPolicy(NAMES)


def as_it_is(message: str, _tag: str) -> str:
    """Words as they stand."""
    return message


def _send(house: House, member: str) -> str:
    return next(w.reach or "" for seed in range(500) if (w := do_weigh(house, member, FRESH, seed=seed)).sent)


def _decision(house: House, member: str) -> str:
    with house.store.read() as connection:
        waiting = access_waiting(house, connection, member)
    assert waiting is not None
    return waiting.decision


def _how(house: House) -> list[str | None]:
    with house.store.read() as connection:
        return list(connection.execute(select(deliveries.c.how).order_by(deliveries.c.id)).scalars())


def test_an_offer_is_handed_over_once(outgoing: House, willing: Willing, hook: Any) -> None:
    """With a link to it, a link to stop, and nothing of what it is about; looking again hands over nothing."""
    member = willing()
    reach = _send(outgoing, member)
    assert [do_deliver(outgoing, as_it_is) for _ in range(3)] == [1, 0, 0]
    ((message, _),) = hook.carried
    assert message.link == f"https://example.org/reached/{reach}"
    assert message.stop in message.letter
    assert message.about == {"member": member, "reach": reach}
    with outgoing.store.read() as connection:
        waiting = access_waiting(outgoing, connection, member)
    assert waiting is not None
    assert waiting.practice.title not in message.letter + message.words + message.title
    assert _how(outgoing) == ["delivered"]


def test_what_fails_is_tried_again_with_growing_pauses_under_the_same_id(
    outgoing: House, willing: Willing, hook: Any
) -> None:
    """Thirty seconds, a minute, two; nothing is lost while the other side is down, and its id stays."""
    hook.fails = [NotNow("down")] * 3
    _send(outgoing, willing())
    tried = []
    for second in range(0, 300, 10):
        if do_deliver(outgoing, as_it_is):
            tried.append(second)
        outgoing.clock.forward(seconds=10)
    assert tried == [210], "after 30, 60 and 120 seconds"
    assert len(hook.carried) == 1
    with outgoing.store.read() as connection:
        assert connection.execute(select(delivery_tries)).all() == []


def test_a_courier_with_a_fault_stops_no_other(outgoing: House, willing: Willing, hook: Any) -> None:
    """The first of two breaks on something nobody thought of: the second arrives, and the first is tried again."""
    hook.fails = [ValueError("a fault")]
    for name in ("Rosa", "Ida"):
        _send(outgoing, willing(name))
    assert do_deliver(outgoing, as_it_is) == 1
    outgoing.clock.forward(seconds=30)
    assert do_deliver(outgoing, as_it_is) == 1


def test_two_processes_never_try_the_same(outgoing: House, willing: Willing, hook: Any) -> None:
    """Six members, four at once: six messages."""
    for n in range(6):
        _send(outgoing, willing(f"member {n}"))
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: do_deliver(outgoing, as_it_is), range(4))) == 6
    assert len({message.id for message, _ in hook.carried}) == len(hook.carried) == 6


def test_one_that_broke_off_is_taken_on_by_another(outgoing: House, willing: Willing, hook: Any) -> None:
    """A process that dies between taking on and handing over loses nothing: after two minutes it goes on."""
    hook.fails = [KeyboardInterrupt()]  # type: ignore[list-item]
    _send(outgoing, willing())
    with pytest.raises(KeyboardInterrupt):
        do_deliver(outgoing, as_it_is)
    assert do_deliver(outgoing, as_it_is) == 0
    outgoing.clock.forward(minutes=2)
    assert do_deliver(outgoing, as_it_is) == 1


def test_what_was_not_tried_yet_is_taken_on_by_nobody(outgoing: House, willing: Willing, hook: Any) -> None:
    """A process that dies over the first of three keeps no other from handing over the rest at once."""
    hook.fails = [KeyboardInterrupt()]  # type: ignore[list-item]
    for n in range(3):
        _send(outgoing, willing(f"member {n}"))
    with pytest.raises(KeyboardInterrupt):
        do_deliver(outgoing, as_it_is)
    assert do_deliver(outgoing, as_it_is) == 2


def test_however_slow_a_channel_is_nothing_is_sent_twice(
    outgoing: House, willing: Willing, hook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of six messages takes 70 seconds, and while the second is carried another process looks as well."""
    carry = hook.carry

    def slowly(message: Message, address: str) -> None:
        carry(message, address)
        outgoing.clock.forward(seconds=70)
        if len(hook.carried) == 2:
            do_deliver(outgoing, as_it_is)

    monkeypatch.setattr(hook, "carry", slowly)
    for n in range(6):
        _send(outgoing, willing(f"member {n}"))
    for _ in range(6):
        do_deliver(outgoing, as_it_is)
    assert len({message.id for message, _ in hook.carried}) == len(hook.carried) == 6
    assert _how(outgoing) == ["delivered"] * 6


def test_a_letter_is_taken_on_for_longer_than_the_slowest_mail_server_takes() -> None:
    """What a courier allows for beginning a letter and for its being taken, and a while to write down how it went."""
    assert CLAIMED.total_seconds() >= BEGUN_S + TAKEN_S + 15


def test_a_dead_mail_server_keeps_no_other_channel_waiting(
    outgoing: House, willing: Willing, mail: Any, hook: Any
) -> None:
    """It is tried once a round, each time with another letter, and once it works again all of them leave."""
    members = [willing(f"member {n}", channels=[Channel.EMAIL, Channel.WEBHOOK]) for n in range(3)]
    for n, member in enumerate(members):
        key = do_give_address(outgoing, member, Channel.EMAIL, f"member{n}@example.org")
        do_confirm_address(outgoing, confirm_link(outgoing, member, key).split("/")[-2], key)
    assert do_deliver(outgoing, as_it_is) == 3
    for member in members:
        _send(outgoing, member)
    mail.fails = [NotNow("down") for _ in range(9)]
    assert do_deliver(outgoing, as_it_is) == len(hook.carried) == 3
    assert len(mail.fails) == 8
    with outgoing.store.read() as connection:
        (tried,) = connection.execute(select(delivery_tries.c.why)).scalars()
    assert tried == "down"
    do_deliver(outgoing, as_it_is)
    do_deliver(outgoing, as_it_is)
    with outgoing.store.read() as connection:
        assert len(set(connection.execute(select(delivery_tries.c.delivery)).scalars())) == 3
    mail.fails = []
    outgoing.clock.forward(seconds=30)
    assert do_deliver(outgoing, as_it_is) == 3
    assert {address for _, address in mail.carried} == {f"member{n}@example.org" for n in range(3)}


def test_what_fails_over_and_over_comes_after_what_was_not_tried(outgoing: House, willing: Willing, hook: Any) -> None:
    """One whose other side never works is oldest, and due again: a fresh one goes first, and leaves."""
    hook.fails = [NotNow("down")]
    _send(outgoing, willing("Rosa"))
    assert do_deliver(outgoing, as_it_is) == 0
    outgoing.clock.forward(seconds=30)
    late = _send(outgoing, willing("Ida"))
    assert do_deliver(outgoing, as_it_is) == 2
    assert [message.about["reach"] == late for message, _ in hook.carried] == [True, False]


def test_what_was_queued_before_danger_was_written_is_not_sent(outgoing: House, willing: Willing, hook: Any) -> None:
    """It waits on the page alone; the letter that asks to confirm an address is no offer, and leaves."""
    member = willing()
    hook.fails = [NotNow("down")]
    _send(outgoing, member)
    do_deliver(outgoing, as_it_is)
    talk = do_open(outgoing, member)
    do_write_as_member(outgoing, member, talk.id, "I want to die.", risk=RiskLevel.EXPLICIT)
    do_give_address(outgoing, member, Channel.EMAIL, "rosa@example.org")
    outgoing.clock.forward(minutes=1)
    assert do_deliver(outgoing, as_it_is) == 1
    assert hook.carried == []
    assert _how(outgoing) == ["stopped", "delivered"]


def test_an_offer_that_comes_too_late_is_not_sent(outgoing: House, willing: Willing, hook: Any) -> None:
    """After three hours without a way, and in quiet hours, it is given up, and waits on the page all the same."""
    for chosen, hours in (({}, 3.1), ({"quiet_from": time(14)}, 1.5)):
        hook.fails = [NotNow("down")]
        member = willing(f"Rosa {hours}", **chosen)
        _send(outgoing, member)
        do_deliver(outgoing, as_it_is)
        outgoing.clock.forward(hours=hours)
        assert do_deliver(outgoing, as_it_is) == 0
        assert _how(outgoing)[-1] == "too-late"
        with outgoing.store.read() as connection:
            assert access_waiting(outgoing, connection, member) is not None
        outgoing.clock.forward(hours=-hours)
    assert hook.carried == []


@pytest.mark.parametrize("ending", ["stopped", "answered", "taken-up", "finished", "erased"])
def test_nothing_is_sent_to_somebody_who_stopped_answered_or_left(
    outgoing: House, willing: Willing, hook: Any, ending: str
) -> None:
    """Whatever still waited is let go, and its row ends or is gone; an offer is answered by its decision as well."""
    member = willing()
    reach = _send(outgoing, member)
    if ending == "stopped":
        with outgoing.store.write() as transaction:
            do_stop_reaching(outgoing, transaction, member)
    elif ending == "answered":
        do_answer_reach(outgoing, member, reach, "not-now")
    elif ending == "taken-up":
        do_answer(outgoing, member, _decision(outgoing, member), "started")
    elif ending == "finished":
        do_finish(outgoing, member, _decision(outgoing, member), rating=5)
    else:
        assert do_erase(outgoing, member).counts["messages"] == 1
    assert do_deliver(outgoing, as_it_is) == 0
    assert hook.carried == []
    assert _how(outgoing) == ([] if ending == "erased" else ["stopped"])


def test_stopping_keeps_what_was_chosen_for_another_day(outgoing: House, willing: Willing) -> None:
    """Off, and the rest as it was; stopping twice changes nothing."""
    member = willing(a_day=3)
    for _ in range(2):
        with outgoing.store.write() as transaction:
            do_stop_reaching(outgoing, transaction, member)
    with outgoing.store.read() as connection:
        chosen = access_reach_settings(connection, member)
    assert (chosen.on, chosen.a_day, chosen.channels) == (False, 3, (Channel.WEBHOOK,))


@pytest.fixture
def letter(outgoing: House, willing: Willing, mail: Any) -> Iterator[tuple[str, str]]:
    """A member who gave an address and got the letter that asks to confirm it: their id, and the address's key."""
    member = willing(channels=[Channel.EMAIL])
    key = do_give_address(outgoing, member, Channel.EMAIL, " Rosa@Example.org ")
    assert do_deliver(outgoing, as_it_is) == 1
    return member, key


def test_a_mail_address_counts_only_once_it_is_confirmed(outgoing: House, mail: Any, letter: tuple[str, str]) -> None:
    """Before, an offer waits on the page alone; after, a letter leaves for it."""
    member, key = letter
    assert (mail.carried[0][1], confirm_link(outgoing, member, key) in mail.carried[0][0].letter) == (
        "Rosa@example.org", True,
    )  # fmt: skip
    reach = _send(outgoing, member)
    assert do_deliver(outgoing, as_it_is) == 0
    do_answer_reach(outgoing, member, reach, "not-now")
    outgoing.clock.forward(hours=4)
    do_confirm_address(outgoing, confirm_link(outgoing, member, key).split("/")[-2], key)
    _send(outgoing, member)
    assert do_deliver(outgoing, as_it_is) == 1
    assert mail.carried[-1][1] == "Rosa@example.org"


def test_an_address_that_is_gone_is_not_used_again(outgoing: House, mail: Any, letter: tuple[str, str]) -> None:
    """The mail server refuses it for good: it is taken out, and the member sees it is not there any more."""
    member, key = letter
    do_confirm_address(outgoing, confirm_link(outgoing, member, key).split("/")[-2], key)
    mail.fails = [Gone("550")]
    _send(outgoing, member)
    assert do_deliver(outgoing, as_it_is) == 0
    with outgoing.store.read() as connection:
        assert access_addresses(outgoing, connection, member) == []
    assert _how(outgoing) == ["delivered", "gone"]


def test_an_address_given_twice_is_one_and_can_be_taken_out(
    outgoing: House, mail: Any, letter: tuple[str, str]
) -> None:
    """Confirmed, it stays confirmed; taken out, its link confirms nothing; the export holds it, sealed until then."""
    member, key = letter
    link = confirm_link(outgoing, member, key).split("/")[-2]
    do_confirm_address(outgoing, link, key)
    assert do_give_address(outgoing, member, Channel.EMAIL, "Rosa@example.org") == key
    with outgoing.store.read() as connection:
        (found,) = access_addresses(outgoing, connection, member)
    assert (found.text, found.confirmed) == ("Rosa@example.org", True)
    assert "Rosa@example.org" in str(access_export(outgoing, member))
    do_drop_address(outgoing, member, key)
    with pytest.raises(NotFound, match="taken out"):
        do_confirm_address(outgoing, link, key)


@pytest.mark.parametrize(
    ("channel", "address", "error"),
    [
        (Channel.EMAIL, "not an address", Invalid), (Channel.EMAIL, "a@b.org\nBcc: c@d.org", Invalid),
        (Channel.PUSH, "{}", Conflict), (Channel.WEBHOOK, "https://example.org", Conflict),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(
    outgoing: House, willing: Willing, channel: Channel, address: str, error: type[Exception]
) -> None:
    """Bad addresses, and channels the programme does not have, leave nothing behind."""
    member = willing()
    with pytest.raises(error):
        do_give_address(outgoing, member, channel, address)
    with outgoing.store.read() as connection:
        assert access_addresses(outgoing, connection, member) == []


def test_links_work_for_one_member_and_one_thing(outgoing: House, willing: Willing) -> None:
    """A stop link is not a confirm link, and one changed letter makes it nobody's."""
    member = willing()
    token = link_token(outgoing, member, STOP)
    assert member_of_link(outgoing, token, STOP) == member
    changed = token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]
    for bad, does in ((token, "confirm"), (changed, STOP), ("", STOP), ("é!", STOP), (token[:20], STOP)):
        with pytest.raises(NotFound, match="does not work"):
            member_of_link(outgoing, bad, does)
