"""The heads over the states of a reply, as one file of arrays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from attunement.domain.reply import Behaviour, Mechanism, Strategy
from attunement.library.resources import UNREADABLE
from attunement.reading.heads import Array, Head, sigmoid, softmax
from attunement.reading.model_files import broken, check_finite
from attunement.reading.network import SIZE

LEVELS = 3
N = len(Mechanism)
REFLECTIONS = [list(Behaviour).index(b) for b in (Behaviour.SIMPLE_REFLECTION, Behaviour.COMPLEX_REFLECTION)]


@dataclass(frozen=True, slots=True)
class ReadWindow:
    """One window of a reply: the states of its tokens ``(n_tokens, 384)``, what each carries ``(n_tokens, 3)``, and
    where in the reply it begins, in tokens."""

    states: Array
    carried: Array
    start: int


@dataclass(frozen=True, slots=True)
class ReplyHeads:
    """All heads over the states ``h`` ``(n_tokens, 384)`` of a reply, and what makes their scores answers.

    ``carries`` gives for each token three scores, how much it carries each mechanism; ``levels`` (3 mechanisms, 768, 3)
    and ``levels_bias`` (3, 3) the levels, from the plain mean of ``h`` and the mean weighted by what is carried.
    ``temperature`` (3) divides scores of levels to make probabilities, ``offset`` (3, 3) is added where one level is
    chosen, ``cut`` (3) is the least probability at which a token is told to carry a mechanism. ``strategy``,
    ``behaviour``, ``skill`` and ``reaction`` are linear on the mean; to what ``behaviour`` scores is added what the
    reply's words say by themselves (`Wordings`). ``skill`` is calibrated, ``reaction`` in points. ``reflects_from`` is
    how likely a turn must reflect to be taken for a reflection.
    """

    version: str
    carries: Head
    levels: Array
    levels_bias: Array
    temperature: Array
    offset: Array
    cut: Array
    reflects_from: float
    strategy: Head
    behaviour: Head
    skill: Head
    reaction: Head

    def carried(self, states: Array) -> Array:
        """How likely each token carries each mechanism, ``(n_tokens, 3)``."""
        return sigmoid(self.carries(states))

    def level_scores(self, states: Array, carried: Array) -> Array:
        """Scores of the levels, divided by temperature, ``(3 mechanisms, 3 levels)``."""
        weight = carried / np.maximum(carried.sum(axis=0), 1e-6)
        focus = weight.T @ states
        both = np.concatenate([np.tile(states.mean(axis=0), (N, 1)), focus], axis=1)
        scores = np.einsum("md,mdl->ml", both, self.levels) + self.levels_bias
        return np.asarray(scores / self.temperature[:, None], np.float32)

    def strategies(self, mean: Array) -> Array:
        """Probabilities of the eight strategies, ``(8,)``."""
        return softmax(self.strategy(mean))

    def behaviours(self, mean: Array, said: Array) -> Array:
        """Probabilities of the six behaviours, ``(6,)``; ``said`` (6,) is what words say by themselves."""
        return softmax(self.behaviour(mean) + said)

    def reflects(self, behaviours: Array) -> bool:
        """Whether a turn with these probabilities of the six behaviours is taken for a reflection."""
        return bool(behaviours[REFLECTIONS].sum() >= self.reflects_from)

    def skill_of(self, mean: Array) -> float:
        """How much the turn is like those of good sessions, 0 to 1."""
        return float(sigmoid(self.skill(mean))[0])

    def reactions(self, mean: Array) -> Array:
        """Empathic concern and distress, ``(2,)``, each 1 to 7."""
        return np.clip(self.reaction(mean), 1, 7)


WIDTHS = {"carries": N, "strategy": len(Strategy), "behaviour": len(Behaviour), "skill": 1, "reaction": 2}
SHAPES = {
    "levels": (N, 2 * SIZE, LEVELS), "levels_bias": (N, LEVELS), "temperature": (N,), "offset": (N, LEVELS),
    "cut": (N,), "reflects_from": (),
}  # fmt: skip


def load_reply_heads(file: Path) -> ReplyHeads:
    """Read the heads from an ``.npz`` file.

    Raises
    ------
    AttunementError
        ``MODEL_BROKEN`` where the file is missing, damaged, of another shape, or holds what is no number.
    """
    shapes: dict[str, tuple[int, ...]] = dict(SHAPES)
    for name, width in WIDTHS.items():
        shapes |= {f"{name}_weight": (SIZE, width), f"{name}_bias": (width,)}
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            found = {name: np.asarray(arrays[name], np.float32) for name in shapes}
            version = str(arrays["version"])
        for name, shape in shapes.items():
            if found[name].shape != shape:
                raise ValueError(f"'{name}' has another shape")
        check_finite(found)
    except UNREADABLE as error:
        raise broken(file, made_by="training.reply_reader") from error
    heads = {name: Head(found[f"{name}_weight"], found[f"{name}_bias"]) for name in WIDTHS}
    return ReplyHeads(
        version=version, levels=found["levels"], levels_bias=found["levels_bias"], temperature=found["temperature"],
        offset=found["offset"], cut=found["cut"], reflects_from=float(found["reflects_from"]), **heads,
    )  # fmt: skip
