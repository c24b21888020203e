"""What the companion is to remember: what the member put there, while they allow it, gone when they say so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from numpy.random import Generator

from attunement.dialogue.companion import Answer, Partner
from attunement.domain.consent import Cell
from attunement.domain.conversation import Line
from attunement.domain.errors import AttunementError, Conflict, ErrorCode, NotFound, Refused
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.answering import do_answer_talk
from attunement.programme.conversations.asking import do_open
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.conversation import Conversation, find_conversation
from attunement.programme.conversations.lines import access_lines
from attunement.programme.conversations.memory import (
    MOST,
    access_memory,
    do_change_remembered,
    do_forget_remembered,
    do_remember,
    do_remember_line,
)
from attunement.programme.conversations.partner import access_partner
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.erasure import do_erase
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.members import do_enrol

USE = Cell.parse("companion:text")


@pytest.fixture
def willing(house: House, member: str) -> str:
    """The member, who allows the companion to know what they write."""
    do_change_consent(house, member, grant=[USE])
    return member


def _kept(house: House, member: str) -> list[str]:
    with house.store.read() as connection:
        return [one.text for one in access_memory(house, connection, member)]


def _given(house: House, conversation: str) -> tuple[str, ...]:
    """What the companion is given of it."""
    with house.store.read() as connection:
        return access_partner(house, connection, find_conversation(connection, conversation)).remembered


def _code(refused: pytest.ExceptionInfo[AttunementError]) -> ErrorCode:
    return refused.value.code


def test_what_is_remembered_is_given_to_the_companion_newest_first(
    house: House, willing: str, talk: Conversation
) -> None:
    """Two lines, in the order of their age."""
    do_remember(house, willing, "My sister\nis Ana.")
    do_remember(house, willing, "I work at night.")
    assert _given(house, talk.id) == ("I work at night.", "My sister is Ana.")


def test_nothing_is_remembered_without_consent(house: House, member: str, talk: Conversation) -> None:
    """Typed or pressed, it is refused and nothing is kept."""
    line = do_write_as_member(house, member, talk.id, "My sister is Ana.")
    with pytest.raises(Refused) as refused:
        do_remember(house, member, "My sister is Ana.")
    assert _code(refused) is ErrorCode.CONSENT_MISSING
    with pytest.raises(Refused):
        do_remember_line(house, member, talk.id, line.id)
    assert _kept(house, member) == []


def test_withdrawn_consent_leaves_it_to_see_and_take_out_but_not_to_use(house: House, willing: str) -> None:
    """A new conversation is given nothing; the line is there, cannot be changed, and can be forgotten."""
    one = do_remember(house, willing, "My sister is Ana.")
    do_change_consent(house, willing, withdraw=[USE])
    assert _given(house, do_open(house, willing).id) == ()
    assert _kept(house, willing) == ["My sister is Ana."]
    with pytest.raises(Refused):
        do_change_remembered(house, willing, one.id, "My sister is Bea.")
    do_forget_remembered(house, willing, one.id)
    assert _kept(house, willing) == []


def test_a_line_is_changed_and_taken_out(house: House, willing: str, talk: Conversation) -> None:
    """The new words take the old ones' place; taken out, neither is there, and it cannot be found again."""
    one = do_remember(house, willing, "My sister is Ana.")
    do_change_remembered(house, willing, one.id, "My sister is Bea.")
    assert _given(house, talk.id) == ("My sister is Bea.",)
    do_forget_remembered(house, willing, one.id)
    assert _given(house, talk.id) == ()
    with pytest.raises(NotFound):
        do_forget_remembered(house, willing, one.id)
    with pytest.raises(NotFound):
        do_change_remembered(house, willing, one.id, "Still here?")


def test_a_line_of_theirs_is_remembered_once_and_cut_between_words(
    house: House, willing: str, talk: Conversation
) -> None:
    """Pressed twice it is there once; of 300 characters, at most 200 with a sign that there was more."""
    line = do_write_as_member(house, willing, talk.id, "word " * 60)
    first, second = (do_remember_line(house, willing, talk.id, line.id) for _ in range(2))
    assert first == second
    assert first.text == "word " * 38 + "word" + "…"
    assert _kept(house, willing) == [first.text]


def test_only_lines_of_ones_own_are_remembered(house: House, willing: str, talk: Conversation) -> None:
    """Neither a notice, nor a line that is not there, nor one of somebody else's."""
    other = do_enrol(house, name="Oli")
    theirs = do_open(house, other)
    line = do_write_as_member(house, other, theirs.id, "Mine.")
    with house.store.read() as connection:
        notice = access_lines(house, connection, willing, talk.id)[0]
    for conversation, turn in ((talk.id, notice.id), (talk.id, "none"), (theirs.id, line.id), (talk.id, line.id)):
        with pytest.raises(NotFound):
            do_remember_line(house, willing, conversation, turn)


@pytest.mark.parametrize(("text", "code"), [("", "bad-input"), (" \n", "bad-input"), ("a" * 201, "text-too-long")])
def test_words_that_cannot_be_kept_are_refused(house: House, willing: str, text: str, code: str) -> None:
    """Nothing, blanks, and more than 200 characters."""
    with pytest.raises(AttunementError) as refused:
        do_remember(house, willing, text)
    assert _code(refused) == code


def test_forty_lines_are_the_most(house: House, willing: str) -> None:
    """The forty-first is refused until one is taken out."""
    kept = [do_remember(house, willing, f"Line {n}.") for n in range(MOST)]
    with pytest.raises(Conflict) as refused:
        do_remember(house, willing, "One more.")
    assert _code(refused) is ErrorCode.TOO_MANY
    do_forget_remembered(house, willing, kept[0].id)
    do_remember(house, willing, "One more.")
    assert len(_kept(house, willing)) == MOST


def test_the_companion_comes_back_to_a_line_while_it_may_and_never_after(house: House, willing: str) -> None:
    """A plan is asked after in the next talk; taken out, or its use withdrawn, nothing is."""
    one = do_remember(house, willing, "I'm going to ring my sister on Tuesday.")

    def answered() -> tuple[str, str]:
        talk = do_open(house, willing)
        do_write_as_member(house, willing, talk.id, "hello")
        said = do_answer_talk(house, talk.id)
        do_close(house, willing, talk.id)
        return said.text, str(said.why)

    text, why = answered()
    assert "you were going to ring your sister on Tuesday" in text
    assert one.text in why
    do_change_consent(house, willing, withdraw=[USE])
    assert "sister" not in "".join(answered())
    do_change_consent(house, willing, grant=[USE])
    do_forget_remembered(house, willing, one.id)
    assert "sister" not in "".join(answered())


def test_a_line_taken_out_while_the_companion_thinks_is_not_said(
    house: House, willing: str, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer under way is made anew without it."""
    one = do_remember(house, willing, "I'm going to ring my sister on Tuesday.")
    do_write_as_member(house, willing, talk.id, "hello")
    reply, thought = house.companion.reply, list[str]()

    def slow(lines: Sequence[Line], *, partner: Partner | None = None, rng: Generator | None = None) -> Answer:
        answer = reply(lines, partner=partner, rng=rng)
        if not thought:
            do_forget_remembered(house, willing, one.id)
        thought.append(answer.text)
        return answer

    monkeypatch.setattr(house.companion, "reply", slow)
    said = do_answer_talk(house, talk.id)
    assert "sister" in thought[0]
    assert "sister" not in said.text


def test_it_is_in_the_export_outlives_a_rebuild_and_goes_with_the_member(house: House, willing: str) -> None:
    """Old words too are in one's own export; after an erasure nothing of it can be opened."""
    one = do_remember(house, willing, "My sister is Ana.")
    do_change_remembered(house, willing, one.id, "My sister is Bea.")
    exported = str(access_export(house, willing))
    assert "Ana" in exported
    assert "Bea" in exported
    house.store.rebuild()
    assert _kept(house, willing) == ["My sister is Bea."]
    do_erase(house, willing)
    assert _kept(house, willing) == []
