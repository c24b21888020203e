"""What was said so far, for whoever takes over: in the member's own words, each sentence with the lines it is from."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from attunement.dialogue.coach.voice import sentences
from attunement.dialogue.replying.moments import HAND_OVER
from attunement.domain.conversation import Speaker
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy
from attunement.programme.conversations.lines import WrittenLine

FEWEST_WORDS = 4
LONGEST_QUOTE = 160
MOST_ASKED = 2
_ASKS = re.compile(
    r"\?|\b(?:i (?:just |really )?(?:want|need|wish|would like)|i'd like|(?:can|could) you|help me|please)\b",
    re.IGNORECASE,
)


class Told(StrEnum):
    """What a sentence of a summary is about."""

    BROUGHT = "brought"
    FEELING = "feeling"
    ASKED = "asked"
    DANGER = "danger"
    TRIED = "tried"
    WROTE = "wrote"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a summary: a ``quote`` of theirs, what it ``is`` (a feeling, a strategy), and its ``lines``.

    ``is_`` is the label of an emotion, a level of danger, a strategy or the id of a practice; empty where the quote
    says it all, and where nothing was read of what a supporter wrote. ``who`` is that supporter.
    """

    told: Told
    quote: str
    lines: tuple[int, ...]
    is_: str = ""
    who: str = ""


def summarise(
    lines: Sequence[WrittenLine], feelings: Mapping[int, tuple[str, float]], did: Mapping[int, Strategy], *,
    wishes: Collection[int] = (),
) -> tuple[Sentence, ...]:  # fmt: skip
    """A summary of a conversation that says nothing that is not in it.

    Every line of danger comes first. What brought them is their first line of at least four words that tells of more
    than the wish for a person; the feeling, the one read most strongly; what they asked for, the last two sentences
    that ask ("I want to die" asks for nothing, so no line of danger is looked at for it); then what the companion
    tried, the practices it offered, and what each supporter tried.

    Parameters
    ----------
    lines:
        Of the conversation, oldest first.
    feelings:
        For lines of the member's, the strongest feeling read and its probability; empty where it may not be read.
    did:
        For lines of supporters, what a computer read that they do.
    wishes:
        Lines of the member's that do nothing but ask for a person.
    """
    theirs = [line for line in lines if line.speaker is Speaker.MEMBER]
    return (
        *_danger(theirs), *_brought(theirs, wishes), *_feeling(theirs, feelings), *_asked(theirs), *_tried(lines, did)
    )  # fmt: skip


def shortened(text: str) -> str:
    """One line of at most 160 characters, cut between words.

    >>> shortened("one " * 60)[-9:]
    'one one …'
    """
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 2].rsplit(" ", 1)[0] + " …"


def what_brought(theirs: Sequence[WrittenLine]) -> WrittenLine | None:
    """Of a member's lines the first that has at least four words, or else the first; None where there is none."""
    return next((line for line in theirs if len(line.text.split()) >= FEWEST_WORDS), next(iter(theirs), None))


def _brought(theirs: Sequence[WrittenLine], wishes: Collection[int]) -> list[Sentence]:
    line = what_brought([one for one in theirs if one.line not in wishes] or theirs)
    return [] if line is None else [Sentence(Told.BROUGHT, shortened(line.text), (line.line,))]


def _feeling(theirs: Sequence[WrittenLine], feelings: Mapping[int, tuple[str, float]]) -> list[Sentence]:
    read = [(feelings[line.line], line) for line in theirs if line.line in feelings]
    if not read:
        return []
    (strongest, _), line = max(read, key=lambda found: found[0][1])
    also = tuple(other.line for (label, _), other in read if label == strongest)
    return [Sentence(Told.FEELING, shortened(line.text), also, strongest)]


def _asked(theirs: Sequence[WrittenLine]) -> list[Sentence]:
    found = [
        Sentence(Told.ASKED, shortened(line.text[start:end]), (line.line,))
        for line in theirs
        if not _is_dangerous(line)
        for start, end in sentences(line.text)
        if _ASKS.search(line.text[start:end])
    ]
    return found[-MOST_ASKED:]


def _danger(theirs: Sequence[WrittenLine]) -> list[Sentence]:
    return [
        Sentence(Told.DANGER, shortened(line.text), (line.line,), line.risk or "")
        for line in theirs
        if _is_dangerous(line)
    ]


def _is_dangerous(line: WrittenLine) -> bool:
    return line.risk is not None and line.risk.rank >= RiskLevel.INDIRECT.rank


def _tried(lines: Sequence[WrittenLine], did: Mapping[int, Strategy]) -> list[Sentence]:
    """What the companion did, which practices it offered, and what each supporter did, in that order.

    That the companion said it hands the talk over, as it was asked to, is nothing it tried.
    """
    where: dict[tuple[Told, str, str], list[int]] = {}
    for line in lines:
        if line.speaker is Speaker.SUPPORTER:
            where.setdefault((Told.WROTE, line.name or "", did.get(line.line, "")), []).append(line.line)
        elif line.speaker is Speaker.COMPANION and (line.why or {}).get("moment") != HAND_OVER:
            for told, is_ in ((Told.TRIED, line.strategy), (Told.OFFERED, (line.why or {}).get("practice"))):
                if is_:
                    where.setdefault((told, "", str(is_)), []).append(line.line)
    order = (Told.TRIED, Told.OFFERED, Told.WROTE)
    found = [Sentence(told, "", tuple(at), is_, who) for (told, who, is_), at in where.items()]
    return sorted(found, key=lambda one: order.index(one.told))
