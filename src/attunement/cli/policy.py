"""``attune policy``: which versions there were, what the newest believes, and how it compares with others."""

from __future__ import annotations

from typing import Annotated

import typer

from attunement.cli.opening import DEFAULT_URL, Url


def add_to(app: typer.Typer) -> None:
    """Add the group ``policy``."""
    group = typer.Typer(no_args_is_help=True, help="The shared policy: its versions, and what it has learned.")
    group.callback()(_group)
    group.command("show", epilog="Example:\n\n  attune policy show --version 3")(show)
    group.command("status", epilog="Example:\n\n  attune policy status --json")(status)
    group.command("resume", epilog="Example:\n\n  attune policy resume")(resume)
    group.command("compare", epilog="Example:\n\n  attune policy compare --world differ-much --seeds 5")(compare)
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


def compare(
    world: Annotated[
        str,
        typer.Option(help="alike, differ, differ-much, wears-off or tastes-turn: what the made-up people are like."),
    ] = "differ",
    people: Annotated[int, typer.Option(min=2, max=500, help="How many there are.")] = 20,
    decisions: Annotated[int, typer.Option(min=10, max=100_000, help="How many offers they get in all.")] = 600,
    seeds: Annotated[int, typer.Option(min=1, max=100, help="How many times, with other people each time.")] = 3,
    breadth: Annotated[float, typer.Option(min=0, max=1, help="How wide they ask for their offers to be.")] = 0.5,
    as_json: Annotated[
        bool, typer.Option("--json", help="One line of JSON a policy, with each seed's figures.")
    ] = False,
) -> None:
    """Compare the policies there are on made-up people: a simulation, which says nothing about effects on real ones.

    "reward" is what an offer was worth on average (0 to 1), "lost" how far that lies below the best there was for that
    person then, and "families" how many of the families each person met, counted as if met evenly. Medians over seeds,
    with the least and the greatest.
    """
    from dataclasses import asdict

    from rich.console import Console
    from rich.table import Table

    from attunement.cli.jsonl import as_line, sink_of
    from attunement.library.library import load_library
    from attunement.library.resources import content_folder
    from attunement.simulation.comparison import WORLDS, Lived
    from attunement.simulation.comparison import compare as side_by_side

    if world not in WORLDS:
        raise typer.BadParameter(f"there is no world '{world}'; there are {', '.join(WORLDS)}.", param_hint="--world")
    practices = load_library(content_folder()).practices
    table = Table(
        "policy", "reward", "lost", "families", title=f"A simulation: {people} made-up people, world '{world}'"
    )
    with Console(stderr=True).status("Letting the policies choose") as status, sink_of(None) as sink:
        for name, lived in side_by_side(
            practices, WORLDS[world], people=people, decisions=decisions, seeds=seeds, breadth=breadth
        ):
            status.update(f"{name} is done")
            table.add_row(name, *(_spread([getattr(one, part) for one in lived]) for part in Lived.__slots__))
            if as_json:
                sink.write(as_line({"policy": name, "simulation": True, "seeds": [asdict(one) for one in lived]}))
                sink.flush()
    if not as_json:
        Console().print(table)


def _spread(values: list[float]) -> str:
    """The median, and the least and the greatest."""
    from statistics import median

    return f"{median(values):.3f} ({min(values):.3f} to {max(values):.3f})"
