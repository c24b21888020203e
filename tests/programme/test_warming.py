"""Warming up: what the first line of a talk needs is open before it is written."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.domain.reading import Reading
from attunement.programme.house import House
from attunement.programme.warming import WarmUp, warm_up
from attunement.reading import language
from attunement.reading.text_reader import TextReader


@dataclass
class Broken:
    """A reader whose model is damaged."""

    asked: list[Sequence[str]] = field(default_factory=list)
    name: str = "broken"
    version: str = "1"

    def read(self, texts: Sequence[str]) -> list[Reading]:
        self.asked.append(texts)
        raise AttunementError(ErrorCode.MODEL_BROKEN, "The model file is damaged.")


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a warm-up did with the garbage collector of this process, which the tests leave alone."""
    done: list[str] = []
    monkeypatch.setattr("attunement.programme.warming.AFTER_S", 0)
    monkeypatch.setattr("gc.freeze", lambda: done.append("freeze"))
    return done


def test_each_step_is_named_before_it_is_done(house: House) -> None:
    """Whoever ends in between leaves out what comes next; all four open what their part needs."""
    reader = Broken()
    steps = warm_up(replace(house, reader=reader))
    assert next(steps) == "reading"
    assert reader.asked == []
    assert list(warm_up(house)) == ["reading", "answering", "coaching", "finding"]
    texts = cast("TextReader", house.reader)
    assert texts._loaded is not None
    assert language._opened.cache_info().currsize == 1


def test_a_warm_up_sets_what_is_open_apart(house: House, still: list[str]) -> None:
    """Once all is open it is taken out of the later rounds of the garbage collector."""
    warm = WarmUp(house)
    warm.start()
    warm._thread.join()
    assert still == ["freeze"]


def test_a_damaged_model_is_told_and_stops_nothing_else(
    house: House, still: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """The steward reads in the log at the start that reading will not work; the server goes on."""
    warm = WarmUp(replace(house, reader=Broken()))
    warm.start()
    warm._thread.join()
    assert [record.getMessage() for record in caplog.records] == ["reading will not work: The model file is damaged."]
    assert still == ["freeze"]


def test_a_server_that_ends_meanwhile_does_not_wait_for_all_of_it(house: House, still: list[str]) -> None:
    """It waits for the step under way and leaves the next ones out."""
    reading, ended = threading.Event(), threading.Event()

    class Slow(Broken):
        def read(self, texts: Sequence[str]) -> list[Reading]:
            reading.set()
            ended.wait()
            return []

    class Untouched:
        def __getattr__(self, name: str) -> object:
            raise AssertionError(f"{name} was asked for")

    warm = WarmUp(replace(house, reader=Slow(), companion=Untouched()))  # type: ignore[arg-type]
    warm.start()
    reading.wait()
    warm._stop.set()
    ended.set()
    warm.stop()
    assert still == []
