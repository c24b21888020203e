"""The head of danger, fitted once more to the vectors as they ship, with moments of everyday life.

The network was fine-tuned on sentences that were written to be hard. Of ordinary life it took too much for a sign:
being ready, a good place to be in, a car that was cleaned out. The head alone learns better of it, and says of
everything else what it said before, since what follows from its probabilities was chosen by them. A step of
`training.text_reader`; by itself (some minutes), on models whose head was not yet fitted so, as each time goes further:

    python -m training.danger --data FOLDER_OF_PUBLIC_SETS --models FOLDER
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.special import log_softmax, softmax  # type: ignore[import-untyped]

from attunement.domain.reading import RiskLevel
from attunement.reading.encoder import Encoder
from attunement.reading.heads import Head
from attunement.reading.model_files import HEADS
from attunement.reading.network import SIZE, Vectors
from training.calibration import risk_threshold
from training.held_out import held_out
from training.measures import Array
from training.own_sentences import need_sentences, risk_sentences
from training.public_data import DATA, goemotions
from training.sums import write_sums

LIFE, COUNTED = "data_risk_life", 2.0
"""Sentences of everyday life, and for how many others one of them counts."""
COMMENTS, BACKGROUND = 20_000, 0.3
"""Comments among which there is no danger, and how much one counts, as does a sentence of need."""
NEAR = 0.0003
"""How much it costs to leave the head that was fine-tuned, next to the mean loss."""
SEED = 20261130


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the artefacts are")
    wanted = parser.parse_args()
    folder = wanted.models / "text"
    encoder = Encoder(folder=folder)
    with np.load(folder / HEADS) as file:
        arrays = {name: file[name] for name in file.files}
    head = everyday_head(Head(arrays["risk_weight"], arrays["risk_bias"]), encoder, wanted.data)
    threshold = risk_threshold(head, encoder, wanted.data)
    arrays |= {"risk_weight": head.weight, "risk_bias": head.bias, "risk_threshold": np.float32(threshold)}
    np.savez_compressed(folder / HEADS, allow_pickle=False, **arrays)
    write_sums(folder)
    print(f"danger is read from {threshold:.3f} on")


def everyday_head(head: Head, encoder: Encoder, data: Path) -> Head:
    """The head near ``head`` that knows everyday life as well; sentences that are held out are not learned from.

    Of a moment of everyday life it learns whether it tells of danger, and how grave; of comments and sentences of
    need, half what ``head`` says and half that there is none; of all others what ``head`` says.
    """
    own = risk_sentences()
    kept = np.flatnonzero(~held_out(own))
    life = np.array([own.files[k].startswith(LIFE) for k in kept])
    comments = np.random.default_rng(SEED).choice(goemotions(data, "train").texts, COMMENTS, replace=False).tolist()
    background = [*comments, *need_sentences().texts]
    vectors = encoder.encode([*(own.texts[k] for k in kept), *background])[:, :SIZE]
    said = softmax(head(vectors).astype(np.float64), axis=1)
    calm = np.where(np.arange(len(RiskLevel)) < RiskLevel.INDIRECT.rank, said, 0)
    calm /= calm.sum(axis=1, keepdims=True)
    target = (said + calm) / 2
    target[: len(kept)] = said[: len(kept)]
    for row, level in zip(np.flatnonzero(life), own.classes[kept[life]], strict=True):
        target[row] = calm[row] if level < RiskLevel.INDIRECT.rank else np.arange(len(RiskLevel)) == level
    counted = np.append(np.where(life, COUNTED, 1.0), np.full(len(background), BACKGROUND))
    return near(head, vectors, target, counted)


def near(head: Head, vectors: Vectors, target: Array, counted: Array) -> Head:
    """The multinomial head near ``head`` for vectors ``(n, m)``, wanted probabilities ``(n, k)`` and weights ``(n,)``.

    >>> head = Head(np.zeros((2, 5), np.float32), np.zeros(5, np.float32))
    >>> seen, levels = np.eye(2, dtype=np.float32), np.eye(5)[[0, 2]]
    >>> near(head, seen, levels, np.ones(2))(seen).argmax(axis=1).tolist()
    [0, 2]
    """
    seen, known, share = vectors.astype(np.float64), head(vectors).astype(np.float64), counted / counted.sum()
    shape = head.weight.shape

    def loss(flat: Array) -> tuple[float, Array]:
        change, shift = flat[: -shape[1]].reshape(shape), flat[-shape[1] :]
        logs = log_softmax(known + seen @ change + shift, axis=1)
        missed = (np.exp(logs) - target) * share[:, None]
        value = -((logs * target).sum(axis=1) @ share) + NEAR * (change**2).sum()
        return float(value), np.concatenate([(seen.T @ missed + 2 * NEAR * change).ravel(), missed.sum(axis=0)])

    found = minimize(
        loss, np.zeros(shape[0] * shape[1] + shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200}
    )
    change, shift = found.x[: -shape[1]].reshape(shape), found.x[-shape[1] :]
    return Head((head.weight + change).astype(np.float32), (head.bias + shift).astype(np.float32))


if __name__ == "__main__":
    main()
