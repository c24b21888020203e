"""``attune read``: texts in, what the reader makes of them out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attunement.domain.errors import AttunementError

if TYPE_CHECKING:
    from attunement.cli.jsonl import Line
    from attunement.domain.contracts import Reader
    from attunement.domain.reading import Reading

BATCH = 64
EXAMPLES = """
Examples:

  echo '{"text": "I keep putting off the call to my brother."}' | attune read

  attune read posts.jsonl > readings.jsonl
"""


def add_to(app: typer.Typer) -> None:
    """Add ``read``."""
    app.command("read", epilog=EXAMPLES)(read)


def read(
    file: Annotated[
        Path | None, typer.Argument(help="JSON lines with a field 'text'; standard input by default.")
    ] = None,
) -> None:
    """Read emotion, affect, stress, need and risk from texts: JSON lines in, JSON lines out, order kept.

    A line that cannot be read gives a line with "error" in its place, and the command ends with 3.
    """
    from attunement.cli.jsonl import SOME_FAILED, as_line, in_batches, parse_lines, sink_of, source_of
    from attunement.reading.first_reader import FirstReader

    reader, failed = FirstReader(), False
    with source_of(file) as source, sink_of(None) as sink:
        for batch in in_batches(parse_lines(source), BATCH):
            answers = read_batch(reader, batch)
            failed = failed or any("error" in answer for answer in answers)
            sink.writelines(as_line(answer) for answer in answers)
            sink.flush()
    if failed:
        raise typer.Exit(SOME_FAILED)


def read_batch(reader: Reader, batch: list[Line]) -> list[dict[str, Any]]:
    """One answer for each line, in order: a reading, or an error."""
    from attunement.cli.jsonl import error_of, required_text

    answers: list[dict[str, Any] | None] = []
    texts: list[str] = []
    for line in batch:
        try:
            if isinstance(line.value, AttunementError):
                raise line.value
            texts.append(required_text(line.value, "text"))
            answers.append(None)
        except AttunementError as error:
            answers.append(error_of(error, line.number))
    readings = iter(reader.read(texts))
    return [face(next(readings)) if answer is None else answer for answer in answers]


def face(reading: Reading) -> dict[str, Any]:
    """A reading as JSON, with the fields others rely on."""
    emotion = reading.emotion
    return {
        "emotions": dict(emotion.emotions), "labels": list(emotion.labels),
        "valence": emotion.valence, "arousal": emotion.arousal, "dominance": emotion.dominance,
        "stress": emotion.stress, "need": {str(need): p for need, p in reading.need.p.items()},
        "risk": {"level": str(reading.risk.level), "p": reading.risk.p},
        "language": reading.language, "model": reading.model,
    }  # fmt: skip
