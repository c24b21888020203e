"""Writes the card of the model of forecasts."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from attunement.foresight.forecast_model import open_model
from training.esm_data import ITEMS, LEARNED_FROM, items
from training.forecast_figures import follow

CARD = """# The model of forecasts

Two small networks, and trees, that turn what is kept of a person's ratings (`foresight.trace`) into what they may rate
next, hours to days ahead. The median is the mean of what the first network and the trees say. Made {version} by

    pip install -e '.[train]'
    python -m training.forecast --data FOLDER_OF_PUBLIC_SETS

| file | what it is |
|---|---|
| `forecast.npz` | two networks of 32 and 32 hidden numbers, of which 19 quantiles come out; 200 trees of 15 leaves |

## What it was made from
Experience-sampling studies as openESM harmonised them, of those whose licence is CC BY 4.0:

* 0001: Fried, Papanikolaou & Epskamp 2021, Clin. Psychol. Sci. 10(2); students, four times a day for two weeks.
* 0012: Dejonckheere et al. 2019, Nature Human Behaviour 3; 100 people, fourteen times a day for a week.
* 0017: Jang et al. 2024, Scientific Data 11; 43 patients with mood and anxiety disorders, once a day for weeks.

No rating of any study is in this folder. Scales were bent and turned round at random while the networks learned, and
half of what they saw had no clock, so that they hold on other people's scales. The trees grew from the next rating
alone, on scales as they are and turned round. That both are asked was chosen by leaving out each of the three studies
in turn.

## Measured
One step ahead, from each person's second rating on, on whole studies it did not learn from (their terms forbid making
models that ship from them; measuring is free). "Baseline" is the mean of the person's ratings so far plus a pooled
lag-one regression fitted on the very study it is measured on; its error is 1. "Holds" is how often the 80 % interval
did, whose width follows each person. Studies marked * were learned from and flatter.

| study | items | ratings | error | best and worst item | holds |
|---|---|---|---|---|---|
{rows}

## Limits
* `middle` is the median: the point with the least absolute error. Where a scale has a floor that people mostly sit on,
  it lies nearer the floor than the mean does. Most of the gain over the baseline is there; on evenly spread scales
  (happy, relaxed) it is 3 to 6 %.
* What comes next in a life is mostly not in what was rated before: half of the scatter stays.
* It knows times and ratings, and not what happened. A hard day it cannot see coming it will not see coming.
* Students and adults in studies, mostly in Europe and North America. It is not a medical device.
"""


def write_card(file: Path, model: Path, data: Path, version: str) -> None:
    """Measure every study there is, and write the card."""
    network, rows = open_model(model), []
    for study in ITEMS:
        followed = [follow(item, network) for item in items(data, study)]
        if not followed:
            continue
        ratios = [f.ratio for f in followed]
        held = np.mean([f.held.mean() for f in followed])
        n = sum(len(f.error) for f in followed)
        name = f"{study}{'*' if study in LEARNED_FROM else ''}"
        rows.append(f"| {name} | {len(followed)} | {n:,} | {np.mean(ratios):.3f} | {min(ratios):.3f} to "
                    f"{max(ratios):.3f} | {held:.1%} |")  # fmt: skip
    file.write_text(CARD.format(version=version, rows="\n".join(rows)), encoding="utf-8")
