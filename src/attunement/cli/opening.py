"""What commands share that open a programme: its address, and closing it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attunement.library.resources import MODELS

if TYPE_CHECKING:
    from attunement.programme.house import House

DEFAULT_URL = "sqlite:///data/attunement.db"

Url = Annotated[
    str,
    typer.Option(
        envvar="ATTUNEMENT_URL",
        help="The database: sqlite:///FILE or postgresql://USER@HOST/NAME.",
        show_default=True,
    ),
]


Models = Annotated[
    Path | None,
    typer.Option(
        "--models", envvar=MODELS, exists=True, file_okay=False, metavar="FOLDER",
        help="Models of your own instead of those that ship: a folder as 'models' is.",
    ),
]  # fmt: skip


@contextmanager
def opened(url: str, *, must_exist: bool = True) -> Iterator[House]:
    """The programme behind ``url``, closed afterwards.

    Raises `NotFound` (``not-found``) where an SQLite file is to be there and is not: a mistyped address must not
    make an empty programme.
    """
    from attunement.domain.errors import ErrorCode, NotFound
    from attunement.programme.house import open_house
    from attunement.store.engine import parse_url, sqlite_file

    file = sqlite_file(parse_url(url))
    if must_exist and file is not None and not file.is_file():
        raise NotFound(
            ErrorCode.NOT_FOUND,
            "There is no database '{file}'. Name one with --url, or make one with 'attune serve'.",
            file=file,
        )
    house = open_house(url)
    try:
        yield house
    finally:
        house.close()
