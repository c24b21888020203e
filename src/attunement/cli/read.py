"""``attune read``: texts in, what the reader makes of them out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attunement.cli.opening import Models
from attunement.domain.errors import ErrorCode, Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from attunement.domain.reading import Attribution, Reading
    from attunement.reading.text_reader import TextReader

BATCH = 64
EXAMPLES = """
Examples:

  echo '{"text": "I keep putting off the call to my brother."}' | attune read

  attune read posts.jsonl > readings.jsonl

  attune read posts.jsonl --why

  echo '{"text": "finally a day off"}' | attune read --check-ins

  echo '{"text": "I am so sad tonight.", "history": ["Nobody would miss me if I was gone."]}' | attune read
"""


def add_to(app: typer.Typer) -> None:
    """Add ``read``."""
    app.command("read", epilog=EXAMPLES)(read)


def read(
    file: Annotated[
        Path | None, typer.Argument(help="JSON lines with a field 'text', and 'history' if known; standard input.")
    ] = None,
    why: Annotated[
        bool,
        typer.Option(
            "--why",
            help="Add what each word did (of a long text, each few): [start, end, weight] for each label, valence, "
            "arousal, dominance, stress, the likeliest need and risk.",
        ),
    ] = False,
    check_ins: Annotated[
        bool,
        typer.Option("--check-ins", help="Read them as check-ins, whose writers tell how they are: more is heard."),
    ] = False,
    models: Models = None,
) -> None:
    """Read emotion, affect, stress, need and risk from texts: JSON lines in, JSON lines out, order kept.

    A line may have "history", what the same person wrote in the 72 hours before, oldest first (at most 40 texts): risk
    and need are then read in its light, and "raised_from" tells the level of the text alone where that raised it. Where
    a text tells that somebody hurts, threatens or exploits its writer or somebody near, "violence" is true. Its risk is
    then a sign of danger at least, as in check-ins, and so it is where another's life may be in danger or the writer
    may hurt somebody: "harm" in "risk" tells which of these a model reads: hurt, life, worry or threat. Of a text of
    over 200,000 characters, "left_out" tells start and end of the middle, which only patterns of danger read.
    Other fields of a line are left unread. A line that cannot be read gives a line with "error" in its place, and the
    command ends with 3.
    """
    from attunement.cli.jsonl import answer_lines, required_text
    from attunement.reading.history import read_with_history
    from attunement.reading.text_reader import TextReader
    from attunement.reading.violence import in_light_of_harm, is_hurt

    reader = TextReader(models=models)
    if check_ins:
        reader = reader.for_check_ins()

    def answers(asked: list[tuple[str, list[str]]]) -> list[dict[str, Any]]:
        texts = [text for text, _ in asked]
        found = read_with_history(reader, texts, [history for _, history in asked])
        readings = [(text, in_light_of_harm(one, text)) for text, one in zip(texts, found, strict=True)]
        return [
            face(reading)
            | ({"violence": True} if is_hurt(text, reading.risk) else {})
            | ({"why": reasons(reader, text, reading)} if why else {})
            for text, reading in readings
        ]

    answer_lines(file, lambda line: (required_text(line, "text"), earlier_texts(line)), answers, batch=BATCH)


def earlier_texts(line: dict[str, Any]) -> list[str]:
    """What was written before the text of a line, oldest first; none where the line does not say.

    >>> earlier_texts({"text": "And again.", "history": ["I can't sleep."]})
    ["I can't sleep."]

    Raises `Invalid` (``bad-input``) where ``history`` is no list of texts, or has over 40.
    """
    from attunement.reading.history import MOST_EARLIER

    found = line.get("history")
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise Invalid(
            ErrorCode.BAD_INPUT,
            "The field 'history' is not a list of texts. Give what was written before, oldest first, or leave it out.",
        )
    if len(found) > MOST_EARLIER:
        raise Invalid(
            ErrorCode.BAD_INPUT,
            "The field 'history' has {n} texts; the most is {most}. Leave out the oldest.",
            n=len(found), most=MOST_EARLIER,
        )  # fmt: skip
    return found


def reasons(reader: TextReader, text: str, reading: Reading) -> dict[str, list[list[float]]]:
    """For all that was read from a text: ``[start, end, weight]`` of each word."""
    from attunement.reading.why import asked_of

    return {what: as_triples(reader.why(text, what)) for what in asked_of(reading)}


def as_triples(words: Sequence[Attribution]) -> list[list[float]]:
    """Words as ``[start, end, weight]``."""
    return [[word.start, word.end, round(word.weight, 4)] for word in words]


def face(reading: Reading) -> dict[str, Any]:
    """A reading as JSON, with the fields others rely on."""
    from attunement.domain.reading import Harm

    emotion, risk = reading.emotion, reading.risk
    raised = {"raised_from": str(risk.raised_from)} if risk.raised_from else {}
    harm = {"harm": str(risk.harm)} if risk.harm is not Harm.NONE else {}
    unread = {"left_out": list(reading.left_out)} if reading.left_out else {}
    return {
        "emotions": dict(emotion.emotions), "labels": list(emotion.labels),
        "valence": emotion.valence, "arousal": emotion.arousal, "dominance": emotion.dominance,
        "stress": emotion.stress, "need": {str(need): p for need, p in reading.need.p.items()},
        "risk": {"level": str(risk.level), "p": risk.p} | raised | harm,
        "language": reading.language, "model": reading.model,
    } | unread  # fmt: skip
