"""Makes ``models/body``: the forests of stress, other people at rest, and their card.

    python -m training.body_stress --data FOLDER_OF_PUBLIC_SETS    # three minutes on one processor

What ships learned from Stress-Predict alone (MIT). WESAD, whose licence does not allow it, is measured on and nothing
of it ships. No figure is of people that were learned from.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.table import Table

from attunement.reading.body.stress_model import save_stress_model
from training.body_card import write_card
from training.body_data import stress_predict
from training.body_figures import DEVICES, RESTS, Scored, sam_correlation, stress_predict_held_out, wesad_held_out
from training.body_forests import fit
from training.public_data import DATA

VERSION = "2026-12-01"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the artefacts are written")
    wanted = parser.parse_args()
    folder = wanted.models / "body"
    folder.mkdir(parents=True, exist_ok=True)
    people = stress_predict(wanted.data)
    model = fit(people, VERSION)
    save_stress_model(folder / "stress.npz", model)
    scored, said = held_out(wanted.data), sam_correlation(wanted.data)
    write_card(folder / "card.md", scored, said, VERSION, people=len(people), arousal_sd=model.arousal_sd)
    table = Table("signals, rest", "AUC", "AUC, told", "calibration error", "can't tell", title="Body, people left out")
    for name, one in scored.items():
        told = f"{one.calibration_error():.3f}", f"{one.cant_tell_share():.3f}"
        table.add_row(name, str(one.auc()), str(one.auc(told=True)), *told)
    Console().print(table)


def held_out(data: Path) -> dict[str, Scored]:
    """Windows of people left out, by set, signals, and how rest was known."""
    wrist = stress_predict_held_out(stress_predict(data))
    found = {f"Stress-Predict, {device}, {rest}": wrist[device, rest] for device in DEVICES for rest in RESTS}
    found["WESAD, all windows of rest"] = wesad_held_out(data)
    found["WESAD, the first half of rest"] = wesad_held_out(data, apart=True)
    return found


if __name__ == "__main__":
    main()
