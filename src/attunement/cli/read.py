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
        bool,
        typer.Option(
            "--why",
            help="Add what each word did (of a long text, each few): [start, end, weight] for each label, valence, "
            "arousal, dominance, stress, the likeliest need and risk.",
        ),
    ] = False,
) -> None:
    """Read emotion, affect, stress, need and risk from texts: JSON lines in, JSON lines out, order kept.

    A line that cannot be read gives a line with "error" in its place, and the command ends with 3.
    """
    from attunement.cli.jsonl import answer_lines, required_text
    from attunement.reading.text_reader import TextReader

    reader = TextReader()

    def answers(texts: list[str]) -> list[dict[str, Any]]:
        readings = reader.read(texts)
        if not why:
            return [face(reading) for reading in readings]
        return [face(r) | {"why": reasons(reader, text, r)} for text, r in zip(texts, readings, strict=True)]

    answer_lines(file, lambda line: required_text(line, "text"), answers, batch=BATCH)


def reasons(reader: TextReader, text: str, reading: Reading) -> dict[str, list[list[float]]]:
    """For all that was read from a text: ``[start, end, weight]`` of each word."""
    from attunement.reading.why import asked_of

    words = {what: reader.why(text, what) for what in asked_of(reading)}
    return {what: [[a.start, a.end, round(a.weight, 4)] for a in found] for what, found in words.items()}


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
