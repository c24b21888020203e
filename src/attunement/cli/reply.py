"""``attune reply``: conversations in, the companion's next answer out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attunement.cli.opening import Models
from attunement.cli.replies import turns_of
from attunement.cli.talking import VOICE_HELP, opened_companion
from attunement.domain.conversation import Line, Speaker

if TYPE_CHECKING:
    from attunement.dialogue.answer import Answer

BATCH = 16
SPEAKER_OF = {"seeker": Speaker.MEMBER, "supporter": Speaker.COMPANION}
EXAMPLES = """
Example:

  echo '{"conversation": [{"role": "seeker", "text": "I lost my job and I can'"'"'t tell my wife."}]}' | attune reply
"""


def add_to(app: typer.Typer) -> None:
    """Add ``reply``."""
    app.command("reply", epilog=EXAMPLES)(reply)


def reply(
    file: Annotated[
        Path | None, typer.Argument(help="JSON lines with a field 'conversation'; standard input by default.")
    ] = None,
    country: Annotated[str | None, typer.Option(help="Whose helplines are shown (ISO 3166-1, such as DE).")] = None,
    ideas: Annotated[
        float, typer.Option(min=0, max=1, help="What the person prefers: 0 more listening, 1 more ideas.")
    ] = 0.5,
    voice: Annotated[bool, typer.Option("--voice", help=VOICE_HELP)] = False,
    models: Models = None,
) -> None:
    """Answer the last turn of a seeker as the companion would: JSON lines in, JSON lines out, order kept.

    A conversation is a list of {"role": "seeker" or "supporter", "text"} that ends with the seeker. The same
    conversation gets the same answer. "risk" is how much danger the talk speaks of, "actions" what is to be done.
    Other fields of a line are left unread. A line that cannot be read gives a line with "error" in its place, and the
    command ends with 3.
    """
    from attunement.cli.jsonl import answer_lines
    from attunement.dialogue.partner import Partner
    from attunement.library.countries import check_country
    from attunement.library.library import load_library
    from attunement.library.resources import content_folder

    if country is not None:
        check_country(country.upper())
    companion = opened_companion(voice=voice, models=models)
    partner = Partner(ideas=ideas, country=country, practices=load_library(content_folder()).practices)
    answer_lines(
        file,
        conversation_of,
        lambda talks: [reply_face(companion.reply(talk, partner=partner)) for talk in talks],
        batch=BATCH,
    )


def conversation_of(line: dict[str, Any]) -> list[Line]:
    """The lines of a conversation to answer.

    >>> conversation_of({"conversation": [{"role": "seeker", "text": "She left."}]})[0].speaker.value
    'member'

    Raises `Invalid` (``bad-input``) where something is not a turn, or the last is not the seeker's.
    """
    from attunement.dialogue.hearing.talk import check_answerable

    lines = [Line(SPEAKER_OF[role], text) for role, text in turns_of(line)]
    check_answerable(lines)
    return lines


def reply_face(answer: Answer) -> dict[str, Any]:
    """An answer as JSON, with the fields others rely on."""
    choice = answer.choice
    return {
        "reply": answer.text, "strategy": str(answer.strategy), "risk": str(answer.risk), "by": answer.by,
        "actions": [{"kind": str(a.kind), "level": str(a.level), "reason": a.reason} for a in answer.actions],
        "why": [str(reason) for reason in answer.why], "practice": answer.practice, "moment": answer.moment or None,
        "step": answer.step or None,
        "p": {str(s): p for s, p in choice.probabilities.items()} if choice else None,
        "language": answer.language, "words": answer.words,
    }  # fmt: skip
