"""``attune policy``: which versions there were, what the newest believes, and how it compares with others."""

from __future__ import annotations

from typing import Annotated

import typer

from attunement.cli.comparison import EXAMPLES, compare
from attunement.cli.opening import DEFAULT_URL, Url


def add_to(app: typer.Typer) -> None:
    """Add the group ``policy``."""
    group = typer.Typer(no_args_is_help=True, help="The shared policy: its versions, and what it has learned.")
    group.callback()(_group)
    group.command("show", epilog="Example:\n\n  attune policy show --version 3")(show)
    group.command("status", epilog="Example:\n\n  attune policy status --json")(status)
    group.command("resume", epilog="Example:\n\n  attune policy resume")(resume)
    group.command("compare", epilog=EXAMPLES)(compare)
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


def status(
    url: Url = DEFAULT_URL,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON, as over HTTP.")] = False,
) -> None:
    """Tell whether what is learned is still right: what was expected of offers beside what came of them.

    "early": too few outcomes to say. "well": they come as expected. "better": they are better than that. "changed":
    they fell short of it, and no earlier version would have done better. "paused": one did, is served again, and
    nothing is learned until learning is resumed.
    """
    from dataclasses import asdict

    from rich.console import Console
    from rich.table import Table

    from attunement.cli.jsonl import as_line, sink_of
    from attunement.cli.opening import opened
    from attunement.programme.standing import access_standing

    with opened(url) as house:
        standing = access_standing(house)
    if as_json:
        with sink_of(None) as sink:
            sink.write(as_line(asdict(standing)))
        return
    console = Console()
    console.print(
        f"{standing.state}: version {standing.version} is served, {standing.outcomes} outcomes since the last alarm"
    )
    if standing.alarm:
        alarm = standing.alarm
        back = f", so version {alarm.good} was served again" if alarm.good is not None else ""
        console.print(f"last alarm {alarm.at:%Y-%m-%d %H:%M}: less than expected since {alarm.since:%Y-%m-%d}, "
                      f"cause {alarm.cause}{back}")  # fmt: skip
    table = Table("up to", "outcomes", "expected", "what came", title="Means, 0 to 1")
    for s in standing.stretches:
        table.add_row(f"{s.until:%Y-%m-%d %H:%M}", str(s.outcomes), f"{s.expected:.3f}", f"{s.came:.3f}")
    console.print(table if standing.stretches else "Too few outcomes of too few people to show means.")


def resume(url: Url = DEFAULT_URL) -> None:
    """Let learning go on where it is paused; the next version folds in all that came meanwhile."""
    from attunement.cli.opening import opened
    from attunement.programme.drift import do_resume_learning

    with opened(url) as house:
        do_resume_learning(house)
    typer.echo("learning goes on")
