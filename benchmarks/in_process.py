"""The loop in process: from a check-in with text to a decision that is explained and logged."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import count

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from attunement.programme.check_ins import do_check_in
from attunement.programme.decisions import do_decide
from attunement.programme.house import House, open_house
from attunement.reading.text_reader import TextReader
from attunement.simulation.check_in_texts import texts_by_mood
from attunement.simulation.synthetic_member import Likes, SyntheticMember
from benchmarks.filler import Filled

WARM = 10
_numbers = count(1)


def loops_ms(programmes: Sequence[Filled], *, n: int, seed: int = 1) -> list[list[float]]:
    """How long each of ``n`` loops took in each programme, in ms, over members drawn at random.

    The programmes take turns, loop by loop: a machine that slows down for a while does so for all of them.
    """
    threadpool_limits(limits=1, user_api="blas")  # as the server has it
    rng = np.random.default_rng(seed)
    houses = [open_house(filled.url) for filled in programmes]
    try:
        ways = SyntheticMember(Likes.drawn(sorted(houses[0].library.families), rng), rng)
        times: list[list[float]] = [[] for _ in programmes]
        for _ in range(WARM + n):
            for house, filled, took in zip(houses, programmes, times, strict=True):
                ways.next_mood()
                member = filled.members[int(rng.integers(len(filled.members)))]
                begun = time.perf_counter()
                loop(house, member, ways)
                took.append((time.perf_counter() - begun) * 1e3)
        return [took[WARM:] for took in times]
    finally:
        for house in houses:
            house.close()


def reading_ms(*, n: int) -> list[float]:
    """How long reading one short text takes, in ms: the part of the loop that is the model's."""
    reader, texts = TextReader(), [text for group in texts_by_mood().values() for text in group]
    times = []
    for k in range(WARM + n):
        begun = time.perf_counter()
        reader.read([fresh(texts[k % len(texts)])])
        times.append((time.perf_counter() - begun) * 1e3)
    return times[WARM:]


def fresh(text: str) -> str:
    """The text with something new at its end: a reader may remember what it has read, and members write anew."""
    return f"{text} {next(_numbers)}"


def loop(house: House, member: str, ways: SyntheticMember) -> str:
    """One loop as the API runs it: the text is read first, then all is written in one transaction."""
    text = fresh(ways.says())
    reading = house.reader.read([text])[0]
    with house.store.write():
        moment = do_check_in(house, member, affect=ways.mood, needs=ways.needs(), text=text, reading=reading)
        return do_decide(house, member, after=moment).sentence
