"""One command makes an artefact again, and goes on where it was."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from training.rebuild import STEPS, main, to_do


@pytest.mark.parametrize("artefact", STEPS)
def test_every_step_is_a_module_of_ours(artefact: str) -> None:
    assert all(importlib.util.find_spec(f"training.{step.line.split()[0]}") for step in STEPS[artefact])


@pytest.mark.parametrize("artefact", ["text", "replies"])
def test_runs_begin_with_runs_that_were_made_before(tmp_path: Path, artefact: str) -> None:
    """Nothing is started from, or asked, that an earlier step has not left in the cache."""
    made: set[str] = set()
    for step in to_do(artefact, tmp_path):
        options = step.line.split()
        needed = {"--start", "--teacher"} & set(options)
        for name in needed:
            rest = options[options.index(name) + 1 :]
            names = rest[: next((k for k, word in enumerate(rest) if word.startswith("--")), len(rest))]
            assert {f"{one}.pt" for one in names} <= made
        made.add(step.makes)


def test_what_is_finished_is_not_done_again(tmp_path: Path) -> None:
    (tmp_path / "first.pt").touch()
    assert [step.makes for step in to_do("text", tmp_path)][:2] == ["second.pt", "third.pt"]


def test_the_first_step_that_fails_ends_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """With its status, and the line that was run is told."""
    with pytest.raises(SystemExit) as ended:
        main(["forecast", "--data", str(tmp_path / "nowhere")])
    assert ended.value.code
    assert "python -m training.forecast --data" in capfd.readouterr().out


def test_a_run_that_is_not_there_is_told_with_what_makes_it(tmp_path: Path) -> None:
    """Asked to begin with a run of the reader of texts, the first step of replies names the command for it."""
    encoder = pytest.importorskip("training.reply_encoder", reason="training is not installed")
    with pytest.raises(SystemExit, match=r"no run 'first'.*python -m training\.text_encoder --name first"):
        encoder.start_of(tmp_path, "first")
