"""``attune body``: a recording in, arousal and stress of each window out."""

from __future__ import annotations

import io
from contextlib import contextmanager
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from attunement.cli.opening import Models
from attunement.domain.errors import ErrorCode, Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from attunement.domain.body import BodyReading, Recording
    from attunement.reading.body.baseline import Baseline

EXAMPLES = """
Examples:

  attune body session.zip --baseline 8 > readings.jsonl

  attune body ride.csv --write-baseline rest.json

  attune body today.txt --start 2026-05-01T09:00:00Z --baseline-file rest.json

  attune body export.zip --since 2026-05-01 --until 2026-05-02
"""


def add_to(app: typer.Typer) -> None:
    """Add ``body``."""
    app.command("body", epilog=EXAMPLES)(body)


def body(
    file: Annotated[Path, typer.Argument(help="A recording of one person; - for standard input.")],
    format: Annotated[
        str | None,
        typer.Option(
            help="csv, e4, rr-text, open-mhealth, apple-health or apple-ecg; told by what is in it by default."
        ),
    ] = None,
    window: Annotated[float, typer.Option(min=10, max=3600, help="Seconds in a window.")] = 60.0,
    baseline: Annotated[
        float | None, typer.Option(min=1, help="So many minutes at the beginning are rest, to compare the others with.")
    ] = None,
    baseline_file: Annotated[Path | None, typer.Option(help="How this person is at rest, written earlier.")] = None,
    write_baseline: Annotated[Path | None, typer.Option(help="Write how this person is at rest to this file.")] = None,
    start: Annotated[
        str | None, typer.Option(help="When it began (ISO 8601), for files that do not say; 1970 by default.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Leave out what was recorded before (ISO 8601).")] = None,
    until: Annotated[str | None, typer.Option(help="Leave out what was recorded from then on (ISO 8601).")] = None,
    models: Models = None,
) -> None:
    """Read arousal and stress from heartbeats, heart rate, skin conductance and temperature; JSON lines out.

    Each line is a window, oldest first: where arousal lies among the person's own moments of rest (0.5 is usual), how
    likely stress is (null where it can't tell), how good the signal was, what was wrong with it, and what was
    measured. Without a baseline, rest is learned from the windows before. This is not a medical device.
    """
    from attunement.cli.jsonl import as_line, sink_of
    from attunement.reading.body.reader import BodyReader

    if baseline is not None and baseline_file is not None:
        raise typer.BadParameter("give --baseline or --baseline-file, not both.", param_hint="--baseline")
    recording = _between(_recording(file, format, start), _moment(since, "--since"), _moment(until, "--until"))
    reader = BodyReader(models=models, window=window)
    rested = _first(recording, window) + 60 * baseline if baseline is not None else -inf
    rest = reader.baseline(recording, until=rested) if baseline is not None else _read_baseline(baseline_file)
    readings = reader.read(recording, rest, rest_until=rested)
    if write_baseline is not None:
        with sink_of(write_baseline, told_as="--write-baseline") as sink:
            sink.write(as_line((rest or reader.baseline(recording)).as_json()))
    with sink_of(None) as sink:
        sink.writelines(as_line(face(reading)) for reading in readings)


def face(reading: BodyReading) -> dict[str, Any]:
    """A reading as JSON, with the fields others rely on."""
    low, high = reading.stress_range or (None, None)
    return {
        "start": reading.start.isoformat(), "end": reading.end.isoformat(),
        "arousal": {"mean": reading.arousal_mean, "sd": reading.arousal_sd},
        "stress": {"p": reading.stress_p, "lo80": low, "hi80": high},
        "quality": reading.quality, "why": [str(flaw) for flaw in reading.why],
        "features": dict(reading.features), "model": reading.model,
    }  # fmt: skip


def _recording(file: Path, format: str | None, start: str | None) -> Recording:
    from attunement.reading.body.formats import Format, read_recording

    if format is not None and format not in set(Format):
        raise typer.BadParameter(
            f"there is no format '{format}'; there are {', '.join(Format)}.", param_hint="--format"
        )
    with _opened(file) as source:
        return read_recording(source, format=Format(format) if format else None, start=_moment(start, "--start"))


def _between(recording: Recording, since: datetime | None, until: datetime | None) -> Recording:
    """What was recorded from ``since`` to before ``until``; an export of a phone holds years."""
    from attunement.domain.body import Channel, Recording

    if since is None and until is None:
        return recording
    first, end = since.timestamp() if since else -inf, until.timestamp() if until else inf
    kept = [(c, (c.times >= first) & (c.times < end)) for c in recording.channels]
    channels = tuple(Channel(c.kind, c.times[part], c.values[part]) for c, part in kept)
    if not any(channel.times.size for channel in channels):
        raise Invalid(ErrorCode.BAD_SIGNAL, "Nothing was recorded in that time. Choose another --since and --until.")
    return Recording(channels, recording.source, tuple(mark for mark in recording.marks if first <= mark < end))


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    """The file, or all of standard input: a format is told by the beginning, which is then read again."""
    from attunement.cli.jsonl import source_of

    with source_of(file) as source:
        yield source if source.seekable() else io.BytesIO(source.read())


def _moment(text: str | None, option: str) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(
            ErrorCode.BAD_TIME,
            "{option} is not an ISO 8601 instant. Write it as 2026-05-01T18:30:00+02:00.",
            option=option,
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _first(recording: Recording, window: float) -> float:
    """The second at which the first sitting of half a window or more begins, or else the first sample.

    What a device wrote before its clock was set (1970, mostly) is not the beginning that was meant.
    """
    from attunement.reading.body.features import sittings
    from attunement.reading.body.measuring import known_times

    found = sittings(known_times(recording))
    return next((first for first, last in found if last - first >= window / 2), found[0][0])


def _read_baseline(file: Path | None) -> Baseline | None:
    import orjson

    from attunement.reading.body.baseline import Baseline

    if file is None:
        return None
    if not file.is_file():
        raise typer.BadParameter(f"there is no file '{file}'.", param_hint="--baseline-file")
    try:
        value = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise Invalid(ErrorCode.BAD_INPUT, "The file of the baseline is not JSON. Make it again.") from error
    return Baseline.from_json(value)
