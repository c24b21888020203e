"""``attune read``: texts in, what the reader makes of them out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from attunement.domain.reading import Reading
    from attunement.reading.text_reader import TextReader

BATCH = 64
EXAMPLES = """
Examples:

  echo '{"text": "I keep putting off the call to my brother."}' | attune read

  attune read posts.jsonl > readings.jsonl

  attune read posts.jsonl --why
"""


def add_to(app: typer.Typer) -> None:
    """Add ``read``."""
    app.command("read", epilog=EXAMPLES)(read)


def read(
    file: Annotated[
        Path | None, typer.Argument(help="JSON lines with a field 'text'; standard input by default.")
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Add what each word did: [start, end, weight] for each label, need and risk.")
    ] = False,
) -> None:
    """Read emotion, affect, stress, need and risk from texts: JSON lines in, JSON lines out, order kept.

    A line that cannot be read gives a line with "error" in its place, and the command ends with 3.
    """
    from attunement.cli.jsonl import answer_lines, required_text
    from attunement.reading.text_reader import TextReader

    reader = TextReader()

    def answers(texts: list[str]) -> list[dict[str, Any]]:
        faces = [face(reading) for reading in reader.read(texts)]
        if not why:
            return faces
        return [found | {"why": reasons(reader, text)} for text, found in zip(texts, faces, strict=True)]

    answer_lines(file, lambda line: required_text(line, "text"), answers, batch=BATCH)


def reasons(reader: TextReader, text: str) -> dict[str, list[list[float]]]:
    """For each label found, the likeliest need and danger: ``[start, end, weight]`` of each word."""
    (reading,) = reader.read([text])
    asked = [*reading.emotion.labels, str(max(reading.need.p, key=lambda need: reading.need.p[need])), "risk"]
    return {what: [[a.start, a.end, round(a.weight, 4)] for a in reader.why(text, what)] for what in asked}


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
