"""What a post gives a supporter to speak of: clauses and things of the seeker's own, and what it must be like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from attunement.dialogue.clauses import Clause, clauses, shortenings
from attunement.dialogue.clauses import Kind as Told
from attunement.dialogue.coach_tone import Tone, tone_of
from attunement.dialogue.mirror import mirrored
from attunement.dialogue.referents import with_referent
from attunement.dialogue.tense import tense_of
from attunement.dialogue.things import things
from attunement.domain.reading import EmotionReading, RiskLevel
from attunement.library.coach_words import CoachWords, Kind, Tense
from attunement.reading.plain_text import clean, straight
from attunement.reading.text_reader import TextReader

MOST_TOLD, MOST_THINGS, MOST_QUOTES, READ = 12, 3, 4, 4000
FEWEST, MOST = 2, 10
SORE_ALONE = 0.5  # a few words without what stands around them are easily misread
IN_DANGER = "painful"
WEIGHING = frozenset({Kind.HURT, Kind.FEEL, Kind.BELIEF, Kind.DARK})
CLEAR, ABOUT = 0.15, 0.3
FEW_WORDS, MANY_WORDS = 4, 11
_FEEL = re.compile(
    r"^you(?:'re|'ve| have| are)?(?: (?:just|still|always|often|really|sometimes|also|only|never|"
    r"been|absolutely|so|all))* (?:feel|felt|feeling|hate|miss|dread|fear|despise)\b"
)
_WANT = re.compile(
    r"^you(?:'d)?(?: (?:just|really|only|still|always|so badly))* (?:want|wanted|wish|need|would like|hope)\b"
)
_WISH = re.compile(
    r"^you(?:'d|'re)?(?: (?:just|really|only|still|always|often|sometimes|actually|"
    r"so badly))* (?:want|wish|don't want|don't wanna|would rather|rather|feel like|keep thinking|"
    r"think about|can't stop thinking|thinking|ready)\b"
)
_LOSS = re.compile(
    r"\b(?:died|dead|death|passed away|funeral|buried|grave|grief|miscarr\w+|broke up|breakup|left (?:me|us)|dumped|"
    r"divorc\w+|lived? to see|could have seen)\b",
    re.IGNORECASE,
)
_PLAIN_VERB = re.compile(r"you (?!(?:are|were|have|had|can|could|would|will|do|should)\b)[a-z]+ ")
_QUOTABLE = re.compile(r"^(?!.*\w{18})[\w' -]+$")
_JOINED = re.compile(r"^(?:and|but|so|or|then|because|that|which) ", re.IGNORECASE)
_PART = re.compile(r"((?:(?! (?:that|because|when|if|and|but|or|which) )[^.!?\n,;:()&*])+)([.!?]?)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something of the post's, as it can stand in a sentence.

    ``weight`` (0 to 1) is how much it is worth naming, ``hard`` what it must be like ("lonely"), ``source`` what it is
    a form of: pieces with the same one say the same.
    """

    kind: Kind
    said: str
    weight: float
    source: int
    hard: str
    tense: Tense = Tense.PRESENT

    @property
    def rest(self) -> str | None:
        """What follows "you", where that is a plain verb: "feel lost" of "you feel lost"."""
        plain = self.tense is Tense.PRESENT and _PLAIN_VERB.match(self.said)
        return self.said.removeprefix("you ") if plain else None


@dataclass(frozen=True, slots=True)
class Material:
    """All there is to speak of in a post, the weightiest first."""

    pieces: tuple[Piece, ...]


def material_of(post: str, reader: TextReader, words: CoachWords) -> Material:
    """Take a post apart; only its first 4,000 characters are looked at.

    >>> from attunement.library.coach_words import load_coach_words
    >>> from attunement.library.resources import content_folder
    >>> found = material_of("My dad left us. I feel so alone.", TextReader(), load_coach_words(content_folder()))
    >>> sorted((p.kind.value, p.said, p.hard) for p in found.pieces[:2])
    [('feel', 'you feel so alone', 'lonely'), ('hurt', 'your dad left you', 'painful')]
    """
    text = clean(post)[:READ]
    told, quotes = _told(text, words), _quotes(text, words)
    readings = reader.read([text, *(c.said for c in told), *(mirrored(q) for q, _ in quotes)])
    whole, mood, read = readings[0], readings[0].emotion, [r.emotion for r in readings[1:]]
    in_danger = whole.risk.level.rank >= RiskLevel.INDIRECT.rank
    hard = IN_DANGER if in_danger else _hard(text, mood.emotions, words) or words.feelings.otherwise
    pieces = _of_clauses(told, read[: len(told)], mood, hard, words)
    if not in_danger and not _LOSS.search(text):  # "how is your mum?" would be beside the point, or cruel
        pieces += _things(text, hard, words, [p.said for p in pieces if p.kind in WEIGHING])
    pieces += _of_quotes(quotes, read[len(told) :], mood, hard, words)
    if not pieces and in_danger:
        pieces.append(Piece(Kind.DARK, words.marks.danger, 0.0, 300, hard))
    return Material(tuple(sorted(_by_nearness(pieces, text, reader), key=lambda p: -p.weight)))


def _told(text: str, words: CoachWords) -> list[Clause]:
    """Clauses and their shorter forms, those of one clause together; the later clauses of a long post are left."""
    told: list[Clause] = []
    for clause in clauses(text, dark=True):
        full = with_referent(clause.said, text)
        if not _matches(words.marks.never, full):
            told += [replace(clause, said=said) for said in shortenings(full)]
    return told[:MOST_TOLD]


def _of_clauses(
    told: Sequence[Clause], read: Sequence[EmotionReading], mood: EmotionReading, hard: str, words: CoachWords
) -> list[Piece]:
    """What may be said of clauses: of shorter forms those that are of the kind of the whole; of facts, none."""
    pieces: list[Piece] = []
    wholes: dict[int, Kind | None] = {}
    for clause, reading in zip(told, read, strict=True):
        tone = tone_of(clause, reading, mood, words.marks)
        kind = _kind(clause, tone, words)
        if kind is not None and wholes.setdefault(clause.place, kind) is kind:
            own = _hard(clause.said, reading.emotions, words) or hard
            pieces.append(
                Piece(kind, clause.said, _weight(clause, kind, tone), clause.place, own, tense_of(clause.said))
            )
        else:
            wholes.setdefault(clause.place, None)
    weighs = any(piece.kind in WEIGHING for piece in pieces)
    return [piece for piece in pieces if not weighs or piece.kind not in {Kind.GLAD, Kind.PLAIN}]


def _by_nearness(pieces: list[Piece], text: str, reader: TextReader) -> list[Piece]:
    """The same, weightier where they are about what the whole post is about."""
    near = reader.meanings([text, *(p.said for p in pieces)])
    return [replace(p, weight=p.weight + ABOUT * float(x)) for p, x in zip(pieces, near[1:] @ near[0], strict=True)]


def _weight(clause: Clause, kind: Kind, tone: Tone) -> float:
    n = len(clause.said.split())
    weight = 0.2 + 0.4 * (tone.sore or tone.glad) + 0.05 * clause.said.startswith("you") + 0.1 * clause.but
    weight += 0.1 * (kind is Kind.FEEL) - 0.01 * clause.place
    return weight - 0.04 * max(FEW_WORDS - n, 0) - 0.03 * max(n - MANY_WORDS, 0)


def _kind(clause: Clause, tone: Tone, words: CoachWords) -> Kind | None:
    """What a clause is; None for what turns on death and is not their own wish."""
    if clause.kind is Told.DARK or (clause.kind is not Told.LOSS and _matches(words.marks.dark, clause.said)):
        return Kind.DARK if _WISH.match(clause.said) else None
    if tone.glad:
        return Kind.GLAD
    if _WANT.match(clause.said):
        return Kind.WANT
    if tone.sore and _FEEL.match(clause.said):
        return Kind.FEEL
    over = tense_of(clause.said) is Tense.PAST and clause.kind is not Told.HARSH
    if tone.sore and _matches(words.marks.belief, clause.said) and not over:
        return Kind.BELIEF
    if not tone.sore:
        return None if tone.fact else Kind.PLAIN
    return Kind.HURT


def _things(text: str, hard: str, words: CoachWords, weighing: Sequence[str]) -> list[Piece]:
    """What they spoke of as theirs: sore where it stands in what weighs."""
    named = [t for t in things(text) if not _matches(words.marks.never + words.marks.dark, t)]
    kinds = [Kind.SORE if any(t.split(" ", 1)[1] in said for said in weighing) else Kind.THING for t in named]
    return [
        Piece(kind, t, 0.1 - 0.03 * k, 100 + k, hard)
        for k, (t, kind) in enumerate(zip(named[:MOST_THINGS], kinds, strict=False))
    ]


def _quotes(text: str, words: CoachWords) -> list[tuple[str, bool]]:
    """The seeker's own words as they stand, and whether they ask: for a post that cannot be told back."""
    found: list[tuple[str, bool]] = []
    unfit = words.marks.never + words.marks.dark + words.marks.light
    for match in _PART.finditer(straight(text)):
        said = _JOINED.sub("", " ".join(match.group(1).split()))
        if FEWEST <= len(said.split()) <= MOST and _QUOTABLE.match(said) and not _matches(unfit, mirrored(said)):
            found.append((said, match.group(2) == "?"))
    return sorted(found, key=lambda q: -len(q[0].split()))[:MOST_QUOTES]


def _of_quotes(
    quotes: Sequence[tuple[str, bool]], read: Sequence[EmotionReading], mood: EmotionReading, hard: str,
    words: CoachWords,
) -> list[Piece]:  # fmt: skip
    """Quotes that weigh, those that do not, and questions."""
    pieces = []
    for k, ((said, asks), reading) in enumerate(zip(quotes, read, strict=True)):
        back = Clause(mirrored(said), Told.PLAIN, but=False, reason=False, weight=0.0, place=k)
        sore = tone_of(back, reading, mood, words.marks).sore
        kind = Kind.ASKED if asks else Kind.QUOTE if sore >= SORE_ALONE else Kind.SAID
        weight = 0.12 + 0.01 * min(len(said.split()), 6) + 0.2 * sore
        pieces.append(Piece(kind, said + "?" * asks, weight, 200 + k, hard))
    return pieces


def _hard(text: str, emotions: Mapping[str, float], words: CoachWords) -> str | None:
    """What it must be like: by what they say they feel, else by the likeliest feeling that has a word, if clear."""
    low, known = text.lower(), words.feelings
    told = next((feeling.hard for feeling in known.feelings if feeling.told.search(low)), None)
    likeliest = max(known.emotions, key=lambda label: emotions.get(label, 0.0))
    return told or (known.emotions[likeliest] if emotions.get(likeliest, 0.0) > CLEAR else None)


def _matches(patterns: tuple[re.Pattern[str], ...], said: str) -> bool:
    return any(pattern.search(said.lower()) for pattern in patterns)
