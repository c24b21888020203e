"""What a post gives a supporter to speak of: clauses and things of the seeker's own, and what it must be like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from attunement.dialogue.retell import Clause, clauses, shortenings, things
from attunement.domain.reading import RiskLevel
from attunement.library.coach_words import CoachWords, Kind
from attunement.reading.plain_text import clean, straight
from attunement.reading.text_reader import TextReader

MOST_CLAUSES, MOST_THINGS, MOST_QUOTES, READ = 8, 3, 5, 4000
GLAD, SORE, SORER, CLEAR, ABOUT = 3.3, 2.95, 2.6, 0.15, 0.5
FEW_WORDS, MANY_WORDS = 4, 11
_FEEL = re.compile(
    r"^you(?:'re|'ve| have| are)?(?: (?:just|still|always|often|really|sometimes|also|only|never|"
    r"been|absolutely|so|all))* (?:feel|felt|feeling|hate|miss|dread|fear|despise)\b"
)
_WANT = re.compile(
    r"^you(?:'d)?(?: (?:just|really|only|still|always|so badly))* (?:want|wanted|wish|need|"
    r"would like|'?d like|hope|like to)\b"
)
_WISH = re.compile(
    r"^you(?:'d|'re)?(?: (?:just|really|only|still|always|often|sometimes|actually|"
    r"so badly))* (?:want|wish|don't want|don't wanna|would rather|rather|feel like|keep thinking|"
    r"think about|can't stop thinking|thinking|ready)\b"
)
_LOSS = re.compile(
    r"\b(?:died|dead|death|passed away|funeral|buried|grave|grief|miscarr\w+|lived? to see|could have seen)\b",
    re.IGNORECASE,
)
_QUOTABLE = re.compile(r"^(?!.*\w{18})[\w' -]+$")
_JOINED = re.compile(r"^(?:and|but|so|or|then|because|that|which) ", re.IGNORECASE)
_PART = re.compile(r"((?:(?! (?:that|because|when|if|and|but|or|which) )[^.!?\n,;:()&*])+)([.!?]?)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something of the post's, as it can stand in a sentence; ``weight`` (0 to 1) is how much it is worth naming."""

    kind: Kind
    said: str
    weight: float
    source: int

    @property
    def rest(self) -> str | None:
        """What follows "you", where that is a plain verb: "feel lost" of "you feel lost"."""
        return self.said.removeprefix("you ") if re.match(r"you (?!are\b|were\b|have\b)\w+", self.said) else None


@dataclass(frozen=True, slots=True)
class Material:
    """All there is to speak of in a post, the weightiest first, and what it must be like ("lonely")."""

    pieces: tuple[Piece, ...]
    hard: str


def material_of(post: str, reader: TextReader, words: CoachWords) -> Material:
    """Take a post apart; only its first 4,000 characters are looked at.

    >>> from attunement.library.coach_words import load_coach_words
    >>> from attunement.library.resources import content_folder
    >>> found = material_of("My dad left us. I feel so alone.", TextReader(), load_coach_words(content_folder()))
    >>> sorted((p.kind.value, p.said) for p in found.pieces[:2]), found.hard
    ([('event', 'your dad left you'), ('feel', 'you feel so alone')], 'lonely')
    """
    text = clean(post)[:READ]
    told = [c for c in clauses(text) if not _matches(words.marks.never, c.said)][:MOST_CLAUSES]
    readings = reader.read([text, *(c.said for c in told)])
    mood = readings[0].emotion
    pieces = [
        piece
        for clause, reading in zip(told, readings[1:], strict=True)
        for piece in _pieces(clause, reading.emotion.valence, mood.valence, words)
    ]
    in_danger = readings[0].risk.level.rank >= RiskLevel.INDIRECT.rank
    if not in_danger and not _LOSS.search(text):  # "how is your mum?" would be beside the point, or cruel
        pieces += _things(text, words, sore=mood.valence < SORE)
    pieces += _quotes(text, words)
    if not pieces and in_danger:
        pieces.append(Piece(Kind.DARK, words.marks.danger, 0.0, 300))
    pieces = _by_nearness(pieces, text, reader)
    return Material(tuple(sorted(pieces, key=lambda p: -p.weight)), _hard(text, mood.emotions, words))


def _by_nearness(pieces: list[Piece], text: str, reader: TextReader) -> list[Piece]:
    """The same, weightier where they are about what the whole post is about."""
    near = reader.meanings([text, *(p.said for p in pieces)])
    return [replace(p, weight=p.weight + ABOUT * float(x)) for p, x in zip(pieces, near[1:] @ near[0], strict=True)]


def _pieces(clause: Clause, valence: float, mood: float, words: CoachWords) -> Iterator[Piece]:
    kind = _kind(clause, valence, mood, words)
    if kind is None:
        return
    for said in shortenings(clause.said):
        n = len(said.split())
        weight = 0.5 + 0.25 * min(max(SORE - valence, -1.0), 1.0) + 0.1 * clause.own - 0.02 * clause.place
        weight -= 0.04 * max(FEW_WORDS - n, 0) + 0.03 * max(n - MANY_WORDS, 0) + 0.15 * (kind is Kind.PLAIN)
        yield Piece(kind, said, weight, clause.place)


def _kind(clause: Clause, valence: float, mood: float, words: CoachWords) -> Kind | None:
    """What a clause is; None for what turns on death and is not their own wish."""
    if _matches(words.marks.dark, clause.said):
        return Kind.DARK if _WISH.match(clause.said) else None
    if _FEEL.match(clause.said):
        return Kind.FEEL
    if _WANT.match(clause.said):
        return Kind.WANT
    if _matches(words.marks.belief, clause.said):
        return Kind.BELIEF
    if valence >= (SORER if mood >= SORE else SORE):
        return Kind.GLAD if valence >= GLAD and mood >= SORE else Kind.PLAIN
    return Kind.EVENT if clause.past else Kind.STATE


def _things(text: str, words: CoachWords, *, sore: bool) -> list[Piece]:
    kind = Kind.SORE if sore else Kind.THING
    named = [t for t in things(text) if not _matches(words.marks.never + words.marks.dark, t)]
    return [Piece(kind, thing, 0.25 - 0.03 * k, 100 + k) for k, thing in enumerate(named[:MOST_THINGS])]


def _quotes(text: str, words: CoachWords) -> list[Piece]:
    """The seeker's own words as they stand, for a post that cannot be told back, and for short drafts."""
    found: list[Piece] = []
    unfit = words.marks.never + words.marks.dark
    for match in _PART.finditer(straight(text)):
        said, kind = (
            _JOINED.sub("", " ".join(match.group(1).split())),
            Kind.ASKED if match.group(2) == "?" else Kind.QUOTE,
        )
        n = len(said.split())
        if 2 <= n <= 10 and _QUOTABLE.match(said) and not _matches(unfit, said.lower()):
            said += "?" if kind is Kind.ASKED else ""
            found.append(Piece(kind, said, 0.12 + 0.01 * min(n, 6), 200 + len(found)))
    return sorted(found, key=lambda p: -p.weight)[:MOST_QUOTES]


def _hard(text: str, emotions: Mapping[str, float], words: CoachWords) -> str:
    """What it must be like: by what they say they feel, else by the likeliest feeling that has a word."""
    low, known = text.lower(), words.feelings
    told = next((feeling.hard for feeling in known.feelings if feeling.told.search(low)), None)
    likeliest = max(known.emotions, key=lambda label: emotions.get(label, 0.0))
    return told or (known.emotions[likeliest] if emotions.get(likeliest, 0.0) > CLEAR else known.otherwise)


def _matches(patterns: tuple[re.Pattern[str], ...], said: str) -> bool:
    return any(pattern.search(said.lower()) for pattern in patterns)
