"""A made-up programme of two kinds of people: who comes at night and low, and who comes by morning and bright."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

import numpy as np
from tests.conftest import Clock

from attunement.domain.affect import Affect
from attunement.domain.consent import Cell
from attunement.domain.need import Need
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.decisions import do_choose
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.outcomes import do_finish

ALLOWED = ("personalise:self_report", "personalise:interactions", "learn:self_report", "learn:interactions")
LIKED, OTHER = "loving-kindness", "repair-after-conflict"
"""Families: what the first kind rates high and the second low, and the other way about."""


def live(
    house: House, clock: Clock, people: Sequence[int], *, allow: Collection[str] = ALLOWED, days: int = 5
) -> dict[int, str]:
    """Let these people live from midnight on, even numbers being of the first kind; the same number, the same life."""
    begin = clock.time = clock.time.replace(hour=0)
    members = {number: do_enrol(house, name=f"Number {number}") for number in people}
    for member in members.values():
        do_change_consent(house, member, grant=[Cell.parse(cell) for cell in allow])
    for day in range(days):
        for number, member in members.items():
            clock.time = begin + timedelta(days=day, hours=8 if number % 2 else 23)
            _come(house, member, number, day)
    clock.time = begin + timedelta(days=days)
    return members


def _come(house: House, member: str, number: int, day: int) -> None:
    """One check-in, and on the first two days one practice of either family."""
    rng, first = np.random.default_rng([number, day]), number % 2 == 0
    valence = (-0.5 if first else 0.5) + float(rng.normal(0, 0.1))
    do_check_in(house, member, affect=Affect(round(valence, 2), 0.0), needs=[Need.CALM if first else Need.ACT])
    if day < 2:
        family = (LIKED, OTHER)[day]
        practice = next(p.id for p in house.library.practices if p.family == family)
        rating = 5 if (family == LIKED) == first else 1
        do_finish(house, member, do_choose(house, member, practice).id, rating=rating)
