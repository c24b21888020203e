"""``attune policy``: which versions of the shared policy there were, and what the newest believes."""

from __future__ import annotations

from typing import Annotated

import typer

from attunement.cli.opening import DEFAULT_URL, Url


def add_to(app: typer.Typer) -> None:
    """Add the group ``policy``."""
    group = typer.Typer(no_args_is_help=True, help="The shared policy: its versions, and what it has learned.")
    group.callback()(_group)
    group.command("show", epilog="Example:\n\n  attune policy show --version 3")(show)
    app.add_typer(group, name="policy")


def _group() -> None:
    """The shared policy: its versions, and what it has learned."""


def show(
    url: Url = DEFAULT_URL,
    version: Annotated[
        int | None, typer.Option(min=0, help="What this version believes; the newest by default.")
    ] = None,
    strongest: Annotated[int, typer.Option(min=1, max=200, help="How many beliefs to show.")] = 12,
) -> None:
    """Show the newest versions and the strongest beliefs of one, each with how sure it is.

    A belief is in units of reward (0 to 1): +0.10 means ten hundredths more expected where it applies in full.
    """
    from rich.console import Console
    from rich.table import Table

    from attunement.cli.opening import opened
    from attunement.programme.overview import access_versions
    from attunement.programme.policy_beliefs import access_beliefs

    with opened(url) as house:
        with house.store.read() as connection:
            versions = access_versions(connection)
        beliefs = access_beliefs(house, version)
    console = Console()
    table = Table("version", "when", "outcomes", "why", title="Versions, newest first")
    for v in versions:
        table.add_row(str(v.version), f"{v.at:%Y-%m-%d %H:%M}", str(v.outcomes), v.why)
    console.print(table if versions else "No version has been learned yet: the prior is served.")
    shown = Table(
        "what", "belief", "± (1 sd)", "moved by learning", title=f"Strongest beliefs of version {beliefs.version}"
    )
    for b in beliefs.strongest(strongest):
        shown.add_row(b.words, f"{b.mean:+.3f}", f"{b.deviation:.3f}", f"{b.moved:+.3f}")
    console.print(shown)
