"""What the coach offers must not make a grave moment worse, nor take a supporter's good words away."""

from __future__ import annotations

import pytest

from attunement.dialogue.coach import Coach, open_coach
from attunement.domain.coaching import Change, DangerOf


@pytest.fixture(scope="module")
def coach() -> Coach:
    return open_coach()


def offered(coach: Coach, post: str, draft: str) -> str:
    """All suggested texts, in lower case."""
    return " / ".join(one.text for one in coach.feedback(post, draft).suggestions).lower()


@pytest.mark.parametrize(
    "post", ["I took 40 pills an hour ago. I want to die.", "I swallowed all my tablets just now, I want to die"]
)
def test_what_is_taken_already_is_an_emergency(coach: Coach, post: str) -> None:
    """Nobody is asked whether they think of it, and nothing else is suggested."""
    found = coach.feedback(post, "I'm here.")
    assert found.notice is not None
    assert found.notice.of is DangerOf.EMERGENCY
    assert "on its way" in found.notice.asks
    assert found.suggestions == ()


@pytest.mark.parametrize(
    "draft", ["Don't call an ambulance yet, wait till she wakes up.", "That sounds like an emergency."]
)
def test_only_a_call_for_help_silences_the_call_for_help(coach: Coach, draft: str) -> None:
    """A draft that names it, or advises against it, has not asked for it."""
    notice = coach.feedback("My mum fell and isn't breathing.", draft).notice
    assert notice is not None
    assert notice.asks


@pytest.mark.parametrize("draft", ["Is an ambulance on its way?", "Please call 112 right now."])
def test_a_draft_that_calls_for_help_needs_no_call(coach: Coach, draft: str) -> None:
    """It stands there already."""
    notice = coach.feedback("My mum fell and isn't breathing.", draft).notice
    assert notice is not None
    assert notice.asks == ""


def test_a_question_about_something_else_silences_no_danger(coach: Coach) -> None:
    """Who is hit is asked whether they are safe, not only whether they want to live."""
    notice = coach.feedback("My husband hits me.", "Are you thinking about ending your life?").notice
    assert notice is not None
    assert "safe" in notice.asks


def test_a_threat_is_not_told_back(coach: Coach) -> None:
    """As something to be sorry for it would sound like leave."""
    assert "stab" not in offered(coach, "I'm going to stab my boss tomorrow.", "lol same")


def test_what_could_have_been_is_no_fact(coach: Coach) -> None:
    """Told back as one, it would be their verdict on themselves."""
    text = offered(coach, "I could have stopped him. It's all my fault that he died.", "That is sad.")
    assert "sorry you could have" not in text
    assert "when you could have" not in text


@pytest.mark.parametrize(
    ("draft", "kept"),
    [
        ("You only have yourself to blame, but you can start again today.", "start again"),
        ("It was your decision, and I admire it.", "admire"),
    ],
)
def test_good_words_beside_a_slip_stay(coach: Coach, draft: str, kept: str) -> None:
    """What goes on in the same sentence is not taken away with it."""
    post = "I broke up with my boyfriend last week and I feel terrible."
    suggestions = coach.feedback(post, draft).suggestions
    assert suggestions
    for one in suggestions:
        assert kept in draft[: one.start] + one.text + draft[one.end :]


def test_nothing_but_a_question_stands_after_a_question(coach: Coach) -> None:
    """A statement set behind it would bury it."""
    suggestions = coach.feedback("I've been lonely since I moved.", "What have you tried so far?").suggestions
    assert suggestions
    for one in suggestions:
        assert one.change is not Change.INSERT or one.start == 0 or one.text.rstrip().endswith("?")


@pytest.mark.parametrize("draft", ["Maybe he was stressed.", "Sounds like he just cares about you."])
def test_what_excuses_who_hurts_them_is_cautioned(coach: Coach, draft: str) -> None:
    """It closes the door to who is hurt."""
    assert coach.feedback("He choked me last night and I can't stop shaking.", draft).cautions
