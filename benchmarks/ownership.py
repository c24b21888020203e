"""Whether the machine ever speaks after a person took over: generated interleavings through the real use cases.

Each interleaving takes the steps of a member, of two machines that each took a ticket and are thinking, and of two
supporters, and lets them fall between one another in a drawn order. What was said when is then read from the log alone
(`attunement.checks.ownership`), which knows neither the tables nor the use cases.

`python -m benchmarks.ownership --keep FILE` goes on where it was stopped, share by share; with `--postgresql URL` (of a
database with nothing in it) every tenth share runs there, its processes in one database.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import numpy as np

from attunement.checks.ownership import turns_out_of_turn
from attunement.domain.conversation import Owner, Speaker
from attunement.domain.conversation_events import ConversationClaimed, TurnWritten
from attunement.domain.errors import Conflict, NotFound
from attunement.privacy.programme_key import ProgrammeKey
from attunement.programme.accounts import access_staff, do_make_staff
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
from attunement.store.sealing import Sealer
from attunement.store.store import Store
from benchmarks.figures import Figure

FULL, QUICK, SHARE, OF_ONE_MEMBER = 100_000, 1_000, 500, 250
PROCESSES, ELSEWHERE = 2, 10
KEY = ProgrammeKey(bytes(32))  # of databases that hold nothing but what is made up here
MEMBER = (["ask"], ["ask"], ["write", "ask"], ["ask_with_words"], ["write"], ["close"])
SUPPORTER = (["claim", "answer", "give_back"], ["claim", "answer"], ["claim", "transfer"], ["claim"])
MACHINE = ["ticket", "say"]
Step = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Share:
    """Some of the interleavings: which (its seed), how many, and where: a URL, or empty for a process's own file."""

    number: int
    n: int
    url: str = ""


def measure(quick: bool, say: Callable[[str], None]) -> Iterator[Figure]:
    """Machine turns after a claim, of how many interleavings, and how many tries there were to make one."""
    yield from figures(found for _, found in run_shares(shares(QUICK if quick else FULL), say))


def shares(n: int, *, postgresql: str = "") -> list[Share]:
    """The shares of ``n`` interleavings; where there is another database, every tenth of them there."""
    return [
        Share(number, min(SHARE, n - begin), postgresql if number % ELSEWHERE == ELSEWHERE - 1 else "")
        for number, begin in enumerate(range(0, n, SHARE))
    ]


def run_shares(todo: Iterable[Share], say: Callable[[str], None]) -> Iterator[tuple[Share, Counter[str]]]:
    """Run each in one of two processes; gives each with what was counted, as it ends."""
    todo = list(todo)
    say(f"Interleaving {sum(share.n for share in todo):,} times, in {PROCESSES} processes")
    with (
        tempfile.TemporaryDirectory(prefix="attunement-bench-", dir=_memory()) as folder,
        ProcessPoolExecutor(PROCESSES, initializer=_begin, initargs=(folder,)) as pool,
    ):
        running = {pool.submit(_run, share): share for share in todo}
        for done in as_completed(running):
            yield running[done], done.result()


def figures(counted: Iterable[Counter[str]]) -> Iterator[Figure]:
    """The figures of all that was counted."""
    found = sum(counted, Counter[str]())
    unit = f"in {found['n']:,} interleavings ({found['elsewhere']:,} on PostgreSQL), {found['claims']:,} claims"
    yield Figure("machine_turns_after_claim", found["out_of_turn"], unit, bar="<= 0")
    yield Figure("machine_turns_said", found["said"], unit, bar=">= 1")
    yield Figure("machine_turns_refused", found["refused"], "turns in flight that were not said", bar=">= 1")


_houses: dict[str, House] = {}  # of this process, by URL: opening one reads all models


def _begin(folder: str) -> None:
    _houses[""] = open_house(f"sqlite:///{folder}/{os.getpid()}.db", key=KEY)


def _run(share: Share) -> Counter[str]:
    if share.url not in _houses:
        _houses[share.url] = replace(_houses[""], store=Store(share.url, Sealer(KEY)))
    found = interleave(_houses[share.url], share.n, seed=share.number)
    return found + Counter(n=share.n, elsewhere=share.n if share.url else 0)


def interleave(house: House, n: int, *, seed: int) -> Counter[str]:
    """Run ``n`` drawn interleavings; counts replies said, refused and ``out_of_turn`` (of anybody), and claims."""
    minutes = count(step=61)
    house = replace(house, throttle=Throttle(lambda: next(minutes)))
    supporters = tuple(_supporter(house, f"{name} {os.getpid()}") for name in ("Noor", "Ida"))
    rng, found = np.random.default_rng(seed), Counter[str]()
    for done in range(0, n, OF_ONE_MEMBER):
        talk = _Talk(house, supporters)
        for _ in range(min(OF_ONE_MEMBER, n - done)):
            talk.interleave(_order(rng))
        do_close(house, talk.member, talk.talk.id)
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


def _supporter(house: House, name: str) -> str:
    """A supporter on duty by that name, made where there is none yet."""
    account = next((one.id for one in access_staff(house) if one.name == name), None)
    if account is None:
        with house.store.write() as transaction:
            account = do_make_staff(house, transaction, "supporter", name, "x").id
    do_go_on_duty(house, account, house.clock() + timedelta(hours=12))
    return account


def _memory() -> Path | None:
    """Where files cost no disk: every interleaving is committed several times, and no disk is measured here."""
    memory = Path("/dev/shm")  # noqa: S108 - a fresh folder is made in it
    return memory if memory.is_dir() else None


def main() -> None:
    """Run what is not in the file yet, and print the figures of all that is."""
    parser = argparse.ArgumentParser(description="Whether the machine ever speaks after a person took over.")
    parser.add_argument("--keep", type=Path, required=True, help="where shares that are done are kept, a line each")
    parser.add_argument("--n", type=int, default=FULL, help="how many interleavings")
    parser.add_argument("--postgresql", default="", help="the address of an empty database for every tenth share")
    options = parser.parse_args()
    lines = options.keep.read_text().splitlines() if options.keep.exists() else []
    counted = {share: Counter(found) for share, found in map(json.loads, lines)}
    todo = [share for share in shares(options.n, postgresql=options.postgresql) if share.number not in counted]
    with options.keep.open("a") as file:
        for share, found in run_shares(todo, print) if todo else ():
            counted[share.number] = found
            file.write(json.dumps([share.number, found]) + "\n")
            file.flush()
    for figure in figures(counted.values()):
        print(figure.figure, int(figure.value), figure.unit)


if __name__ == "__main__":
    main()
