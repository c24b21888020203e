"""Fits the heads of harm and of answers to a finished network: what others do, whose life it is, what a yes would mean.

    python -m training.harm --data FOLDER_OF_PUBLIC_SETS     # after training.newest; some minutes

Both are logistic regressions on the vectors of the network, which does not change. The head of harm learns from
``data_harm*.yaml``, and from comments and sentences of danger as the background in which there is hardly any; what
of that a rule of violence or a first fit takes for harm after all is left out of the second. The head of answers learns
from ``data_answers*.yaml``. The threshold of harm is the lowest at which few comments, and few of our own harmless
sentences that were held out, are taken for harm.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from attunement.domain.reading import AsAnswer, RiskLevel
from attunement.reading.encoder import Encoder
from attunement.reading.heads import HARMS, SURE_OF_ANSWER, Head
from attunement.reading.model_files import HEADS
from attunement.reading.violence import tells_of_violence
from training.held_out import held_out
from training.measures import Array, Measured, bootstrap
from training.newest import nearer
from training.own_sentences import answer_sentences, harm_sentences, risk_sentences
from training.public_data import DATA, goemotions
from training.sums import write_sums

GOES_ON = 2
"""From this of `HARMS` on it is told, and what comes before is none or long over."""
COMMENTS, MAYBE = 12_000, 0.6
"""How many comments are background; and from which chance on a sentence of it may be harm after all."""
TRUSTED = {
    RiskLevel.NONE: 1.0, RiskLevel.DISTRESS: 0.2, RiskLevel.INDIRECT: 0.05, RiskLevel.EXPLICIT: 1.0,
    RiskLevel.IMMINENT: 0.2,
}  # fmt: skip
"""How much a sentence of danger counts as one without harm, by its level: nobody looked whether it is, and what is
veiled is often of somebody else."""
WEIGHT, SPREAD = 3.0, 0.2
"""How much a sentence of harm counts; and the variance of a weight before anything is learned."""
ALARMS_ON_COMMENTS, ALARMS_ON_OWN, AT_LEAST = 0.001, 0.01, 0.92
"""The shares that may be taken for harm wrongly; and the least threshold: a talk has many lines, and lines of trouble
without harm lie nearer to harm than comments do."""


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the artefacts are")
    parser.add_argument("--cache", type=Path, help="as other steps of training.rebuild have it; nothing is kept here")
    wanted = parser.parse_args()
    folder = wanted.models / "text"
    encoder = Encoder(folder=folder)
    harm, answer = harm_head(encoder, wanted.data), answer_head(encoder)
    threshold = harm_threshold(harm, encoder, wanted.data)
    with np.load(folder / HEADS) as stream:
        arrays = dict(stream)
    arrays |= {
        "harm_weight": harm.weight, "harm_bias": harm.bias, "harm_threshold": np.float32(threshold),
        "answer_weight": answer.weight, "answer_bias": answer.bias,
    }  # fmt: skip
    np.savez_compressed(folder / HEADS, allow_pickle=False, **arrays)
    write_sums(folder)
    put_in_card(folder / "card.md", figures(harm, answer, threshold, encoder))


def put_in_card(card: Path, measured: dict[str, Measured]) -> None:
    """Print the figures, and put them at the end of the card's table in place of those that were there."""
    kept = [
        line for line in card.read_text(encoding="utf-8").split("\n") if not line.startswith(("| harm,", "| answers,"))
    ]
    last = max(k for k, line in enumerate(kept) if line.startswith("| danger,"))
    rows = [f"| {name} | {value} |" for name, value in measured.items()]
    print(*rows, sep="\n")
    card.write_text("\n".join([*kept[: last + 1], *rows, *kept[last + 1 :]]), encoding="utf-8")


def harm_head(encoder: Encoder, data: Path) -> Head:
    """The head of harm, fitted twice (see above)."""
    own, danger = harm_sentences(), risk_sentences()
    learned, levels = ~held_out(own), list(RiskLevel)
    trusted = [
        TRUSTED[levels[k]] * (not tells_of_violence(text)) for text, k in zip(danger.texts, danger.classes, strict=True)
    ]
    comments = goemotions(data, "train").texts[:COMMENTS]
    x, around = encoder.encode(_chosen(own.texts, learned)), encoder.encode([*comments, *danger.texts])
    y, weight = own.classes[learned], np.concatenate([np.ones(len(comments)), trusted])
    weight = weight * (harm_in(_against(x, y, around, weight), around) < MAYBE)
    return _against(x, y, around, weight)


def _against(x: Array, y: NDArray[np.int64], around: Array, weight: Array) -> Head:
    there = weight > 0
    return fitted(
        np.concatenate([x, around[there]]), np.concatenate([y, np.zeros(there.sum(), np.int64)]), len(HARMS),
        np.concatenate([np.full(len(y), WEIGHT), weight[there]]),
    )  # fmt: skip


def answer_head(encoder: Encoder) -> Head:
    """The head of answers."""
    own = answer_sentences()
    learned = ~held_out(own)
    x = encoder.encode(_chosen(own.texts, learned))
    return fitted(x, own.classes[learned], len(AsAnswer), np.ones(len(x)))


def fitted(x: Array, y: NDArray[np.int64], k: int, weight: Array) -> Head:
    """Logistic regression of classes ``y`` below ``k`` on vectors ``(n, 384)``."""
    scaled = x.astype(np.float64) * SPREAD**0.5
    prior = Head(np.zeros((scaled.shape[1], k), np.float32), np.zeros(k, np.float32))
    head = nearer(prior, scaled, np.eye(k)[y], weight)
    return Head((head.weight * SPREAD**0.5).astype(np.float32), head.bias)


def harm_in(head: Head, vectors: Array) -> Array:
    """How likely each vector tells of harm that goes on, ``(n,)``."""
    return np.asarray(softmax(head(vectors).astype(np.float64), axis=1)[:, GOES_ON:].sum(axis=1))


def harm_threshold(head: Head, encoder: Encoder, data: Path) -> float:
    """The lowest chance of harm at which few are alarmed in vain."""
    own = harm_sentences()
    harmless = held_out(own) & (own.classes == 0)
    return float(
        max(
            AT_LEAST,
            np.quantile(harm_in(head, encoder.encode(goemotions(data, "dev").texts)), 1 - ALARMS_ON_COMMENTS),
            np.quantile(harm_in(head, encoder.encode(_chosen(own.texts, harmless))), 1 - ALARMS_ON_OWN),
        )
    )


def figures(harm: Head, answer: Head, threshold: float, encoder: Encoder) -> dict[str, Measured]:
    """What both heads find of the sentences that were held out."""
    own, told = harm_sentences(), answer_sentences()
    held, heard = held_out(own), held_out(told)
    found = harm_in(harm, encoder.encode(_chosen(own.texts, held))) >= threshold
    measured = {
        f"harm, held out, taken to go on of {name} (n={part.sum()})": share(found[part])
        for k, name in enumerate(HARMS)
        if (part := own.classes[held] == k).any()
    }
    p, truth = softmax(answer(encoder.encode(_chosen(told.texts, heard))).astype(np.float64), axis=1), told.classes
    sure, right = p.max(axis=1) >= SURE_OF_ANSWER, p.argmax(axis=1) == truth[heard]
    return measured | {
        f"answers, held out, sure of (n={len(sure)})": share(sure),
        f"answers, held out, right where sure (n={sure.sum()})": share(right[sure]),
    }


def share(found: NDArray[np.bool_]) -> Measured:
    """The share of them, with its interval."""
    return bootstrap(lambda one: float(one.mean()), found.astype(np.float64))


def _chosen(texts: tuple[str, ...], chosen: NDArray[np.bool_]) -> list[str]:
    return [text for text, yes in zip(texts, chosen, strict=True) if yes]


if __name__ == "__main__":
    main()
