"""Well-known bandit libraries behind one small face: choose an arm for a vector, learn what it earned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Arms(Protocol):
    """Chooses one of ``n`` arms for a vector (d,)."""

    def choose(self, z: Array) -> int:
        """The arm."""
        ...

    def learn(self, z: Array, arm: int, reward: float) -> None:
        """What it earned, 0 to 1."""
        ...


Made = Callable[[int, int, int], Arms]
"""From how many arms, how long a vector, and a seed."""


class VowpalWabbit:
    """``cb_explore`` with one of its ways to explore, at one rate of learning."""

    def __init__(self, arms: int, seed: int, how: str, rate: float) -> None:
        import vowpalwabbit  # type: ignore[import-untyped]

        self._bandit = vowpalwabbit.Workspace(f"--cb_explore {arms} {how} -l {rate} --quiet --random_seed {seed + 1}")
        self._rng = np.random.default_rng(seed)

    def choose(self, z: Array) -> int:
        """By its probabilities."""
        self._seen = "| " + " ".join(f"{i}:{v:.4f}" for i, v in enumerate(z))
        p = np.array(self._bandit.predict(self._seen))
        arm = int(self._rng.choice(len(p), p=p / p.sum()))
        self._p = p[arm] / p.sum()
        return arm

    def learn(self, z: Array, arm: int, reward: float) -> None:
        """As a cost, with the probability it was chosen by."""
        self._bandit.learn(f"{arm + 1}:{1 - reward}:{self._p:.5f} {self._seen}")


class MabWiser:
    """One ridge regression an arm."""

    def __init__(self, arms: int, seed: int, how: str, alpha: float) -> None:
        from mabwiser.mab import MAB, LearningPolicy  # type: ignore[import-untyped]

        policy = {
            "LinTS": lambda: LearningPolicy.LinTS(alpha=alpha),
            "LinUCB": lambda: LearningPolicy.LinUCB(alpha=alpha),
            "LinGreedy": lambda: LearningPolicy.LinGreedy(epsilon=alpha),
        }[how]()
        self._bandit = MAB(arms=list(range(arms)), learning_policy=policy, seed=seed)
        self._rng, self._n, self._fitted = np.random.default_rng(seed), arms, False

    def choose(self, z: Array) -> int:
        """At random before the first lesson."""
        return int(self._bandit.predict(z[None])) if self._fitted else int(self._rng.integers(self._n))

    def learn(self, z: Array, arm: int, reward: float) -> None:
        """One lesson at a time."""
        (self._bandit.partial_fit if self._fitted else self._bandit.fit)([arm], [reward], z[None])
        self._fitted = True


class River:
    """LinUCB with a model an arm."""

    def __init__(self, arms: int, seed: int, alpha: float) -> None:
        from river import bandit  # type: ignore[import-untyped]

        self._bandit = bandit.LinUCBDisjoint(alpha=alpha, seed=seed)
        self._arms = list(range(arms))

    def choose(self, z: Array) -> int:
        """The greatest upper bound."""
        self._seen = dict(enumerate(z.tolist()))
        return int(self._bandit.pull(self._arms, context=self._seen))

    def learn(self, z: Array, arm: int, reward: float) -> None:
        """One lesson at a time."""
        self._bandit.update(arm, self._seen, reward)


class ContextualBandits:
    """LinUCB of David Cortes's library, one ridge regression an arm."""

    def __init__(self, arms: int, seed: int, alpha: float) -> None:
        from contextualbandits.online import LinUCB  # type: ignore[import-untyped]

        self._bandit = LinUCB(arms, alpha=alpha, random_state=seed + 1, njobs=1, ucb_from_empty=False)
        self._rng, self._n, self._fitted = np.random.default_rng(seed), arms, False

    def choose(self, z: Array) -> int:
        """At random before the first lesson."""
        return int(self._bandit.predict(z[None])[0]) if self._fitted else int(self._rng.integers(self._n))

    def learn(self, z: Array, arm: int, reward: float) -> None:
        """One lesson at a time."""
        self._bandit.partial_fit(z[None], np.array([arm]), np.array([reward]))
        self._fitted = True


def families() -> Mapping[str, Mapping[str, Made]]:
    """Each library with the settings it is tried in; the best on a run of its own is the one compared with."""
    ways = ("--epsilon 0.05", "--epsilon 0.02", "--cover 5", "--bag 5")
    vw = {
        f"{how} -l {rate}": lambda n, _d, seed, how=how, rate=rate: VowpalWabbit(n, seed, how, rate)
        for how in ways for rate in (0.5, 4.0, 20.0)
    }  # fmt: skip
    mab = {
        f"{how} {alpha}": lambda n, _d, seed, how=how, alpha=alpha: MabWiser(n, seed, how, alpha)
        for how, alpha in (("LinTS", 0.02), ("LinTS", 0.1), ("LinUCB", 0.05), ("LinUCB", 0.3), ("LinGreedy", 0.02))
    }
    river = {f"LinUCBDisjoint {a}": lambda n, _d, seed, a=a: River(n, seed, a) for a in (0.05, 0.3)}
    cb = {f"LinUCB {a}": lambda n, _d, seed, a=a: ContextualBandits(n, seed, a) for a in (0.05, 0.3)}
    return {"vowpal-wabbit": vw, "mabwiser": mab, "river": river, "contextualbandits": cb}  # type: ignore[dict-item]
