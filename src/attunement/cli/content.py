"""``attune content``: checks the words of practices before anyone meets them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FOLDER_HELP = "A content folder; the one that ships by default."


def add_to(app: typer.Typer) -> None:
    """Add the group ``content``."""
    group = typer.Typer(no_args_is_help=True, help="Practices, families and helplines: the words for people.")
    group.callback()(_group)
    group.command("check", epilog="Example:\n\n  attune content check ./our-content")(check)
    app.add_typer(group, name="content")


def _group() -> None:
    """Practices, families and helplines: the words for people."""


def check(
    folder: Annotated[Path | None, typer.Argument(help=FOLDER_HELP, exists=True, file_okay=False)] = None,
) -> None:
    """Check all content: each fault with its file, its line and what to change. Ends with 1 where there is one.

    Where practices have no fault it warns of states in which none of them could be offered.
    """
    from attunement.library.cases import read_cases
    from attunement.library.coach_words import read_coach_words
    from attunement.library.companion_words import check_companion_words
    from attunement.library.content_check import check_content
    from attunement.library.helplines import read_helplines
    from attunement.library.openings import read_openings
    from attunement.library.personas import read_personas
    from attunement.library.prompts import check_prompts
    from attunement.library.resources import content_folder

    place = folder or content_folder()
    faults = [*check_content(place), *check_prompts(place), *check_companion_words(place)]
    faults += [*read_cases(place)[1], *read_personas(place)[1], *read_openings(place)[1]]
    if (place / "helplines.yaml").is_file():
        faults += read_helplines(place / "helplines.yaml")[1]
    if (place / "coach").is_dir():
        faults += read_coach_words(place)[1]
    for fault in faults:
        typer.echo(str(fault))
    practices = len(list((place / "practices").glob("*.md")))
    if practices and not check_content(place):
        _warn_of_gaps(place)
    typer.echo(f"{practices} practices, {len(faults)} faults.", err=True)
    if faults or not practices:
        raise typer.Exit(1)


def _warn_of_gaps(place: Path) -> None:
    from attunement.library.library import load_library
    from attunement.policy.eligibility import gaps

    for gap in gaps(load_library(place).practices):
        where = " and ".join(sorted(gap))
        gentle = " of intensity 1" if "risk" in gap else ""
        typer.echo(
            f"Warning: nothing is left to offer to somebody of whom '{where}' holds. Add a practice{gentle} whose "
            "avoid_when does not name it.",
            err=True,
        )
