"""What is written of the danger in a line: by the whole talk, and no guess of the model's about an ordinary one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.safety.danger_asked import asks_about_danger
from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.conversation import Speaker
from attunement.domain.reading import Reading, RiskLevel, RiskReading
from attunement.library.companion_words import load_companion_words
from attunement.library.resources import content_folder
from attunement.programme.alerts.alert import find_open_alerts
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.answering import do_answer_talk
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.conversation import Conversation, access_conversation
from attunement.programme.conversations.danger import access_standing_danger
from attunement.programme.conversations.hearing import read_danger
from attunement.programme.conversations.lines import WrittenLine, access_lines
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.house import House
from attunement.reading.risk import read_rules

ASKED_PLAINLY = "I see no reason to go on living."
FEARED = "it stands by the door"


@pytest.fixture
def suspicious(house: House) -> House:
    """A programme whose reader sees danger in lines that begin with "it"."""

    class Suspicious:
        name, version = house.reader.name, house.reader.version

        def read(self, texts: Sequence[str]) -> list[Reading]:
            return [
                replace(r, risk=RiskReading(RiskLevel.EXPLICIT, 0.97, r.model)) if text.startswith("it ") else r
                for text, r in zip(texts, house.reader.read(texts), strict=True)
            ]

    companion = Companion(words=load_companion_words(content_folder()), helplines=house.helplines, reader=Suspicious())
    return replace(house, reader=Suspicious(), companion=companion)


def _say(house: House, talk: Conversation, text: str, *, answered: bool = True) -> RiskLevel:
    risk = read_danger(house, talk.member, talk.id, text)
    do_write_as_member(house, talk.member, talk.id, text, risk=risk)
    if answered:
        do_answer_talk(house, talk.id)
    return risk


def _last(house: House, talk: Conversation) -> WrittenLine:
    with house.store.read() as connection:
        lines = access_lines(house, connection, talk.member, talk.id)
    return [line for line in lines if line.speaker is Speaker.COMPANION][-1]


def test_a_yes_to_the_plain_question_is_written_as_plain_and_stands(house: House, talk: Conversation) -> None:
    """The line that says it, the talk on the queue and the alert are explicit; what is said later changes none."""
    _say(house, talk, ASKED_PLAINLY)
    assert _say(house, talk, "yes") is RiskLevel.EXPLICIT
    assert _say(house, talk, "the kitchen is blue", answered=False) is not RiskLevel.EXPLICIT
    with house.store.read() as connection:
        assert access_conversation(connection, talk.member, talk.id).risk is RiskLevel.EXPLICIT
        assert access_standing_danger(house, connection, talk.id) is RiskLevel.EXPLICIT
        assert [alert.level for alert in find_open_alerts(connection)] == [RiskLevel.EXPLICIT]


def test_what_follows_a_plain_word_is_answered_by_the_companion(house: House, talk: Conversation) -> None:
    """A harmless line after it is no fault: it is answered, and the alert stays as grave as it was."""
    _say(house, talk, "I want to kill myself.")
    _say(house, talk, "my sister maybe")
    assert _last(house, talk).by == "composer"
    with house.store.read() as connection:
        assert [alert.level for alert in find_open_alerts(connection)] == [RiskLevel.EXPLICIT]


def test_a_guess_about_an_ordinary_talk_is_written_nowhere(suspicious: House, member: str) -> None:
    """No help card beside the line, no place on the queue and no alert, also when a person is asked for."""
    talk = do_open(suspicious, member)
    assert _say(suspicious, talk, "we baked bread on saturday") is RiskLevel.NONE
    assert _say(suspicious, talk, FEARED) is RiskLevel.NONE
    do_ask_for_human(suspicious, member, talk.id)
    with suspicious.store.read() as connection:
        assert access_conversation(connection, member, talk.id).risk is RiskLevel.NONE
        assert find_open_alerts(connection) == []


def test_a_first_line_that_only_the_model_fears_is_a_sign_and_no_alert(suspicious: House, member: str) -> None:
    """Help stands beside it; an ordinary answer to the question about it is ordinary."""
    talk = do_open(suspicious, member)
    assert _say(suspicious, talk, FEARED) is RiskLevel.INDIRECT
    assert _say(suspicious, talk, "the kitchen is blue") is RiskLevel.NONE
    with suspicious.store.read() as connection:
        assert find_open_alerts(connection) == []


def test_while_nobody_answers_a_guess_counts(suspicious: House, member: str) -> None:
    """Where the companion cannot ask how it was meant, people are told."""
    talk = do_open(suspicious, member, human=True)
    assert _say(suspicious, talk, FEARED, answered=False) is RiskLevel.EXPLICIT
    with suspicious.store.read() as connection:
        assert [alert.level for alert in find_open_alerts(connection)] == [RiskLevel.EXPLICIT]


def test_beside_a_heavy_feeling_what_the_model_sees_is_written(suspicious: House, member: str) -> None:
    """It is no guess there."""
    talk = do_open(suspicious, member)
    _say(suspicious, talk, "I feel so empty and sad today")
    assert _say(suspicious, talk, FEARED).rank >= RiskLevel.INDIRECT.rank


HARMLESS = "ok give me one thing I can do tonight"


@pytest.fixture
def misreading(house: House) -> House:
    """A programme whose reader sees danger in a harmless line, and is not sure."""
    feared = {
        HARMLESS: RiskReading(RiskLevel.IMMINENT, 0.48, "m"),
        "he texted me": RiskReading(RiskLevel.EXPLICIT, 0.9, "m"),
    }

    class Misreading:
        name, version = house.reader.name, house.reader.version

        def read(self, texts: Sequence[str]) -> list[Reading]:
            return [
                replace(r, risk=feared.get(t, r.risk)) for t, r in zip(texts, house.reader.read(texts), strict=True)
            ]

    companion = Companion(words=load_companion_words(content_folder()), helplines=house.helplines, reader=Misreading())
    return replace(house, reader=Misreading(), companion=companion)


@pytest.mark.parametrize("human", [False, True])
@pytest.mark.parametrize("text", [HARMLESS, "he texted me"])
def test_what_the_model_is_not_sure_of_is_written_as_it_was_judged(
    misreading: House, member: str, text: str, human: bool
) -> None:
    """Beside a heavy line, and where nobody answers yet: no card, no alert, nothing that stands."""
    talk = do_open(misreading, member, human=human)
    _say(misreading, talk, "My flatmate never does the dishes. I am so sick of it.", answered=False)
    assert _say(misreading, talk, text, answered=False).rank < RiskLevel.INDIRECT.rank
    with misreading.store.read() as connection:
        assert access_conversation(connection, member, talk.id).risk.rank < RiskLevel.INDIRECT.rank
        assert access_standing_danger(misreading, connection, talk.id) is RiskLevel.NONE
        assert find_open_alerts(connection) == []


@pytest.mark.parametrize("text", ["I want to kill myself.", "My sister says she will kill herself tonight."])
def test_nothing_is_written_lower_than_what_rules_find(house: House, talk: Conversation, text: str) -> None:
    """Whoever it is about."""
    assert read_danger(house, talk.member, talk.id, text).rank >= read_rules(text).level.rank >= RiskLevel.INDIRECT.rank


def test_what_earlier_talks_make_the_companion_ask_about_is_written(house: House, talk: Conversation) -> None:
    """Page and companion go by the same: the days before count for both, where they let it."""
    do_write_as_member(house, talk.member, talk.id, "Nobody would miss me if I was gone.", risk=RiskLevel.INDIRECT)
    do_close(house, talk.member, talk.id)
    now = do_open(house, talk.member)
    sad = "I'm so tired and sad tonight."
    assert read_danger(house, talk.member, now.id, sad) is RiskLevel.DISTRESS
    do_change_consent(house, talk.member, grant=[Cell(Purpose.COMPANION, Category.TEXT)])
    assert _say(house, now, sad) is RiskLevel.INDIRECT
    assert asks_about_danger(_last(house, now).text)
