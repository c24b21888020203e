"""``attune body``: a recording in, one line a window out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from conftest import Attune

FACE = {"start", "end", "arousal", "stress", "quality", "why", "features", "model"}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Eight minutes of heart rate and skin conductance as a table; in the last the heart is quick."""
    rng, t = np.random.default_rng(1), np.arange(480)
    heart = np.where(t >= 420, 95, 70) + rng.normal(0, 1, 480)
    skin = np.where(t >= 420, 3, 1) + 0.05 * np.sin(t / 9) + rng.normal(0, 0.01, 480)
    file = tmp_path / "day.csv"
    rows = (f"{1_777_636_800 + k},{h:.1f},{s:.4f}\n" for k, h, s in zip(t, heart, skin, strict=True))
    file.write_text("time,hr,eda_us\n" + "".join(rows))
    return file


def lines(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def test_each_window_is_a_line_with_the_fields_others_rely_on(attune: Attune, table: Path) -> None:
    """Eight minutes give eight lines, oldest first; null where it can't tell, NaN nowhere."""
    result = attune("body", table)
    readings = lines(result.stdout)
    assert (result.exit_code, len(readings)) == (0, 8)
    assert all(set(reading) == FACE for reading in readings)
    assert readings[0]["start"] == "2026-05-01T12:00:00+00:00"
    assert readings[0]["stress"] == {"p": None, "lo80": None, "hi80": None}
    assert readings[0]["why"] == ["no-baseline"]
    assert set(readings[0]["arousal"]) == {"mean", "sd"}  # type: ignore[call-overload]
    assert readings[0]["features"]["rmssd"] is None  # type: ignore[index]
    assert readings[-1]["stress"]["p"] > readings[-2]["stress"]["p"]  # type: ignore[index]
    assert "NaN" not in result.stdout


def test_the_first_minutes_as_rest(attune: Attune, table: Path) -> None:
    """With --baseline 5 the first five windows say that they are rest, and it can tell in all."""
    readings = lines(attune("body", table, "--baseline", "5").stdout)
    assert ["in-baseline" in r["why"] for r in readings] == [True] * 5 + [False] * 3  # type: ignore[operator]
    assert all(r["stress"]["p"] is not None for r in readings)  # type: ignore[index]


def test_rest_begins_where_the_recording_does_and_not_where_a_clock_was_not_set(attune: Attune, table: Path) -> None:
    """A first row of 1970 takes nothing from the five minutes of rest."""
    head, first, *rest = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([head, "0," + first.split(",", 1)[1], *rest]), encoding="utf-8")
    readings = lines(attune("body", table, "--baseline", "5").stdout)
    assert ["in-baseline" in r["why"] for r in readings] == [True] * 6 + [False] * 3  # type: ignore[operator]
    assert all(r["stress"]["p"] is not None for r in readings[1:])  # type: ignore[index]


def test_a_baseline_is_kept_for_another_day(attune: Attune, table: Path, tmp_path: Path) -> None:
    """Written once and given again, it can tell from the first window on; and the two options do not go together."""
    rest = tmp_path / "rest.json"
    assert attune("body", table, "--baseline", "6", "--write-baseline", rest).exit_code == 0
    readings = lines(attune("body", table, "--baseline-file", rest).stdout)
    assert readings[0]["stress"]["p"] is not None  # type: ignore[index]
    assert attune("body", table, "--baseline-file", rest, "--baseline", "6").exit_code == 2


def test_longer_windows_and_standard_input(attune: Attune, table: Path) -> None:
    """Windows of two minutes are half as many; standard input gives what the file gives."""
    assert len(lines(attune("body", table, "--window", "120").stdout)) == 4
    assert attune("body", "-", given=table.read_bytes()).stdout == attune("body", table).stdout


def test_when_intervals_began(attune: Attune, tmp_path: Path) -> None:
    """A file of intervals begins when one says, or in 1970."""
    file = tmp_path / "polar.txt"
    file.write_text("\n".join(str(800 + 10 * (k % 4)) for k in range(200)))
    assert lines(attune("body", file, "--start", "2026-05-01T14:00:00+02:00").stdout)[0]["start"] == (
        "2026-05-01T12:00:00+00:00"
    )
    assert lines(attune("body", file, "--format", "rr-text").stdout)[0]["start"] == "1970-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "code"),
    [("time,steps\n1,2\n", "bad-signal"), ("hello", "unknown-format"), ("PK\x03\x04broken", "bad-signal")],
)
def test_what_cannot_be_read_ends_with_a_code(attune: Attune, tmp_path: Path, text: str, code: str) -> None:
    """No signal, no format, a damaged zip: nothing on the output, and a line with the code."""
    (tmp_path / "file").write_text(text)
    result = attune("body", tmp_path / "file")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{code}: ")


def test_a_part_of_a_long_recording(attune: Attune, table: Path) -> None:
    """From the third minute to before the sixth there are three windows; of another day there is nothing."""
    part = attune("body", table, "--since", "2026-05-01T12:02:00Z", "--until", "2026-05-01T14:05:00+02:00")
    assert [str(reading["start"])[14:16] for reading in lines(part.stdout)] == ["02", "03", "04"]
    assert attune("body", table, "--since", "2026-05-02").stderr.startswith("bad-signal: ")
    assert attune("body", table, "--until", "noon").stderr.startswith("bad-time: --until")


@pytest.mark.parametrize("start", ["0001-01-01T00:00:00+14:00", "1960-01-01", "9999-12-31T23:59:00Z"])
def test_a_start_no_recording_can_have_is_told(attune: Attune, tmp_path: Path, start: str) -> None:
    """Intervals counted from long ago, or from far ahead."""
    (tmp_path / "rr.txt").write_text("800\n" * 100)
    result = attune("body", tmp_path / "rr.txt", "--start", start)
    assert (result.exit_code, result.stdout, result.stderr.partition(":")[0]) == (1, "", "bad-signal")


def test_options_that_are_wrong_are_told(attune: Attune, table: Path, tmp_path: Path) -> None:
    """A file that is not there, a format there is not, a time that is none, a baseline that is none."""
    (tmp_path / "rest.json").write_text("{")
    assert attune("body", tmp_path / "none.csv").exit_code == 2
    assert attune("body", table, "--format", "excel").exit_code == 2
    assert attune("body", table, "--start", "noon").stderr.startswith("bad-time: ")
    assert attune("body", table, "--baseline-file", tmp_path / "rest.json").stderr.startswith("bad-input: ")
    assert attune("body", table, "--baseline-file", tmp_path / "none.json").exit_code == 2
    unwritten = attune("body", table, "--write-baseline", tmp_path / "none" / "rest.json")
    assert (unwritten.exit_code, unwritten.stdout, "--write-baseline" in unwritten.stderr) == (2, "", True)
