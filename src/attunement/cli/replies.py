"""``attune empathy`` and ``attune strategy``: replies in, how empathic they are and what they do out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attunement.cli.opening import Models
from attunement.domain.errors import ErrorCode, Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from attunement.domain.reply import ReplyReading

BATCH = 32
ROLES = ("seeker", "supporter")
NO_WORDS, NOT_ENGLISH = "The turn has no words that can be read.", "The turn is not in English, which alone is read."
EMPATHY_EXAMPLES = """
Examples:

  echo '{"post": "I failed again.", "reply": "That must hurt. What happened?"}' | attune empathy

  attune empathy pairs.jsonl --why
"""
STRATEGY_EXAMPLES = """
Examples:

  echo '{"conversation": [{"role": "seeker", "text": "She left."}, {"role": "supporter", "text": "When?"}]}'
  | attune strategy

  attune strategy talks.jsonl --why
"""


def add_to(app: typer.Typer) -> None:
    """Add ``empathy`` and ``strategy``."""
    app.command("empathy", epilog=EMPATHY_EXAMPLES)(empathy)
    app.command("strategy", epilog=STRATEGY_EXAMPLES)(strategy)


def empathy(
    file: Annotated[
        Path | None, typer.Argument(help="JSON lines with fields 'post' and 'reply'; standard input by default.")
    ] = None,
    why: Annotated[
        bool,
        typer.Option(
            "--why",
            help="Add what each word of the reply did (of a long one, each few): [start, end, weight] for each "
            "mechanism, concern and distress.",
        ),
    ] = False,
    models: Models = None,
) -> None:
    """Read how empathic replies are, and which words carry it: JSON lines in, JSON lines out, order kept.

    For each of three mechanisms (Sharma et al. 2020): a level from 0 (none) to 2 (strong), the probability of each
    level, and [start, end] of what carries it. It reads words, not what they did to anybody. Other fields of a line are
    left unread. A line that cannot be read gives a line with "error" in its place, and the command ends with 3.
    """
    from attunement.cli.jsonl import required_text
    from attunement.reading.reply_why import EMPATHY

    _answer(
        file, lambda line: (required_text(line, "post"), required_text(line, "reply")), empathy_face,
        (lambda _: EMPATHY) if why else None, models=models,
    )  # fmt: skip


def strategy(
    file: Annotated[
        Path | None, typer.Argument(help="JSON lines with a field 'conversation'; standard input by default.")
    ] = None,
    why: Annotated[
        bool,
        typer.Option(
            "--why",
            help="Add what each word of that turn did (of a long one, each few): [start, end, weight] for the "
            "likeliest strategy and behaviour, and for skill.",
        ),
    ] = False,
    models: Models = None,
) -> None:
    """Read which helping strategy the last turn of a supporter uses: JSON lines in, JSON lines out, order kept.

    A conversation is a list of {"role": "seeker" or "supporter", "text"}. Strategies are the eight of ESConv (Liu et
    al. 2021); "behaviour" tells reflections, questions and input apart as AnnoMI does (Wu et al. 2022), and "reflects"
    whether the turn is taken for a reflection. Of a turn without words, or not in English, "strategy" is null and
    "reason" says why. Other fields of a line are left unread. A line that cannot be read gives a line with "error" in
    its place, and the command ends with 3.
    """
    from attunement.reading.reply_why import asked_of_turn

    _answer(file, last_turn, strategy_face, asked_of_turn if why else None, models=models)


def _answer(
    file: Path | None, parse: Callable[[dict[str, Any]], tuple[str, str]],
    face: Callable[[ReplyReading], dict[str, Any]], asked: Callable[[ReplyReading], Sequence[str]] | None, *,
    models: Path | None,
) -> None:  # fmt: skip
    """Read the exchange of each line; where ``asked`` says what to ask of a reading, tell why as well."""
    from attunement.cli.jsonl import answer_lines
    from attunement.cli.read import as_triples
    from attunement.reading.reply_reader import ReplyReader

    reader = ReplyReader(models=models)

    def answers(exchanges: list[tuple[str, str]]) -> list[dict[str, Any]]:
        readings = reader.read(exchanges)
        if asked is None:
            return [face(reading) for reading in readings]
        return [
            face(reading) | {"why": {what: as_triples(reader.why(exchange, what)) for what in asked(reading)}}
            for exchange, reading in zip(exchanges, readings, strict=True)
        ]

    answer_lines(file, parse, answers, batch=BATCH)


def last_turn(line: dict[str, Any]) -> tuple[str, str]:
    """What the seeker said last before the supporter's last turn, and that turn.

    >>> talk = [{"role": "seeker", "text": "She left."}, {"role": "supporter", "text": "When?"}]
    >>> last_turn({"conversation": talk})
    ('She left.', 'When?')

    Raises `Invalid` (``bad-input``) where there is no such turn, or something is not a turn.
    """
    turns = turns_of(line)
    place = max((k for k, (role, _) in enumerate(turns) if role == "supporter"), default=None)
    if place is None:
        raise Invalid(ErrorCode.BAD_INPUT, "The conversation has no turn of a supporter. Give at least one.")
    said = [text for role, text in turns[:place] if role == "seeker"]
    return (said[-1] if said else "", turns[place][1])


def turns_of(line: dict[str, Any]) -> list[tuple[str, str]]:
    """Role and text of each turn of a line's ``conversation``; raises `Invalid` (``bad-input``) where one is none."""
    from attunement.cli.jsonl import required_list

    turns = []
    for number, turn in enumerate(required_list(line, "conversation", of="turns")):
        role, text = (turn.get("role"), turn.get("text")) if isinstance(turn, dict) else (None, None)
        if role not in ROLES or not isinstance(text, str):
            raise Invalid(
                ErrorCode.BAD_INPUT,
                "Turn {number} is not {{'role': 'seeker' or 'supporter', 'text': '...'}}. Correct it.",
                number=number,
            )
        turns.append((str(role), text))
    return turns


def empathy_face(reading: ReplyReading) -> dict[str, Any]:
    """A reading of empathy as JSON, with the fields others rely on."""
    mechanisms = {
        str(mechanism): {"level": found.level, "p": list(found.p), "spans": [list(span) for span in found.spans]}
        for mechanism, found in reading.empathy.items()
    }
    return mechanisms | {
        "concern": reading.concern, "distress": reading.distress, "language": reading.language, "model": reading.model,
    }  # fmt: skip


def strategy_face(reading: ReplyReading) -> dict[str, Any]:
    """A reading of strategy as JSON, with the fields others rely on; null and a reason where nothing was read."""
    from attunement.reading.language import UNKNOWN

    strategy = reading.likeliest_strategy
    return {
        "strategy": strategy and str(strategy), "p": {str(s): p for s, p in reading.strategy.items()},
        "behaviour": {str(b): p for b, p in reading.behaviour.items()},
        "reflects": reading.reflects, "skill": reading.skill,
        "language": reading.language, "model": reading.model,
    } | ({} if strategy else {"reason": NO_WORDS if reading.language == UNKNOWN else NOT_ENGLISH})  # fmt: skip
