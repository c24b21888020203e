"""The many candidates of a decision that share one probability, as an event keeps them: one number for all of them."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping

import numpy as np
from pydantic import BaseModel, ConfigDict

from attunement.domain.body_kept import Unit
from attunement.domain.probabilities import Listed, Probabilities


class OthersKept(BaseModel):
    """What every candidate has that is not named with a probability of its own.

    ``listing`` is the version of the list of practices (`PracticesListed`) by which ``eligible`` tells who the
    candidates were, named ones among them: a bit for each practice of the list, the first one first, in Base64.

    >>> listed = Listed(("a", "b", "c", "d"))
    >>> named, others = OthersKept.of({"a": 0.1, "c": 0.8, "d": 0.1}, shown=["c"], listed=listed)
    >>> named, others.probability, dict(others.spread(named, listed))
    ({'c': 0.8}, 0.1, {'a': 0.1, 'c': 0.8, 'd': 0.1})
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    probability: Unit
    listing: str
    eligible: str

    @classmethod
    def of(
        cls, probabilities: Mapping[str, float], *, shown: Collection[str], listed: Listed
    ) -> tuple[dict[str, float], OthersKept]:
        """Those named with their own, which are what was ``shown`` and all above the least, and what the others have.

        Raises `KeyError` where a candidate is not listed.
        """
        told = Probabilities.of(probabilities)
        ids, least = told.listed.ids, float(told.in_order.min())
        apart = [ids[k] for k in np.flatnonzero(told.in_order > least).tolist()]
        named = {practice: told[practice] for practice in (*apart, *shown)}
        eligible = np.full(len(listed.ids), ids == listed.ids)
        if ids != listed.ids:
            eligible[[listed.place[practice] for practice in ids]] = True
        bits = base64.b64encode(np.packbits(eligible).tobytes()).decode()
        return named, cls(probability=least, listing=listed.version, eligible=bits)

    def spread(self, named: Mapping[str, float], listed: Listed) -> Probabilities:
        """Every candidate's probability, exactly as it was, in the order of the list."""
        bits = np.unpackbits(np.frombuffer(base64.b64decode(self.eligible), np.uint8), count=len(listed.ids))
        practices = Listed(tuple([listed.ids[k] for k in np.flatnonzero(bits).tolist()]))
        values = np.full(len(practices.ids), self.probability)
        for practice, p in named.items():
            values[practices.place[practice]] = p
        return Probabilities(practices, values)
