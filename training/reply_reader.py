"""Makes ``models/replies``: the fine-tuned network in 8-bit integers, its heads, how levels are chosen, its card.

    python -m training.reply_encoder                                      # an hour; goes on where it was
    python -m training.reply_folds --seeds 5                              # hours; figures, and how levels are chosen
    python -m training.reply_reader                                       # a minute

Levels and spans are chosen by what networks said of seekers they had not seen, in cross-validation. ``--only-own``
(``--own FOLDER``) makes it of a run that learned from own exchanges alone; heads that nothing taught say nothing.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from scipy.special import softmax  # type: ignore[import-untyped]

from attunement.domain.reply import Mechanism
from attunement.reading.model_files import HEADS
from attunement.reading.reply_heads import REFLECTIONS
from training.calibration import fit_platt
from training.networks import saved_run
from training.quantise import write_encoder
from training.reply_card import write_reply_card
from training.reply_choice import LevelChoice, TurnChoice, reflects_from
from training.reply_data import HERE, annomi, empathic_reactions, targets
from training.reply_figures import choice_of, empathy_parts, figures_of, folds_by_seed, shipped_figures
from training.reply_heads import write_reply_heads
from training.reply_sources import add_run_options, sets_of, sources_of, untaught
from training.reply_wordings import TurnWords, beside_words
from training.sums import write_sums
from training.tasks import Scale

VERSION = "2026-12-01b"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_run_options(parser)
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the artefacts are written")
    wanted = parser.parse_args()
    data, own = sources_of(wanted)
    version = datetime.now(UTC).date().isoformat() if wanted.only_own else VERSION
    folder = wanted.models / "replies"
    state = saved_run(wanted.cache, wanted.name, made_by=f"reply_encoder --name {wanted.name}")
    choices, turn = choices_of(data, wanted.cache, wanted.name, own)
    write_encoder(state, folder)
    heads = {name: value.numpy() for name, value in state.items() if not name.startswith("encoder.")}
    write_reply_heads(
        folder / HEADS, heads, choices, words=TurnWords.of(annomi(data)), turn=turn, scale=_scale(data),
        untaught=untaught(data, own), version=version,
    )  # fmt: skip
    write_sums(folder)
    figures = figures_of(data, wanted.cache, wanted.name, own) | shipped_figures(wanted.models, data)
    seeds = folds_by_seed(wanted.cache, wanted.name, sets_of(data, own))
    write_reply_card(
        folder / "card.md",
        figures,
        choices,
        version,
        data=data,
        own=own,
        start=wanted.start,
        n_folds=sum(map(len, seeds)),
        n_together=min(max(1, len(fold.get("read_by", ()))) for folds in seeds for fold in folds),
    )
    for name, values in figures.items():
        print(f"{name:60} {np.mean(values):.3f}")


def choices_of(data: Path, cache: Path, name: str, own: Path = HERE) -> tuple[list[LevelChoice], TurnChoice | None]:
    """How each mechanism is chosen, and what a turn does if that was taught; by all folds of all seeds."""
    sets = sets_of(data, own)
    folds = [fold for seed in folds_by_seed(cache, name, sets) for fold in seed]
    if not folds:
        raise SystemExit("There are no folds in the cache: run python -m training.reply_folds first.")
    parts = [empathy_parts(sets["empathy"], fold) for fold in folds]
    choices = [choice_of(parts, k) for k in range(len(Mechanism))]
    if "behaviour+skill" not in sets:
        return choices, None
    turns = sets["behaviour+skill"]
    scores = np.concatenate([f["behaviour+skill_skill"] for f in folds]).astype(float)
    truth = np.concatenate([targets([turns[int(r)] for r in f["behaviour+skill_rows"]]) for f in folds]).astype(float)
    slope, offset = fit_platt(scores, truth[:, -1:])
    p = np.concatenate([softmax(beside_words(fold, turns), axis=1) for fold in folds])
    reflects = truth[:, REFLECTIONS].sum(axis=1) > 0.5
    return choices, TurnChoice(
        float(slope[0]), float(offset[0]), reflects_from(p[:, REFLECTIONS].sum(axis=1), reflects)
    )


def _scale(data: Path) -> Scale | None:
    """What brings reactions back to points, where there are any."""
    essays = empathic_reactions(data)
    return Scale.of(targets(essays).astype(float)) if essays else None


if __name__ == "__main__":
    main()
