"""The coach on a draft: how it reads now, up to three sentences to take or leave, and what may hurt."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from attunement.dialogue.coach.cautions import CautionFinder, Span, hurting_in
from attunement.dialogue.coach.danger import WAITS, notice_of
from attunement.dialogue.coach.enough import asks_openly, is_bare_advice, is_enough, is_short
from attunement.dialogue.coach.material import Material, material_of
from attunement.dialogue.coach.sentences import Sentence, filled
from attunement.dialogue.coach.voice import Placed, in_voice, inserted, replaced
from attunement.domain.coaching import Caution, Change, DangerOf, Feedback, Suggestion
from attunement.domain.contracts import ExchangeReader
from attunement.domain.reply import Mechanism, ReplyReading
from attunement.library.coach_words import CoachWords, load_coach_words
from attunement.library.resources import content_folder
from attunement.reading.language import can_read
from attunement.reading.reply_reader import ReplyReader
from attunement.reading.text_reader import TextReader

MOST = 3
READ = (2, 4)
ROOM = 2600
BEFORE, ADDED = 250, 80
LONGER = 0.5
NAMED = 1.2
THREADS = 2
LEAST_GAIN = 0.3
FEWEST, FEWEST_TO = 3, 120
"""A draft of fewer words than this may grow to so many characters: room for "ok" and a whole sentence or two."""
REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class _Tried:
    """A change of the draft that was read in its place: what it adds to each mechanism, and how good it is."""

    placed: Placed
    sentence: Sentence
    adds: Mechanism
    score: float


class Coach:
    """Reads a draft after what it answers and suggests what would show more of what was understood.

    Sentences are built from what the seeker wrote, told back to them. The most promising are set into the draft and
    read there by ``replies``; a suggestion's worth is how much the expected levels rise, ``sum_m sum_l l p_m(l)``, and
    how much it names of theirs. At most three, best first, each adding another mechanism, one of them asking. None
    makes the draft more than twice as long (one or two words, where nothing good would fit: longer than 120
    characters), nor drops any of it but what judges, makes small or misses what they told: that the first suggestion
    takes the place of. Where others are the danger, or in it, nothing is asked beside the plain question, and where it
    may be a matter of minutes nothing is suggested. Same post and draft, same feedback.

    Parameters
    ----------
    replies:
        Reads drafts. It must not be the one that reports how good suggestions are.
    texts:
        Reads posts, for what is sore and what it must feel like.
    words:
        ``content/coach``.

    >>> feedback = open_coach().feedback("My dad left us last week.", "You can always look for a flat that is cheaper.")
    >>> "your dad left" in feedback.suggestions[0].text
    True

    Sharma et al. 2023, *Human-AI collaboration enables more empathic conversations*, doi 10.1038/s42256-022-00593-2.
    """

    def __init__(self, replies: ExchangeReader, texts: TextReader, words: CoachWords) -> None:
        self._replies = replies
        self._texts = texts
        self._words = words
        self._cautions = CautionFinder(words.cautions)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="coach")
        self._lock = threading.Lock()
        self._recent: dict[str, Material] = {}

    def feedback(self, post: str, draft: str) -> Feedback:
        """All there is to say of a draft; an empty one, a good one, or one in another language has no suggestions."""
        coming = self._pool.submit(self._material, post)
        reading = self._replies.read([(post, draft)])[0]
        heard = [span for found in reading.empathy.values() for span in found.spans]
        material = coming.result()
        cautions = self._cautions.find(post, draft, heard=heard, tells=material.tells)
        left = can_read(draft, reading.language) and not is_enough(reading)
        left = left and material.danger is not DangerOf.EMERGENCY  # no word but that help is called
        changes = self._changes(material, draft, reading, cautions) if left else []
        after = self._pool.map(lambda change: self._replies.read([(post, change[0].after)])[0], changes)
        tried = [_tried(*change, draft, reading, found) for change, found in zip(changes, after, strict=True)]
        notice = notice_of(material.danger, draft, self._words.danger.notices)
        return Feedback(reading, self._best(tried), cautions, notice)

    def prepare(self, post: str) -> None:
        """Take a post apart before the first word of a draft, so that nobody waits for it at the first pause."""
        self._material(post)

    def forget(self) -> None:
        """Let go of the posts it remembers: somebody erased themselves, and one may be theirs."""
        self._recent = {}  # a new one: what is being read just now is kept in the old one
        self._texts.forget()

    def _material(self, post: str) -> Material:
        """What a post gives to speak of, remembered: it stays the same while the draft grows."""
        recent = self._recent
        known = recent.get(post)
        if known is None:
            known = material_of(post, self._texts, self._words)
            with self._lock:
                recent[post] = known
                while len(recent) > REMEMBERED:
                    recent.pop(next(iter(recent)))
        return known

    def _changes(
        self, material: Material, draft: str, reading: ReplyReading, cautions: Sequence[Caution]
    ) -> list[tuple[Placed, Sentence]]:
        """The most promising changes that keep to the length, so many as there is time to read."""
        asked = material.danger in WAITS or asks_openly(draft, reading, cautions) or is_bare_advice(draft, cautions)
        found = filled(material, self._words.sentences, _expected(reading), draft)
        longest, hurting = longest_after(draft), hurting_in(draft, cautions)
        possible = sorted(
            (s for s in found if not (asked and s.asks)),
            key=lambda s: (2 * LONGER * len(s.text) / longest - s.promise, s.text),
        )
        placed = [(_placed(draft, sentence, cautions, hurting), sentence) for sentence in possible]
        for most in (2 * len(draft), longest):  # the bound is stretched only where no good sentence keeps to it
            fitting = [change for change in placed if len(change[0].after) <= most]
            better = [change for change in fitting if not change[1].frame.spare]
            if better:
                break
        return _varied(better or fitting, _time_for(draft))

    def _best(self, tried: Iterable[_Tried]) -> tuple[Suggestion, ...]:
        kept: list[_Tried] = []
        for one in sorted(tried, key=lambda t: (t.placed.change is not Change.REPLACE, -t.score)):
            asks = one.sentence.asks and any(k.sentence.asks for k in kept)
            if one.score >= LEAST_GAIN and not asks and all(one.adds is not k.adds for k in kept):
                kept.append(one)
        reasons = self._words.sentences.reasons
        return tuple(
            Suggestion(t.placed.change, t.placed.start, t.placed.end, t.placed.text, reasons[t.adds], t.adds)
            for t in kept[:MOST]
        )


def open_coach(*, models: Path | None = None) -> Coach:
    """A coach with the words that ship, and the models that ship or those of another folder."""
    return Coach(ReplyReader(models=models), TextReader(models=models), load_coach_words(content_folder()))


def _expected(reading: ReplyReading) -> dict[Mechanism, float]:
    return {mechanism: found.expected for mechanism, found in reading.empathy.items()}


def longest_after(draft: str) -> int:
    """How many characters a draft may have with a suggestion taken: twice its own; of one or two words, 120.

    >>> longest_after("ok"), longest_after("You can always look for a flat that is cheaper.")
    (120, 94)
    """
    return max(2 * len(draft), FEWEST_TO) if len(draft.split()) < FEWEST else 2 * len(draft)


def _placed(draft: str, sentence: Sentence, cautions: Sequence[Caution], hurting: Span | None) -> Placed:
    """In the place of what hurts, where that is; else before the draft, or after it where it asks or little is there.

    A question takes the place of what hurts only at the end of a draft.
    """
    text = in_voice(draft, sentence.text)
    if hurting and (not sentence.asks or not draft[hurting[1] :].strip()):
        return replaced(draft, hurting, text)
    answers = is_short(draft) and not (cautions or draft.rstrip().endswith("?"))  # "I see." comes first
    return inserted(draft, text, last=sentence.asks or answers)


def _varied(possible: Sequence[tuple[Placed, Sentence]], most: int) -> list[tuple[Placed, Sentence]]:
    """The first of each frame's kind in turn (what it adds, and whether it asks), then the second, until enough."""
    lanes: dict[tuple[Mechanism, bool], list[tuple[Placed, Sentence]]] = {}
    for change in possible:
        lanes.setdefault((change[1].frame.adds, change[1].asks), []).append(change)
    chosen: list[tuple[Placed, Sentence]] = []
    for depth in range(most):
        chosen += [lane[depth] for lane in lanes.values() if depth < len(lane)]
    return chosen[:most]


def _time_for(draft: str) -> int:
    """How many changes of a draft are read: a few hundred characters are read in a hundredth of a second."""
    return min(max(ROOM // (BEFORE + len(draft) + ADDED), READ[0]), READ[1])


def _tried(placed: Placed, sentence: Sentence, draft: str, before: ReplyReading, after: ReplyReading) -> _Tried:
    had, has = _expected(before), _expected(after)
    gains = {mechanism: has[mechanism] - had[mechanism] for mechanism in Mechanism}
    adds = max(gains, key=lambda mechanism: gains[mechanism])
    longer = 2 * LONGER * (len(placed.after) - len(draft)) / longest_after(draft)
    return _Tried(placed, sentence, adds, sum(gains.values()) + NAMED * sentence.piece.weight - longer)
