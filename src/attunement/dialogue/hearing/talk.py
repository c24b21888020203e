"""A conversation as the companion sees it: what the member said, what it said itself, and what it knows of both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from attunement.dialogue.hearing.asked_for import wants_no_advice
from attunement.dialogue.hearing.carried import carried
from attunement.dialogue.hearing.clauses import Clause, Kind
from attunement.dialogue.hearing.corrections import gists_of
from attunement.dialogue.hearing.felt_words import GLAD
from attunement.dialogue.hearing.gist import Gist
from attunement.dialogue.hearing.loss import is_bereaved, is_distant, is_of_unborn, lost_in
from attunement.dialogue.hearing.mourning import is_mourning
from attunement.dialogue.hearing.questions import with_marks
from attunement.dialogue.hearing.tone import let_alone, lets_be, wants_no_echo, wants_no_practice, wants_no_questions
from attunement.domain.conversation import Line, Speaker
from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.reading import Reading, RiskLevel, gravest
from attunement.library.companion_words import CompanionWords

OPENER_WORDS = 3
WORTH_KEEPING = 1.4
MOST_RECALLED_WORDS = 12
_PET = re.compile(
    r"\bmy (?:\w+ )?(dog|cat|puppy|kitten|rabbit|bunny|hamster|parrot|budgie|goldfish|horse|pony|goat|tortoise|"
    r"ferret)\b",
    re.IGNORECASE,
)
_THEM = re.compile(r"\b(?:he|she|him|her|his|hers|they|their|without|miss(?:es|ed|ing)?)\b", re.IGNORECASE)
_ALIVE = re.compile(r"\b(?:he|she) (?:(?!was\b|has\b|is\b|does\b|always\b|perhaps\b)\w{2,}s|can|will|wants to)\b", re.I)
"""What somebody does these days is told of the living."""
_LASTING = frozenset({"breakup", "dying", "abuse", "job_loss"})
_TOUCHED = frozenset({"online", "celebration", "friends", "pet", "home", "future", "exam"})
_HOW_LONG = re.compile(r"\b(?:years?|months?|weeks?|since|ages|decades?)\b", re.I)
_NOBODY = re.compile(r"^(?:no ?one|nobody)\b|\b(?:tell|told|have|got) (?:nobody|no one)\b", re.I | re.M)


@dataclass(frozen=True)
class Talk:
    """The talk so far; the last member line is the one to answer.

    ``gists`` has one for each member line, in order; ``said`` what companion and supporters wrote, in order;
    ``before`` how much of it stood before each member line; ``gravest`` how much danger
    the lines of theirs before the last show at most.
    """

    lines: tuple[Line, ...]
    gists: tuple[Gist, ...]
    said: tuple[str, ...]
    before: tuple[int, ...] = ()
    gravest: RiskLevel = RiskLevel.NONE

    @property
    def now(self) -> Gist:
        """The gist of the line to answer."""
        return self.gists[-1]

    @property
    def turn(self) -> int:
        """Which of the member's lines is answered, from 1."""
        return len(self.gists)

    @property
    def last_said(self) -> str:
        """What the companion said last, or nothing."""
        return self.said[-1] if self.said else ""

    @cached_property
    def bereaved(self) -> bool:
        """Whether somebody's death was spoken of: then nobody named is asked after as if alive."""
        return any(is_bereaved(g.text) and (g is self.now or not is_distant(g.text)) for g in self.gists)

    @cached_property
    def mourning(self) -> bool:
        """Whether a death is still what the talk is about."""
        return is_mourning(self.gists, self.lost)

    @cached_property
    def lost(self) -> str:
        """Who died, as it is named to them ("your dog"), where they said whom; an unborn child has no name."""
        return "" if self.unborn else lost_in([gist.text for gist in self.gists])

    @property
    def about_loss(self) -> bool:
        """Whether the last line goes on about a death that was spoken of: it names it, or whom it took, or "her"."""
        now = self.now
        if not self.mourning or now.playful or (self.pet and self.pet != self.lost):
            return False
        named = self.lost.removeprefix("your ")
        spoken = is_bereaved(now.text) or now.topic == "grief"
        other = any(gist.who not in {"", self.lost} for gist in self.gists[-3:-1])  # then "he" may be them
        of_them = not (other or now.who or _ALIVE.search(now.text)) and bool(
            _THEM.search(now.text) or not (now.light or now.topic or self.pet)
        )
        return spoken or (bool(named) and named in now.text.lower()) or of_them

    @property
    def pet(self) -> str:
        """An animal of theirs in the last line ("your cat"), or nothing."""
        match = _PET.search(self.now.text)
        return f"your {match.group(1).lower()}" if match else ""

    @cached_property
    def unborn(self) -> bool:
        """Whether a child was lost before or at its birth: then nobody is asked what it was like."""
        return any(is_of_unborn(gist.text) for gist in self.gists)

    @cached_property
    def unasked(self) -> bool:
        """Whether the member does not want to be asked anything."""
        return wants_no_questions([gist.text for gist in self.gists])

    @cached_property
    def unechoed(self) -> bool:
        """Whether the member does not want their words said back to them."""
        return wants_no_echo([gist.text for gist in self.gists])

    @cached_property
    def unadvised(self) -> bool:
        """Whether the member does not want to be advised."""
        return wants_no_advice(gist.text for gist in self.gists)

    @cached_property
    def unpractised(self) -> bool:
        """Whether the member does not want practices."""
        return wants_no_practice([gist.text for gist in self.gists])

    @property
    def echoed(self) -> bool:
        """Whether each of the two last replies said back what it answered: a third would sound like a parrot."""
        replies = list(zip(self.gists[-3:-1], self.said[-2:], strict=False))
        return len(replies) == 2 and all(_says_back(said, gist) for gist, said in replies)

    @property
    def bright(self) -> bool:
        """Whether something good was told in the last line or shortly before, and nothing hard since."""
        telling = (gist for gist in reversed(self.gists[-5:]) if gist.clauses)
        last = next((gist for gist in telling if gist.group == GLAD or not gist.light), None)
        return last is not None and last.group == GLAD

    @property
    def weighs(self) -> bool:
        """Whether what is spoken of seems to weigh: the last line, or one shortly before a bare answer."""
        lately = [gist for gist in self.gists[-3:] if not gist.bit or gist is self.now]
        before = lately[-2] if len(lately) > 1 else None
        heavy = before is not None and not before.light and before.group != GLAD
        return not self.now.light or (bool(self.now.bit) and heavy)

    @property
    def tender(self) -> bool:
        """Whether what was said lately calls for gentleness even where this line is light: a death, a heavy line."""
        lately = (gist for gist in self.gists[-3:-1] if not gist.light and gist.group != GLAD)
        heavy = (gist.cued or not gist.mild for gist in lately)
        return not self.jesting and (self.mourning or any(heavy))

    @property
    def jesting(self) -> bool:
        """Whether there was laughter lately: then nothing is pitied that may be part of the joke."""
        return any(gist.playful for gist in self.gists[-4:])

    @property
    def topic(self) -> str:
        """The topic of the last line, or that of the lines just before which it goes on with.

        What changes a life stays the topic where something is only touched: "I keep checking if she is online".
        """
        lasting = [gist.topic for gist in self.gists[-6:-1] if gist.topic in _LASTING]
        if lasting and self.now.topic in _TOUCHED:
            return lasting[-1]
        found = [gist.topic for gist in self.gists[-3:] if gist.topic]
        return found[-1] if found and (self.now.topic or self.now.bit) else ""

    def is_answered(self, question: str) -> bool:
        """Whether the member told already what a question asks for: how long, or whom."""
        told = " ".join(gist.text for gist in self.gists[-8:])
        if question.startswith(("How long", "When did")):
            return bool(_HOW_LONG.search(told))
        if question.startswith(("Who ", "Whose ")):
            return bool(self.now.who) or bool(_NOBODY.search(told))
        return False

    def was_said(self, part: str) -> bool:
        """Whether something that was said holds this wording, in any case."""
        low = part.lower()
        return any(low in text.lower() for text in self.said)

    def opens_new(self, text: str) -> bool:
        """Whether nothing said so far begins with the same words."""
        return all(opener(text) != opener(text_said) for text_said in self.said)

    def earlier(self) -> tuple[Clause, ...]:
        """What the member said before that is worth coming back to and was not yet; what matters most first."""
        kept = [
            (clause, self._related(gist))
            for k, gist in enumerate(self.gists[:-1])
            if self._may_return_to(k)
            for clause in gist.clauses
            if self._stands_open(clause, k)
        ]
        kept.sort(key=lambda pair: -(pair[0].weight + 2 * pair[1]))
        return tuple(dict.fromkeys(clause for clause, _ in kept))

    def related(self) -> tuple[Clause, ...]:
        """Of `earlier`, what the line to answer goes on about."""
        belong = {clause for gist in self.gists[:-1] if self._related(gist) for clause in gist.clauses}
        return tuple(clause for clause in self.earlier() if clause in belong)

    def _may_return_to(self, k: int) -> bool:
        """Whether a line weighed, and was not asked to be left alone in it or right after it."""
        gist = self.gists[k]
        heavy = not gist.light and gist.group != GLAD
        return heavy and not lets_be(gist.text) and not lets_be(self.gists[k + 1].text)

    def _stands_open(self, clause: Clause, k: int) -> bool:
        """Whether a clause of line ``k`` is worth coming back to and was not yet; a death is not come back to."""
        untold = not self._came_back(clause, k) and clause.said not in self._now_said()
        mourned = self.bereaved and clause.kind is Kind.LOSS
        return _worth(clause) and untold and not mourned and not any(one in clause.said for one in self._let_alone)

    @cached_property
    def _let_alone(self) -> tuple[str, ...]:
        """What was asked, by name, to be left alone."""
        return tuple(thing for gist in self.gists if (thing := let_alone(gist.text)))

    def _related(self, gist: Gist) -> bool:
        now = self.now
        return bool((now.who and now.who == gist.who) or (now.topic and now.topic == gist.topic))

    def _now_said(self) -> frozenset[str]:
        return frozenset(clause.said for clause in self.now.clauses)

    def _came_back(self, clause: Clause, k: int) -> bool:
        """Whether it was said back later than in the answer to its own line, or is only just answered."""
        told = self.before[k] if self.before else 0
        later = self.said[told + 1 :]
        return any(clause.said.lower() in text.lower() for text in (*later, *self.said[-2:]))


def newest_of(lines: Sequence[Line]) -> list[str]:
    """What the member wrote since anybody else did or a notice told that something changed; the newest first."""
    return [line.text for line in takewhile(lambda line: line.speaker is Speaker.MEMBER, reversed(lines))]


def check_answerable(lines: Sequence[Line]) -> None:
    """Raises `Invalid` (``bad-input``) where a talk does not end with a line of the member's."""
    if not lines or lines[-1].speaker is not Speaker.MEMBER:
        raise Invalid(
            ErrorCode.BAD_INPUT, "The conversation does not end with a line of the seeker's. Give one to answer."
        )


def talk_of(lines: Sequence[Line], words: CompanionWords, readings: Sequence[Reading]) -> Talk:
    """The talk as seen from these lines; ``readings`` are of the member's, in order."""
    members = [line for line in lines if line.speaker is Speaker.MEMBER]
    gists = carried(gists_of([with_marks(line.text) for line in members], words, readings))
    others = tuple(line.text for line in lines if line.speaker in {Speaker.COMPANION, Speaker.SUPPORTER})
    counts = tuple(
        sum(one.speaker in {Speaker.COMPANION, Speaker.SUPPORTER} for one in lines[:k])
        for k, line in enumerate(lines) if line.speaker is Speaker.MEMBER
    )  # fmt: skip
    level = gravest(reading.risk.level for reading in readings[:-1])
    return Talk(tuple(lines), gists, others, counts, level)


def opener(text: str) -> str:
    """The first words of a text, lower case, without marks.

    >>> opener("That's so hard. It must hurt.")
    "that's so hard"
    """
    return " ".join(re.findall(r"[\w']+", text.lower())[:OPENER_WORDS])


def _says_back(said: str, gist: Gist) -> bool:
    told = [clause.said for clause in gist.clauses] + [gist.bit] * bool(gist.bit)
    return any(one.lower() in said.lower() for one in told)


def _worth(clause: Clause) -> bool:
    short = len(clause.said.split()) <= MOST_RECALLED_WORDS
    told = clause.said.startswith(("you said ", "you told "))  # "you said that you said"
    return short and not told and clause.weight >= WORTH_KEEPING and clause.kind is not Kind.HARSH
