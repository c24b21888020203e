"""Judges of empathy that never make a suggestion, trained on other seekers than those whose replies they judge.

``OtherKind`` shares nothing with the reader that suggests: frozen all-MiniLM-L6-v2 (as published), word counts and
logistic regression, cross-fitted over five folds of seekers. ``FoldNetwork`` is of the same recipe as the reader,
trained by ``training.reply_folds`` with one fold left out; it judges that fold only.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from training.networks import Network, batch, minilm_folder, open_tokenizer
from training.reply_choice import macro
from training.reply_data import Exchange, targets
from training.reply_folds import FOLDS, answers_to, fold_of
from training.reply_network import ReplyNetwork

from attunement.domain.reply import Mechanism

Array = NDArray[np.float64]
Pair = tuple[str, str]
LEVELS = np.arange(3)
SEED = 1
WORDS = 0.6


class Vectors:
    """Unit vectors of texts by all-MiniLM-L6-v2 as published."""

    def __init__(self) -> None:
        torch.set_num_threads(1)
        self._network = Network(minilm_folder(), {}).eval()
        self._tokenizer = open_tokenizer(minilm_folder())
        self._known: dict[str, NDArray[np.float32]] = {}

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """``(n_texts, 384)``."""
        new = sorted({t for t in texts if t not in self._known}, key=len)
        with torch.inference_mode():
            for start in range(0, len(new), 32):
                part = new[start : start + 32]
                rows = self._network.means(*batch(self._tokenizer, part)).numpy()
                rows /= np.linalg.norm(rows, axis=1, keepdims=True)
                self._known.update(zip(part, rows, strict=True))
        return np.stack([self._known[t] for t in texts])


class OtherKind:
    """Multinomial logistic regression on vectors and words, one for each mechanism and fold of seekers."""

    name = "all-MiniLM vectors and words, logistic regression, cross-fitted over 5 folds of seekers"

    def __init__(self, exchanges: Sequence[Exchange], vectors: Vectors) -> None:
        self._vectors = vectors
        self.fold = fold_of(exchanges, SEED)
        self._words = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True)
        self._words.fit([e.reply for e in exchanges])
        rows = self._features([(e.before, e.reply) for e in exchanges])
        levels = targets(list(exchanges)).astype(int)
        self._models = {}
        self._levels = np.zeros(levels.shape)
        for k in range(FOLDS):
            held = np.array([self.fold[e.group] == k for e in exchanges])
            for m in range(len(Mechanism)):
                model = LogisticRegression(C=1.0, max_iter=400).fit(rows[~held], levels[~held, m])
                self._models[k, m] = model
                self._levels[held, m] = model.predict(rows[held])
        self.macro_f1 = [macro(levels[:, m], self._levels[:, m].astype(int)) for m in range(len(Mechanism))]

    def __call__(self, pairs: Sequence[Pair], groups: Sequence[str]) -> Array:
        """Expected levels ``(n_pairs, 3)`` by models that never saw these groups."""
        rows, found = self._features(pairs), np.zeros((len(pairs), len(Mechanism)))
        folds = np.array([self.fold[g] for g in groups])
        for (k, m), model in self._models.items():
            if (folds == k).any():
                found[folds == k, m] = model.predict_proba(rows[folds == k]) @ model.classes_
        return found

    def _features(self, pairs: Sequence[Pair]) -> sparse.csr_matrix:
        post, reply = self._vectors([p for p, _ in pairs]), self._vectors([r for _, r in pairs])
        dense = np.hstack([post, 4 * reply, 4 * np.abs(post - reply), 4 * post * reply])
        asks = np.array([[r.count("?"), np.log1p(len(r)) / 3] for _, r in pairs])
        words = self._words.transform([r for _, r in pairs])
        return sparse.hstack([sparse.csr_matrix(np.hstack([dense, np.minimum(asks, 3)])), 3 * WORDS * words]).tocsr()


class FoldNetwork:
    """A network of ``training.reply_folds`` that left out fold ``k`` of seed 1."""

    name = "a network of the same recipe, trained on the other four folds, judging the fifth"

    def __init__(self, file: Path, exchanges: Sequence[Exchange], k: int = 0) -> None:
        self._network = ReplyNetwork(minilm_folder())
        self._network.load_state_dict(torch.load(file, weights_only=True))
        self._network.eval()
        folds = fold_of(exchanges, SEED)
        self.groups = {group for group, fold in folds.items() if fold == k}
        held = [e for e in exchanges if e.group in self.groups]
        found = answers_to(self._network, held, "empathy")["levels"].argmax(axis=-1)
        self.macro_f1 = [macro(targets(held)[:, m].astype(int), found[:, m]) for m in range(len(Mechanism))]

    def __call__(self, pairs: Sequence[Pair], _groups: Sequence[str]) -> Array:
        """Expected levels ``(n_pairs, 3)``."""
        exchanges = [Exchange("", before, reply, (0.0, 0.0, 0.0)) for before, reply in pairs]
        scores = answers_to(self._network, exchanges, "empathy")["levels"].astype(float)
        p = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return np.asarray(p / p.sum(axis=-1, keepdims=True) @ LEVELS)
