"""All command groups under one name, and what every command has in common: how it fails."""

from __future__ import annotations

import errno
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from attunement import __version__
from attunement.cli import (
    alerts,
    body,
    coach,
    content,
    forecast,
    member,
    objective,
    policy,
    programme,
    reach,
    read,
    rehearse,
    replay,
    replies,
    reply,
    segments,
    serve,
)
from attunement.domain.errors import AttunementError, ErrorCode

INTERRUPTED, PIPE_CLOSED = 130, 141


class CodedGroup(TyperGroup):
    """Ends with a line ``code: message`` where a command raises a coded error; never with a traceback for one."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; raises `typer.Exit` with the code of what happened."""
        try:
            return super().invoke(ctx)
        except AttunementError as error:
            typer.echo(f"{error.code}: {error}", err=True)
            raise typer.Exit(1) from error
        except KeyboardInterrupt as error:
            raise typer.Exit(INTERRUPTED) from error
        except BrokenPipeError as error:  # whoever read our lines has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(PIPE_CLOSED) from error
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left cannot be written either
            typer.echo(f"{ErrorCode.STORE_FULL}: There is no room for what is written. Free some space.", err=True)
            raise typer.Exit(1) from error


app = typer.Typer(
    cls=CodedGroup, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Attunement: personalises empathy practice and keeps people in charge of it.",
    epilog="Begin with [bold]attune serve --demo[/bold]: a programme of made-up people, in your browser.",
)  # fmt: skip


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"attunement {__version__}")
        raise typer.Exit


@app.callback()
def _attune(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    pass


GROUPS = (
    serve, read, replies, reply, rehearse, coach, body, forecast, replay, programme, content, member, policy, objective,
    segments, reach, alerts,
)  # fmt: skip
for group in GROUPS:
    group.add_to(app)
