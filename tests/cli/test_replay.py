"""``attune replay``: one decision a line, resumable, and whole lines whatever happens."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.conftest import COMMAND

if TYPE_CHECKING:
    from conftest import Attune

FACE = {
    "member",
    "time",
    "offered",
    "probability",
    "eligible",
    "reasons",
    "sentence",
    "policy_version",
    "family",
    "risk",
}


def answers(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_each_post_gets_a_decision_in_order(attune: Attune, posts: Path) -> None:
    """Every line out names its author, holds the face, and its probability is the one of what was offered."""
    result = attune("replay", posts)
    assert result.exit_code == 0, result.output
    given = answers(result.stdout)
    assert [line["member"] for line in given] == ["ida"] * 3 + ["ben"] * 3
    for line in given:
        assert set(line) >= FACE
        assert line["eligible"][line["offered"]] == line["probability"]
        assert sum(line["eligible"].values()) == pytest.approx(1)
        assert line["policy_version"] == 0


def test_the_same_seed_gives_the_same_lines(attune: Attune, posts: Path) -> None:
    """Replaying twice gives the same bytes; another seed gives others."""
    first, second, other = (attune("replay", posts, "--seed", seed).stdout for seed in ("1", "1", "2"))
    assert first == second != other


def test_nobody_consenting_gives_fair_draws(attune: Attune, posts: Path) -> None:
    """With --consent none every practice of the library has the same chance."""
    for line in answers(attune("replay", posts, "--consent", "none").stdout):
        assert len(set(line["eligible"].values())) == 1
        assert line["policy"] == "uniform"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"time": "2026-03-01T18:00:00"}, "bad-time"),
        ({"time": "2999-03-01T18:00:00Z"}, "bad-time"),
        ({"time": "yesterday"}, "bad-time"),
        ({"text": " "}, "bad-input"),
        ({"text": "x" * 20_001}, "text-too-long"),
        ({"member": 7}, "bad-input"),
        ({"member": " "}, "bad-input"),
    ],
)
def test_a_post_that_cannot_be_replayed_leaves_nothing(
    attune: Attune, tmp_path: Path, change: dict[str, object], code: str
) -> None:
    """Its line holds the error, the command ends with 3, and its author is not enrolled."""
    good = {"member": "ida", "time": "2026-03-01T18:00:00Z", "text": "Fine."}
    file, url = tmp_path / "p.jsonl", f"sqlite:///{tmp_path / 'kept.db'}"
    file.write_text("\n".join(json.dumps(line) for line in (good, {**good, "member": "ben", **change}, good)) + "\n")
    result = attune("replay", file, "--url", url)
    first, error, third = answers(result.stdout)
    assert result.exit_code == 3
    assert (error["error"]["code"], error["error"]["line"]) == (code, 2)
    assert first["member"] == third["member"] == "ida"
    assert members_in(url) == 1


def test_going_on_after_a_stop_equals_never_stopping(attune: Attune, posts: Path, tmp_path: Path) -> None:
    """Half the lines, then --skip into the same database, gives the same offers as all at once."""
    whole = answers(attune("replay", posts, "--url", f"sqlite:///{tmp_path / 'whole.db'}").stdout)
    half, out, url = tmp_path / "half.jsonl", tmp_path / "out.jsonl", f"sqlite:///{tmp_path / 'parts.db'}"
    half.write_text("".join(posts.read_text().splitlines(keepends=True)[:2]))
    attune("replay", half, "--url", url, "--out", out)
    attune("replay", posts, "--url", url, "--out", out, "--skip", "2")
    assert answers(out.read_text()) == whole
    assert members_in(url) == 2


def test_an_interrupt_leaves_whole_lines(
    process: Callable[..., subprocess.Popen[bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted while it runs, it ends with 130, every line out is whole, and it says how to go on.

    Without a buffer, a write to a full pipe is cut short by the signal.
    """
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    file = tmp_path / "many.jsonl"
    line = json.dumps({"member": "ida", "time": "2026-03-01T18:00:00Z", "text": "Long day, not a bad one."})
    file.write_text(f"{line}\n" * 20_000)
    with process("replay", file) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        first = running.stdout.readline()
        running.send_signal(signal.SIGINT)
        rest = running.stdout.read()  # not communicate(), which skips what readline() left in the buffer
        said = running.stderr.read()
    done = len(answers((first + rest).decode()))
    assert running.returncode == 130
    assert 0 < done < 20_000
    assert f"--skip {done}" in said.decode()


def test_a_reader_that_has_read_enough_is_no_error(
    process: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    """Closing the pipe early ends the command quietly."""
    file = tmp_path / "many.jsonl"
    line = json.dumps({"member": "ida", "time": "2026-03-01T18:00:00Z", "text": "Long day, not a bad one."})
    file.write_text(f"{line}\n" * 2_000)
    with process("replay", file) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
    assert (running.returncode, said) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_said_in_one_line(tmp_path: Path, unbuffered: str) -> None:
    """No traceback, however standard output is buffered."""
    file = tmp_path / "one.jsonl"
    file.write_text('{"text": "A long day."}\n')
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "read", str(file)], stdout=full, stderr=subprocess.PIPE, check=False,
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == ["store-full: There is no room for what is written. Free some space."]


def test_a_misspelt_consent_is_misuse(attune: Attune, posts: Path) -> None:
    """An unknown use ends with 2 and names it."""
    result = attune("replay", posts, "--consent", "personalise:everything")
    assert result.exit_code == 2
    assert "everything" in result.output


def members_in(url: str) -> int:
    from attunement.programme.house import open_house
    from attunement.programme.overview import access_overview

    house = open_house(url)
    try:
        return access_overview(house).members
    finally:
        house.close()


def test_a_programme_that_cannot_be_opened_costs_no_earlier_lines(attune: Attune, posts: Path, tmp_path: Path) -> None:
    """The file for the offers is begun anew only once everything else is open."""
    out = tmp_path / "offers.jsonl"
    out.write_text("earlier\n")
    result = attune("replay", posts, "--url", "nonsense://nowhere", "--out", out)
    assert result.exit_code != 0
    assert out.read_text() == "earlier\n"
