"""Takes a message apart into clauses that can be said back whole: who did or felt what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from attunement.dialogue.hearing.acute import is_acute_of_another
from attunement.dialogue.hearing.clause_words import (
    ALSO,
    AND_I,
    AS_PERSONS_DO,
    ASKED,
    BARES,
    BY_WHO_HURT,
    COMMON,
    CUT,
    CUT_AT,
    DANGLING,
    DEATH,
    HARSH,
    HEDGED,
    HOW_MUCH,
    INDIRECT,
    INTRO,
    LEAD,
    LOSS,
    ME_AND,
    NAMED_FIRST,
    NO_WISH,
    OF_OTHERS_MOUTH,
    OTHERS_DEATH,
    OWN_DEED,
    POOR,
    PUT_ON,
    PUT_WHERE,
    REPORTED,
    SHARED,
    SHORTEN_AT,
    STATED,
    STRONG,
    SUBJECT,
    TAG,
    TO_ANOTHER,
    TOLD_WHOM,
    UNTOLD,
    VERB,
    WHOLE,
    WISH,
    WITHOUT_OBJECT,
)  # fmt: skip
from attunement.dialogue.hearing.felt_words import is_of_a_skill
from attunement.dialogue.hearing.mirror import mirrored
from attunement.dialogue.hearing.plain import sentences
from attunement.dialogue.hearing.wondering import wondered
from attunement.domain.reading import RiskLevel
from attunement.reading.risk import read_rules
from attunement.reading.specifics import details

FEWEST, MOST = 3, 17
WORRY = 2.5
"""How much weighs what somebody asks themselves."""
_IF_ONLY = re.compile(r"\bif only (?=(?:I|he|she|they|we|it|my|the|there)\b)", re.IGNORECASE)
"""What did not happen: never told back as if it had."""


class Kind(StrEnum):
    """What a clause tells of."""

    PLAIN = "plain"
    LOSS = "loss"
    WISH = "wish"
    HARSH = "harsh"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement told back: ``said`` begins in lower case (names aside) and has no mark at its end.

    ``but`` is whether it stands against the one before, ``reason`` whether it was said to be why; ``weight`` is how much
    it seems to matter; ``place`` counts from 0; ``own`` is the statement as they made it.
    """  # noqa: E501

    said: str
    kind: Kind
    but: bool
    reason: bool
    weight: float
    place: int
    own: str = ""


def clauses(text: str, *, dark: bool = False) -> tuple[Clause, ...]:
    """What a message states that can be said back whole, in order.

    Questions, what is addressed to the reader, quotes, and anything that speaks of wanting to die are left out: what is
    not understood for sure is better not said back. A person may take up what a machine should not: with ``dark``,
    clauses of death and danger are there too, of the kind ``dark``, or ``loss`` where somebody else died.

    >>> [c.said for c in clauses("Im so tired. My dad left us and I can't tell my friends! Anyone else?")]
    ["you're so tired", 'your dad left you', "you can't tell your friends"]
    >>> [(c.said, c.but) for c in clauses("I love my sister but she never calls me")]
    [('you love your sister', False), ('she never calls you', True)]
    """
    found: list[Clause] = []
    for sentence in sentences(text):
        sentence = _IF_ONLY.sub("I wish ", sentence)
        worry = wondered(sentence)
        sentence = worry or (_condition(sentence) if sentence.endswith("?") else sentence)
        subject = ""
        for piece, joint in _pieces(_both_named(REPORTED.sub(r"\1", sentence).rstrip(".! "))):
            plain = _whole(f"{subject} {piece.strip()}" if joint == "but" and _shares(subject, piece) else piece)
            subject = _subject(plain)
            if plain is None or (not dark and _is_dark(plain)):
                found = _unfinished(found) if joint == "but" else found
                continue
            said = _low(mirrored(_you_first(ALSO.sub("", plain))))
            if all(said != c.said for c in found):
                reason = joint in {"because", "since"}
                own = ALSO.sub("", plain)
                weight = WORRY if worry else _weight(plain)
                found.append(Clause(said, _kind(plain), joint == "but", reason, weight, len(found), own))
    return tuple(found)


def shortenings(said: str) -> Iterator[str]:
    """A clause told back and its shorter forms that still end well, longest first.

    >>> list(shortenings("you failed your exam again because you were up at night"))
    ['you failed your exam again because you were up at night', 'you failed your exam again', 'you failed your exam']
    """
    ends = sorted({len(said), *(m.start() for m in SHORTEN_AT.finditer(said))}, reverse=True)
    for end in ends:
        part = said[:end].rstrip(" ,-")
        words = part.split()
        whole = end == len(said) or not (part.endswith("ing") or ("n't" in part and len(words) == FEWEST))
        told = end == len(said) or (words[-1] not in UNTOLD and not PUT_WHERE.search(part))
        if FEWEST <= len(words) <= MOST and whole and told and _ends_well(words):
            yield part


def _ends_well(words: list[str]) -> bool:
    last = words[-1].lower().strip(",'")
    return last not in DANGLING or (
        last in {"is", "am", "are", "was", "were"} and bool(INDIRECT.search(" ".join(words)))
    )


def _condition(question: str) -> str:
    """What a question states beside what it asks: "if my boss shouts" of "what can I do if my boss shouts?"."""
    match = re.search(r"\b(?:if|when|because|that|after)\s+((?:I|my|he|she|they|we|it)\b.+)\?$", question)
    return match.group(1) if match else ""


def _unfinished(found: list[Clause]) -> list[Clause]:
    """The clauses, the last counting less: what was set against it could not be told back, so alone it would mislead."""  # noqa: E501
    return [*found[:-1], replace(found[-1], weight=found[-1].weight - 2)] if found else found


def _pieces(sentence: str) -> list[tuple[str, str]]:
    pieces, start, joint = [], 0, ""
    for match in CUT.finditer(sentence):
        rest = sentence[match.end() :]
        light = match.group("and") or match.group().strip() == ","
        if light and len(CUT.split(rest)[0].split()) < FEWEST:
            continue  # "it's my birthday and nobody wrote": too short to stand alone, and the point of it
        if match.group("and") and _is_subject(sentence[start : match.start()]):
            continue  # "my sister and I haven't spoken": both are who it is about
        if _is_one(sentence[: match.start()], CUT.split(rest)[0], match.group()):
            continue
        pieces.append((sentence[start : match.start()], joint))
        start, joint = match.end(), (match.group("joint") or "").lower()
        joint = "but" if joint in {"but", "yet", "however", "although", "though", "except"} else joint
    return _with_reasons([*pieces, (sentence[start:], joint)])


def _subject(plain: str | None) -> str:
    match = SUBJECT.match(plain or "")
    return match.group() if match else ""


def _shares(subject: str, piece: str) -> bool:
    """Whether a piece after "but" is without its subject, which then is that of the piece before."""
    return bool(subject) and SHARED.match(piece.strip()) is not None


def _both_named(sentence: str) -> str:
    """A subject of two put as it is told back: "my brother and I" for "me and my brother"."""
    as_subject = {"him": "he", "her": "she", "them": "they"}
    match = ME_AND.match(sentence)
    if match is None:
        return sentence
    other = match["other"] or match["first"]
    return f"{match['lead']}{as_subject.get(other.lower(), other)} and I{sentence[match.end() :]}"


def _you_first(plain: str) -> str:
    """A subject of two turned so that it begins with the member: "you and your brother"."""
    match = AND_I.match(plain)
    if match is None or VERB.search(match[1]):
        return plain
    other = match[1] if COMMON.match(match[1]) is None and match[1][0].isupper() else match[1].lower()
    return f"I and {other.replace('My ', 'my ')}{plain[match.end() :]}"


def _is_subject(before: str) -> bool:
    """Whether what stands before "and" only names somebody, who then shares what is told after it."""
    return NAMED_FIRST.match(before.strip()) is not None and VERB.search(before) is None


def _is_one(before: str, after: str, joint: str) -> bool:
    """Whether two pieces with nothing but a space between them are one: "how worried I am", "a refund I can't give"."""
    goes_on = HOW_MUCH.search(before) or TOLD_WHOM.search(before) or WITHOUT_OBJECT.search(after.strip())
    return not re.search(r"\w|[,:]", joint) and bool(goes_on)


def _with_reasons(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Short pieces kept with the reason or the outcome told: "I cried because the shop was shut", "so I can't hear"."""
    joined: list[tuple[str, str]] = []
    for piece, joint in pieces:
        if joint in {"because", "since", "so"} and joined and len(f"{joined[-1][0]} {piece}".split()) < MOST:
            joined[-1] = (f"{joined[-1][0]} {joint} {piece}", joined[-1][1])
        else:
            joined.append((piece, joint))
    return joined


def _whole(piece: str) -> str | None:
    """The piece as a clause of its own, cut to length, or None where it is not one."""
    plain = piece.strip(" ,-:'")
    if HEDGED.match(plain):
        return None
    plain = INTRO.sub("", TAG.sub("", LEAD.sub("", plain)))
    told = ASKED.sub("", plain)
    plain = told if WHOLE.match(told) else plain
    plain = next((lead + plain[:1].lower() + plain[1:] for pattern, lead in BARES if pattern.match(plain)), plain)
    short = plain if STATED.match(plain) else _shortened(plain)
    return short if short is not None and WHOLE.match(short) and not TO_ANOTHER.search(short) else None


def _shortened(plain: str) -> str | None:
    """At most `MOST` words that end well: cut before a joint where it is longer."""
    parts = [plain, *(plain[: m.start()] for m in reversed(list(CUT_AT.finditer(plain))))]
    for part in parts:
        words = part.rstrip(" ,-").split()
        while words and words[-1].lower().strip(",'") in {"though", "too", "and", "so", "but", "anymore?"}:
            words.pop()
        if FEWEST <= len(words) <= MOST and (_ends_well(words) or (part is plain and _is_object(words))):
            return " ".join(words)
    return None


def _is_object(words: list[str]) -> bool:
    """Whether a sentence ends in what it is done to, though the same word might begin more: "like her", "put it on"."""
    return words[-1] == "her" or PUT_ON.search(" ".join(words)) is not None


def _low(said: str) -> str:
    """The first letter small, unless a name seems to begin it: it does what people do."""
    first = said.split(" ", 1)[0]
    named = first[:1].isupper() and not COMMON.match(first) and AS_PERSONS_DO.match(said)
    return said if named else said[:1].lower() + said[1:]


def _is_dark(plain: str) -> bool:
    told = bool(DEATH.search(plain)) or is_acute_of_another(plain)
    return told or read_rules(plain).level.rank >= RiskLevel.INDIRECT.rank


def _kind(plain: str) -> Kind:
    if _is_dark(plain):
        if DEATH.search(plain) and OTHERS_DEATH.search(plain):
            return Kind.PLAIN if BY_WHO_HURT.search(plain) else Kind.LOSS
        return Kind.DARK
    if HARSH.search(plain):
        return Kind.PLAIN if OF_OTHERS_MOUTH.match(plain) or is_of_a_skill(plain) else Kind.HARSH
    if LOSS.search(plain):
        return Kind.PLAIN if OWN_DEED.match(plain) or BY_WHO_HURT.search(plain) else Kind.LOSS
    return Kind.WISH if WISH.match(plain) and not NO_WISH.search(plain) else Kind.PLAIN


def _weight(plain: str) -> float:
    words = len(plain.split())
    return (
        1.0 * bool(re.match(r"(?:I|my)\b", plain))
        + 1.5 * bool(LOSS.search(plain))
        + 0.8 * min(2, len(STRONG.findall(plain)))
        + 0.4 * min(2, len(details(plain)))
        + 0.5 * (5 <= words <= 13)
        + 0.8 * bool(re.match(r"(?:my|he|she|nobody|no one|everyone|everybody|people)\b", plain, re.I))
        - 1.6 * bool(POOR.match(plain))
        - 0.5 * bool(re.match(r"(?:it|this|that|they|there)\b", plain, re.I))
    )
