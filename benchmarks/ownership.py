"""Whether the machine ever speaks after a person took over: generated interleavings through the real use cases.

Each interleaving takes the steps of a member, of two machines that each took a ticket and are thinking, and of two
supporters, and lets them fall between one another in a drawn order. What was said when is then read from the log alone
(`attunement.checks.ownership`), which knows neither the tables nor the use cases.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import numpy as np

from attunement.checks.ownership import turns_out_of_turn
from attunement.domain.conversation import Owner, Speaker
from attunement.domain.conversation_events import ConversationClaimed, TurnWritten
from attunement.domain.errors import Conflict, NotFound
from attunement.programme.accounts import do_make_staff
from attunement.programme.conversations.asking import do_ask_for_human, do_open, do_stop_waiting
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.handing import do_claim, do_give_back, do_transfer
from attunement.programme.conversations.writing import (
    Ticket,
    access_ticket,
    do_write_as_companion,
    do_write_as_member,
    do_write_as_supporter,
)
from attunement.programme.house import House, open_house
from attunement.programme.members import do_enrol
from attunement.programme.throttle import Throttle
from attunement.store.store import Transaction
from benchmarks.figures import Figure

FULL, QUICK, OF_ONE_MEMBER = 100_000, 1_000, 250
PROCESSES = 2
MEMBER = (["ask"], ["ask"], ["write", "ask"], ["ask_with_words"], ["write"], ["close"])
SUPPORTER = (["claim", "answer", "give_back"], ["claim", "answer"], ["claim", "transfer"], ["claim"])
MACHINE = ["ticket", "say"]
Step = tuple[str, int]


def measure(quick: bool, say: Callable[[str], None]) -> Iterator[Figure]:
    """Machine turns after a claim, of how many interleavings, and how many tries there were to make one."""
    n = QUICK if quick else FULL
    say(f"Interleaving {n:,} times, in {PROCESSES} processes")
    with ProcessPoolExecutor(PROCESSES) as pool:
        found = sum(pool.map(_interleaved, [n // PROCESSES] * PROCESSES, range(PROCESSES)), Counter[str]())
    unit = f"in {n:,} interleavings, {found['claims']:,} claims"
    yield Figure("machine_turns_after_claim", found["out_of_turn"], unit, bar="<= 0")
    yield Figure("machine_turns_said", found["said"], unit, bar=">= 1")
    yield Figure("machine_turns_refused", found["refused"], "turns in flight that were not said", bar=">= 1")


def _interleaved(n: int, seed: int) -> Counter[str]:
    with tempfile.TemporaryDirectory(prefix="attunement-bench-", dir=_memory()) as folder:
        house = open_house(f"sqlite:///{folder}/programme.db")
        try:
            return interleave(house, n, seed=seed)
        finally:
            house.close()


def interleave(house: House, n: int, *, seed: int) -> Counter[str]:
    """Run ``n`` drawn interleavings; counts replies said, refused and ``out_of_turn`` (of anybody), and claims."""
    minutes = count(step=61)
    house = replace(house, throttle=Throttle(lambda: next(minutes)))
    with house.store.write() as transaction:
        supporters = tuple(_supporter(house, transaction, name) for name in ("Noor", "Ida"))
    rng, found = np.random.default_rng(seed), Counter[str]()
    for done in range(0, n, OF_ONE_MEMBER):
        talk = _Talk(house, supporters)
        for _ in range(min(OF_ONE_MEMBER, n - done)):
            talk.interleave(_order(rng))
        found += talk.found + _audited(house, talk.member)
    return found


class _Talk:
    """One member's conversation after another, for as many interleavings as they last."""

    def __init__(self, house: House, supporters: tuple[str, ...]) -> None:
        self.house, self.supporters = house, supporters
        self.member = do_enrol(house)
        self.found: Counter[str] = Counter()

    def interleave(self, steps: list[Step]) -> None:
        """Begin with the companion having something to answer, then take the steps in this order."""
        self.talk = self._with_the_companion()
        self.tickets: dict[int, Ticket] = {}
        self.write(0)
        for what, who in steps:
            with suppress(Conflict, NotFound):
                getattr(self, what)(who)

    def _with_the_companion(self) -> Conversation:
        talk = do_open(self.house, self.member)
        if talk.owner is Owner.COMPANION:
            return talk
        if talk.owner is Owner.SUPPORTER and talk.supporter:
            return do_give_back(self.house, talk.supporter, talk.id)
        return do_stop_waiting(self.house, self.member, talk.id)

    def write(self, _: int) -> None:
        do_write_as_member(self.house, self.member, self.talk.id, "I do not know what to do.")

    def ask(self, _: int) -> None:
        do_ask_for_human(self.house, self.member, self.talk.id)

    def ask_with_words(self, _: int) -> None:
        do_ask_for_human(self.house, self.member, self.talk.id, words="A person, please.")

    def close(self, _: int) -> None:
        do_close(self.house, self.member, self.talk.id)

    def ticket(self, machine: int) -> None:
        with self.house.store.read() as connection:
            self.tickets[machine] = access_ticket(connection, self.talk.id)

    def say(self, machine: int) -> None:
        if machine not in self.tickets:
            return
        try:
            do_write_as_companion(self.house, self.tickets[machine], "I am with you.", by="composer")
        except Conflict:
            self.found["refused"] += 1
        else:
            self.found["said"] += 1

    def claim(self, supporter: int) -> None:
        do_claim(self.house, self.supporters[supporter], self.talk.id)

    def answer(self, supporter: int) -> None:
        do_write_as_supporter(self.house, self.supporters[supporter], self.talk.id, "I am here.")

    def give_back(self, supporter: int) -> None:
        do_give_back(self.house, self.supporters[supporter], self.talk.id)

    def transfer(self, supporter: int) -> None:
        do_transfer(self.house, self.supporters[supporter], self.talk.id)


def _order(rng: np.random.Generator) -> list[Step]:
    """The steps of each, in their own order, shuffled into one another."""
    each = [(MEMBER[rng.integers(len(MEMBER))], 0), (MACHINE, 0), (MACHINE, 1)]
    each += [(SUPPORTER[rng.integers(len(SUPPORTER))], who) for who in range(1 + int(rng.random() < 0.5))]
    turns = rng.permutation([k for k, (steps, _) in enumerate(each) for _ in steps])
    left = [iter(steps) for steps, _ in each]
    return [(next(left[k]), each[k][1]) for k in turns]


def _audited(house: House, member: str) -> Counter[str]:
    with house.store.read() as connection:
        events = [logged.event for logged in house.store.events(connection, member=member)]
    said = sum(isinstance(event, TurnWritten) and event.speaker is Speaker.COMPANION for event in events)
    return Counter(
        out_of_turn=len(turns_out_of_turn(events)), claims=sum(isinstance(e, ConversationClaimed) for e in events),
        logged=said,
    )  # fmt: skip


def _supporter(house: House, transaction: Transaction, name: str) -> str:
    account = do_make_staff(house, transaction, "supporter", name, "x").id
    do_go_on_duty(house, account, house.clock() + timedelta(hours=12))
    return account


def _memory() -> Path | None:
    """Where files cost no disk: every interleaving is committed several times, and no disk is measured here."""
    memory = Path("/dev/shm")  # noqa: S108 - a fresh folder is made in it
    return memory if memory.is_dir() else None
