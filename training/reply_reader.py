"""Makes ``models/replies``: the fine-tuned network in 8-bit integers, its heads, how levels are chosen, its card.

    python -m training.text_encoder && python -m training.text_reader     # what it begins with, and its tokenizer
    python -m training.reply_encoder                                      # half an hour; goes on where it was
    python -m training.reply_folds --seeds 5                              # hours; figures, and how levels are chosen
    python -m training.reply_reader                                       # a minute

Levels and spans are chosen by what networks said of seekers they had not seen, in cross-validation.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from attunement.domain.reply import Mechanism
from attunement.reading.heads import Head
from training.calibration import fit_platt
from training.public_data import DATA
from training.quantise import write_encoder
from training.reply_card import write_reply_card
from training.reply_choice import LevelChoice
from training.reply_data import annomi, empathic_reactions, epitome, targets
from training.reply_figures import choice_of, empathy_parts, figures_of, folds_by_seed, shipped_figures
from training.tasks import Scale

VERSION = "2026-11-25"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--cache", type=Path, default=Path(".cache"), help="where the run and its folds are")
    parser.add_argument("--name", default="replies", help="name of the run in the cache")
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the artefacts are written")
    wanted = parser.parse_args()
    folder = wanted.models / "replies"
    state = torch.load(wanted.cache / f"{wanted.name}.pt", weights_only=True)
    write_encoder(state, folder)
    choices, skill = choices_of(wanted.data, wanted.cache, wanted.name)
    _save(folder / "heads.npz", state, choices, skill, Scale.of(targets(empathic_reactions(wanted.data)).astype(float)))
    figures = figures_of(wanted.data, wanted.cache, wanted.name) | shipped_figures(wanted.models, wanted.data)
    write_reply_card(folder / "card.md", figures, choices, VERSION)
    for name, values in figures.items():
        print(f"{name:60} {np.mean(values):.3f}")


def choices_of(data: Path, cache: Path, name: str) -> tuple[list[LevelChoice], tuple[float, float]]:
    """How each mechanism is chosen, and slope and offset of ``skill``; by all folds of all seeds."""
    folds, pairs, turns = [fold for seed in folds_by_seed(cache, name) for fold in seed], epitome(data), annomi(data)
    if not folds:
        raise SystemExit("There are no folds in the cache: run python -m training.reply_folds first.")
    parts = [empathy_parts(pairs, fold) for fold in folds]
    scores = np.concatenate([f["behaviour+skill_skill"] for f in folds]).astype(float)
    good = np.concatenate([targets([turns[int(r)] for r in f["behaviour+skill_rows"]])[:, -1:] for f in folds])
    slope, offset = fit_platt(scores, good.astype(float))
    return [choice_of(parts, k) for k in range(len(Mechanism))], (float(slope[0]), float(offset[0]))


def _save(
    file: Path, state: dict[str, torch.Tensor], choices: list[LevelChoice], skill: tuple[float, float], scale: Scale
) -> None:
    heads = {
        name: Head(state[f"heads.{name}.weight"].numpy().T, state[f"heads.{name}.bias"].numpy())
        for name in ("strategy", "behaviour", "skill", "reaction")
    } | {"carries": Head(state["carries.weight"].numpy().T, state["carries.bias"].numpy())}
    heads["skill"] = Head(heads["skill"].weight * skill[0], heads["skill"].bias * skill[0] + skill[1])
    heads["reaction"] = Head(heads["reaction"].weight * scale.sd, heads["reaction"].bias * scale.sd + scale.mean)
    arrays = {f"{name}_weight": head.weight for name, head in heads.items()}
    arrays |= {f"{name}_bias": head.bias for name, head in heads.items()}
    mechanisms = range(len(Mechanism))
    arrays |= {
        "levels": np.stack([state[f"levels.{k}.weight"].numpy().T for k in mechanisms]),
        "levels_bias": np.stack([state[f"levels.{k}.bias"].numpy() for k in mechanisms]),
        "temperature": np.array([choice.temperature for choice in choices]),
        "offset": np.stack([choice.offset for choice in choices]),
        "cut": np.array([choice.cut for choice in choices]),
    }
    np.savez_compressed(
        file, version=np.array(VERSION), **{name: np.asarray(array, np.float32) for name, array in arrays.items()}
    )


if __name__ == "__main__":
    main()
