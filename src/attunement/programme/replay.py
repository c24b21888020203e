"""Replays posts of others as if their authors were members: the same code as the server runs, by another clock."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice

import numpy as np

from attunement.domain.consent import Cell
from attunement.domain.decision import Decision
from attunement.domain.errors import AttunementError, ErrorCode, Invalid
from attunement.domain.events import MemberEnrolled
from attunement.domain.practice import Practice
from attunement.domain.reading import Reading, RiskLevel
from attunement.policy.asked import nothing_to_offer
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import check_cells, do_change_consent
from attunement.programme.decisions import do_offer
from attunement.programme.house import House
from attunement.programme.members import LONGEST_NAME, do_enrol
from attunement.programme.text import check_time, clean_text

BATCH = 64
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody wrote, and when. ``author`` is any text that tells authors apart."""

    author: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """What is offered for a post, and the danger read in it."""

    post: Post
    decision: Decision
    practice: Practice
    risk: RiskLevel


def do_replay(
    house: House, posts: Iterable[Post | AttunementError], *, allow: Collection[Cell], seed: int = 0, start: int = 0
) -> Iterator[Replayed | AttunementError]:
    """Replay posts into a programme, each author as a synthetic member; one answer a post, in order.

    Parameters
    ----------
    house:
        Where to; best a database made for it. Authors replayed into it before go on as the same members.
    posts:
        In any order of time: each decision is made by the clock of its post, from what was replayed before it. An
        error among them (a line that was no post) is passed on in its place.
    allow:
        What each author is taken to allow, granted again where it has run out by the time of a post.
    seed:
        Repeats the draws: post number n draws alike for the same seed.
    start:
        The number of the first post, where earlier ones were replayed before.

    A post that cannot be replayed (no time zone, a future time, no text) gives its error and leaves nothing behind. One
    after which no practice may be offered gives the error ``nothing-to-offer``, and is kept: danger in it counts later.
    Posts are read and written 64 together: answers come once theirs are kept.
    """
    authors = _Authors(house, check_cells(house, allow), _known_members(house))
    rest, number = iter(posts), start
    while batch := list(islice(rest, BATCH)):
        yield from _together(authors, batch, seed, number)
        number += len(batch)


def _together(
    authors: _Authors, batch: list[Post | AttunementError], seed: int, first: int
) -> list[Replayed | AttunementError]:
    house = authors.house
    readings = iter(house.check_in_reader.read([post.text for post in batch if isinstance(post, Post)]))
    answers: list[Replayed | AttunementError] = []
    with house.store.write() as transaction:
        for number, post in enumerate(batch, start=first):
            if isinstance(post, AttunementError):
                answers.append(post)
                continue
            reading = next(readings)
            try:
                with transaction.connection.begin_nested():
                    answers.append(_one(authors, post, reading, np.random.default_rng([seed, number])))
            except AttunementError as error:
                answers.append(error)
    return answers


def _one(authors: _Authors, post: Post, reading: Reading, rng: np.random.Generator) -> Replayed | AttunementError:
    if not clean_text(post.text):
        raise Invalid(ErrorCode.BAD_INPUT, "The post has no text. Leave it out, or write what was posted.")
    check_time(post.at, authors.house.clock(), field="time")
    then = authors.house.at(lambda: post.at)
    member = authors.member(post, then)
    moment = do_check_in(then, member, text=post.text, reading=reading)
    decision = do_offer(then, member, after=moment, seed=int(rng.integers(2**53)))
    authors.known[authored(post.author)] = member
    if decision is None:
        return nothing_to_offer()
    return Replayed(post, decision, then.library.practice(decision.offered), reading.risk.level)


@dataclass(slots=True)
class _Authors:
    """Which member each author is, and until when what they allow lasts."""

    house: House
    allow: list[Cell]
    known: dict[str, str]
    until: dict[str, datetime] = field(default_factory=dict)

    def member(self, post: Post, then: House) -> str:
        """The member of a post's author, enrolled and asked where needed by the clock of ``then``."""
        name = authored(post.author)
        member = self.known.get(name) or do_enrol(then, name=name, synthetic=True)
        if post.at >= self.until.get(member, _NEVER):
            do_change_consent(then, member, grant=self.allow)
            self.until[member] = post.at + timedelta(days=then.wording.lasts_days)
        return member


def authored(author: str) -> str:
    """The name an author is enrolled under: their own where it is short enough, else a hash of it.

    >>> authored(" hit:1 "), len(authored("x" * 500))
    ('hit:1', 40)
    """
    name = " ".join(clean_text(author, field="member", longest=10_000).split())
    return name if 0 < len(name) <= LONGEST_NAME else hashlib.sha256(name.encode()).hexdigest()[:40]


def _known_members(house: House) -> dict[str, str]:
    """The synthetic members there are, by name."""
    with house.store.read() as connection:
        enrolled = house.store.events(connection, kinds=(MemberEnrolled.kind,))
        return {
            logged.event.name: logged.member
            for logged in enrolled
            if logged.member and isinstance(logged.event, MemberEnrolled) and logged.event.synthetic
        }
