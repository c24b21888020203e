"""What plain fine-tuning of the same small network finds of empathy in replies, to say how hard our folds are.

    python -m benchmarks.plain_replies    # five runs, one for each fold

MiniLM as it comes from PyPI reads ``[CLS] post [SEP] reply [SEP]``; the mean of its last states, a linear head for each
mechanism of EPITOME, five epochs, all else as in `plain`. Five folds that leave out whole seekers, the first seed of
those by which the reader of replies is measured (`training.reply_folds`): its figures stand in
``models/replies/card.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from training.fine_tune import half
from training.measures import bootstrap, macro_f1
from training.networks import Network, minilm_folder, open_tokenizer
from training.public_data import DATA
from training.reply_data import LEVELS, Exchange, epitome, targets
from training.reply_sources import FOLDS, fold_of

from attunement.domain.reply import Mechanism
from attunement.reading.plain_text import clean
from benchmarks.figures import Figure, run
from benchmarks.plain import SEED, fine_tune_plainly

EPOCHS, LONGEST = 5.0, 224
"""How often each reply is met, and how many tokens are read of a post and its reply."""
NAMES = tuple(mechanism.value for mechanism in Mechanism)


def measure(quick: bool, say: Callable[[str], None]) -> Iterator[Figure]:
    """Macro-F1 of three levels for each mechanism; ``quick`` takes a tenth of an epoch of one fold."""
    pairs = epitome(DATA)
    if not pairs:
        print(f"epitome is not in {DATA}: left out", file=sys.stderr)
        return
    folds = fold_of(pairs, SEED)
    fold = np.array([folds[pair.group] for pair in pairs])
    truth, found = targets(pairs).astype(int), np.full((len(pairs), len(NAMES)), -1)
    for k in range(1 if quick else FOLDS):
        say(f"Fold {k + 1} of {FOLDS}")
        held = fold == k
        others, left_out = ([p for p, h in zip(pairs, held, strict=True) if h == out] for out in (False, True))
        found[held] = _plainly(others, left_out, 0.1 if quick else EPOCHS, say)
    read = found[:, 0] >= 0
    for k, name in enumerate(NAMES):
        f1 = bootstrap(macro_f1, *(np.eye(LEVELS)[levels[read, k]] == 1 for levels in (truth, found)))
        yield Figure(
            f"plain_epitome_macro_f1_{name}", f1.value, f"plain fine-tuning, seekers left out, {read.sum()} replies",
            (f1.low or 0.0, f1.high or 0.0),
        )  # fmt: skip


def _plainly(
    pairs: Sequence[Exchange], held: Sequence[Exchange], epochs: float, say: Callable[[str], None]
) -> NDArray[np.int64]:
    """The levels ``(n, 3)`` of replies held out, once it has learned from the others."""
    torch.manual_seed(SEED)
    network = Network(minilm_folder(), dict.fromkeys(NAMES, LEVELS))
    tokenizer = open_tokenizer(minilm_folder())
    tokenizer.enable_truncation(LONGEST)
    levels = torch.from_numpy(targets(list(pairs)).astype(np.int64))

    def scores(some: Sequence[Exchange]) -> Tensor:
        encoded = tokenizer.encode_batch([(clean(pair.before), clean(pair.reply)) for pair in some])
        ids, mask = (torch.tensor([getattr(e, of) for e in encoded]) for of in ("ids", "attention_mask"))
        with half():
            out = network(ids, mask, NAMES)
        return torch.stack([out[name] for name in NAMES], dim=1).float()

    def loss_of(rows: Sequence[int]) -> Tensor:
        found = scores([pairs[row] for row in rows])
        return functional.cross_entropy(found.flatten(0, 1), levels[list(rows)].flatten())

    fine_tune_plainly(network, [len(pair.before) + len(pair.reply) for pair in pairs], epochs, loss_of, say)
    with torch.inference_mode():
        parts = [scores(held[start : start + 64]).argmax(dim=2).numpy() for start in range(0, len(held), 64)]
    return np.concatenate(parts)


if __name__ == "__main__":
    run("Empathy of replies, by plain fine-tuning", measure)
