"""A judge of empathy that reads a reply sentence by sentence, of another kind than the reader that suggests.

EPITOME says not only how much of a mechanism a reply shows but in which of its words. So one model says of each
sentence whether it carries a mechanism (words, parts of words, and vectors of all-MiniLM-L6-v2 as published, logistic
regression), and another makes levels of what was found in all sentences of the reply (boosted trees: is it at least 1,
is it 2). Both are cross-fitted over five folds of seekers; the second learns from what firsts read that never saw it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from training.reply_choice import macro
from training.reply_data import Exchange, targets
from training.reply_folds import FOLDS, fold_of

from attunement.domain.reply import Mechanism
from benchmarks.reply_judges import Array, Pair, Vectors

SEED = 1
INNER = 3
N = len(Mechanism)
_SENTENCE = re.compile(r"[^.!?\n]*[^.!?\s][^.!?\n]*[.!?]*")


class SentenceJudge:
    """Expected levels ``p(at least 1) + p(2)`` of each mechanism.

    ``macro_f1`` is over the three levels (the likeliest), out of fold.
    """

    name = "sentence by sentence: words and vectors, logistic regression, then boosted trees, cross-fitted over 5 folds"

    def __init__(self, exchanges: Sequence[Exchange], vectors: Vectors) -> None:
        self._vectors = vectors
        self.fold = fold_of(exchanges, SEED)
        pairs = [(e.before, e.reply) for e in exchanges]
        self._words = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True)
        self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=5, sublinear_tf=True)
        every = [reply[a:b] for _, reply in pairs for a, b in sentences(reply)]
        self._words.fit(every)
        self._letters.fit(every)
        read = _Read(self, pairs)
        carries = np.array([_carries(e, span) for e in exchanges for span in sentences(e.reply)])
        levels = targets(list(exchanges)).astype(int)
        folds = np.array([self.fold[e.group] for e in exchanges])
        found = np.zeros(levels.shape, int)
        self._models = []
        for k in range(FOLDS):
            learn = np.flatnonzero(folds != k)
            first = _Carriers(read.rows[read.of(learn)], carries[read.of(learn)])
            second = _Levels(self._out_of_fold(read, carries, learn), levels[learn])
            self._models.append((first, second))
            held = np.flatnonzero(folds == k)
            p = second(read.summed(held, first(read.rows[read.of(held)])))
            found[held] = np.stack([1 - p[..., 0], p[..., 0] - p[..., 1], p[..., 1]]).argmax(axis=0)
        self.macro_f1 = [macro(levels[:, m], found[:, m]) for m in range(N)]

    def __call__(self, pairs: Sequence[Pair], groups: Sequence[str]) -> Array:
        """Expected levels ``(n_pairs, 3)`` by models that never saw these groups."""
        read, found = _Read(self, pairs), np.zeros((len(pairs), N))
        folds = np.array([self.fold[g] for g in groups])
        for k, (first, second) in enumerate(self._models):
            held = np.flatnonzero(folds == k)
            if len(held):
                found[held] = second(read.summed(held, first(read.rows[read.of(held)]))).sum(axis=-1)
        return found

    def features(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """``(n_sentences, n)``."""
        asks = np.array([[t.count("?") > 0, len(t.split()) / 20] for t in texts], float)
        parts = [2 * self._words.transform(texts), self._letters.transform(texts), 3 * self._vectors(texts), asks]
        return sparse.hstack([sparse.csr_matrix(part) for part in parts]).tocsr()

    def _out_of_fold(self, read: _Read, carries: NDArray[np.bool_], learn: NDArray[np.intp]) -> Array:
        """What the second learns from: sentences read by models that did not see their seekers."""
        rows = np.zeros((len(learn), read.n_features))
        part = np.array([int(k) % INNER for k in np.random.default_rng(SEED).permutation(len(learn))])
        for k in range(INNER):
            model = _Carriers(read.rows[read.of(learn[part != k])], carries[read.of(learn[part != k])])
            rows[part == k] = read.summed(learn[part == k], model(read.rows[read.of(learn[part == k])]))
        return rows


def sentences(reply: str) -> list[tuple[int, int]]:
    """Where the sentences of a reply stand; all of it where there is none."""
    return [m.span() for m in _SENTENCE.finditer(reply)] or [(0, len(reply))]


def _carries(e: Exchange, span: tuple[int, int]) -> list[bool]:
    """Whether a sentence carries each mechanism: words of the rationale are in it."""
    return [any(min(b, span[1]) - max(a, span[0]) > 1 for a, b in spans) for spans in e.spans]


class _Read:
    """Features of all sentences of some replies, and how what is found in them is put together for each reply."""

    n_features = 5 * N + 5

    def __init__(self, judge: SentenceJudge, pairs: Sequence[Pair]) -> None:
        spans = [sentences(reply) for _, reply in pairs]
        texts = [reply[a:b] for (_, reply), of in zip(pairs, spans, strict=True) for a, b in of]
        self.rows = judge.features(texts)
        self._n = np.array([len(of) for of in spans])
        self._start = np.concatenate([[0], np.cumsum(self._n)])
        self._words = np.array([len(reply.split()) for _, reply in pairs])
        self._asks = np.array([reply.count("?") for _, reply in pairs])
        post = judge._vectors([p for p, _ in pairs])
        near = (judge._vectors(texts) * np.repeat(post, self._n, axis=0)).sum(axis=1)
        self._near = np.array([[near[a:b].max(), near[a:b].mean()] for a, b in self._ranges(range(len(pairs)))])

    def of(self, replies: NDArray[np.intp]) -> NDArray[np.intp]:
        """The rows of the sentences of these replies."""
        return np.concatenate([np.arange(a, b) for a, b in self._ranges(replies)])

    def summed(self, replies: NDArray[np.intp], p: Array) -> Array:
        """``(n_replies, n_features)`` of ``p`` ``(n_sentences, 3)``: most, second, sum, mean, any."""
        rows, start = [], 0
        for k in replies:
            own = np.sort(p[start : start + self._n[k]], axis=0)[::-1]
            start += self._n[k]
            second = own[1] if len(own) > 1 else np.zeros(N)
            told = [own[0], second, own.sum(axis=0), own.mean(axis=0), 1 - np.prod(1 - own, axis=0)]
            rows.append(np.concatenate([*told, self._near[k], [self._n[k], self._words[k], self._asks[k]]]))
        return np.stack(rows)

    def _ranges(self, replies: Sequence[int] | NDArray[np.intp] | range) -> list[tuple[int, int]]:
        return [(int(self._start[k]), int(self._start[k + 1])) for k in replies]


class _Carriers:
    """Whether sentences carry each mechanism."""

    def __init__(self, rows: sparse.csr_matrix, carries: NDArray[np.bool_]) -> None:
        self._models = [
            LogisticRegression(C=0.5, max_iter=200, solver="liblinear").fit(rows, carries[:, m]) for m in range(N)
        ]

    def __call__(self, rows: sparse.csr_matrix) -> Array:
        return np.stack([model.predict_proba(rows)[:, 1] for model in self._models], axis=1)


class _Levels:
    """``(n, 3, 2)``: for each mechanism, whether the level is at least 1, and whether it is 2."""

    def __init__(self, rows: Array, levels: NDArray[np.int_]) -> None:
        self._models = [[_boosted(rows, levels[:, m] >= least) for least in (1, 2)] for m in range(N)]

    def __call__(self, rows: Array) -> Array:
        p = np.array([[np.asarray(model.predict(rows)) for model in pair] for pair in self._models])
        p[:, 1] = np.minimum(p[:, 0], p[:, 1])
        return np.moveaxis(p, -1, 0)


def _boosted(rows: Array, is_it: NDArray[np.bool_]) -> lgb.Booster:
    options = {"objective": "binary", "learning_rate": 0.05, "num_leaves": 7, "min_data_in_leaf": 30, "seed": SEED,
               "num_threads": 1, "verbose": -1, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
               "deterministic": True}  # fmt: skip
    return lgb.train(options, lgb.Dataset(rows, is_it.astype(int)), num_boost_round=120)
