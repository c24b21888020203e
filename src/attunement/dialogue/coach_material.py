"""What a post gives a supporter to speak of: clauses and things of the seeker's own, and what it must be like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from attunement.dialogue.clauses import Clause, clauses, shortenings
from attunement.dialogue.clauses import Kind as Told
from attunement.dialogue.coach_kinds import SORE_ENOUGH, kind_of
from attunement.dialogue.coach_quotes import quotes_of
from attunement.dialogue.coach_softer import softened, wounds
from attunement.dialogue.coach_tone import Tone, is_good, is_good_news, matches, tone_of
from attunement.dialogue.mirror import mirrored
from attunement.dialogue.referents import with_referent
from attunement.dialogue.tense import tense_of
from attunement.dialogue.things import is_person, things
from attunement.domain.reading import EmotionReading, RiskLevel
from attunement.library.coach_words import CoachWords, Kind, Tells, Tense
from attunement.reading.plain_text import clean
from attunement.reading.text_reader import TextReader

MOST_TOLD, MOST_THINGS, READ = 12, 3, 4000
PAINFUL = "painful"
WEIGHING = frozenset({Kind.HURT, Kind.GRAVE, Kind.DEED, Kind.FEEL, Kind.BELIEF, Kind.DARK})
AS_IT_IS = {Kind.GRAVE: PAINFUL, Kind.DARK: PAINFUL}  # what anger read from these would say is not what it is like
CLEAR, ABOUT = 0.15, 0.3
FEW_WORDS, MANY_WORDS = 4, 11
_PLAIN_VERB = re.compile(r"you (?!(?:are|were|have|had|can|could|would|will|do|should)\b)[a-z]+ ")


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
    """All there is to speak of in a post, the weightiest first, and what the post as a whole tells of, if either."""

    pieces: tuple[Piece, ...]
    tells: Tells | None = None


def material_of(post: str, reader: TextReader, words: CoachWords) -> Material:
    """Take a post apart; only its first 4,000 characters are looked at.

    >>> from attunement.library.coach_words import load_coach_words
    >>> from attunement.library.resources import content_folder
    >>> found = material_of("My dad left us. I feel so alone.", TextReader(), load_coach_words(content_folder()))
    >>> sorted((p.kind.value, p.said, p.hard) for p in found.pieces[:2])
    [('feel', 'you feel so alone', 'lonely'), ('grave', 'your dad left you', 'painful')]
    """
    text, marks = clean(post)[:READ], words.marks
    soft = softened(text, marks.softer)
    told, quotes = _told(text, soft, words), quotes_of(text, marks)
    readings = reader.read([text, *(c.said for c in told), *(mirrored(q) for q, _ in quotes)])
    whole, mood, read = readings[0], readings[0].emotion, [r.emotion for r in readings[1:]]
    in_danger = whole.risk.level.rank >= RiskLevel.INDIRECT.rank
    in_good = not in_danger and (is_good(mood) or is_good_news([c.said for c in told], marks))
    hard = PAINFUL if in_danger else _hard(text, mood.emotions, words) or words.feelings.otherwise
    pieces = _of_clauses(told, read[: len(told)], in_good, soft, hard, words)
    if not (
        in_danger or soft or matches(marks.grave, mirrored(text))
    ):  # how things are with whom would be cruel to ask
        pieces += _things(text, hard, words, [p.said for p in pieces if p.kind in WEIGHING])
    pieces += _of_quotes(quotes, read[len(told) :], in_good, hard, words)
    if not pieces and in_danger:
        said = next((one.says for one in marks.danger if one.told.search(text.lower())), marks.danger[-1].says)
        pieces.append(Piece(Kind.DARK, said, 0.0, 300, hard, tense_of(said)))
    glad = any(piece.kind is Kind.GLAD for piece in pieces)
    tells = Tells.DANGER if in_danger else Tells.GLAD if glad else None
    return Material(tuple(sorted(_by_nearness(pieces, text, reader), key=lambda p: -p.weight)), tells)


def _told(text: str, soft: Iterable[str], words: CoachWords) -> list[Clause]:
    """What is told softly, then clauses and their shorter forms, those of one together, as far as there is room."""
    told = [Clause(said, Told.LOSS, but=False, reason=False, weight=0.0, place=-1 - k) for k, said in enumerate(soft)]
    for clause in clauses(text, dark=True):
        full = with_referent(clause.said, text)
        if not matches(words.marks.never, full) and not wounds(full, words.marks.softer):
            told += [replace(clause, said=s) for s in shortenings(full) if s == full or _keeps(s, clause, words)]
    return told[:MOST_TOLD]


def _keeps(part: str, whole: Clause, words: CoachWords) -> bool:
    """Whether a shorter form still tells of the loss that the whole tells of: not "it's been a year"."""
    return whole.kind is not Told.LOSS or matches(words.marks.grave, part)


def _of_clauses(
    told: Sequence[Clause], read: Sequence[EmotionReading], in_good: bool, soft: Mapping[str, str], hard: str,
    words: CoachWords,
) -> list[Piece]:  # fmt: skip
    """What may be said of clauses: of shorter forms those that are of the kind of the whole; of facts, none."""
    pieces: list[Piece] = []
    wholes: dict[int, Kind | None] = {}
    for clause, reading in zip(told, read, strict=True):
        tone = tone_of(clause, reading, in_good, words.marks)
        kind = kind_of(clause, tone, in_good, words.marks)
        if kind is not None and wholes.setdefault(clause.place, kind) is kind:
            emotions = {} if kind in AS_IT_IS else reading.emotions
            own = soft.get(clause.said) or _hard(clause.said, emotions, words) or AS_IT_IS.get(kind, hard)
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


def _things(text: str, hard: str, words: CoachWords, weighing: Sequence[str]) -> list[Piece]:
    """Whom and what they spoke of as theirs; of what is no person: sore where it stands in what weighs."""
    named = [t for t in things(text) if not matches(words.marks.never + words.marks.dark, t)]
    kinds = [
        Kind.PERSON
        if is_person(t)
        else Kind.SORE
        if any(t.split(" ", 1)[1] in said for said in weighing)
        else Kind.THING
        for t in named
    ]
    return [
        Piece(kind, t, 0.1 - 0.03 * k, 100 + k, hard)
        for k, (t, kind) in enumerate(zip(named[:MOST_THINGS], kinds, strict=False))
    ]


def _of_quotes(
    quotes: Sequence[tuple[str, bool]], read: Sequence[EmotionReading], in_good: bool, hard: str,
    words: CoachWords,
) -> list[Piece]:  # fmt: skip
    """Quotes that weigh, those that do not, and questions."""
    pieces = []
    for k, ((said, asks), reading) in enumerate(zip(quotes, read, strict=True)):
        back = Clause(mirrored(said), Told.PLAIN, but=False, reason=False, weight=0.0, place=k)
        sore = tone_of(back, reading, in_good, words.marks).sore
        kind = Kind.ASKED if asks else Kind.QUOTE if sore >= SORE_ENOUGH else Kind.SAID
        weight = 0.12 + 0.01 * min(len(said.split()), 6) + 0.2 * sore
        pieces.append(Piece(kind, said + "?" * asks, weight, 200 + k, hard))
    return pieces


def _hard(text: str, emotions: Mapping[str, float], words: CoachWords) -> str | None:
    """What it must be like: by what they say they feel, else by the likeliest feeling that has a word, if clear."""
    low, known = text.lower(), words.feelings
    told = next((feeling.hard for feeling in known.feelings if feeling.told.search(low)), None)
    likeliest = max(known.emotions, key=lambda label: emotions.get(label, 0.0))
    return told or (known.emotions[likeliest] if emotions.get(likeliest, 0.0) > CLEAR else None)
