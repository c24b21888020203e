"""``attune forecast``: a table of ratings in, what was expected of each out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Attune

FACE = {"person", "time", "mean", "lo80", "hi80", "rows"}
TABLE = "person,time,value\n" + "".join(f"a,{9 + 5 * k},{k % 4 + 1}\nb,{10 + 5 * k},{4 - k % 3}\n" for k in range(12))


def lines(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two people, twelve ratings each, in turns."""
    file = tmp_path / "moods.csv"
    file.write_text(TABLE)
    return file


def test_each_row_is_a_line_with_the_fields_others_rely_on(attune: Attune, table: Path) -> None:
    """As many lines as rows, in their order, each on the scale, resting on so many earlier ratings."""
    result = attune("forecast", table, "--low", "1", "--high", "5")
    found = lines(result.stdout)
    assert (result.exit_code, len(found)) == (0, 24)
    assert all(set(line) == FACE for line in found)
    assert [(line["person"], line["time"], line["rows"]) for line in found[:4]] == [
        ("a", 9, 0), ("b", 10, 0), ("a", 14, 1), ("b", 15, 1),
    ]  # fmt: skip
    assert all(1 <= line["lo80"] <= line["mean"] <= line["hi80"] <= 5 for line in found)


def test_columns_may_have_other_names_and_times_be_instants(attune: Attune, tmp_path: Path) -> None:
    """Named columns are used, others are left alone, and a time comes back as it stood."""
    file = tmp_path / "diary.csv"
    file.write_text("who,calm,when,note\nx,3,2026-05-04T09:00:00+02:00,hm\nx,,2026-05-04T21:00:00+02:00,\n")
    result = attune("forecast", file, "--person", "who", "--time", "when", "--value", "calm")
    assert result.exit_code == 0
    assert [line["time"] for line in lines(result.stdout)] == ["2026-05-04T09:00:00+02:00", "2026-05-04T21:00:00+02:00"]


def test_a_bad_row_says_what_is_wrong_and_the_others_are_answered(attune: Attune, tmp_path: Path) -> None:
    """A value beyond the scale, one that is no number, a time that is none and no person: each told by its line."""
    file = tmp_path / "bad.csv"
    file.write_text("person,time,value\na,1,3\na,2,9\na,3,x\na,soon,3\n,5,3\na,6,nan\n")
    result = attune("forecast", file, "--low", "1", "--high", "5")
    found = lines(result.stdout)
    assert result.exit_code == 3
    assert ["error" in line for line in found] == [False, True, True, True, True, False]
    assert [line["error"]["line"] for line in found[1:5]] == [3, 4, 5, 6]
    assert found[5]["rows"] == 1


def test_a_comma_in_a_number_is_not_taken_for_another_column(attune: Attune, tmp_path: Path) -> None:
    """A line of more cells than the header is told by its number, and never read as another rating."""
    file = tmp_path / "moods.csv"
    file.write_text("person,time,value\na,1,3,5\na,2,4\n")
    result = attune("forecast", file)
    first, second = lines(result.stdout)
    assert (result.exit_code, first["error"]["line"], second["rows"]) == (3, 2, 0)
    assert "more cells than the header" in first["error"]["message"]


def test_a_table_without_the_columns_names_those_there_are(attune: Attune, tmp_path: Path) -> None:
    """The message lists the header."""
    file = tmp_path / "other.csv"
    file.write_text("id,when\n1,2\n")
    result = attune("forecast", file)
    assert result.exit_code == 1
    assert "bad-input: There is no column 'person'. The columns are: id, when." in result.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--unit", "weeks"], "there is no unit 'weeks'"),
        (["--low", "5", "--high", "1"], "lower end"),
        (["--low", "1"], "both ends"),
        (["--high", "5"], "both ends"),
    ],
)
def test_options_that_cannot_be_are_refused(attune: Attune, table: Path, options: list[str], message: str) -> None:
    """Units that do not exist, half a scale and one the wrong way round end with the usage and a reason."""
    result = attune("forecast", table, *options)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.replace("│", " ").split())


def test_an_empty_table_gives_nothing(attune: Attune, tmp_path: Path) -> None:
    """A header alone is no error."""
    file = tmp_path / "empty.csv"
    file.write_text("person,time,value\n")
    result = attune("forecast", file)
    assert (result.exit_code, result.stdout) == (0, "")


def test_instants_are_ordered_as_they_came_where_the_clock_goes_back(attune: Attune, tmp_path: Path) -> None:
    """02:50 in summer time comes before 02:10 in winter time: the second rests on the first, not the first on it."""
    file = tmp_path / "autumn.csv"
    file.write_text("person,time,value\na,2026-10-25T02:50:00+02:00,2\na,2026-10-25T02:10:00+01:00,4\n")
    assert [line["rows"] for line in lines(attune("forecast", file).stdout)] == [0, 1]


def test_times_of_two_kinds_are_told_by_their_line(attune: Attune, tmp_path: Path) -> None:
    """A number among instants is no time that can be read, and one unreadable time among numbers changes no other."""
    mixed, numbered = tmp_path / "mixed.csv", tmp_path / "numbered.csv"
    mixed.write_text("person,time,value\na,2026-10-25,2\na,3,4\n")
    numbered.write_text("person,time,value\n" + "a,soon,1\n" + "".join(f"a,{k},{k % 3}\n" for k in range(1, 6)))
    first, second = attune("forecast", mixed), attune("forecast", numbered)
    assert ["error" in line for line in lines(first.stdout)] == [False, True]
    plain = tmp_path / "plain.csv"
    plain.write_text("person,time,value\n" + "".join(f"a,{k},{k % 3}\n" for k in range(1, 6)))
    assert lines(second.stdout)[1:] == lines(attune("forecast", plain).stdout)


def test_a_file_that_is_no_csv_says_so(attune: Attune, tmp_path: Path) -> None:
    """A cell longer than any rating is told, with a code and without a traceback."""
    file = tmp_path / "long.csv"
    file.write_text("person,time,value\n" + "x" * 200_000 + ",1,2\n")
    result = attune("forecast", file)
    assert (result.exit_code, result.stderr.startswith("bad-input: The file is no CSV")) == (1, True)
