"""Takes corrections: "sorry, I meant my stepdad", so that it is the stepdad from then on and was before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from attunement.dialogue.hearing.clause_words import DEATH
from attunement.dialogue.hearing.gist import KIN, Gist, gist_of
from attunement.dialogue.hearing.loss import is_bereaved
from attunement.dialogue.hearing.mirror import capital, mirrored
from attunement.domain.reading import Reading, RiskLevel
from attunement.library.companion_words import CompanionWords
from attunement.reading.plain_text import clean, straight
from attunement.reading.risk import read_rules

LINES_BACK = 6
"""A correction is of something said at most so many of the member's lines before."""
_SORRY = r"(?:sorry|oops|wait|ah|oh|well|actually|my mistake|typo|correction|um+|hang on|hold on|my bad|no+|nope)"
_LEAD = rf"(?:(?:{_SORRY}|but|and|i mean)\b[,.:;!\s]*)*"
_HIS = r"(?:my|our|his|her|their|the)"
_ONE = rf"(?:{_HIS} )?[a-z][\w'-]*(?: (?:in law|[\w'-]+)){{0,2}}?"
_END = (
    r"(?:,? (?:actually|sorry|i mean|of course|you know))?"
    r"(?=\s*[.!?]*\s*$|\s*[.!;]\s|,? (?:he|she|they|it)(?:'s| is)\b)"
)
_FORMS = (
    rf"(?:i )?(?:meant|ment|mean)(?: to (?:say|write))? (?P<right>{_ONE})(?:,? (?:and )?not (?P<wrong>{_ONE}))?",
    rf"(?:i (?:said|wrote|told you(?: about)?)|(?:it|that)(?:'s| is| was)(?: about)?) "
    rf"(?P<right>{_ONE}),? (?:and )?not (?P<wrong>{_ONE})",
    rf"(?:(?:it|that) (?:isn't|wasn't)|(?:(?:it|that)(?:'s| is| was) )?not)\b,? (?P<wrong>{_ONE})[,;:.]? "
    rf"(?:but |it(?:'s| is| was) |i (?:meant|said) )?(?P<right>{_ONE})",
    rf"(?P<right>{_ONE}), not (?P<wrong>{_ONE})",
    rf"(?P<right>{_HIS} [\w'-]+(?: in law| [\w'-]+)??),? (?:i (?:mean|meant)|sorry)",
)
_PATTERNS = tuple(re.compile(rf"^\s*{_LEAD}{form}{_END}", re.IGNORECASE) for form in _FORMS)
_APOLOGY = re.compile(rf"^\s*(?:{_SORRY}|\*)", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\b(?:to|that|it|what|how|well|every|i|you|he|she|they|we|is|are|was|were|be|just|more|like|really|sure|because|"
    r"if|when|so|no|much|any|(?:any|every|no)thing|but|this|there|here|now|yet|business|by|fault|problem)\b|'s$",
    re.IGNORECASE,
)
_PERSON = re.compile(rf"\b(?:step ?|half[- ]?|grand?|god)?(?:{KIN}|bro|sis|mate)(?:[ -]in[ -]law)?$", re.IGNORECASE)
_MINE = re.compile(
    rf"\b(?:my|our) (?:(?:best|old|little|big|older|younger|late|ex|twin) )?(?:step ?|half[- ]?|grand?|god)?"
    rf"{KIN}(?:[ -]in[ -]law)?\b", re.IGNORECASE
)  # fmt: skip
_SAME = (
    {"mum", "mom", "mother", "mama"}, {"dad", "father", "papa"}, {"gran", "grandma", "grandmother", "nan"},
    {"grandpa", "grandfather", "grandad"}, {"boyfriend", "partner"}, {"girlfriend", "partner"},
)  # fmt: skip
_LONG_AGO = re.compile(r"\bin (?:19|20)\d\d\b|\byears ago\b|\blong ago\b|\bwhen i was\b", re.IGNORECASE)


class Correction(NamedTuple):
    """``right`` is who or what it is, ``wrong`` what it is not (each as the member says it, ``wrong`` empty where
    nothing before can be meant), ``rest`` what the line tells beside, ``at`` which line before it puts right (how many
    back; 0 where none).
    """

    right: str
    wrong: str
    rest: str
    at: int = 0


class PutRight(NamedTuple):
    """The member's lines as they are to be read, and by their place the corrections among them."""

    texts: tuple[str, ...]
    found: dict[int, Correction]


def put_right(texts: Sequence[str]) -> PutRight:
    """Lines in which what was corrected later is put right.

    >>> read = put_right(["My dad is ill.", "sorry, I meant my stepdad"])
    >>> read.texts[0], read.found[1].right
    ('My stepdad is ill.', 'my stepdad')
    """
    read, found = list(texts), dict[int, Correction]()
    for k in range(1, len(texts)):
        first = max(0, k - LINES_BACK)
        one = correction_in(read[k], read[first:k])
        if one is None:
            continue
        there = [at for at in range(first, k) if one.wrong and _named(one.wrong).search(read[at])]
        for at in there:
            read[at] = _with(one, read[at])
        found[k] = one._replace(at=k - there[-1] if there else 0)
        read[k] = one.rest or read[k]
    return PutRight(tuple(read), found)


def gists_of(texts: Sequence[str], words: CompanionWords, readings: Sequence[Reading]) -> Iterator[Gist]:
    """The gist of each of the member's lines; one that only corrects has that of the line it puts right."""
    read, found = put_right(texts)
    gists = [gist_of(text, words, reading) for text, reading in zip(read, readings, strict=True)]
    for k, gist in enumerate(gists):
        one = found.get(k)
        if one is not None and not one.rest and one.at:
            gist = replace(gists[k - one.at], text=_without_aside(texts[k], one.wrong), words=gist.words)
        elif one is not None and not one.rest:
            gist = replace(gist, clauses=(), bit="", own="", light=True)
        if one is not None:
            who = mirrored(one.right) if _PERSON.search(one.right) else ""
            gist = replace(gist, right=mirrored(one.right), wrong=mirrored(one.wrong), who=gist.who or who)
        yield gist


def correction_in(text: str, before: Sequence[str]) -> Correction | None:
    """The correction with which a line begins, of what stands in lines before it; None where it is none.

    >>> correction_in("not my sister, my sister in law", ["My sister is ill."])
    Correction(right='my sister in law', wrong='my sister', rest='', at=0)
    >>> correction_in("not my sister, she never calls", ["My sister is ill."])
    """
    plain = straight(clean(text))
    for pattern in _PATTERNS:
        match = pattern.match(plain)
        one = _made(match, plain, " ".join(before)) if match else None
        if one is not None:
            return one
    return None


def _made(match: re.Match[str], plain: str, before: str) -> Correction | None:
    right, wrong = match["right"].strip(), (match.groupdict().get("wrong") or "").strip()
    if not _is_name(right) or (wrong and not _is_name(wrong)):
        return None
    person = _PERSON.search(right) is not None
    if wrong:
        known = _named(wrong).search(before)
        alike = person == (_PERSON.search(wrong) is not None)
        if not (known and alike):
            return None
    else:
        wrong = _meant_before(right, before) if person else ""
        if not wrong and not (_APOLOGY.match(plain) and not person):
            return None
    rest = re.sub(r"^[\s.,;!]+", "", plain[match.end() :])
    return Correction(_small(right), _small(wrong), _without_aside(rest, wrong))


def _is_name(words: str) -> bool:
    dark = DEATH.search(words) or read_rules(words).level.rank >= RiskLevel.INDIRECT.rank
    return not dark and _NO_NAME.search(words) is None


def _meant_before(right: str, before: str) -> str:
    """Whom somebody named before whom a correction puts right: of a like name, or who was named last."""
    named = [match.group() for match in _MINE.finditer(before)]
    head = right.split()[1] if " " in right else right
    like = [one for one in named if one.split()[-1].lower() in head.lower() and one.lower() != right.lower()]
    others = [one for one in named if one.lower() != right.lower()]
    return (like or others or [""])[-1]


def _named(wrong: str) -> re.Pattern[str]:
    """Where somebody or something is named, in any of the words for it."""
    determined = re.match(rf"{_HIS} ", wrong, re.IGNORECASE)
    *which, noun = wrong[determined.end() if determined else 0 :].lower().split()
    nouns = next((sorted(same) for same in _SAME if noun in same), [noun])
    name = " ".join([*map(re.escape, which), f"(?:{'|'.join(map(re.escape, nouns))})"])
    return re.compile(rf"\b{f'{_HIS} ' if determined else ''}{name}\b(?![ -]in[ -]law)", re.IGNORECASE)


def _with(one: Correction, text: str) -> str:
    """A text with who or what it is in the place of what it is not."""
    return _named(one.wrong).sub(lambda there: capital(one.right) if there[0][0].isupper() else one.right, text)


def _without_aside(rest: str, wrong: str) -> str:
    """What is told beside, without an old death of who was not meant: "my father died in 2009"."""
    parts = re.split(r"(?<=[.!?])\s+", rest)
    return " ".join(
        part for part in parts
        if not (wrong and _named(wrong).search(part) and is_bereaved(part) and _LONG_AGO.search(part))
    )  # fmt: skip


def _small(words: str) -> str:
    first = words.split(" ")[0]
    return first.lower() + words[len(first) :] if re.fullmatch(_HIS, first, re.IGNORECASE) else words
