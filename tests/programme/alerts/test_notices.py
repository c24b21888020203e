"""Alerts by notice: sealed for one browser, saying nothing private, and given up where nobody is there any more."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select
from tests.delivery.browsers import Browser, Listener, listening
from tests.programme.alerts.conftest import Hand, Place

from attunement.delivery.courier import Gone, NotNow
from attunement.delivery.outbound import Outbound
from attunement.delivery.push import PushCourier
from attunement.domain.alert import Audience
from attunement.domain.channel import Channel
from attunement.domain.errors import Conflict, ErrorCode, Invalid, NotFound
from attunement.domain.ids import new_id
from attunement.domain.reading import RiskLevel
from attunement.programme.accounts import do_close_account
from attunement.programme.alerts.alarms import access_alert_status
from attunement.programme.alerts.browsers import MOST, StaffBrowser, access_browsers, do_drop_browser, do_give_browser
from attunement.programme.alerts.clock import do_escalate
from attunement.programme.alerts.owning import do_pass_on_alert, do_take_alert
from attunement.programme.alerts.raising import do_raise_alert
from attunement.programme.alerts.seeing import access_trail
from attunement.programme.alerts.staff import can_tell_somebody
from attunement.programme.alerts.telling import do_tell
from attunement.programme.house import House
from attunement.programme.rebuild import do_rebuild
from attunement.store.schema import staff_browsers

ORIGIN = "https://example.org"


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A push service."""
    with listening() as found:
        yield found


@pytest.fixture
def push(place: Place) -> Hand:
    """A courier of notices, beside no other way."""
    hand = Hand(Channel.PUSH)
    place.house = replace(place.house, outbound=Outbound(ORIGIN, {Channel.PUSH: hand}))
    return hand


def as_it_is(message: str, _tag: str) -> str:
    """Words as they stand."""
    return message


def _address(name: str) -> str:
    return Browser().address(f"https://push.example.net/{name}")


def _raise(place: Place) -> str:
    return do_raise_alert(place.house, place.rosa, level=RiskLevel.EXPLICIT, reason="said-so").id


def _tell(place: Place, **by: float) -> int:
    place.house.clock.forward(**by)  # type: ignore[attr-defined]
    do_escalate(place.house)
    return do_tell(place.house, as_it_is)


def _browsers(house: House, account: str) -> list[StaffBrowser]:
    with house.store.read() as connection:
        return access_browsers(house, connection, account)


def _told(place: Place, alert: str) -> list[tuple[str, object, object]]:
    found = [mark for mark in access_trail(place.house, alert) if mark.event.kind == "alert-told"]
    return [(one.who, one.event.out, one.event.why) for one in found]  # type: ignore[attr-defined]


def test_a_notice_opens_in_its_browser_and_says_nothing_private(place: Place, listener: Listener) -> None:
    """Decrypted as RFC 8291 has it: that somebody may need them, and the way to all alerts. Urgent, and soon stale."""
    courier, browser = PushCourier(b"k" * 32, contact="us@example.org", anywhere=True), Browser()
    place.house = replace(place.house, outbound=Outbound(ORIGIN, {Channel.PUSH: courier}))
    do_give_browser(place.house, place.sam, browser.address(listener.url))
    alert = _raise(place)
    assert _tell(place) == 1
    ((headers, body),) = listener.got
    told = browser.opened(body)
    assert (told["title"], told["words"]) == ("Somebody may need you now", "Open Attunement.")
    assert (told["link"], told["stop"], told["urgent"]) == (f"{ORIGIN}/alerts", "", True)
    assert (headers["urgency"], headers["ttl"]) == ("high", "900")
    said = json.dumps(told)
    assert not [word for word in ("Rosa", "Quince", place.rosa, alert, "danger", "explicit") if word in said]
    assert _told(place, alert) == [("Sam", True, "")]


def test_every_browser_is_told_once_a_step_and_a_later_notice_replaces_it(place: Place, push: Hand) -> None:
    """Two of Sam's, one of Stella's; two minutes later once more, under the same id."""
    for account, name in ((place.sam, "a"), (place.sam, "b"), (place.stella, "c")):
        do_give_browser(place.house, account, _address(name))
    _raise(place)
    assert [_tell(place), _tell(place), _tell(place, minutes=2)] == [3, 0, 3]
    assert len({message.id for message, _ in push.carried}) == 1
    assert len({address for _, address in push.carried}) == 3


def test_a_browser_that_is_gone_is_dropped_and_not_tried_again(place: Place, push: Hand) -> None:
    """Its push service said so: the trail has it, and the next step looks for nobody there."""
    do_give_browser(place.house, place.sam, _address("a"))
    alert = _raise(place)
    push.down = Gone("answered 410")
    assert _tell(place) == 0
    assert _browsers(place.house, place.sam) == []
    assert _told(place, alert) == [("Sam", False, "answered 410")]
    push.down = None
    assert _tell(place, minutes=2) == 0


def test_a_push_service_that_is_down_is_tried_again_and_noted(place: Place, push: Hand) -> None:
    """After ten seconds; what failed to the end of the step stands in the trail with whose browser it was."""
    do_give_browser(place.house, place.sam, _address("a"))
    alert = _raise(place)
    push.down = NotNow("answered 503")
    assert _tell(place) == 0
    _tell(place, minutes=2)
    assert _told(place, alert) == [("Sam", False, "answered 503")]
    push.down = None
    assert _tell(place, seconds=10) == 1


def test_a_notice_is_a_way_to_reach_somebody(place: Place, push: Hand) -> None:
    """Nobody is there and no letters are sent: with a browser there is somebody to tell, and to pass it on to."""

    def reached() -> bool:
        with place.house.store.read() as connection:
            return can_tell_somebody(place.house, connection)

    assert not reached()
    do_give_browser(place.house, place.noor, _address("a"))
    assert reached()
    alert = _raise(place)
    status = access_alert_status(place.house)
    assert (status.ways, status.alarms) == ((Channel.PUSH,), ())
    do_take_alert(place.house, place.sam, alert)
    assert do_pass_on_alert(place.house, place.sam, alert, to=place.noor).audience is Audience.ONE
    assert do_pass_on_alert(place.house, place.stella, alert, to=place.sam).audience is Audience.EVERYBODY
    assert push.carried == []


def test_one_browser_is_one_persons_and_given_twice_is_once(place: Place, push: Hand) -> None:
    """At a desk that two share it is whose it was made last; another's cannot be taken out."""
    desk = _address("desk")
    first = do_give_browser(place.house, place.sam, desk)
    assert do_give_browser(place.house, place.sam, desk) == first
    moved = do_give_browser(place.house, place.noor, desk)
    assert (_browsers(place.house, place.sam), [b.id for b in _browsers(place.house, place.noor)]) == ([], [moved])
    do_drop_browser(place.house, place.sam, moved)
    assert len(_browsers(place.house, place.noor)) == 1
    do_drop_browser(place.house, place.noor, moved)
    assert _browsers(place.house, place.noor) == []


def test_what_is_no_browser_or_one_too_many_is_refused(place: Place, push: Hand) -> None:
    """Nor is anything kept for somebody who is no colleague, or where notices are not set up."""
    refused: list[tuple[Callable[[], object], type[Exception]]] = [
        (lambda: do_give_browser(place.house, place.sam, "{}"), Invalid),
        (lambda: do_give_browser(place.house, new_id(), _address("x")), NotFound),
        (lambda: do_give_browser(replace(place.house, outbound=Outbound()), place.sam, _address("x")), Conflict),
    ]
    for work, error in refused:
        with pytest.raises(error):
            work()
    for n in range(MOST):
        do_give_browser(place.house, place.sam, _address(str(n)))
    with pytest.raises(Conflict) as full:
        do_give_browser(place.house, place.sam, _address("more"))
    assert full.value.code is ErrorCode.TOO_MANY


def test_whoever_leaves_is_told_no_more_and_all_can_be_rebuilt(place: Place, push: Hand, rows) -> None:  # type: ignore[no-untyped-def]
    """A closed account takes its browsers with it; the table is the same when made again from the log."""
    for account, name in ((place.sam, "a"), (place.noor, "b"), (place.noor, "c")):
        do_give_browser(place.house, account, _address(name))
    do_drop_browser(place.house, place.noor, _browsers(place.house, place.noor)[0].id)
    alert = _raise(place)
    _tell(place)
    do_close_account(place.house, place.sam)
    before = rows(place.house)
    do_rebuild(place.house)
    assert rows(place.house) == before
    with place.house.store.read() as connection:
        assert [row.account for row in connection.execute(select(staff_browsers))] == [place.noor]
    assert sorted(who for who, *_ in _told(place, alert)) == ["", "Noor"]
