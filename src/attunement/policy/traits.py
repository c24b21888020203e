"""What practices are by themselves, as a table: families, media, lengths, needs, skills."""

from __future__ import annotations

import numpy as np

from attunement.domain.need import Need
from attunement.domain.practice import Medium, Practice, Skill
from attunement.policy.candidates import Catalogue

LENGTHS = ("short", "middle", "long")


def length_of(practice: Practice) -> str:
    """``short`` (up to 5 minutes), ``middle`` or ``long`` (over 10)."""
    return "short" if practice.minutes <= 5 else "middle" if practice.minutes <= 10 else "long"


class Traits:
    """Named traits of each practice of a library: ``values`` (n, k), ``place`` the column of each by name.

    ``keys`` (n, 4) numbers what makes practices alike: the practice itself, its family, medium and length. Families
    have the first numbers, of which there are ``n_families``; ``family`` (n,) is that of each practice. ``column``
    (n_keys,) tells of each number which of the four it is of.

    >>> from attunement.checks.examples import example_practices
    >>> traits = Traits(Catalogue(example_practices(4)))
    >>> [name for name, value in zip(traits.place, traits.values[3], strict=True) if value][:3]
    ['family/listening', 'medium/see', 'short']
    """

    def __init__(self, catalogue: Catalogue) -> None:
        practices = catalogue.library
        self.families = sorted({p.family for p in practices})
        kinds = (*(f"family/{f}" for f in self.families), *(f"medium/{m}" for m in Medium), *LENGTHS)
        names = (*kinds, "always", "length", "intensity", "gentle", *(f"need:{n}" for n in Need), *Skill)
        self.place = {name: k for k, name in enumerate(names)}
        self.n_families, self.n_keys = len(self.families), len(kinds) + len(practices)
        sizes = (len(self.families), len(Medium), len(LENGTHS), len(practices))
        self.column = np.repeat((1, 2, 3, 0), sizes)
        self.keys = np.array([[len(kinds) + k, *self._kinds_of(p)] for k, p in enumerate(practices)]).reshape(-1, 4)
        self.family = self.keys[:, 1].copy()
        self.values = np.zeros((len(practices), len(names)))
        self.values[np.arange(len(practices))[:, None], self.keys[:, 1:]] = 1.0
        self.values[:, len(kinds) :] = [_measured(p) for p in practices]

    def _kinds_of(self, practice: Practice) -> list[int]:
        names = f"family/{practice.family}", f"medium/{practice.medium}", length_of(practice)
        return [self.place[name] for name in names]


def _measured(p: Practice) -> list[float]:
    """In the order of the columns after the kinds."""
    length = float(np.clip(np.log(p.minutes / 6) / np.log(20 / 6), -1, 1))
    needs, skills = [float(n in p.needs) for n in Need], [float(p.skill == s) for s in Skill]
    return [1.0, length, float(p.intensity - 2), float(p.intensity == 1), *needs, *skills]
