"""What a version of the shared policy believes, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from attunement.domain.context import History
from attunement.domain.errors import ErrorCode, NotFound
from attunement.policy.prior import prior
from attunement.programme.house import House


@dataclass(frozen=True, slots=True)
class Belief:
    """One coefficient: its posterior mean and standard deviation, and how far learning moved it from the prior."""

    name: str
    mean: float
    deviation: float
    moved: float

    @property
    def words(self) -> str:
        """What it is about, for a person.

        >>> Belief("mood:low/gentle", 0.0, 0.0, 0.0).words
        'where the mood is low: gentle'
        >>> Belief("need:calm", 0.0, 0.0, 0.0).words
        'fits the need: calm'
        """
        group, _, detail = self.name.partition("/")
        kind, _, which = group.partition(":")
        plain = {
            "need": f"fits the need: {which}", "mood": f"where the mood is {which}: {detail}",
            "feeling": f"where the feeling is {which}: {detail}", "helped": f"helped before: same {detail}",
            "tired": f"met lately: same {detail}", "new": f"not met yet: {detail}", "always": "any practice",
        }  # fmt: skip
        return plain.get(kind, f"{kind}: {detail}" if detail else kind)


@dataclass(frozen=True, slots=True)
class Beliefs:
    """All coefficients of one version."""

    version: int
    all: tuple[Belief, ...]

    def strongest(self, n: int) -> tuple[Belief, ...]:
        """The ``n`` of largest size, leaving out what holds for any practice alike."""
        apart = [b for b in self.all if b.name != "always"]
        return tuple(sorted(apart, key=lambda b: (-abs(b.mean), b.name))[:n])


def access_beliefs(house: House, version: int | None = None) -> Beliefs:
    """What a version believes of somebody it has never met; the newest by default, 0 for the prior.

    Raises `NotFound` (``not-found``) where there is no such version.
    """
    with house.store.read() as connection:
        policy = house.policies.newest(connection) if version is None else house.policies.at(connection, version)
    if policy is None:
        raise NotFound(ErrorCode.NOT_FOUND, "There is no version {version} of the policy.", version=version)
    names = house.policies.features.names
    before, _ = prior(names)
    newcomer = policy.belief_of(History(), History())
    deviations = np.sqrt((newcomer.spread**2).sum(axis=1))
    return Beliefs(
        policy.version,
        tuple(
            Belief(name, float(mean), float(deviation), float(mean - start))
            for name, mean, deviation, start in zip(names, newcomer.mean, deviations, before, strict=True)
        ),
    )
