"""Well-known bandit libraries behind one small face: choose an arm for a vector, learn what it earned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.int64]
DRAWS = 20
"""So many draws tell the shares of a library that does not."""


class Arms(Protocol):
    """Chooses one of ``n`` arms for a vector (d,)."""

    def choose(self, z: Array) -> int:
        """The arm."""
        ...

    def learn(self, z: Array, arm: int, reward: float) -> None:
        """What it earned, 0 to 1."""
        ...


class LearnsFromLogs(Arms, Protocol):
    """Learns from what another chose, too, and tells how likely it would choose each."""

    def learn_log(self, z: Array, arms: Places, rewards: Array, chance: float) -> None:
        """Moments (n, d), the arms taken (n,) and what they earned (n,), each chosen by chance ``chance``."""
        ...

    def shares(self, z: Array) -> Array:
        """The probability of each arm (k, n_arms) at each moment (k, d)."""
        ...


Made = Callable[[int, int, int], LearnsFromLogs]
"""From how many arms, how long a vector, and a seed."""


class VowpalWabbit:
    """``cb_explore`` with one of its ways to explore, at one rate of learning."""

    def __init__(self, arms: int, seed: int, how: str, rate: float) -> None:
        import vowpalwabbit  # type: ignore[import-untyped]

        self._bandit = vowpalwabbit.Workspace(f"--cb_explore {arms} {how} -l {rate} --quiet --random_seed {seed + 1}")
        self._rng = np.random.default_rng(seed)

    def choose(self, z: Array) -> int:
        """By its probabilities."""
        p = self.chances(z)
        arm = int(self._rng.choice(len(p), p=p))
        self._p = p[arm]
        return arm

    def chances(self, z: Array) -> Array:
        """The probability of each arm."""
        p = np.array(self._bandit.predict(_line(z)))
        return np.asarray(p / p.sum())

    def learn(self, z: Array, arm: int, reward: float) -> None:
        """As a cost, with the probability it was chosen by."""
        self._taught(z, arm, reward, self._p)

    def learn_log(self, z: Array, arms: Places, rewards: Array, chance: float) -> None:
        """One after the other, with the probability the log chose by."""
        for moment, arm, reward in zip(z, arms.tolist(), rewards.tolist(), strict=True):
            self._taught(moment, arm, reward, chance)

    def shares(self, z: Array) -> Array:
        """Exactly."""
        return np.array([self.chances(moment) for moment in z])

    def _taught(self, z: Array, arm: int, reward: float, chance: float) -> None:
        self._bandit.learn(f"{arm + 1}:{1 - reward}:{chance:.5f} {_line(z)}")


def _line(z: Array) -> str:
    return "| " + " ".join(f"{i}:{v:.4f}" for i, v in enumerate(z))


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
        self._draws = how != "LinUCB"

    def choose(self, z: Array) -> int:
        """At random before the first lesson."""
        return int(self._bandit.predict(z[None])) if self._fitted else int(self._rng.integers(self._n))

    def learn(self, z: Array, arm: int, reward: float) -> None:
        """One lesson at a time."""
        (self._bandit.partial_fit if self._fitted else self._bandit.fit)([arm], [reward], z[None])
        self._fitted = True

    def learn_log(self, z: Array, arms: Places, rewards: Array, chance: float) -> None:
        """All at once; it does not ask how likely they were."""
        (self._bandit.partial_fit if self._fitted else self._bandit.fit)(arms, rewards, z)
        self._fitted = True

    def shares(self, z: Array) -> Array:
        """Counted from draws; even before the first lesson."""
        if not self._fitted:
            return np.full((len(z), self._n), 1 / self._n)
        drawn = [np.atleast_1d(self._bandit.predict(z)) for _ in range(DRAWS if self._draws else 1)]
        return np.mean([np.eye(self._n)[places] for places in drawn], axis=0)


class River:
    """LinUCB with a model an arm."""

    def __init__(self, arms: int, seed: int, alpha: float) -> None:
        from river import bandit  # type: ignore[import-untyped]

        self._bandit = bandit.LinUCBDisjoint(alpha=alpha, seed=seed)
        self._arms = list(range(arms))

    def choose(self, z: Array) -> int:
        """The greatest upper bound."""
        return int(self._bandit.pull(self._arms, context=dict(enumerate(z.tolist()))))

    def learn(self, z: Array, arm: int, reward: float) -> None:
        """One lesson at a time."""
        self._bandit.update(arm, dict(enumerate(z.tolist())), reward)

    def learn_log(self, z: Array, arms: Places, rewards: Array, chance: float) -> None:
        """One after the other; it does not ask how likely they were."""
        for moment, arm, reward in zip(z, arms.tolist(), rewards.tolist(), strict=True):
            self.learn(moment, arm, reward)

    def shares(self, z: Array) -> Array:
        """All to the greatest upper bound."""
        return np.eye(len(self._arms))[[self.choose(moment) for moment in z]]


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

    def learn_log(self, z: Array, arms: Places, rewards: Array, chance: float) -> None:
        """All at once; it does not ask how likely they were."""
        self._bandit.partial_fit(z, arms, rewards)
        self._fitted = True

    def shares(self, z: Array) -> Array:
        """All to the greatest upper bound; even before the first lesson."""
        if not self._fitted:
            return np.full((len(z), self._n), 1 / self._n)
        return np.eye(self._n)[np.asarray(self._bandit.predict(z), int)]


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
