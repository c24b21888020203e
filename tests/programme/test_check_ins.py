"""Check-ins: whatever is typed or sent, it is kept whole or refused with what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import select

from attunement.domain.affect import Affect
from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.errors import AttunementError, ErrorCode, Invalid, NotFound
from attunement.domain.events import CheckedIn
from attunement.domain.need import Need
from attunement.domain.reading import SIGNS, RiskLevel, RiskReading
from attunement.programme.check_ins import access_risk, do_check_in
from attunement.programme.consents import do_change_consent, do_set_consent
from attunement.programme.corrections import access_check_in
from attunement.programme.decisions import do_decide
from attunement.programme.house import House
from attunement.programme.members import access_name, do_change_profile, do_enrol, do_set_breadth
from attunement.programme.text import clean_text
from attunement.store import schema

MEANT = "I want to kill myself tonight"
LOW = "I feel so low and I cried all day."


@pytest.fixture
def rosa(house: House) -> str:
    """A member who allows everything."""
    member = do_enrol(house, name="Rosa")
    do_set_consent(house, member, house.wording.asked)
    return member


def _told(house: House, member: str) -> CheckedIn:
    with house.store.read() as connection:
        logged = house.store.newest(connection, member, CheckedIn.kind)
    assert logged is not None
    assert isinstance(logged.event, CheckedIn)
    return logged.event


def _moments(house: House) -> int:
    with house.store.read() as connection:
        return len(connection.execute(select(schema.moments.c.id)).all())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("😀👩‍👩‍👧‍👦", "😀👩‍👩‍👧‍👦"),
        ("שלום \u202eabc\u202c", "שלום \u202eabc\u202c"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("\t indented", "indented"),
        ("' ; DROP TABLE log; -- %s {0} <script>", "' ; DROP TABLE log; -- %s {0} <script>"),
        ("a" * 20_000, "a" * 20_000),
        ("half \ud83d an emoji", "half \ufffd an emoji"),
        ("e\u0301" * 300, "e\u0301" * 300),
    ],
)
def test_texts_are_kept_as_typed(house: House, rosa: str, typed: str, kept: str) -> None:
    """Emoji, other scripts and marks come back as typed; control characters, outer space and halves of emoji go."""
    do_check_in(house, rosa, text=typed)
    assert _told(house, rosa).text == kept


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=[]), max_size=60))
def test_any_text_is_kept_or_refused(house: House, rosa: str, text: str) -> None:
    """Any text at all is kept exactly as cleaned, or refused with a code; cleaning twice changes nothing more."""
    try:
        do_check_in(house, rosa, text=text)
    except Invalid as error:
        assert error.code is ErrorCode.BAD_INPUT  # noqa: PT017
        return
    assert _told(house, rosa).text == clean_text(text) == clean_text(clean_text(text))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({}, ErrorCode.BAD_INPUT),
        ({"text": " \n\t\x00 "}, ErrorCode.BAD_INPUT),
        ({"text": "a" * 20_001}, ErrorCode.TEXT_TOO_LONG),
        ({"text": "a" * 100_000}, ErrorCode.TEXT_TOO_LONG),
        ({"needs": [Need.CALM], "at": datetime(2026, 5, 1)}, ErrorCode.BAD_TIME),  # noqa: DTZ001
        ({"needs": [Need.CALM], "at": datetime(2026, 5, 1, 12, 5, 1, tzinfo=UTC)}, ErrorCode.BAD_TIME),
        ({"needs": [Need.CALM], "at": datetime(9999, 12, 31, tzinfo=UTC)}, ErrorCode.BAD_TIME),
        ({"needs": [Need.CALM], "at": datetime(1989, 12, 31, tzinfo=UTC)}, ErrorCode.BAD_TIME),
    ],
)
def test_what_cannot_be_a_check_in_is_refused(
    house: House, rosa: str, wrong: dict[str, object], code: ErrorCode
) -> None:
    """Nothing said, too much said and impossible times are refused, and nothing is written."""
    with pytest.raises(Invalid) as caught:
        do_check_in(house, rosa, **wrong)  # type: ignore[arg-type]
    assert caught.value.code is code
    assert str(caught.value).endswith(".")
    assert _moments(house) == 0


def test_an_unknown_need_never_gets_into_the_log(house: House, rosa: str) -> None:
    """A need that is none of the five is refused before anything is written."""
    with pytest.raises((AttunementError, ValidationError)):
        do_check_in(house, rosa, needs=["money"])  # type: ignore[list-item]
    assert _moments(house) == 0


@pytest.mark.parametrize("member", ["", "nobody", "\x00", "\ud800", "🙂" * 5000])
def test_nobody_cannot_check_in(house: House, member: str) -> None:
    """A check-in, a decision or a setting for somebody who is not there is refused as unknown."""
    for attempt in (
        lambda: do_check_in(house, member, affect=Affect(0, 0)),
        lambda: do_decide(house, member),
        lambda: do_set_breadth(house, member, 0.1),
        lambda: do_change_consent(house, member),
    ):
        with pytest.raises(NotFound) as caught:
            attempt()
        assert caught.value.code is ErrorCode.UNKNOWN_MEMBER


def test_times_of_other_zones_are_the_same_instant(house: House, rosa: str) -> None:
    """A time with another offset is kept as the instant it is; the past may be told, and a little ahead is now."""
    at = datetime(2026, 5, 1, 13, 55, tzinfo=timezone(timedelta(hours=2)))
    assert do_check_in(house, rosa, affect=Affect(0, 0), at=at).at == at
    with house.store.read() as connection:
        assert connection.execute(select(schema.moments.c.at)).scalar() == at
    assert do_check_in(house, rosa, affect=Affect(0, 0), at=datetime(1990, 1, 1, tzinfo=UTC)).at.year == 1990
    ahead = at + timedelta(minutes=10)
    assert do_check_in(house, rosa, affect=Affect(0, 0), at=ahead).at == house.clock() == ahead - timedelta(minutes=5)


def test_needs_said_twice_count_once(house: House, rosa: str) -> None:
    """The same need said twice is one need."""
    do_check_in(house, rosa, needs=[Need.CALM, Need.HEARD, Need.CALM])
    assert _told(house, rosa).needs == [Need.CALM, Need.HEARD]


@pytest.mark.parametrize("allowed", [True, False])
def test_danger_is_read_whatever_is_allowed(house: House, rosa: str, allowed: bool) -> None:
    """Help is asked for from any text that speaks of danger; the reading is kept only where text may be read."""
    if not allowed:
        do_set_consent(house, rosa, [])
    moment = do_check_in(house, rosa, text=MEANT)
    assert moment.help_shown
    assert moment.risk.rank >= RiskLevel.EXPLICIT.rank
    assert (_told(house, rosa).reading is not None) == allowed
    decision = do_decide(house, rosa, after=moment)
    offered = {p: house.library.practice(p) for p in decision.choice.probabilities}
    assert all(practice.intensity == 1 for practice in offered.values())
    assert all("risk" not in practice.avoid_when for practice in offered.values())


@pytest.mark.parametrize(
    "wrong",
    [{"name": "a" * 61}, {"country": "ie"}, {"country": "IRL"}, {"country": "XX"},
     {"language": "e"}, {"language": "x" * 40}, {"time_zone": "Mars/Olympus"},
     {"time_zone": "../../etc/passwd"}, {"time_zone": "\x00"}],
)  # fmt: skip
def test_profiles_hold_codes_only(house: House, wrong: dict[str, str]) -> None:
    """A name too long, or a country, language or time zone that is no code, enrols nobody."""
    with pytest.raises(Invalid):
        do_enrol(house, **wrong)  # type: ignore[arg-type]
    if "name" not in wrong:
        member = do_enrol(house)
        with pytest.raises(Invalid):
            do_change_profile(house, member, **wrong)
    with house.store.read() as connection:
        assert len(connection.execute(select(schema.members.c.id)).all()) == ("name" not in wrong)


@pytest.mark.parametrize("breadth", [-0.01, 1.01, float("nan"), float("inf")])
def test_breadth_is_zero_to_one(house: House, rosa: str, breadth: float) -> None:
    """Any other breadth is refused."""
    with pytest.raises(Invalid):
        do_set_breadth(house, rosa, breadth)


def test_a_name_is_kept_as_chosen(house: House) -> None:
    """Names of any script come back as chosen, without outer space."""
    member = do_enrol(house, name="  Zoë \u200fנועה 🌻 ")
    with house.store.read() as connection:
        assert access_name(house, connection, member) == "Zoë \u200fנועה 🌻"


def test_a_decision_after_a_check_in_is_the_one_made_from_the_log(house: House) -> None:
    """Handing the moment on saves reading it back, and changes nothing: the same probabilities to the last bit."""
    found = []
    for handed in (True, False):
        member = do_enrol(house)
        do_change_consent(house, member, grant=house.wording.asked)
        text = "My dog died today and nobody at work noticed."
        moment = do_check_in(house, member, affect=Affect(-0.43219876, 0.3), needs=[Need.HEARD], text=text)
        found.append(do_decide(house, member, after=moment if handed else None, seed=3))
    assert found[0].choice == found[1].choice


def test_what_was_withdrawn_after_a_check_in_is_not_used_from_the_moment(house: House, rosa: str) -> None:
    """A moment handed on was made under what was allowed then; the decision asks again."""
    moment = do_check_in(house, rosa, affect=Affect(-0.9, 0.9), text="I am so angry about work.")
    do_set_consent(house, rosa, [])
    decision = do_decide(house, rosa, after=moment, seed=3)
    assert not decision.used
    assert len(set(decision.choice.probabilities.values())) == 1


@pytest.mark.parametrize(
    ("first", "hours", "then", "shown"),
    [
        (MEANT, 24, LOW, True),
        (MEANT, 100, LOW, False),
        (MEANT, 24, "Thank you, the tea was lovely!", False),
        ("The bus was late.", 24, LOW, False),
    ],
)
def test_distress_soon_after_danger_is_read_as_signs_of_it(
    house: House, rosa: str, first: str, hours: int, then: str, shown: bool
) -> None:
    """Help is shown again for three days where distress is told, and good news is not held against anyone."""
    now = house.clock()
    do_check_in(house, rosa, text=first, at=now - timedelta(hours=hours))
    moment = do_check_in(house, rosa, text=then, at=now)
    assert moment.help_shown == shown
    with house.store.read() as connection:
        assert (access_risk(house, connection, rosa).rank >= RiskLevel.INDIRECT.rank) == shown


def test_what_came_before_counts_only_while_text_may_be_read(house: House, rosa: str) -> None:
    """Without consent to text the last days are not looked at."""
    do_check_in(house, rosa, text=MEANT)
    do_change_consent(house, rosa, withdraw=[Cell(Purpose.PERSONALISE, Category.TEXT)])
    assert not do_check_in(house, rosa, text=LOW).help_shown


@pytest.mark.parametrize(
    ("text", "p", "counts"),
    [("it stands by the door", 0.48, False), ("it stands by the door", 0.97, True), (MEANT, 0.48, True)],
)
def test_only_sure_signs_cast_a_shadow_on_the_days_after(
    house: House, rosa: str, text: str, p: float, counts: bool
) -> None:
    """What the model suspected in a check-in shows help with it and not for days; what it is sure of, or rules find,
    does."""
    read = house.reader.read([text])[0]
    feared = replace(read, risk=RiskReading(RiskLevel.IMMINENT, p, read.model))
    assert do_check_in(house, rosa, text=text, reading=feared).help_shown
    house.clock.forward(days=1)
    assert do_check_in(house, rosa, text=LOW).help_shown is counts
    with house.store.read() as connection:
        assert (access_risk(house, connection, rosa) in SIGNS) is counts


def test_a_check_in_is_read_as_one(house: House, rosa: str) -> None:
    """By itself the line could be a comment; what carried the feeling is told of the reading that was made."""
    moment = do_check_in(house, rosa, text="finally a day off").id
    found = access_check_in(house, rosa, moment)
    assert house.reader.read([found.text])[0].emotion.labels == ()
    assert list(found.reading.labels) == ["joy"]
    assert "finally" in {found.text[word.start : word.end] for word in found.words["joy"]}


def test_distress_soon_after_being_hurt_is_read_as_signs_of_danger(house: House, rosa: str) -> None:
    """That somebody hurts them is told by rule, so help is shown again as after any sure sign."""
    do_check_in(house, rosa, text="My husband hit me again last night.")
    house.clock.forward(days=1)
    assert do_check_in(house, rosa, text=LOW).help_shown


def test_a_check_in_is_not_read_by_what_came_later(house: House, rosa: str) -> None:
    """A device that sends an older check-in after a newer one does not have danger read back into it."""
    then = house.clock() - timedelta(hours=5)
    do_check_in(house, rosa, text=MEANT)
    assert not do_check_in(house, rosa, text=LOW, at=then).help_shown
