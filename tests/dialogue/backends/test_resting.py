"""A model that keeps failing is left alone, and tried again later by one call."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest

from attunement.dialogue.backends.resting import RestingBackend
from attunement.dialogue.backends.spoken import Choice, different
from attunement.domain.conversation import BackendFailed, Prompt

PROMPT = Prompt("", (), "x-1")


@dataclass
class Moody:
    """A model that works or fails as told, and counts how often it was asked."""

    name: str = "moody"
    works: bool = False
    asked: int = 0

    def generate(self, prompt: Prompt, n: int) -> list[str]:
        """One word, or a failure."""
        self.asked += 1
        if not self.works:
            raise BackendFailed("not today")
        return ["Hello."]


class Clock:
    """Stands still until moved."""

    time = 0.0

    def __call__(self) -> float:
        return self.time


def _fails(backend: RestingBackend, cause: str) -> None:
    with pytest.raises(BackendFailed, match=cause):
        backend.generate(PROMPT, 1)


def test_after_failures_in_a_row_it_is_left_alone_for_a_minute() -> None:
    """Three failures, then none of the calls reaches it until the minute is over; a success ends the rest for good."""
    model, clock = Moody(), Clock()
    resting = RestingBackend(model, clock=clock)
    for _ in range(3):
        _fails(resting, "not today")
    clock.time = 59.9
    _fails(resting, "left alone")
    assert model.asked == 3
    clock.time, model.works = 60.0, True
    assert resting.generate(PROMPT, 1) == resting.generate(PROMPT, 1) == ["Hello."]


def test_a_try_that_fails_begins_the_rest_anew() -> None:
    """One call a minute reaches it, not three."""
    model, clock = Moody(), Clock()
    resting = RestingBackend(model, clock=clock)
    for _ in range(3):
        _fails(resting, "not today")
    clock.time = 60.0
    _fails(resting, "not today")
    clock.time = 119.9
    _fails(resting, "left alone")
    assert model.asked == 4


def test_a_success_in_between_starts_the_count_again() -> None:
    """Two failures, a success, two failures: not three in a row."""
    model = Moody()
    resting = RestingBackend(model, clock=Clock())
    for works in (False, False, True, False, False):
        model.works = works
        if works:
            resting.generate(PROMPT, 1)
        else:
            _fails(resting, "not today")
    model.works = True
    assert resting.generate(PROMPT, 1) == ["Hello."]


def test_nobody_can_put_the_model_to_rest_by_what_they_make_it_say() -> None:
    """Replies that cannot be said, one after the other, are failures of one turn; the next is asked all the same."""

    class Led(Moody):
        def generate(self, prompt: Prompt, n: int) -> list[str]:
            if self.works:
                return super().generate(prompt, n)
            self.asked += 1
            return different(
                [Choice("Das klingt wirklich sehr schwer für dich, und ich höre dir zu.", True)], prompt, n
            )

    model = Led()
    resting = RestingBackend(model, clock=Clock())
    for _ in range(5):
        _fails(resting, "in another language")
    model.works = True
    assert (model.asked, resting.generate(PROMPT, 1)) == (5, ["Hello."])


def test_only_one_call_tries_after_a_rest_and_hanging_calls_are_counted() -> None:
    """While it tries, others are told at once; and no more calls hang than are allowed."""
    entered, go = threading.Event(), threading.Event()

    class Hanging:
        name = "hanging"
        hangs = False

        def generate(self, prompt: Prompt, n: int) -> list[str]:
            if not self.hangs:
                raise BackendFailed("not today")
            entered.set()
            assert go.wait(10)
            return ["Hello."]

    model, clock = Hanging(), Clock()
    resting = RestingBackend(model, after=1, at_once=1, clock=clock)
    _fails(resting, "not today")
    clock.time, model.hangs = 60.0, True
    trying = threading.Thread(target=resting.generate, args=(PROMPT, 1))
    trying.start()
    assert entered.wait(10)
    _fails(resting, "too much is asked of it at once")
    roomy = RestingBackend(model, after=1, at_once=2, clock=clock)
    model.hangs = False
    _fails(roomy, "not today")
    clock.time, model.hangs = 120.0, True
    entered.clear()
    second = threading.Thread(target=roomy.generate, args=(PROMPT, 1))
    second.start()
    assert entered.wait(10)
    _fails(roomy, "left alone")
    go.set()
    trying.join()
    second.join()
    assert resting.generate(PROMPT, 1) == ["Hello."]


def test_what_it_holds_is_let_go_of() -> None:
    """Closing closes the model, where it can be closed."""
    closed = []

    class Closing(Moody):
        def close(self) -> None:
            closed.append(True)

    RestingBackend(Moody()).close()
    RestingBackend(Closing()).close()
    assert closed == [True]
