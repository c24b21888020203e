"""What a post gives a supporter to speak of: clauses and things of the seeker's own, and what it must be like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from attunement.dialogue.coach.danger import danger_in, goes_on
from attunement.dialogue.coach.facts import as_feared, hinges, parted
from attunement.dialogue.coach.kinds import SORE_ENOUGH, kind_of
from attunement.dialogue.coach.quotes import quotes_of
from attunement.dialogue.coach.softer import softened, wounds
from attunement.dialogue.coach.tone import Tone, is_good, is_good_news, matches, tone_of
from attunement.dialogue.hearing.clauses import Clause, clauses, shortenings
from attunement.dialogue.hearing.clauses import Kind as Told
from attunement.dialogue.hearing.mirror import mirrored
from attunement.dialogue.hearing.referents import with_referent
from attunement.dialogue.hearing.tense import tense_of
from attunement.dialogue.hearing.things import is_person, things
from attunement.domain.coaching import DangerOf
from attunement.domain.reading import EmotionReading
from attunement.library.coach_words import CoachWords, Kind, Tells, Tense
from attunement.reading.plain_text import clean, straight
from attunement.reading.text_reader import TextReader

MOST_TOLD, MOST_THINGS, READ = 12, 3, 4000
PAINFUL, FRIGHTENING = "painful", "frightening"
FEARED = 0.55  # a fear weighs less than what has come
WEIGHING = frozenset({Kind.HURT, Kind.GRAVE, Kind.DEED, Kind.FEEL, Kind.BELIEF, Kind.FEAR, Kind.DARK})
AS_IT_IS = {Kind.GRAVE: PAINFUL, Kind.DARK: PAINFUL}  # what anger read from these would say is not what it is like
OWN = frozenset({DangerOf.SUICIDE, DangerOf.THREAT})
"""Danger in which their pain is spoken to before anything else, and every word to them weighs."""
UNTOLD: Mapping[DangerOf, frozenset[Kind]] = {
    DangerOf.VIOLENCE: frozenset({Kind.QUOTE, Kind.SAID, Kind.PLAIN}),
    DangerOf.THREAT: frozenset(Kind) - {Kind.FEEL},
    DangerOf.CHILD: frozenset({Kind.DEED}),
}
"""What is not held up to somebody in such danger: what was done, word for word, or what they may do."""
OF_THEMSELVES, ANGRY = frozenset({Kind.FEEL, Kind.BELIEF, Kind.DEED}), frozenset({"anger", "annoyance", "disgust"})
"""What somebody feels or did is not infuriating to them because an angry word stands in it: "such a fraud"."""
CLEAR, ABOUT = 0.15, 0.3
FEW_WORDS, MANY_WORDS = 4, 11
_JUST = re.compile(r"^(you(?:'re| are)?) just (?=(?:feel|want|hate|miss|need|wish|keep|so|too)\b|\w+n't\b)")
"""What makes little of it, and is theirs to say; not "you just got fired", which is when."""
_AND_I = re.compile(r"\b(me|us) and (?=(?:I|we)\b)", re.IGNORECASE)
"""Told back without a comma, "you and you" would be one: "everyone praises me and I smile"."""
_GOES_ON = re.compile(r" and (?!(?:you|he|she|it|they|your|everyone|everybody|nobody|no one|the)\b)")
_GONE = re.compile(
    r"\bwould(?:'ve| have) (?:been|turned|loved|known)\b|\b(?:didn't|did not|never) lived? to\b|"
    r"\b(?:missing since|went missing|ran away|disappeared|(?:hasn't|haven't|has not|never|didn't) (?:come|came) "
    r"(?:home|back))\b"
)
_CUT_SHORT = re.compile(r"\bonly\b|\b(?:that|when|if|because|who|what|how|where|why) (?:you|he|she|they|it) [\w']+$")
"""What a shorter form may not say: "only" may be of what was cut off, and so may what somebody does.

"Nobody knows that you sleep" of "nobody knows that you sleep in your car" is another fact.
"""
_NOT_I = re.compile(
    r"\b(?:and|but) (?:I|we) (?:did|do|have|was|were|could|am)(?:n't| not)(?=\s*[.!?,;\n]|$)", re.IGNORECASE
)
"""Good news of somebody else's that is none to them: "my twin got in, and I didn't"."""
_NOT_ASKED = re.compile(r"^your (?:ex|former)\b|^(?:the|your) (?:money|time|food)$")
"""How things are with these is a cruel question, or none."""
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
    """All there is to speak of in a post, the weightiest first, what it tells of as a whole, and of which danger."""

    pieces: tuple[Piece, ...]
    tells: Tells | None = None
    danger: DangerOf | None = None


def material_of(post: str, reader: TextReader, words: CoachWords) -> Material:
    """Take a post apart; only its first 4,000 characters are looked at, and for danger its last as well.

    >>> from attunement.library.coach_words import load_coach_words
    >>> from attunement.library.resources import content_folder
    >>> found = material_of("My dad left us. I feel so alone.", TextReader(), load_coach_words(content_folder()))
    >>> sorted((p.kind.value, p.said, p.hard) for p in found.pieces[:2])
    [('feel', 'you feel so alone', 'lonely'), ('grave', 'your dad left you', 'painful')]
    """
    text, marks = clean(post)[:READ], words.marks
    soft = softened(text, marks.softer)
    as_it_is, may_come = parted(text)
    told, quotes = _told(as_it_is, text, soft, words), quotes_of(as_it_is if as_it_is.strip(" .!?") else text, marks)
    readings = reader.read([text, *(c.said for c in told), *(mirrored(q) for q, _ in quotes)])
    whole, mood, read = readings[0], readings[0].emotion, [r.emotion for r in readings[1:]]
    danger = _of_end(post, reader) or danger_in(text, whole)
    danger = danger or (DangerOf.VIOLENCE if goes_on(soft) else None)
    in_danger = danger in OWN
    ours = danger is None and not _NOT_I.search(straight(text))
    in_good = ours and (is_good(mood) or is_good_news([c.said for c in told], marks))
    hard = _hard_of(danger, text, mood.emotions, words)
    pieces = _of_clauses(told, read[: len(told)], in_good, soft, hard, words)
    pieces = _weighing_first(pieces + _of_fears(as_it_is, may_come, text, words))
    gone = matches((*marks.grave, _GONE), mirrored(text))
    if not (danger or soft or gone):  # how things are with whom would be cruel to ask
        pieces += _things(text, hard, words, [p.said for p in pieces if p.kind in WEIGHING])
    pieces += _of_quotes(quotes, read[len(told) :], in_good, hard, words)
    pieces = [piece for piece in pieces if danger is None or piece.kind not in UNTOLD.get(danger, ())]
    if not pieces and danger is DangerOf.VIOLENCE:
        pieces.append(Piece(Kind.GRAVE, words.danger.borne, 0.0, 300, FRIGHTENING))
    if not pieces and in_danger:
        pieces.append(_of_danger(text, hard, words))
    glad = any(piece.kind is Kind.GLAD for piece in pieces)
    tells = Tells.DANGER if in_danger else Tells.GLAD if glad else None
    return Material(tuple(sorted(_by_nearness(pieces, text, reader), key=lambda p: -p.weight)), tells, danger)


def _told(as_it_is: str, text: str, soft: Iterable[str], words: CoachWords) -> list[Clause]:
    """What is told softly, then clauses and their shorter forms, those of one together, as far as there is room."""
    told = [Clause(said, Told.LOSS, but=False, reason=False, weight=0.0, place=-1 - k) for k, said in enumerate(soft)]
    for clause in clauses(_AND_I.sub(r"\1, and ", as_it_is), dark=True):
        full = _JUST.sub(r"\1 ", with_referent(clause.said, text))
        if _may_be_told(full, words) and not hinges(full, words.marks.feared):
            told += [replace(clause, said=s) for s in shortenings(full) if s == full or _keeps(s, full, clause, words)]
    return told[:MOST_TOLD]


def _keeps(part: str, full: str, whole: Clause, words: CoachWords) -> bool:
    """Whether a shorter form still tells of the loss that the whole tells of, and breaks off nothing that was done.

    Not "it's been a year", nor "you get up" of "you get up, go to lectures, come home", nor "you lie next to him" of
    "you lie next to him and do sums".
    """
    rest = full.removeprefix(part)
    broken = (rest.startswith(",") and full.count(",") > 1) or _GOES_ON.match(rest) or _CUT_SHORT.search(part)
    return not broken and (whole.kind is not Told.LOSS or matches(words.marks.grave, part))


def _may_be_told(said: str, words: CoachWords) -> bool:
    return not matches(words.marks.never, said) and not wounds(said, words.marks.softer)


def _of_clauses(
    told: Sequence[Clause], read: Sequence[EmotionReading], in_good: bool, soft: Mapping[str, str], hard: str,
    words: CoachWords,
) -> list[Piece]:  # fmt: skip
    """What may be said of clauses: of shorter forms those that are of the kind of the whole, and say enough."""
    pieces: list[Piece] = []
    wholes: dict[int, Kind | None] = {}
    for clause, reading in zip(told, read, strict=True):
        tone = tone_of(clause, reading, in_good, words.marks)
        kind = kind_of(clause, tone, in_good, words.marks)
        short = kind is Kind.PLAIN and clause.place in wholes and len(clause.said.split()) <= FEW_WORDS
        if kind is not None and not short and wholes.setdefault(clause.place, kind) is kind:
            emotions = {} if kind in AS_IT_IS or hard is FRIGHTENING else reading.emotions
            emotions = {label: p for label, p in emotions.items() if kind not in OF_THEMSELVES or label not in ANGRY}
            own = soft.get(clause.said) or _hard(clause.said, emotions, words) or AS_IT_IS.get(kind, hard)
            pieces.append(
                Piece(kind, clause.said, _weight(clause, kind, tone), clause.place, own, tense_of(clause.said))
            )
        else:
            wholes.setdefault(clause.place, None)
    return pieces


def _of_fears(as_it_is: str, may_come: str, text: str, words: CoachWords) -> list[Piece]:
    """What may come and would be hard, told as what could come; the same once."""
    feared = words.marks.feared
    told = [with_referent(c.said, text) for c in clauses(may_come, dark=True)]
    told += [c.said for c in clauses(as_it_is, dark=True) if hinges(c.said, feared)]
    fears = [fear for said in told if (fear := as_feared(said, feared)) and _may_be_told(fear, words)]
    return [
        Piece(Kind.FEAR, part, FEARED - 0.03 * k, 400 + k, FRIGHTENING)
        for k, fear in enumerate(dict.fromkeys(fears))
        for part in shortenings(fear)
    ]


def _of_danger(text: str, hard: str, words: CoachWords) -> Piece:
    """What is told back of danger that no clause tells of."""
    danger = words.marks.danger
    said = next((one.says for one in danger if one.told.search(text.lower())), danger[-1].says)
    return Piece(Kind.DARK, said, 0.0, 300, hard, tense_of(said))


def _weighing_first(pieces: Sequence[Piece]) -> list[Piece]:
    """Without what only gladdens or is neither, where something weighs."""
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
    named = [t for t in things(text) if not matches((*words.marks.never, *words.marks.dark, _NOT_ASKED), t)]
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
    """Quotes that weigh, those that do not (in a few words only where there is nothing else), and questions."""
    pieces = []
    for k, ((said, asks), reading) in enumerate(zip(quotes, read, strict=True)):
        back = Clause(mirrored(said), Told.PLAIN, but=False, reason=False, weight=0.0, place=k)
        sore = tone_of(back, reading, in_good, words.marks).sore
        kind = Kind.ASKED if asks else Kind.QUOTE if sore >= SORE_ENOUGH else Kind.SAID
        weight = 0.12 + 0.01 * min(len(said.split()), 6) + 0.2 * sore
        pieces.append(Piece(kind, said + "?" * asks, weight, 200 + k, hard))
    telling = [piece for piece in pieces if piece.kind is not Kind.SAID or len(piece.said.split()) >= FEW_WORDS]
    return telling or pieces


def _of_end(post: str, reader: TextReader) -> DangerOf | None:
    """The danger at the end of a long post: what was written last counts first."""
    end = clean(post)[max(READ, len(post) - READ) :]
    return danger_in(end, reader.read([end])[0]) if end.strip() else None


def _hard_of(danger: DangerOf | None, text: str, emotions: Mapping[str, float], words: CoachWords) -> str:
    """What all of it must be like."""
    if danger is DangerOf.VIOLENCE:
        return FRIGHTENING
    return PAINFUL if danger in OWN else _hard(text, emotions, words) or words.feelings.otherwise


def _hard(text: str, emotions: Mapping[str, float], words: CoachWords) -> str | None:
    """What it must be like: by what they say they feel, else by the likeliest feeling that has a word, if clear."""
    low, known = text.lower(), words.feelings
    told = next((feeling.hard for feeling in known.feelings if feeling.told.search(low)), None)
    likeliest = max(known.emotions, key=lambda label: emotions.get(label, 0.0))
    return told or (known.emotions[likeliest] if emotions.get(likeliest, 0.0) > CLEAR else None)
