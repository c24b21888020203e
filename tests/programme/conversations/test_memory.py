"""What the companion is to remember: what the member put there, while they allow it, gone when they say so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from numpy.random import Generator

from attunement.dialogue.answer import Answer
from attunement.dialogue.partner import Partner
from attunement.domain.consent import Cell
from attunement.domain.conversation import Line
from attunement.domain.errors import AttunementError, Conflict, ErrorCode, Invalid, NotFound, Refused
from attunement.domain.reading import RiskLevel
from attunement.programme.alerts.alert import find_open_alerts
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.answering import do_answer_talk
from attunement.programme.conversations.asking import do_open
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.conversation import Conversation, find_conversation
from attunement.programme.conversations.hearing import NOT_KEPT, do_hear_remembered, heard_in_any_case
from attunement.programme.conversations.lines import access_lines
from attunement.programme.conversations.memory import (
    MOST,
    NOTED,
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


# danger in it --------------------------------------------------------------------------------------------------------
GRAVE, SIGNS, CALM = (
    "I am going to kill myself tonight.",
    "Everyone would be better off without me.",
    "My sister is Ana.",
)


def _told(house: House) -> list[tuple[RiskLevel, str]]:
    with house.store.read() as connection:
        return [(alert.level, alert.reason) for alert in find_open_alerts(connection)]


@pytest.mark.parametrize(("text", "shown", "told"), [(GRAVE, True, True), (SIGNS, True, False), (CALM, False, False)])
@pytest.mark.parametrize("changed", [False, True], ids=["new", "changed"])
def test_what_is_to_be_remembered_is_heard(
    house: House, willing: str, noor: str, text: str, shown: bool, told: bool, changed: bool
) -> None:
    """Written or put into other words: help is shown for signs, and people are told of plain danger.

    What was told once is not told again where the words stay as they are.
    """
    one = do_remember(house, willing, "I work at night.") if changed else None
    risk = do_hear_remembered(house, willing, text)
    kept = (
        do_change_remembered(house, willing, one.id, text, risk=risk)
        if one else do_remember(house, willing, text, risk=risk)
    )  # fmt: skip
    assert (kept.help_shown, kept.alerted) == (shown, told)
    assert [reason for _, reason in _told(house)] == [NOTED] * told
    again = do_change_remembered(house, willing, kept.id, text, risk=risk)
    assert (again.help_shown, again.alerted) == (shown, False)


@pytest.mark.parametrize("text", [GRAVE, GRAVE + " word" * 50], ids=["without consent", "too long"])
def test_danger_in_words_that_are_not_kept_is_told_all_the_same(house: House, member: str, text: str) -> None:
    """Consent is for what is kept and used; reading for danger is for their safety."""

    def write() -> None:
        risk = do_hear_remembered(house, member, text)
        with heard_in_any_case(house, member, text, risk):
            do_remember(house, member, text, risk=risk)

    with pytest.raises((Refused, Invalid)) as refused:
        write()
    assert refused.value.data["help_shown"] is True
    assert [reason for _, reason in _told(house)] == [NOT_KEPT]
    assert _kept(house, member) == []


def test_nobody_is_said_to_be_told_where_nobody_can_be(house: House, willing: str) -> None:
    """The alert is raised all the same, and is an alarm."""
    kept = do_remember(house, willing, GRAVE, risk=do_hear_remembered(house, willing, GRAVE))
    assert (kept.help_shown, kept.alerted, len(_told(house))) == (True, False, 1)


def test_too_many_in_a_short_time_are_heard_by_plain_patterns(
    house: House, willing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading by a model is costly; plain danger is found without."""
    monkeypatch.setattr("attunement.programme.conversations.hearing.LINES_A_MINUTE", 0)
    monkeypatch.setattr(type(house.reader), "read", None)
    assert do_hear_remembered(house, willing, GRAVE) in {RiskLevel.EXPLICIT, RiskLevel.IMMINENT}
