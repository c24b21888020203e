"""Where danger was said plainly, a talk keeps to it until a word ends it, and neither repeats itself nor nags."""

from __future__ import annotations

import re

import pytest

from attunement.dialogue.answer import Answer
from attunement.dialogue.companion import Companion
from attunement.dialogue.partner import Partner
from attunement.dialogue.replying.safe_reply import names_emergency
from attunement.dialogue.safety.assessment import ActionKind
from attunement.dialogue.safety.danger_asked import asks_for_a_yes
from attunement.dialogue.safety.standing import KEPT_TO, MOST_PRESSED, OVER, is_evasive, word_of
from attunement.domain.conversation import Line, Speaker
from attunement.domain.reading import RiskLevel
from attunement.library.companion_words import load_companion_words
from attunement.library.helplines import load_helplines
from attunement.library.library import load_library
from attunement.library.resources import content_folder

PILLS, PLAIN, HINT = "I just took all my pills", "I want to kill myself", "everyone would be better off without me"
OF_A_FRIEND = "My friend just took all his pills"
SHRUGS = ["ok", "whatever", "fine", "lol", "👍", "never mind", "...", "yeah", "idk", "OK!", "no", "bye"]
SAFETY = load_companion_words(content_folder()).safety
TOLD = (*SAFETY.told.alert, *SAFETY.told.hold, *SAFETY.told.asked)
HELPS = load_helplines(content_folder())


def talk(companion: Companion, *texts: str, partner: Partner | None = None) -> list[Answer]:
    """The answers to these lines, one after the other."""
    lines: list[Line] = []
    found = []
    for text in texts:
        lines.append(Line(Speaker.MEMBER, text))
        found.append(companion.reply(lines, partner=partner or Partner(country="GB", can_alert=True)))
        lines.append(Line(Speaker.COMPANION, found[-1].text))
    return found


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.?]) ", text) if len(one.split()) > 2]


@pytest.mark.parametrize("line", [*SHRUGS, "I watched football", "the weather is nice today", "are you a robot?"])
def test_after_pills_were_taken_a_fourth_line_gets_no_ordinary_reply(companion: Companion, line: str) -> None:
    """Short, evasive or about something else: it keeps to the danger, and names an emergency call."""
    found = talk(companion, PILLS, "ok", "ok", line)[-1]
    assert (found.step in KEPT_TO, found.risk) == (True, RiskLevel.IMMINENT)
    assert names_emergency(found.text, HELPS.for_country("GB")) or found.step == "checked"
    assert ActionKind.SHOW_HELP in {action.kind for action in found.actions}


@pytest.mark.parametrize("country", ["GB", None])
@pytest.mark.parametrize("first", [PILLS, PLAIN])
def test_no_reply_and_within_six_lines_no_sentence_is_said_twice(
    companion: Companion, first: str, country: str | None
) -> None:
    """A dozen shrugs are answered in a dozen ways, with a call in words that are true where no number is known."""
    found = talk(companion, first, *SHRUGS, partner=Partner(country=country, can_alert=True))
    texts = [answer.text for answer in found]
    assert len(set(texts)) == len(texts)
    said = [one for text in texts[:7] for one in sentences(text)]
    assert len(set(said)) == len(said)
    if first is PILLS:
        assert all(names_emergency(text, HELPS.for_country(country)) for text in texts[: MOST_PRESSED + 1])
    if country is None:
        assert not any("call 999" in text or "{" in text for text in texts)


def test_it_asks_one_short_thing_a_few_times_and_then_no_more(companion: Companion) -> None:
    """Four questions, none of which a yes could answer with danger; then nothing is asked, and the way out is said."""
    found = talk(companion, PILLS, *["ok"] * 8)[1:]
    asked = [answer.text.count("?") for answer in found]
    assert asked == [1] * MOST_PRESSED + [0] * (8 - MOST_PRESSED)
    assert not any(asks_for_a_yes(answer.text) for answer in found)
    assert {answer.step for answer in found[MOST_PRESSED:]} == {"linger"}


def test_no_practice_is_offered_while_danger_stands(companion: Companion) -> None:
    """Whatever they write, and however many could be."""
    practices = load_library(content_folder()).practices
    partner = Partner(country="GB", can_alert=True, ideas=1.0, practices=practices)
    found = talk(companion, PILLS, "ok", "what can i do?", "any idea?", "ok", "ok", "bored", partner=partner)
    assert [answer.practice for answer in found] == [None] * len(found)


@pytest.mark.parametrize("can_alert", [True, False])
def test_that_people_were_asked_is_said_only_where_they_were(companion: Companion, can_alert: bool) -> None:
    """With nobody to tell, no line speaks of anybody who was told."""
    found = talk(companion, PILLS, *SHRUGS, partner=Partner(country="GB", can_alert=can_alert))
    assert any(line in answer.text for answer in found for line in TOLD) is can_alert
    assert not any(
        line in answer.text for answer in found[1:] for line in SAFETY.told.alert
    )  # it was said at the first


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("I called the ambulance, they are on the way", "helped"), ("My sister is with me now", "helped"),
        ("the paramedics are here", "helped"), ("I'm at the hospital", "helped"), ("I'm safe now", "safe"),
        ("that was not true, I made it up", "not-so"), ("I didn't take anything", "not-so"), ("just kidding", "not-so"),
        ("I meant my usual tablets, as prescribed", "not-so"), ("no, just my vitamins", "not-so"),
    ],
)  # fmt: skip
def test_a_clear_word_ends_the_pressing(companion: Companion, line: str, step: str) -> None:
    """It is answered as what it is; the next short lines are no return to it, and people are not called anew."""
    found = talk(companion, PILLS, "ok", line, "ok", "ok")
    assert found[2].step == step
    assert not {answer.step for answer in found[2:]} & set(KEPT_TO)
    assert ActionKind.ALERT not in {action.kind for answer in found[2:] for action in answer.actions}
    assert {answer.risk for answer in found} == {RiskLevel.IMMINENT}  # a machine does not take it back


@pytest.mark.parametrize(
    "line",
    [
        "I'm fine", "nobody is with me", "I wish somebody was with me", "I can't call", "should I call 999?",
        "I didn't take all of them", "just kidding. mostly.", "I'm not safe", "if my mum is here later",
        "I called my mum to say goodbye", "I lied, I took more than I said", "I haven't done it yet",
        "my neighbour is next door", "I will be safe tomorrow", "all of my usual pills",
        "my usual pills, 40 of them", "I took my usual pills too, with a litre of vodka", "the evening dose as well",
        "and my usual tablets", "I just took my evening dose on top", "it was my usual tablets and a bottle of wine",
    ],
)  # fmt: skip
def test_what_is_no_clear_word_ends_nothing(line: str) -> None:
    """Wished for, asked, denied, half taken back, or of another time."""
    assert word_of(line.lower()) == ""


def test_who_says_yes_only_is_asked_who_and_a_name_is_a_word(companion: Companion) -> None:
    """A bare yes may be said to be left in peace: one question, and who is there ends the pressing."""
    lines = [
        Line(Speaker.MEMBER, PILLS), Line(Speaker.COMPANION, "Please call 999. Is somebody with you?"),
        Line(Speaker.MEMBER, "yeah"),
    ]  # fmt: skip
    found = companion.reply(lines)
    assert found.step == "checked"
    lines += [Line(Speaker.COMPANION, found.text), Line(Speaker.MEMBER, "my sister")]
    assert companion.reply(lines).step == "helped"


def test_help_that_left_again_is_no_help(companion: Companion) -> None:
    """Then the talk keeps to the danger once more."""
    found = talk(companion, PILLS, "my mum is here", "she left again", "ok")
    assert [answer.step for answer in found[1:]] == ["helped", "near", "near"]


def test_a_person_who_took_over_ends_it(companion: Companion) -> None:
    """After a supporter wrote, the companion presses no more, whatever was said or hinted at before."""
    for first in (PILLS, PLAIN, HINT):
        lines = [
            Line(Speaker.MEMBER, first), Line(Speaker.COMPANION, "Are there thoughts of suicide?"),
            Line(Speaker.MEMBER, "idk"), Line(Speaker.SUPPORTER, "I am Noor. We talked on the phone just now."),
            *[Line(Speaker.MEMBER, "ok")] * 5,
        ]  # fmt: skip
        assert companion.reply(lines).step not in KEPT_TO


def test_danger_that_an_answer_made_imminent_is_kept_to_as_well(companion: Companion) -> None:
    """Not safe when asked, and means at hand, though the line alone says less."""
    for answer in ("no", "I have the rope in front of me now"):
        lines = [
            Line(Speaker.MEMBER, PLAIN), Line(Speaker.COMPANION, "This minute matters. Are you safe right now?"),
            Line(Speaker.MEMBER, answer), Line(Speaker.COMPANION, "Please call 999."), Line(Speaker.MEMBER, "ok"),
        ]  # fmt: skip
        assert companion.reply(lines).step == "near"


def test_plain_danger_is_not_left_to_small_talk_at_short_lines(companion: Companion) -> None:
    """A few are asked about, then it lingers; who goes on to tell of something is answered to that."""
    found = talk(companion, PLAIN, "idk", "whatever", "ok", "fine", "lol", "yeah")
    assert [answer.step for answer in found] == ["present", *["stay"] * 3, *["linger"] * 3]
    told = talk(companion, PLAIN, "ok", "My sister has a new garden with a pond", "She planted roses by the wall")
    assert told[-1].step == ""


def test_who_is_safe_after_plain_danger_hears_nothing_of_doctors(companion: Companion) -> None:
    """Nothing was done that anybody would have to look at."""
    found = talk(companion, PLAIN, "yes, I'm safe", "ok")
    assert [answer.step for answer in found[1:]] == ["safer", "safer"]
    assert "doctor" not in " ".join(answer.text for answer in found)


def test_hints_that_were_never_answered_are_not_joked_about(companion: Companion) -> None:
    """After the plain question, twice: near for a little, then no more questions; a no ends it."""
    found = talk(companion, HINT, "idk", "whatever", "ok", "never mind", "lol")
    assert [answer.step for answer in found[3:]] == ["linger"] * 3
    assert talk(companion, HINT, "no, nothing like that", "ok", "lol")[-1].step == ""


@pytest.mark.parametrize("texts", [["we baked bread", "ok", "lol", "whatever"], ["ok", "idk", "fine", "never mind"]])
def test_short_lines_in_an_ordinary_talk_stay_ordinary(companion: Companion, texts: list[str]) -> None:
    """Nothing was said that could stand."""
    assert {answer.step for answer in talk(companion, *texts)} == {""}


@pytest.mark.parametrize("text", ["i feel sleepy", "my mum is here", "i can't", "it hurts", "help", "where am i"])
def test_what_tells_how_it_is_is_not_evasive(text: str) -> None:
    """However short."""
    assert not is_evasive(text)


@pytest.mark.parametrize("step", [*KEPT_TO, *OVER])
def test_every_step_has_words_without_an_emergency_number(step: str) -> None:
    """Where no country is known, at least three of each list can be said."""
    words = SAFETY.steps[step]
    assert all(sum("{" not in line for line in lines) >= 3 for lines in (words.open, words.understand, words.ask))


@pytest.mark.parametrize("country", ["GB", None])
@pytest.mark.parametrize("line", ["ok", "idk", "whatever", "fine"])
def test_where_it_is_a_matter_of_minutes_for_another_a_short_line_is_no_small_talk(
    companion: Companion, line: str, country: str | None
) -> None:
    """A call is named again in other words, people are not told anew, and it ends after a few lines."""
    partner = Partner(country=country, can_alert=True)
    found = talk(companion, OF_A_FRIEND, *[line] * (MOST_PRESSED + 1), partner=partner)
    assert [answer.step for answer in found] == [*["theirs"] * (MOST_PRESSED + 1), ""]
    assert all(names_emergency(answer.text, HELPS.for_country(country)) for answer in found[:-1])
    assert len({answer.text for answer in found}) == len(found)
    assert [any(a.kind is ActionKind.ALERT for a in answer.actions) for answer in found] == [True, *[False] * 5]


@pytest.mark.parametrize("line", ["I called 999 for him", "the ambulance is here", "my dad is with me"])
def test_help_that_came_for_another_is_taken_as_such(companion: Companion, line: str) -> None:
    """The next short line does not bring back what happened, and another topic ends it."""
    found = talk(companion, OF_A_FRIEND, "ok", line, "ok", "I have to feed the cat", "ok")
    assert [answer.step for answer in found] == ["theirs", "theirs", "theirs-helped", "theirs-helped", "", ""]
    assert not any("pills" in answer.text for answer in found)


def test_a_long_laugh_is_told_apart_in_time() -> None:
    """Letters that could be read as many short words in a row."""
    assert not is_evasive("k" * 60 + "z")
    assert is_evasive("k" * 60)


NO_GOING_ON = "I can't go on like this"
TOLD_SINCE = [
    "I cry every sunday evening", "I dream about the office", "my doctor says I should take sick leave",
    "I'm afraid they'll fire me",
]  # fmt: skip


def test_a_talk_that_went_on_past_two_questions_about_a_mere_sign_is_an_ordinary_one_again(
    companion: Companion,
) -> None:
    """Who says neither yes nor no and tells of the office is not asked about death at every sigh."""
    found = talk(companion, NO_GOING_ON, *TOLD_SINCE)
    assert [one.step for one in found[:2]] == ["ask", "again"]
    assert (found[-1].step, found[-1].actions, found[-1].risk) == ("", (), RiskLevel.DISTRESS)


@pytest.mark.parametrize(
    "lines",
    [
        (NO_GOING_ON, "I don't know", *TOLD_SINCE[1:]),
        (NO_GOING_ON, *TOLD_SINCE[:2], "everyone would be better off without me", TOLD_SINCE[-1]),
        (NO_GOING_ON, *TOLD_SINCE[:3], "I want to kill myself", TOLD_SINCE[-1], *TOLD_SINCE),
        (NO_GOING_ON, "ok", "whatever", "fine", TOLD_SINCE[-1]),
    ],
    ids=["left-open", "another-sign", "said-plainly", "nothing-told"],
)
def test_it_does_not_where_more_than_a_mere_sign_was_passed_over(companion: Companion, lines: tuple[str, ...]) -> None:
    """An answer left open, a sign since, danger said plainly and silence keep it where it was."""
    assert talk(companion, *lines)[-1].step == "stay"
