"""A turn is never lost to a language model: what fails, hangs or breaks gives no candidates, in time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import cast

import pytest
from tests.dialogue.backends.endpoint import SAID, serving

from attunement.dialogue.backends.openai import OpenAIBackend
from attunement.dialogue.backends.resting import RestingBackend
from attunement.dialogue.replying.prompting import build_prompt
from attunement.dialogue.replying.voices import replies_of
from attunement.domain.conversation import BackendFailed, Candidate, Line, Prompt, Speaker
from attunement.domain.reply import Strategy

PROMPT = build_prompt([Line(Speaker.MEMBER, "My secret is a lighthouse.")], Strategy.QUESTION, (), "en")


class Voice:
    """Does as told."""

    name = "voice"

    def __init__(self, does: Callable[[], list[str]]) -> None:
        self._does = does

    def generate(self, prompt: Prompt, n: int) -> list[str]:
        """What was told."""
        return self._does()


def _raise(error: Exception) -> Callable[[], list[str]]:
    def does() -> list[str]:
        raise error

    return does


def test_replies_become_candidates_that_say_who_wrote_them() -> None:
    """With the strategy asked for, and no more than asked for."""
    voice = Voice(lambda: ["One.", "Two.", "Three."])
    assert replies_of(voice, PROMPT, 2, Strategy.QUESTION) == [
        Candidate("One.", Strategy.QUESTION, "voice", PROMPT.version),
        Candidate("Two.", Strategy.QUESTION, "voice", PROMPT.version),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("error", "says"),
    [(BackendFailed("the reply is empty"), "the reply is empty"), (ValueError("lighthouse"), "ValueError")],
)  # fmt: skip
def test_any_failure_gives_no_candidates_and_a_plain_line_in_the_log(
    error: Exception, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of ours as well; the text of an error nobody wrote for a log is left out of it."""
    with caplog.at_level(logging.WARNING):
        assert replies_of(Voice(_raise(error)), PROMPT, 3, Strategy.QUESTION) == []
    assert says in caplog.text
    assert "lighthouse" not in caplog.text


@pytest.mark.parametrize("given", [None, "One.", [None, 5], ["One.", None]])
def test_what_are_no_replies_give_no_candidates(given: object) -> None:
    """Whatever somebody's own backend gives back, the composer can still answer."""
    assert replies_of(Voice(lambda: cast("list[str]", given)), PROMPT, 3, Strategy.QUESTION) == []


def test_a_model_that_does_not_keep_to_its_own_limit_is_not_waited_for() -> None:
    """The turn goes on after the seconds allowed: waited for, it would have had a reply."""
    go = threading.Event()
    voice = Voice(lambda: [f"Let go: {go.wait(60)}."])
    try:
        assert replies_of(voice, PROMPT, 1, Strategy.QUESTION, within_s=0.1) == []
    finally:
        go.set()


def test_a_model_that_keeps_failing_soon_costs_no_time() -> None:
    """Over real HTTP: an endpoint that hangs is waited for three times, then it is left alone."""
    with serving() as endpoint, OpenAIBackend(endpoint.url, model="hangs", timeout=1.0) as hanging:
        resting = RestingBackend(hanging)
        for _ in range(3):
            assert replies_of(resting, PROMPT, 1, Strategy.QUESTION) == []
        for _ in range(50):
            assert replies_of(resting, PROMPT, 1, Strategy.QUESTION) == []
        assert 0 < len(endpoint.asked) <= 3  # on a busy machine time may be up before one arrives


def test_an_endpoint_gives_candidates() -> None:
    """The whole way: prompt, HTTP, reply, candidate; and the member's words arrive between marks."""
    with serving() as endpoint, OpenAIBackend(endpoint.url, model="plain") as backend:
        found = replies_of(RestingBackend(backend), PROMPT, 3, Strategy.QUESTION)
        assert found[0] == Candidate(SAID["plain"], Strategy.QUESTION, "plain", PROMPT.version)
        assert len(found) == 3
        (asked,) = endpoint.asked
        assert asked["messages"][-1]["content"].startswith("<person-")
