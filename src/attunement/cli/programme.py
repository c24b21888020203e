"""``attune learn``, ``rebuild``, ``corrections``, ``variety``, ``service``: what the server knows and does, by hand."""

from __future__ import annotations

from typing import Annotated

import typer

from attunement.cli.opening import DEFAULT_URL, Url


def add_to(app: typer.Typer) -> None:
    """Add ``learn``, ``rebuild``, ``corrections``, ``variety`` and ``service``."""
    app.command("learn", epilog="Example:\n\n  attune learn --url sqlite:///data/attunement.db")(learn)
    app.command("rebuild", epilog="Example:\n\n  attune rebuild --url sqlite:///data/attunement.db")(rebuild)
    app.command("corrections", epilog="Example:\n\n  attune corrections > corrections.jsonl")(corrections)
    app.command("variety", epilog="Example:\n\n  attune variety --json")(variety)
    app.command("service", epilog="Example:\n\n  attune service --json")(service)


def learn(url: Url = DEFAULT_URL) -> None:
    """Fold new outcomes into the next version of the shared policy. A running server does this every two seconds."""
    from attunement.cli.opening import opened
    from attunement.programme.drift import access_pause
    from attunement.programme.learner import do_learn

    with opened(url) as house:
        version = do_learn(house)
        with house.store.read() as connection:
            paused = access_pause(connection) is not None
    nothing = "learning is paused: see 'attune policy status'" if paused else "nothing new to learn"
    typer.echo(nothing if version is None else f"version {version}")


def rebuild(url: Url = DEFAULT_URL) -> None:
    """Make every derived table again from the log, in one transaction: all of it or nothing.

    Stop the server first: while one uses an SQLite file, this is refused.
    """
    from rich.console import Console

    from attunement.cli.opening import opened
    from attunement.programme.rebuild import do_rebuild

    with opened(url) as house, Console(stderr=True).status("Reading the log"):
        count = do_rebuild(house)
    typer.echo(f"{count} events read")


def corrections(url: Url = DEFAULT_URL) -> None:
    """What members said readings got wrong, as JSON lines {"text", "emotions", "need"} for training a reader.

    Only of those who allow what they write for learning, then and now. There is no name and no id on a line, but the
    words are theirs: keep the file as you would keep the database.
    """
    from attunement.cli.jsonl import as_line, sink_of
    from attunement.cli.opening import opened
    from attunement.programme.corrections import access_learnable_corrections

    with opened(url) as house, sink_of(None) as sink:
        for told in access_learnable_corrections(house):
            sink.write(as_line({"text": told.text, "emotions": told.emotions, "need": told.need}))
        sink.flush()


def variety(
    url: Url = DEFAULT_URL, as_json: Annotated[bool, typer.Option("--json", help="One line of JSON.")] = False
) -> None:
    """How varied what members meet is, and for how many the guard against over-personalising spoke.

    Over members who allow what they met to be used for choosing; numbers of fewer than five are not told.
    """
    from dataclasses import asdict

    from rich.console import Console
    from rich.table import Table

    from attunement.cli.jsonl import as_line, sink_of
    from attunement.cli.opening import opened
    from attunement.programme.variety_overview import access_variety_overview

    with opened(url) as house:
        found = access_variety_overview(house)
    if as_json:
        with sink_of(None) as sink:
            sink.write(as_line(asdict(found)))
        return
    table = Table("of the last thirty days", "figure", title="How varied what members meet is")
    table.add_row("members who met at least eight practices", _counted(found.members))
    if found.synthetic:
        table.add_row("of these made up", str(found.synthetic))
    table.add_row("of the variety of even draws", _told(found.share, ".0%"))
    table.add_row("families, counted as if met evenly", _told(found.families, ".1f"))
    table.add_row("through the eyes of a stranger, an opponent or a group", _told(found.unlike, ".0%"))
    table.add_row(f"members under {found.threshold:.0%}, whose offers reach wider", _counted(found.guarded))
    for week in found.weeks:
        table.add_row(f"of the variety of even draws, thirty days to {week.until:%Y-%m-%d}", _told(week.share, ".0%"))
    Console().print(table)
    if found.alarm:
        typer.echo("That is a fifth of them or more: look whether some families have too few practices.", err=True)


def service(
    url: Url = DEFAULT_URL, as_json: Annotated[bool, typer.Option("--json", help="A line of JSON a group.")] = False
) -> None:
    """How long people waited for a person in the last four weeks: all, and each group of at least five people."""
    from dataclasses import asdict

    from rich.console import Console
    from rich.table import Table

    from attunement.cli.jsonl import as_line, sink_of
    from attunement.cli.opening import opened
    from attunement.programme.conversations.service import FEWEST, access_service

    with opened(url) as house:
        groups = access_service(house)
    if as_json:
        with sink_of(None) as sink:
            for group in groups:
                sink.write(as_line(asdict(group)))
        return
    if not groups:
        typer.echo(f"In the last four weeks fewer than {FEWEST} people asked for a person.")
        return
    table = Table("group", "asked", "somebody came", "half waited", "nine in ten waited", title="Waiting for a person")
    for one in groups:
        waits = ("too few" if m is None else f"{m:.1f} min" for m in (one.half_min, one.most_min))
        table.add_row(f"{one.by} {one.name}".strip(), str(one.asked), f"{one.claimed:.0%}", *waits)
    Console().print(table)


def _counted(members: int | None) -> str:
    return "fewer than five" if members is None else str(members)


def _told(mean: float | None, form: str) -> str:
    return "too few" if mean is None else format(mean, form)
