"""``attune forecast``: a table of ratings in, what each was expected to be out."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attunement.domain.errors import ErrorCode, Invalid

if TYPE_CHECKING:
    from attunement.foresight.panel import Ahead, Row

EXAMPLES = """
Examples:

  attune forecast moods.csv --low 1 --high 7 > expected.jsonl

  attune forecast diary.csv --person id --time when --value calm
"""
MISSING = {"", "na", "nan", "null", "none"}


def add_to(app: typer.Typer) -> None:
    """Add ``forecast``."""
    app.command("forecast", epilog=EXAMPLES)(forecast)


def forecast(
    file: Annotated[Path, typer.Argument(help="A CSV file with a header, one rating a row; - for standard input.")],
    person: Annotated[str, typer.Option(help="The column that says whose a rating is.")] = "person",
    time: Annotated[str, typer.Option(help="The column of times: ISO 8601, or numbers.")] = "time",
    value: Annotated[str, typer.Option(help="The column of ratings.")] = "value",
    unit: Annotated[
        str | None,
        typer.Option(help="What numbers in the column of times count: hours, days, seconds or steps; told by default."),
    ] = None,
    low: Annotated[
        float | None, typer.Option(help="The lower end of the scale; with neither end, what was seen so far.")
    ] = None,
    high: Annotated[float | None, typer.Option(help="The upper end of the scale.")] = None,
) -> None:
    """Say of each rating what was expected of it one step before, using earlier rows only; JSON lines out.

    "mean" is the middle of what was expected (the median, which errs least), and "lo80" to "hi80" the shortest range
    that holds the rating in 8 of 10 cases. "rows" says how many ratings of the person it rests on; the first row of
    all, where no scale is given, rests on nothing. A row without a rating is forecast too. Forecasts say what is usual;
    they cannot know what happens.
    """
    from attunement.cli.jsonl import SOME_FAILED, as_line, error_of, sink_of, source_of
    from attunement.foresight.panel import Row, Unit, forecast_rows, unit_of

    if unit is not None and unit not in set(Unit):
        raise typer.BadParameter(f"there is no unit '{unit}'; there are {', '.join(Unit)}.", param_hint="--unit")
    if (low is None) != (high is None):
        raise typer.BadParameter("give both ends of the scale, or neither.", param_hint="--low and --high")
    if low is not None and high is not None and not low < high:
        raise typer.BadParameter("give the lower end of the scale as --low.", param_hint="--low")
    with source_of(file) as source:
        table = list(_table(source.read(), person, time, value))
    numbers = next((_number(cells[1]) is not None for _, cells in table if cells and _when(cells[1])), True)
    parsed = [_parsed(number, cells, low, high, numbers=numbers) for number, cells in table]
    rows = [row for row in parsed if isinstance(row, Row)]
    counts = (Unit(unit) if unit else unit_of(rows)) if numbers else Unit.HOURS
    found = iter(zip(rows, forecast_rows(rows, unit=counts, low=low, high=high), strict=True))
    with sink_of(None) as sink:
        for (number, cells), row in zip(table, parsed, strict=True):
            answer = error_of(row, number) if isinstance(row, Invalid) else face(*next(found), cells[1])
            sink.write(as_line(answer))
    if len(rows) < len(parsed):
        raise typer.Exit(SOME_FAILED)


def face(row: Row, ahead: Ahead, time: str) -> dict[str, Any]:
    """What was expected of a row as JSON, with the fields others rely on; the time as it stood in the table."""
    return {
        "person": row.person, "time": _as_it_stood(time), "mean": ahead.middle, "lo80": ahead.low, "hi80": ahead.high,
        "rows": ahead.rows,
    }  # fmt: skip


def _table(data: bytes, *columns: str) -> Iterator[tuple[int, list[str]]]:
    """The number of each line after the header, and its cells in these columns; raises `Invalid` for no table.

    A line of more cells than the header has none in these columns: nobody knows which is which (a comma in a number).
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(ErrorCode.BAD_TEXT, "The file is not UTF-8 (byte {byte}). Save it as UTF-8.", byte=error.start) \
            from error  # fmt: skip
    try:
        yield from _cells(csv.DictReader(io.StringIO(text, newline="")), columns)
    except csv.Error as error:
        raise Invalid(
            ErrorCode.BAD_INPUT, "The file is no CSV that can be read: {reason}. Save it as CSV again.", reason=error
        ) from error


def _cells(reader: csv.DictReader[str], columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    missing = [c for c in columns if c not in (reader.fieldnames or ())]
    if missing:
        raise Invalid(
            ErrorCode.BAD_INPUT,
            "There is no column '{column}'. The columns are: {columns}. Name yours with --person, --time and --value.",
            column=missing[0], columns=", ".join(reader.fieldnames or ()) or "none",
        )  # fmt: skip
    for cells in reader:
        yield reader.line_num, [] if None in cells else [cells[c] or "" for c in columns]


def _parsed(number: int, cells: list[str], low: float | None, high: float | None, *, numbers: bool) -> Row | Invalid:
    """A row, or what is wrong with it; times are all ``numbers`` or all instants, as the first that can be read."""
    from attunement.foresight.panel import Row

    if not cells:
        return Invalid(
            ErrorCode.BAD_INPUT,
            "Line {line} has more cells than the header. Put a cell that holds a comma in quotes, and write decimals "
            "with a point.",
            line=number,
        )
    person, time, text = (cell.strip() for cell in cells)
    when = _when(time) if (_number(time) is not None) == numbers else None
    if not person or when is None:
        return Invalid(
            ErrorCode.BAD_TIME if person else ErrorCode.BAD_INPUT,
            "Line {line} has no {what}. Give a person, and times that are all ISO 8601 or all numbers.",
            line=number, what="time that can be read" if person else "person",
        )  # fmt: skip
    if text.lower() in MISSING:
        return Row(person, when[0], None, when[1])
    value = _number(text)
    if value is None or (low is not None and value < low) or (high is not None and value > high):
        return Invalid(
            ErrorCode.BAD_INPUT, "Line {line}: '{value}' is no rating on the scale. Correct it, or leave it empty.",
            line=number, value=text[:40],
        )  # fmt: skip
    return Row(person, when[0], value, when[1])


def _when(text: str) -> tuple[float, float | None] | None:
    """A number as it is; an instant as hours in which it is ordered, and as hours by the clock it was written with."""
    number = _number(text)
    if number is not None:
        return number, None
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    local = (at.replace(tzinfo=None) - datetime(1970, 1, 5)).total_seconds() / 3600  # noqa: DTZ001
    return local - (at.utcoffset() or timedelta()).total_seconds() / 3600, local


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _as_it_stood(time: str) -> str | float | int:
    number = _number(time)
    return time if number is None else int(number) if number.is_integer() else number
