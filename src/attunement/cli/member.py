"""``attune member``: gives a member their data, or erases them, where they cannot do it themselves."""

from __future__ import annotations

from typing import Annotated

import typer

from attunement.cli.opening import DEFAULT_URL, Url

MemberId = Annotated[str, typer.Argument(metavar="MEMBER", help="The member's id, as their journey page shows it.")]


def add_to(app: typer.Typer) -> None:
    """Add the group ``member``."""
    group = typer.Typer(no_args_is_help=True, help="A member's own data: hand it over, or erase it.")
    group.command("export", epilog="Example:\n\n  attune member export MEMBER > theirs.json")(export)
    group.command("erase", epilog="Example:\n\n  attune member erase MEMBER --yes")(erase)
    app.add_typer(group, name="member")


def export(member: MemberId, url: Url = DEFAULT_URL) -> None:
    """Print everything held about a member as JSON."""
    import orjson

    from attunement.cli.opening import opened
    from attunement.programme.exports import access_export

    with opened(url) as house:
        data = access_export(house, member)
    typer.echo(orjson.dumps(data, option=orjson.OPT_INDENT_2))


def erase(
    member: MemberId,
    url: Url = DEFAULT_URL,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a member for good: their words, their key and what they taught the shared policy; first shows what goes."""
    from attunement.cli.opening import opened
    from attunement.programme.erasure import access_erasure_preview, do_erase

    with opened(url) as house:
        preview = access_erasure_preview(house, member)
        for name, count in preview.counts.items():
            typer.echo(f"{count:>8}  {name.replace('_', ' ')}", err=True)
        if not yes:
            typer.confirm("This cannot be undone. Erase them?", abort=True, err=True)
        receipt = do_erase(house, member)
    typer.echo(f"erased; receipt {receipt.id}")
