"""Teaches a finished head of danger what was written since, without touching the network or what it says of the rest.

    python -m training.newest --data FOLDER_OF_PUBLIC_SETS     # after training.text_reader; some minutes

Of what the network learned from, and of public comments, the head is to say what it says now; of the newest sentences,
what they are labelled; and its weights are held where they are. That is logistic regression with the present head as
the prior: the least of ``sum_i w_i CE(q_i, softmax(x_i W + b)) + |W - W_0|^2 / 2``. The threshold is then chosen anew.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from attunement.reading.encoder import Encoder
from attunement.reading.heads import Head
from attunement.reading.model_files import HEADS
from training.calibration import risk_threshold
from training.held_out import held_out
from training.measures import Array
from training.own_sentences import risk_sentences
from training.public_data import DATA, goemotions
from training.sums import write_sums
from training.text_figures import danger_figures

NEWEST = "data_risk_should"
WEIGHT, COMMENTS = 10.0, 12_000
"""How much more a newest sentence counts than any other, and how many comments are to be read as before."""


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the artefacts are")
    parser.add_argument("--cache", type=Path, help="as other steps of training.rebuild have it; nothing is kept here")
    wanted = parser.parse_args()
    folder = wanted.models / "text"
    encoder, arrays = Encoder(folder=folder), dict(np.load(folder / HEADS))
    head = taught(Head(arrays["risk_weight"], arrays["risk_bias"]), encoder, wanted.data)
    threshold = risk_threshold(head, encoder, wanted.data)
    arrays |= {"risk_weight": head.weight, "risk_bias": head.bias, "risk_threshold": np.float32(threshold)}
    np.savez_compressed(folder / HEADS, allow_pickle=False, **arrays)
    write_sums(folder)
    card = (folder / "card.md").read_text(encoding="utf-8")
    for name, value in danger_figures(wanted.models, wanted.data).items():
        print(f"{name:80} {value}")
        card = re.sub(rf"^\| {re.escape(name)} \|.*$", f"| {name} | {value} |", card, flags=re.MULTILINE)
    card = re.sub(r"(speaks of danger from p = )[\d.]+", rf"\g<1>{threshold:.3f}", card)
    (folder / "card.md").write_text(card, encoding="utf-8")


def taught(head: Head, encoder: Encoder, data: Path) -> Head:
    """The head, nearer to the labels of the newest sentences that are not held out (`held_out`)."""
    own = risk_sentences()
    kept, newest = ~held_out(own), np.array([file.startswith(NEWEST) for file in own.files])
    texts = (*(text for text, k in zip(own.texts, kept, strict=True) if k), *goemotions(data, "train").texts[:COMMENTS])
    x, new = encoder.encode(texts).astype(np.float64), np.zeros(len(texts), bool)
    new[: kept.sum()] = newest[kept]
    said = softmax(x @ head.weight + head.bias, axis=1)
    said[new] = np.eye(said.shape[1])[own.classes[kept & newest]]
    return nearer(head, x, said, np.where(new, WEIGHT, 1.0))


def nearer(head: Head, x: Array, said: Array, weight: Array) -> Head:
    """The head that says ``said`` ``(n, k)`` of the vectors ``x`` ``(n, d)`` as nearly as its prior, ``head``, lets it.

    >>> kept = nearer(Head(np.eye(2), np.zeros(2)), np.zeros((1, 2)), np.array([[0.5, 0.5]]), np.ones(1))
    >>> bool(np.allclose(kept.weight, np.eye(2)))
    True
    """
    start = np.concatenate([head.weight.ravel(), head.bias]).astype(np.float64)
    shape, n = head.weight.shape, head.weight.size

    def cost(v: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        told = log_softmax(x @ v[:n].reshape(shape) + v[n:], axis=1)
        off = weight[:, None] * (np.exp(told) - said)
        away = v - start
        slope = np.concatenate([(x.T @ off).ravel(), off.sum(axis=0)]) + away
        return float(-(weight[:, None] * said * told).sum() + away @ away / 2), slope

    v = minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": 60}).x.astype(np.float32)
    return Head(v[:n].reshape(shape), v[n:])


if __name__ == "__main__":
    main()
