"""The reader of replies: how empathic a reply is, where, and what it does."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.reading import Attribution
from attunement.domain.reply import Behaviour, Mechanism, MechanismReading, ReplyReading, Strategy
from attunement.library.resources import models_folder
from attunement.reading.heads import Array, softmax
from attunement.reading.language import LanguageTeller, can_read
from attunement.reading.model_files import HEADS, WORDINGS, checked, model_name
from attunement.reading.network import CLS, SEP, Network
from attunement.reading.plain_text import in_place
from attunement.reading.reply_heads import LEVELS, ReadWindow, ReplyHeads, load_reply_heads
from attunement.reading.reply_spans import smoothed, spans_of
from attunement.reading.reply_why import WHAT, weights_of
from attunement.reading.reply_windows import REPLY, reply_windows
from attunement.reading.wordings import Wordings
from attunement.reading.words import in_pieces, words_of

if TYPE_CHECKING:
    from tokenizers import Encoding

MIDDLE = 4.0
REMEMBERED, REMEMBERED_WHY = 32, 16
"""Windows, a quarter of a megabyte each: of a long reply that is being written only the last one is new."""
MADE_BY = "training.reply_reader"


class ReplyReader:
    """Reads empathy, strategy, behaviour, concern and distress from English replies; a `ReplyReading` for each.

    A fine-tuned MiniLM reads the reply after what it answers. For each of the three mechanisms of EPITOME it says which
    tokens carry it, and a level from the mean of all states and the mean of those; the rest is linear on the mean, and
    behaviour hears what words say by themselves as well. A long reply is read in windows: a level is that of the window
    that shows most, everything else the mean weighted by length. A reply without words shows nothing. A reply in
    another language is *not* guessed at: level 0 everywhere, probabilities alike, and ``language`` tells which it is.

    Parameters
    ----------
    models:
        The folder of models; None for the one that came with the program.

    Raises
    ------
    AttunementError
        ``MODEL_BROKEN`` at the first reading, where a model file is missing or damaged.

    >>> reader = ReplyReader()
    >>> reading = reader.read([("I failed my exam again.", "I'm so sorry, that must hurt. What happened?")])[0]
    >>> reading.empathy[Mechanism.EMOTIONAL_REACTIONS].level > 0
    True

    Sharma et al. 2020, arXiv:2009.08441 (mechanisms); Liu et al. 2021, arXiv:2106.01144 (strategies); Wu et al. 2022,
    *AnnoMI* (behaviour); Buechel et al. 2018, arXiv:1808.10399 (concern and distress).
    """

    name = "reply-reader"
    version = "7"

    def __init__(self, *, models: Path | None = None) -> None:
        folder = models or models_folder()
        self._models = models
        self._folder = folder / "replies"
        self._network = Network(self._folder, tokenizer=folder / "text", made_by=MADE_BY)
        self.forget()
        self._language = LanguageTeller()
        self._lock = threading.Lock()
        self._loaded: tuple[ReplyHeads, Wordings] | None = None

    def forget(self) -> None:
        """Let go of what is remembered of replies: somebody erased themselves."""
        self._states = lru_cache(REMEMBERED)(self._network.states)  # a new one: what is being read now is in the old
        self._explained = lru_cache(REMEMBERED_WHY)(self._explain)

    @property
    def model(self) -> str:
        """Name and version, as it stands in every reading."""
        return model_name(self.name, self.version, self._models)

    def load(self) -> None:
        """Open all files now, so that a fault shows at start-up and nobody waits at the first reply."""
        self._heads()
        self._network.load()

    def read(self, exchanges: Sequence[tuple[str, str]]) -> list[ReplyReading]:
        """One reading for each pair of what was said (may be empty) and the reply to it, in order."""
        return [self._read(before, reply) for before, reply in exchanges]

    def why(self, exchange: tuple[str, str], what: str) -> tuple[Attribution, ...]:
        """How much each word of an English reply moved what was read of it, in the order of the reply.

        A word's weight is how much lower the score would be without what the network made of the word (`weights_of`),
        which costs no more than reading. Of a reply of over 160 tokens, it is that of each piece of some 20. Of another
        language, or where there are no words, nothing can be told and nothing is.

        Parameters
        ----------
        exchange:
            What was said (may be empty), and the reply to it.
        what:
            A mechanism (then in points of its level, 0 to 2), ``concern`` or ``distress`` (in points, 1 to 7), a
            strategy, a behaviour, or ``skill`` (in log-odds).

        Raises `Invalid` (``bad-input``) where ``what`` is none of these.

        >>> reply = "I went through this with my brother. When did she stop calling?"
        >>> words = ReplyReader().why(("My sister stopped talking to me.", reply), "Question")
        >>> most = max(words, key=lambda word: word.weight)
        >>> most.start > reply.index("When")
        True
        """
        if what not in WHAT:
            raise Invalid(
                ErrorCode.BAD_INPUT,
                "'{what}' is not something that is read of a reply. Ask for a mechanism, concern, distress, a "
                "strategy, a behaviour or skill.",
                what=what,
            )
        spans, weights = self._explained(*exchange)
        column = weights[:, WHAT.index(what)]
        return tuple(Attribution(*span, float(weight)) for span, weight in zip(spans, column, strict=True))

    def _explain(self, before: str, reply: str) -> tuple[tuple[tuple[int, int], ...], Array]:
        """The words of a reply, or pieces of a long one, and what each did to each of `WHAT`."""
        encoding = self._network.tokens(reply)
        offsets, n = in_place(encoding.offsets, reply), len(encoding.ids)
        words = words_of(offsets, reply) if can_read(reply, self._language.tell(reply)) else []
        groups = [frozenset(word) for word in words] if n <= REPLY else in_pieces(words, n, longest=REPLY)
        heads = self._heads()
        parts = self._parts(heads, self._network.tokens(before).ids, encoding.ids) if groups else []
        spans = tuple((offsets[min(group)][0], offsets[max(group)][1]) for group in groups)

        def said(left_out: Collection[int]) -> Array:
            return self._said([token for k, token in enumerate(encoding.ids) if k not in left_out])

        return spans, weights_of(heads, parts, groups, said)

    def _read(self, before: str, reply: str) -> ReplyReading:
        language = self._language.tell(reply)
        if not can_read(reply, language):
            return self._unread(language)
        heads, encoding = self._heads(), self._network.tokens(reply)
        if not encoding.ids:
            return self._unread(language)
        parts = self._parts(heads, self._network.tokens(before).ids, encoding.ids)
        lengths = np.array([len(part.states) for part in parts], np.float32)
        mean = (lengths / lengths.sum()) @ np.stack([part.states.mean(axis=0) for part in parts])
        concern, distress = (float(x) for x in heads.reactions(mean))
        behaviours = heads.behaviours(mean, self._said(encoding.ids))
        return ReplyReading(
            empathy=_empathy(heads, parts, encoding, reply),
            strategy={s: float(p) for s, p in zip(Strategy, heads.strategies(mean), strict=True)},
            behaviour={b: float(p) for b, p in zip(Behaviour, behaviours, strict=True)},
            reflects=heads.reflects(behaviours),
            skill=heads.skill_of(mean),
            concern=concern,
            distress=distress,
            language=language,
            model=self.model,
        )

    def _parts(self, heads: ReplyHeads, before: Sequence[int], reply: Sequence[int]) -> list[ReadWindow]:
        parts = []
        for window in reply_windows(before, reply):
            states = self._states(window.ids)[window.first : window.first + window.n_reply]
            parts.append(ReadWindow(states, heads.carried(states), window.start))
        return parts

    def _unread(self, language: str) -> ReplyReading:
        alike = MechanismReading(0, (1 / LEVELS, 1 / LEVELS, 1 / LEVELS), ())
        return ReplyReading(
            empathy=dict.fromkeys(Mechanism, alike),
            strategy=dict.fromkeys(Strategy, 1 / len(Strategy)),
            behaviour=dict.fromkeys(Behaviour, 1 / len(Behaviour)),
            reflects=False, skill=0.5, concern=MIDDLE, distress=MIDDLE, language=language, model=self.model,
        )  # fmt: skip

    def _said(self, ids: Sequence[int]) -> Array:
        """What the words of a reply say by themselves of what it does, ``(6,)``."""
        return self._opened()[1]([CLS, *ids, SEP])

    def _heads(self) -> ReplyHeads:
        return self._opened()[0]

    def _opened(self) -> tuple[ReplyHeads, Wordings]:
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    checked(self._folder / HEADS, made_by=MADE_BY)
                    words = Wordings.open(self._folder / WORDINGS, said=len(Behaviour), made_by=MADE_BY)
                    self._loaded = load_reply_heads(self._folder / HEADS), words
        return self._loaded


def _empathy(
    heads: ReplyHeads, parts: list[ReadWindow], encoding: Encoding, reply: str
) -> dict[Mechanism, MechanismReading]:
    scores = np.stack([heads.level_scores(part.states, part.carried) for part in parts])
    offsets = in_place(encoding.offsets, reply)
    carried = smoothed(_over_all(parts, len(encoding.ids)), offsets, reply)
    found = {}
    for k, mechanism in enumerate(Mechanism):
        p = np.stack([softmax(row) for row in scores[:, k]])
        most = int(np.argmax(p @ np.arange(LEVELS)))
        level = int(np.argmax(scores[most, k] + heads.offset[k]))
        spans = spans_of(carried[:, k], float(heads.cut[k]), offsets, reply) if level else ()
        found[mechanism] = MechanismReading(level, (float(p[most, 0]), float(p[most, 1]), float(p[most, 2])), spans)
    return found


def _over_all(parts: list[ReadWindow], n_tokens: int) -> Array:
    """What each token of the whole reply carries, ``(n_tokens, 3)``; the mean where windows overlap, 0 where unread."""
    total, times = np.zeros((n_tokens, len(Mechanism)), np.float32), np.zeros((n_tokens, 1), np.float32)
    for part in parts:
        place = slice(part.start, part.start + len(part.carried))
        total[place] += part.carried
        times[place] += 1
    return np.asarray(total / np.maximum(times, 1), np.float32)
