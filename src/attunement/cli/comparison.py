"""``attune policy compare``: the policies there are side by side, on made-up people or on the programme's own log."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from attunement.cli.opening import DEFAULT_URL, Url

if TYPE_CHECKING:
    from attunement.policy.off_policy import Estimate
    from attunement.programme.policy_comparison import PolicyComparison

MADE_UP = "Made-up people"
EXAMPLES = """
Examples:

  attune policy compare --world differ-much --seeds 5

  attune policy compare --on log --decisions 5000
"""
FEW = "too little to tell"


class Ground(StrEnum):
    """What policies are compared on."""

    MADE_UP = "made-up"
    LOG = "log"


def compare(
    on: Annotated[
        Ground, typer.Option(help="Made-up people (a simulation), or the log of this programme, by what was offered.")
    ] = Ground.MADE_UP,
    decisions: Annotated[
        int | None,
        typer.Option(
            min=1, max=100_000,
            help="How many offers: made-up people get so many in all (600), of a log the newest so many count (2000).",
        ),
    ] = None,
    url: Url = DEFAULT_URL,
    world: Annotated[
        str,
        typer.Option(
            help="alike, differ, differ-much, wears-off, tastes-turn or they-write: what they are like.",
            rich_help_panel=MADE_UP,
        ),
    ] = "differ",
    people: Annotated[int, typer.Option(min=2, max=500, help="How many there are.", rich_help_panel=MADE_UP)] = 20,
    seeds: Annotated[
        int,
        typer.Option(min=1, max=100, help="How many times, with other people each time.", rich_help_panel=MADE_UP),
    ] = 3,
    breadth: Annotated[
        float, typer.Option(min=0, max=1, help="How wide they ask for their offers to be.", rich_help_panel=MADE_UP)
    ] = 0.5,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Made-up people: one line of JSON a policy. A log: one line, as over HTTP."),
    ] = False,
) -> None:  # fmt: skip
    """Compare the policies there are, on made-up people or on the log.

    Made-up people are a simulation, which says nothing about effects on real ones. "reward" is what an offer was worth
    on average (0 to 1), "lost" how far that lies below the best there was for that person then, and "families" how many
    of the families each person met, counted as if met evenly. Medians over seeds, with the least and the greatest.

    On the log each policy lives through what happened once more, learning as it goes, from people who allow it. What it
    would have earned is estimated from the probabilities with which offers were made. Nothing is written.
    """
    if on is Ground.LOG:
        _on_log(url, decisions, as_json=as_json)
    else:
        _made_up(world, people, decisions or 600, seeds, breadth, as_json=as_json)


def _made_up(world: str, people: int, decisions: int, seeds: int, breadth: float, *, as_json: bool) -> None:
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


def _on_log(url: str, decisions: int | None, *, as_json: bool) -> None:
    from dataclasses import asdict

    from rich.console import Console
    from rich.progress import Progress

    from attunement.cli.jsonl import as_line, sink_of
    from attunement.cli.opening import opened
    from attunement.programme.policy_comparison import DECISIONS, access_policy_comparison

    console = Console(stderr=True)
    with opened(url) as house, Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Living through the log", total=None)
        found = access_policy_comparison(
            house, newest=decisions or DECISIONS, told=lambda done, of: bar.update(task, completed=done, total=of)
        )
    if as_json:
        with sink_of(None) as sink:
            sink.write(as_line(asdict(found)))
        return
    _print(found)


def _print(found: PolicyComparison) -> None:
    from rich.console import Console
    from rich.table import Table

    made_up = f", {found.synthetic} of them made up" if found.synthetic else ""
    when = f", {found.since:%Y-%m-%d} to {found.until:%Y-%m-%d}" if found.since and found.until else ""
    table = Table(
        "policy", "worth (95 %)", "beside what was served (95 %)", "counts as", "ended", "verdict",
        title=f"From the log: {found.decisions} offers to {found.people} people{made_up}{when}", title_justify="left",
    )  # fmt: skip
    table.add_row("as served", _told(found.value), "", f"{found.value.ess:.0f}", _told(found.share_ended), "")
    for one in found.policies:
        table.add_row(
            one.policy, _told(one.value), _told(one.gain, "+.3f"), f"{one.value.ess:.0f}", _told(one.share_ended),
            str(one.verdict),
        )  # fmt: skip
    console = Console()
    console.print(table)
    console.print(
        f"Worth: what offers that ended were worth on average (0 to 1, by '{found.reward_definition}'), {found.ended} "
        "as served; the others are estimated from these. Counts as: how many equally weighted ones an estimate is "
        "worth. Ended: the share of offers that were finished, or stopped and told of.\n"
        "Each offer was put to policies that had learned only what came before it, from people who allow learning. "
        "Insufficient evidence: the difference may as well be none, or it rests on fewer than 30 such offers or five "
        "people. Of comparisons of policies that do not differ, one in twenty says that they do; more, where one looks "
        "again and again until it does."
    )


def _told(e: Estimate, form: str = ".3f") -> str:
    if e.value is None or e.low is None or e.high is None:
        return FEW
    return f"{format(e.value, form)} ({format(e.low, form)} to {format(e.high, form)})"
