"""Fits how moods move, for the simulation: ``src/attunement/simulation/dynamics.yaml``.

    python -m training.member_dynamics --data FOLDER_OF_PUBLIC_SETS

From studies whose licence allows it. Valence is pleasant minus unpleasant items, arousal stirred minus calm ones. Each
person is an Ornstein-Uhlenbeck process: a middle, a spread about it, and a half-life with which they return to it
(Kuppens, Oravecz & Tuerlinckx 2010, Feelings change, J. Pers. Soc. Psychol. 99). What is kept are means and spreads
over people.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from training.esm_data import items
from training.public_data import DATA

FILE = Path("src/attunement/simulation/dynamics.yaml")
AXES = {
    "valence": (("0012", ("happy", "relaxed"), ("sad", "anger")),),
    "arousal": (("0012", ("stress",), ("relaxed",)), ("0001", ("nervous", "irritable"), ("relax", "tired"))),
}  # fmt: skip
FEWEST = 20
Array = NDArray[np.float64]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    wanted = parser.parse_args()
    fitted = {axis: _over_people([row for part in parts for row in _people(wanted.data, *part)])
              for axis, parts in AXES.items()}  # fmt: skip
    about = "# Fitted by training.member_dynamics on openESM 0001 and 0012 (CC BY 4.0). Units: -1 to 1, and hours.\n"
    FILE.write_text(about + yaml.safe_dump(fitted, sort_keys=False), encoding="utf-8")
    print(FILE.read_text(encoding="utf-8"))


def _people(data: Path, study: str, up: Sequence[str], down: Sequence[str]) -> list[tuple[float, float, float]]:
    """Of each person: middle, spread, and log of the half-life in hours."""
    by_person: dict[str, dict[float, list[float]]] = {}
    for item in items(data, study):
        sign = 1 if item.name in up else -1 if item.name in down else 0
        for series in item.people if sign else ():
            kept = by_person.setdefault(series.person, {})
            for hour, value in zip(series.hours.tolist(), series.values.tolist(), strict=True):
                kept.setdefault(hour, []).append(sign * (2 * value - 1))
    rows = [np.array([(h, np.mean(v)) for h, v in sorted(kept.items())]) for kept in by_person.values()]
    return [_one(t, x) for t, x in (r.T for r in rows if len(r) >= FEWEST) if x.std() > 0]


def _one(hours: Array, values: Array) -> tuple[float, float, float]:
    dev = values - values.mean()
    gaps, tie = np.diff(hours), float((dev[1:] @ dev[:-1]) / (dev[:-1] @ dev[:-1]))
    half = float(np.median(gaps)) * np.log(2) / -np.log(np.clip(tie, 0.05, 0.95))
    return float(values.mean()), float(np.log(values.std())), float(np.log(half))


def _over_people(rows: Sequence[tuple[float, float, float]]) -> dict[str, dict[str, float]]:
    table = np.array(rows)
    return {
        name: {"mean": round(float(column.mean()), 3), "sd": round(float(column.std()), 3)}
        for name, column in zip(("middle", "log_spread", "log_half_life_h"), table.T, strict=True)
    } | {"people": {"n": len(rows)}}


if __name__ == "__main__":
    main()
