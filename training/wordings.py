"""What words, and pairs of neighbours, say of feeling by themselves: ``wordings.npz`` of `training.text_reader`.

A logistic regression for each emotion and a ridge for each of valence, arousal and dominance, on which words and pairs
a text has. Those that fewer than five texts have are left out, so that nobody's sentence can be read from the table.
What members put right is never learned here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import track
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression, Ridge  # type: ignore[import-untyped]
from tokenizers import Tokenizer

from attunement.library.resources import models_folder
from attunement.reading.heads import N_EMOTIONS, Head
from attunement.reading.model_files import TOKENIZER, WORDINGS
from attunement.reading.network import CLS, SEP
from attunement.reading.plain_text import clean
from attunement.reading.wordings import SAID, Wordings, keys_of
from training.own_sentences import emotion_sentences
from training.public_data import emobank, goemotions, goemotions_labels
from training.variation import varied

LEAST, C, ALPHA, SEED = 5, 1.0, 3.0, 20261129
"""How many texts must have a word or pair, and how the regression and the ridge are held."""
LONGEST = 96
"""Tokens of a text that are counted, as many as the network learns from."""
SHARE = np.array([0.33] * N_EMOTIONS + [0.1, 0.4, 0.2])
"""How much what words say weighs beside what the network finds; chosen on dev texts."""
COLUMNS = {"emotion": slice(N_EMOTIONS), "affect": slice(N_EMOTIONS, SAID)}
"""The heads that hear it, and of which columns of the table."""


def write_wordings(folder: Path, data: Path) -> None:
    """Learn the table from GoEmotions and EmoBank train and own sentences of rare emotions, and write it."""
    comments, sentences, own = (
        goemotions(data, "train"), emobank(data, "train"), emotion_sentences(goemotions_labels(data)),
    )  # fmt: skip
    felt = [*comments.texts, *own.texts]
    rng = np.random.default_rng(SEED)
    written = [clean(varied(text, rng)) for text in (*felt, *sentences.texts)]
    ids = marked(written, LONGEST)
    known = known_of(ids)
    table = np.zeros((len(known), SAID), np.float32)
    rows = rows_of(ids, Wordings(known, table))
    labels = np.concatenate([comments.targets, np.eye(N_EMOTIONS)[own.classes]])
    for k in track(range(N_EMOTIONS), description="words of emotions"):
        fitted = LogisticRegression(C=C, solver="liblinear", tol=1e-3, random_state=SEED)
        table[:, k] = fitted.fit(rows[: len(felt)], labels[:, k]).coef_[0]
    values = (sentences.targets - sentences.targets.mean(axis=0)) / sentences.targets.std(axis=0)
    table[:, N_EMOTIONS:] = Ridge(alpha=ALPHA, solver="sparse_cg").fit(rows[len(felt) :], values).coef_.T
    write_table(folder / WORDINGS, Wordings(known, table))


def write_table(file: Path, words: Wordings) -> None:
    """Keep a table among models."""
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(file, allow_pickle=False, keys=words.keys, table=words.table.astype(np.float16))


def beside_words(head: Head, columns: slice) -> Head:
    """A head over the network's vectors that hears what words say as well: ``columns`` of the table, in its order."""
    said = np.zeros((SAID, head.weight.shape[1]), np.float32)
    said[columns] = np.diag(SHARE[columns])
    return Head(np.concatenate([head.weight, said]), head.bias)


def known_of(ids: Sequence[Sequence[int]]) -> NDArray[np.uint32]:
    """The keys of the words and pairs that at least `LEAST` texts have, rising."""
    counted = Counter(int(key) for some in ids for key in keys_of(some))
    return np.array(sorted(key for key, often in counted.items() if often >= LEAST), np.uint32)


def marked(texts: Sequence[str], longest: int) -> list[list[int]]:
    """The tokens of texts between their marks, at most so many of each."""
    tokenizer = Tokenizer.from_file(str(models_folder() / "text" / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    return [[CLS, *e.ids, SEP] for e in tokenizer.encode_batch(list(texts), add_special_tokens=False)]


def rows_of(ids: Sequence[Sequence[int]], known: Wordings) -> sparse.csr_matrix:
    """Which of the known words and pairs each text has, each by the root of how many it has."""
    found = [known.rows(some) for some in ids]
    lengths = np.array([len(rows) for rows in found])
    values = np.repeat(1 / np.sqrt(np.maximum(lengths, 1)), lengths)
    ends = np.concatenate([[0], np.cumsum(lengths)])
    return sparse.csr_matrix((values, np.concatenate(found), ends), shape=(len(ids), len(known.keys)))
