"""What is written in a conversation: once, in order, for those whose it is to read, and nowhere in the clear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from attunement.domain.conversation import Owner
from attunement.domain.errors import Conflict, ErrorCode, Invalid, NotFound, Throttled
from attunement.domain.ids import new_id
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy
from attunement.programme.alerts.alert import find_open_alerts
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.conversation import Conversation, find_conversation
from attunement.programme.conversations.handing import do_claim, do_give_back
from attunement.programme.conversations.hearing import LINES_A_MINUTE, do_hear, do_hear_asking, heard_in_any_case
from attunement.programme.conversations.lines import access_lines, access_lines_as_supporter
from attunement.programme.conversations.notes import access_notes, do_rate_turn, do_write_note
from attunement.programme.conversations.writing import (
    LONGEST,
    access_ticket,
    do_write_as_companion,
    do_write_as_member,
    do_write_as_supporter,
)
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.rebuild import do_rebuild
from attunement.programme.throttle import Throttle
from attunement.store.schema import turns
from attunement.store.store import Transaction


def _texts(house: House, talk: Conversation) -> list[str]:
    with house.store.read() as connection:
        return [line.text for line in access_lines(house, connection, talk.member, talk.id) if not line.notice]


def test_a_line_sent_twice_is_written_once(house: House, talk: Conversation) -> None:
    """The same line comes back, with its place; another text under the same id is refused."""
    sent = new_id()
    first = do_write_as_member(house, talk.member, talk.id, "Hello?", sent=sent)
    assert do_write_as_member(house, talk.member, talk.id, " Hello? ", sent=sent).id == first.id
    with pytest.raises(Conflict) as caught:
        do_write_as_member(house, talk.member, talk.id, "Bye.", sent=sent)
    assert caught.value.code is ErrorCode.IDEMPOTENCY_MISMATCH
    assert _texts(house, talk) == ["Hello?"]


def test_fifty_lines_at_once_are_throttled_and_none_is_lost_or_doubled(house: House, talk: Conversation) -> None:
    """Who writes more than forty a minute waits; sent again under their ids, all fifty stand there once, in order."""
    minute = [0.0]
    house = replace(house, throttle=Throttle(lambda: minute[0]))
    lines = [(new_id(), f"line {i}") for i in range(50)]
    refused = [line for line in lines if not _written(house, talk, line)]
    assert refused == lines[LINES_A_MINUTE:]
    again = [line for line in lines if not _written(house, talk, line)]
    assert again == refused, "what is written already is given back and costs nothing"
    minute[0] += 60
    assert all(_written(house, talk, line) for line in refused)
    assert _texts(house, talk) == [text for _, text in lines]


def _written(house: House, talk: Conversation, line: tuple[str, str]) -> bool:
    try:
        risk = do_hear(house, talk.member, talk.id, line[1], sent=line[0])
    except Throttled:
        return False
    do_write_as_member(house, talk.member, talk.id, line[1], sent=line[0], risk=risk)
    return True


def _alerted(house: House) -> list[RiskLevel]:
    with house.store.read() as connection:
        return [alert.level for alert in find_open_alerts(connection)]


@pytest.fixture
def hurried(house: House, talk: Conversation, monkeypatch: pytest.MonkeyPatch) -> House:
    """The programme in a minute in which Rosa wrote all the lines it takes, and which reads nothing more."""
    minute = Throttle(lambda: 0.0)
    for _ in range(LINES_A_MINUTE):
        minute.hit(LINES_A_MINUTE, "line", talk.member)
    monkeypatch.setattr("attunement.programme.conversations.hearing.read_danger", None)
    return replace(house, throttle=minute)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I want to kill myself tonight.", [RiskLevel.IMMINENT]),
        ("Nobody would even notice if I were gone.", []),
        ("The kitchen is blue.", []),
    ],
)
def test_of_a_line_too_many_plain_danger_is_told(
    hurried: House, talk: Conversation, text: str, told: list[RiskLevel]
) -> None:
    """It is refused before anything costly reads it, and nothing is written; people are told all the same."""
    with pytest.raises(Throttled) as caught:
        do_hear(hurried, talk.member, talk.id, text)
    assert "Your words are still here. Send them again in a minute." in str(caught.value)
    assert (_alerted(hurried), _texts(hurried, talk)) == (told, [])


def test_a_person_can_be_asked_for_however_much_was_written(hurried: House, talk: Conversation) -> None:
    """The words have to wait, and signs of danger in them are told, since nobody asks how they are meant."""
    with pytest.raises(Throttled):
        do_hear_asking(hurried, talk.member, talk.id, "Nobody would even notice if I were gone. A person, please.")
    with hurried.store.read() as connection:
        assert find_conversation(connection, talk.id).owner is Owner.WAITING
    assert (_alerted(hurried), _texts(hurried, talk)) == ([RiskLevel.INDIRECT], [])


def test_signs_of_danger_beside_asking_for_a_person_are_told(
    house: House, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the person is asked for in the moment before the line is written, nobody asks how it was meant."""
    hold = Transaction.hold

    def asked_first(transaction: Transaction, member: str) -> None:
        monkeypatch.setattr(Transaction, "hold", hold)
        do_ask_for_human(house, member, talk.id)
        transaction.hold(member)

    monkeypatch.setattr(Transaction, "hold", asked_first)
    do_write_as_member(house, talk.member, talk.id, "I do not know any more.", risk=RiskLevel.INDIRECT)
    assert _alerted(house) == [RiskLevel.INDIRECT]


GRAVE = "I am going to kill myself tonight, I have the pills here."
LONG = " word" * 8_001


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GRAVE + LONG, [RiskLevel.IMMINENT]),
        (LONG + " " + GRAVE, [RiskLevel.IMMINENT]),
        (LONG, []),
    ],
    ids=["danger first", "danger last", "no danger"],
)
def test_danger_in_what_is_no_line_is_told(house: House, talk: Conversation, text: str, told: list[RiskLevel]) -> None:
    """It is refused and nothing is written; people are told, and the error says that help is to be shown."""
    with pytest.raises(Invalid) as caught:
        do_hear(house, talk.member, talk.id, text)
    assert (caught.value.data["help_shown"], _alerted(house), _texts(house, talk)) == (bool(told), told, [])


@pytest.mark.parametrize("another", [True, False], ids=["another is open", "none is open"])
def test_danger_in_words_for_a_talk_that_has_ended_is_told(house: House, talk: Conversation, another: bool) -> None:
    """Of the talk that is open since, so that people can come; else of the member."""
    do_close(house, talk.member, talk.id)
    now = do_open(house, talk.member).id if another else None
    risk = do_hear(house, talk.member, talk.id, GRAVE)
    with pytest.raises(Conflict) as caught, heard_in_any_case(house, talk.member, GRAVE, risk, conversation=talk.id):
        do_write_as_member(house, talk.member, talk.id, GRAVE, risk=risk)
    assert (caught.value.code, caught.value.data["help_shown"]) == (ErrorCode.CONVERSATION_CLOSED, True)
    with house.store.read() as connection:
        (alert,) = find_open_alerts(connection)
    assert (alert.level, alert.conversation, alert.reason) == (RiskLevel.IMMINENT, now, "not-kept")


def test_danger_under_an_id_that_was_used_is_told(house: House, talk: Conversation) -> None:
    """Another line under the same id is refused, and beside asking for a person it is left out: heard both times."""
    sent = new_id()
    do_write_as_member(house, talk.member, talk.id, "Hello?", sent=sent)
    risk = do_hear(house, talk.member, talk.id, GRAVE, sent=sent)
    assert risk is RiskLevel.IMMINENT
    do_ask_for_human(house, talk.member, talk.id, words=GRAVE, sent=sent, risk=risk)
    assert (_alerted(house), _texts(house, talk)) == ([RiskLevel.IMMINENT], ["Hello?"])


def test_a_person_is_asked_for_though_the_words_are_too_long(house: House, talk: Conversation) -> None:
    """Without them; signs of danger in them are told."""
    with pytest.raises(Invalid):
        do_hear_asking(house, talk.member, talk.id, "Nobody would even notice if I were gone." + LONG)
    with house.store.read() as connection:
        assert find_conversation(connection, talk.id).owner is Owner.WAITING
    assert (_alerted(house), _texts(house, talk)) == ([RiskLevel.INDIRECT], [])


@pytest.mark.parametrize("text", ["", "  \n", "x" * (LONGEST + 1)])
def test_what_is_no_line_is_refused(house: House, talk: Conversation, text: str) -> None:
    """Nothing and too much are not written."""
    with pytest.raises(Invalid):
        do_write_as_member(house, talk.member, talk.id, text)
    with pytest.raises(Invalid):
        do_write_as_member(house, talk.member, talk.id, "Hello?", sent="not an id")
    assert _texts(house, talk) == []


def test_after_its_end_nothing_is_written(house: House, talk: Conversation) -> None:
    """The member is told that it has ended; ending it again changes nothing."""
    assert do_close(house, talk.member, talk.id) == do_close(house, talk.member, talk.id)
    with pytest.raises(Conflict) as caught:
        do_write_as_member(house, talk.member, talk.id, "Hello?")
    assert caught.value.code is ErrorCode.CONVERSATION_CLOSED
    with pytest.raises(Conflict):
        do_ask_for_human(house, talk.member, talk.id)


def test_who_may_read(house: House, talk: Conversation, noor: str, ida: str) -> None:
    """Another member never; supporters while it waits, then only its owner, and nobody of them once it is back."""
    other = do_enrol(house)
    do_write_as_member(house, talk.member, talk.id, "Hello?")

    def sees(supporter: str) -> bool:
        try:
            with house.store.read() as connection:
                return bool(access_lines_as_supporter(house, connection, supporter, talk.id))
        except NotFound:
            return False

    assert (sees(noor), sees(ida)) == (False, False)
    do_ask_for_human(house, talk.member, talk.id)
    assert (sees(noor), sees(ida)) == (True, True)
    do_claim(house, noor, talk.id)
    assert (sees(noor), sees(ida)) == (True, False)
    do_give_back(house, noor, talk.id)
    assert (sees(noor), sees(ida)) == (False, False)
    with house.store.read() as connection:
        for conversation in (talk.id, new_id(), "x' --"):
            with pytest.raises(NotFound):
                access_lines(house, connection, other, conversation)


def test_danger_read_in_a_talk_is_kept_at_its_highest(house: House, talk: Conversation) -> None:
    """It rises with a line and does not sink with the next."""
    for risk, highest in ((None, "none"), ("explicit", "explicit"), ("none", "explicit"), ("imminent", "imminent")):
        do_write_as_member(house, talk.member, talk.id, "...", risk=RiskLevel(risk) if risk else None)
        with house.store.read() as connection:
            assert find_conversation(connection, talk.id).risk == highest


def test_a_reply_keeps_why_it_was_said_and_whether_it_helped(house: House, talk: Conversation) -> None:
    """What it does, who composed it, how likely it was and why; the member's last word on it holds."""
    do_write_as_member(house, talk.member, talk.id, "Hello?")
    with house.store.read() as connection:
        ticket = access_ticket(connection, talk.id)
    reply = do_write_as_companion(
        house,
        ticket,
        "What is it like?",
        by="composer",
        strategy=Strategy.QUESTION,
        probability=0.25,
        why={"need": "heard"},
    )  # fmt: skip
    for helped in (True, False):
        do_rate_turn(house, talk.member, talk.id, reply.id, helped=helped)
    with house.store.read() as connection:
        last = access_lines(house, connection, talk.member, talk.id)[-1]
        row = connection.execute(select(turns).where(turns.c.id == reply.id)).one()
    assert (last.strategy, last.by, last.why, last.helped) == (Strategy.QUESTION, "composer", {"need": "heard"}, False)
    assert (row.probability, row.strategy, row.helped) == (0.25, Strategy.QUESTION, False)
    with pytest.raises(NotFound):
        do_rate_turn(house, talk.member, talk.id, new_id(), helped=True)


def test_notes_are_for_colleagues_and_in_the_export(house: House, talk: Conversation, noor: str, ida: str) -> None:
    """The next supporter reads them, in a later talk too; the member only among what is held about them."""
    do_ask_for_human(house, talk.member, talk.id)
    do_claim(house, noor, talk.id)
    note = do_write_note(house, noor, talk.id, "Likes to be asked.")
    with house.store.read() as connection, pytest.raises(NotFound):
        access_notes(house, connection, ida, talk.id)
    do_close(house, talk.member, talk.id)
    later = do_open(house, talk.member, human=True)
    with house.store.read() as connection:
        assert access_notes(house, connection, ida, later.id) == [note]
        assert "Likes" not in str(access_lines(house, connection, talk.member, talk.id))
    assert (note.name, note.conversation) == ("Noor", talk.id)
    assert "Likes to be asked." in str(access_export(house, talk.member))


def test_a_rebuild_changes_nothing(
    house: House, talk: Conversation, noor: str, ida: str, rows: Callable[[House], object]
) -> None:
    """Conversations, their lines and who owns them are the same when made again from the log."""
    do_write_as_member(house, talk.member, talk.id, "Hello?", sent=new_id(), risk=RiskLevel.INDIRECT)
    with house.store.read() as connection:
        ticket = access_ticket(connection, talk.id)
    reply = do_write_as_companion(house, ticket, "What is it like?", by="composer")
    do_rate_turn(house, talk.member, talk.id, reply.id, helped=True)
    do_ask_for_human(house, talk.member, talk.id)
    house.clock.forward(minutes=3)
    do_claim(house, noor, talk.id)
    do_write_as_supporter(house, noor, talk.id, "I am here.", sent=new_id())
    do_write_note(house, noor, talk.id, "Likes to be asked.")
    do_give_back(house, noor, talk.id)
    do_close(house, talk.member, talk.id)
    do_open(house, talk.member, human=True)
    before, said = rows(house), _texts(house, talk)
    do_rebuild(house)
    assert rows(house) == before
    assert _texts(house, talk) == said == ["Hello?", "What is it like?", "I am here."]
