"""``attune segments``: kinds of people here, in words, for whoever looks after the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from attunement.cli.opening import DEFAULT_URL, Url

if TYPE_CHECKING:
    from rich.table import Table

    from attunement.programme.segments import SegmentSeen


def add_to(app: typer.Typer) -> None:
    """Add ``segments``."""
    app.command("segments", epilog="Example:\n\n  attune segments --url sqlite:///data/attunement.db")(segments)


def segments(
    url: Url = DEFAULT_URL,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON, as from /api/segments.")] = False,
) -> None:
    """Show which kinds of people there are, by what they share, and what came of practices in each.

    Of those who allow learning from what they say of themselves. Sizes are rounded, groups of fewer than eight are not
    told apart, and "no stable groups" is an answer. Never show it to a member as what they are.
    """
    from dataclasses import asdict

    from rich.console import Console

    from attunement.cli.jsonl import as_line, sink_of
    from attunement.cli.opening import opened
    from attunement.programme.segments import access_segments

    with opened(url) as house:
        seen = access_segments(house)
    if as_json:
        told = [{"words": s.words, **{k: v for k, v in asdict(s).items() if k != "marks"}} for s in seen.segments]
        with sink_of(None) as sink:
            sink.write(as_line({"people": seen.people, "enough": seen.enough, "segments": told}))
            sink.flush()
        return
    console = Console()
    if not seen.segments:
        console.print("No stable groups." if seen.enough else "Too few people yet to look for groups.")
    for place, segment in enumerate(seen.segments, start=1):
        console.print(_table(place, segment))


def _table(place: int, segment: SegmentSeen) -> Table:
    from rich.table import Table

    words = ", ".join(segment.words) or "are much like everybody"
    title = f"{place}. About {segment.people} people who {words} (found again: {segment.stability:.0%})"
    table = Table("family", "worth (0 to 1)", "95% interval", title=title, title_justify="left")
    for worth in segment.families:
        table.add_row(worth.title, f"{worth.reward:.2f}", f"{worth.low:.2f} to {worth.high:.2f}")
    return table
