"""Makes an artefact of ``models/`` again, from the public sets to its card, with one command.

    pip install -e '.[train]' --group teacher
    python -m training.rebuild text --data FOLDER_OF_PUBLIC_SETS       # some hours on two processors
    python -m training.rebuild replies --data FOLDER_OF_PUBLIC_SETS    # a night, for its cross-validation
    python -m training.rebuild body --data FOLDER_OF_PUBLIC_SETS
    python -m training.rebuild forecast --data FOLDER_OF_PUBLIC_SETS

It prints each step as it would be typed. What is finished is not done again, and a step that was interrupted goes on
where it was: both are in ``--cache``.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.public_data import DATA


@dataclass(frozen=True, slots=True)
class Step:
    """A module and its options; ``makes`` is the file in the cache that is there once it is done, if it leaves one."""

    line: str
    makes: str = ""


STEPS: dict[str, tuple[Step, ...]] = {
    "text": (
        Step("text_encoder --name first", "first.pt"),
        Step("text_encoder --name second --start first --epochs 3", "second.pt"),
        Step("text_encoder --name third --start first second --epochs 1.2 --affect-epochs 1 --frozen 2", "third.pt"),
        Step("text_encoder --name reader --start second third --epochs 0 --affect-epochs 0", "reader.pt"),
        Step("teacher", "teacher.pt"),
        Step(
            "text_encoder --name taught --start reader --teacher teacher --epochs 0.5 --affect-epochs 2.5 --frozen 2",
            "taught.pt",
        ),
        Step("text_encoder --name mixed --start reader taught taught --epochs 0 --affect-epochs 0", "mixed.pt"),
        Step(
            "text_encoder --name nearer --start mixed --teacher teacher --epochs 0.5 --affect-epochs 2.5 --frozen 2",
            "nearer.pt",
        ),
        Step("text_encoder --name nearest --start mixed nearer nearer --epochs 0 --affect-epochs 0", "nearest.pt"),
        Step(
            "text_encoder --name plainer --start nearest --teacher teacher --epochs 0.5 --affect-epochs 2.5 --frozen 2",
            "plainer.pt",
        ),
        Step(
            "text_encoder --name plainest --start nearest plainer plainer --epochs 0 --affect-epochs 0", "plainest.pt"
        ),
        Step("teacher --name feeling --heads affect --longer 2", "feeling.pt"),
        Step(
            "text_encoder --name wider --start plainest --teacher feeling --epochs 1.2 --affect-epochs 2.5 --frozen 2",
            "wider.pt",
        ),
        Step("text_encoder --name widest --start plainest wider wider --epochs 0 --affect-epochs 0", "widest.pt"),
        Step(
            "text_encoder --name lines --start plainest widest --teacher feeling --epochs .7 --affect-epochs 1 "
            "--frozen 2",
            "lines.pt",
        ),
        Step(
            "text_encoder --name beside --start lines --teacher feeling --epochs .4 --affect-epochs .5 --frozen 2",
            "beside.pt",
        ),
        Step("text_encoder --name soup --start lines beside widest --epochs 0 --affect-epochs 0", "soup.pt"),
        Step("text_encoder --name near --start soup --epochs .4 --affect-epochs .5 --frozen 2", "near.pt"),
        Step("text_encoder --name half --start soup near --epochs 0 --affect-epochs 0", "half.pt"),
        Step(
            "text_encoder --name lately --start half --teacher feeling --epochs .5 --affect-epochs 2.5 --frozen 2 "
            "--seed 3",
            "lately.pt",
        ),
        Step("text_encoder --name newest --start half lately --epochs 0 --affect-epochs 0", "newest.pt"),
        Step(
            "text_encoder --name after --start newest --teacher feeling --epochs .5 --affect-epochs 2 --frozen 2 "
            "--seed 5",
            "after.pt",
        ),
        Step("text_encoder --name both --start newest after --epochs 0 --affect-epochs 0", "both.pt"),
        Step("text_reader --name both"),
    ),
    "replies": (
        Step("reply_encoder", "replies.pt"),
        Step("reply_folds --seeds 5"),
        Step("reply_reader"),
    ),
    "body": (Step("body_stress"),),
    "forecast": (Step("forecast"),),
}
"""What makes each artefact, in order."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line; ends with the status of the first step that fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("artefact", choices=STEPS)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--cache", type=Path, default=Path(".cache"), help="where runs are kept")
    wanted = parser.parse_args(arguments)
    for step in to_do(wanted.artefact, wanted.cache):
        module, *options = step.line.split()
        kept = ["--cache", str(wanted.cache)] if len(STEPS[wanted.artefact]) > 1 else []
        command = ["-m", f"training.{module}", *options, "--data", str(wanted.data), *kept]
        print(f"python {shlex.join(command)}", flush=True)
        done = subprocess.run([sys.executable, *command], check=False)
        if done.returncode:
            raise SystemExit(done.returncode)


def to_do(artefact: str, cache: Path) -> list[Step]:
    """The steps of an artefact whose results are not in the cache yet."""
    return [step for step in STEPS[artefact] if not (step.makes and (cache / step.makes).exists())]


if __name__ == "__main__":
    main()
