"""``attune learn``, ``attune rebuild``, ``attune corrections``: what the server knows and does by itself, by hand."""

from __future__ import annotations

import typer

from attunement.cli.opening import DEFAULT_URL, Url


def add_to(app: typer.Typer) -> None:
    """Add ``learn``, ``rebuild`` and ``corrections``."""
    app.command("learn", epilog="Example:\n\n  attune learn --url sqlite:///data/attunement.db")(learn)
    app.command("rebuild", epilog="Example:\n\n  attune rebuild --url sqlite:///data/attunement.db")(rebuild)
    app.command("corrections", epilog="Example:\n\n  attune corrections > corrections.jsonl")(corrections)


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
    """Make every derived table again from the log, in one transaction: all of it or nothing."""
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
