"""What the companion may know beyond a talk is what the words of consent say, and nothing without them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from attunement.domain.affect import Affect
from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.practice import AvoidWhen
from attunement.domain.reading import RiskLevel, RiskReading
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.answering import do_answer_talk
from attunement.programme.conversations.asking import do_open
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.partner import NOT_AGAIN_DAYS, access_earlier_danger, access_partner
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.decisions import do_answer, do_choose, do_decide
from attunement.programme.house import House


def _offered(house: House, talk: Conversation) -> set[str]:
    with house.store.read() as connection:
        return {practice.id for practice in access_partner(house, connection, talk).practices}


def _allow(house: House, talk: Conversation, category: Category) -> None:
    do_change_consent(house, talk.member, grant=[Cell(Purpose.COMPANION, category)])


def test_how_they_said_they_feel_counts_only_where_they_let_it(house: House, talk: Conversation) -> None:
    """Overwhelmed, they are not offered what is too much then; hours later it counts no more."""
    too_much = {p.id for p in house.library.practices if AvoidWhen.OVERWHELMED in p.avoid_when}
    assert too_much
    do_check_in(house, talk.member, affect=Affect(-0.9, 0.9))
    assert too_much <= _offered(house, talk)
    _allow(house, talk, Category.SELF_REPORT)
    assert not too_much & _offered(house, talk)
    house.clock.forward(hours=7)  # type: ignore[attr-defined]
    assert too_much <= _offered(house, talk)


def test_what_they_met_lately_is_not_offered_again_where_they_let_it(house: House, talk: Conversation) -> None:
    """For a week, and only under their consent to what they do here."""
    met = house.library.practices[0].id
    do_choose(house, talk.member, met)
    assert met in _offered(house, talk)
    _allow(house, talk, Category.INTERACTIONS)
    assert met not in _offered(house, talk)
    house.clock.forward(days=NOT_AGAIN_DAYS)  # type: ignore[attr-defined]
    assert met in _offered(house, talk)


def test_what_they_asked_not_to_be_offered_rests_whatever_they_allow(house: House, talk: Conversation) -> None:
    """Less like this holds in a talk as well."""
    decision = do_decide(house, talk.member, seed=1)
    do_answer(house, talk.member, decision.id, "less-like-this")
    assert decision.choice.offered not in _offered(house, talk)


@pytest.mark.parametrize("allowed", [False, True])
def test_danger_of_an_earlier_talk_counts_only_where_they_let_it(
    house: House, talk: Conversation, allowed: bool
) -> None:
    """Then only gentle practices are offered, and the companion takes it into account."""
    do_write_as_member(house, talk.member, talk.id, "Nobody would miss me if I was gone.", risk=RiskLevel.INDIRECT)
    do_close(house, talk.member, talk.id)
    now = do_open(house, talk.member)
    if allowed:
        _allow(house, now, Category.TEXT)
    with house.store.read() as connection:
        partner = access_partner(house, connection, now)
    assert partner.before == ((RiskLevel.INDIRECT,) if allowed else ())
    assert all(practice.intensity == 1 for practice in partner.practices) is allowed


@pytest.mark.parametrize(
    ("said", "risk", "counts"),
    [
        ("My toaster has died. I am in deep mourning.", RiskLevel.INDIRECT, False),
        ("Nobody would miss me if I was gone.", RiskLevel.INDIRECT, True),
        ("yes", RiskLevel.EXPLICIT, True),
    ],
)
def test_only_what_is_sure_of_an_earlier_talk_counts(
    house: House, talk: Conversation, said: str, risk: RiskLevel, counts: bool
) -> None:
    """What rules find and a yes do; what the model once suspected, or a line was raised to, is no sign for days."""
    do_write_as_member(house, talk.member, talk.id, said, risk=risk)
    do_close(house, talk.member, talk.id)
    now = do_open(house, talk.member)
    _allow(house, now, Category.TEXT)
    with house.store.read() as connection:
        assert access_earlier_danger(house, connection, now) == ((risk,) if counts else ())


@pytest.mark.parametrize(("text", "counts"), [("it stands by the door", False), ("I want to kill myself.", True)])
def test_what_the_model_alone_suspected_in_a_check_in_casts_no_shadow(
    house: House, talk: Conversation, text: str, counts: bool
) -> None:
    """Read as imminent with half a chance, it is nothing that the next talk is read by; what rules find is."""
    do_change_consent(house, talk.member, grant=[Cell(Purpose.PERSONALISE, Category.TEXT)])
    _allow(house, talk, Category.TEXT)
    read = house.reader.read([text])[0]
    feared = replace(read, risk=RiskReading(RiskLevel.IMMINENT, 0.48, read.model))
    do_check_in(house, talk.member, text=text, reading=feared)
    with house.store.read() as connection:
        assert (access_earlier_danger(house, connection, talk) != ()) is counts


def test_what_the_companion_did_in_this_talk_counts_in_the_next_turn(house: House, talk: Conversation) -> None:
    """In order, so that the same is not done again and again."""
    done = []
    for text in ("My exam is next week.", "I'm nervous about it."):
        do_write_as_member(house, talk.member, talk.id, text)
        done.append(do_answer_talk(house, talk.id).strategy)
    with house.store.read() as connection:
        assert access_partner(house, connection, talk).lately == tuple(done)
