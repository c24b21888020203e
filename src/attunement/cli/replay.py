"""``attune replay``: what would have been offered for posts written elsewhere."""

from __future__ import annotations

import signal
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attunement.domain.errors import AttunementError, ErrorCode, Invalid

if TYPE_CHECKING:
    from attunement.cli.jsonl import Line
    from attunement.domain.consent import Cell
    from attunement.programme.house import House
    from attunement.programme.replay import Post, Replayed

INTERRUPTED = 130
EXAMPLES = """
Examples:

  attune replay posts.jsonl > offers.jsonl

  attune replay posts.jsonl --consent none --summary > offers.jsonl

  attune replay posts.jsonl --url sqlite:///data/trial.db --out offers.jsonl --skip 5000

A line of posts.jsonl: {"member": "ida", "time": "2026-05-01T18:30:00+02:00", "text": "..."}
"""


def add_to(app: typer.Typer) -> None:
    """Add ``replay``."""
    app.command("replay", epilog=EXAMPLES)(replay)


def replay(
    file: Annotated[Path, typer.Argument(help="JSON lines with member, time and text; - for standard input.")],
    out: Annotated[Path | None, typer.Option(help="Where the offers go; with --skip they are added to it.")] = None,
    consent: Annotated[
        str, typer.Option(help="What authors allow: all, none, or a list (personalise:text,...).")
    ] = "all",
    url: Annotated[str | None, typer.Option(help="The database to replay into; a temporary one by default.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Repeats the draws.")] = 0,
    skip: Annotated[int, typer.Option(min=0, help="Leave out this many lines, to go on where it stopped.")] = 0,
    summary: Annotated[
        bool, typer.Option("--summary", help="Say at the end how fast it was and what was offered.")
    ] = False,
) -> None:
    """Replay posts as check-ins: JSON lines of posts in, JSON lines of decisions out, order kept.

    Each author becomes a synthetic member of the database, and each decision is made by the clock of its post. A line
    that cannot be replayed gives a line with "error" in its place, and the command ends with 3. Interrupt it once and
    it stops after the lines under way, all of them whole, and says how to go on.
    """
    from attunement.cli.jsonl import SOME_FAILED, as_line, parse_lines, sink_of, source_of
    from attunement.cli.summary import ReplaySummary, progress
    from attunement.programme.replay import do_replay

    tally = ReplaySummary()
    with source_of(file) as source, _programme(url) as house, sink_of(out, append=skip > 0) as sink, _told() as told:
        posts = _posts(parse_lines(source, skip=skip), told)
        answers = do_replay(house, posts, allow=_cells(house, consent), seed=seed, start=skip)
        for number, answer in enumerate(progress(answers, "Replaying"), start=skip + 1):
            tally.add(answer)
            sink.write(as_line(_face(answer, number)))
            sink.flush()  # a whole line at a time, whatever happens next
    if summary:
        tally.show()
    if told.is_set():
        typer.echo(f"Stopped after line {skip + tally.lines}. Go on with --skip {skip + tally.lines}.", err=True)
        raise typer.Exit(INTERRUPTED)
    if tally.failed:
        raise typer.Exit(SOME_FAILED)


@contextmanager
def _programme(url: str | None) -> Iterator[House]:
    from attunement.cli.opening import opened

    with (
        tempfile.TemporaryDirectory(prefix="attunement-replay-") as folder,
        opened(url or f"sqlite:///{Path(folder) / 'replay.db'}", must_exist=False) as house,
    ):
        yield house


@contextmanager
def _told() -> Iterator[threading.Event]:
    """Set at the first interrupt, which then waits for the lines under way; a second one interrupts at once."""
    told = threading.Event()

    def tell(_number: int, _frame: object) -> None:
        told.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, tell)
    try:
        yield told
    finally:
        signal.signal(signal.SIGINT, before)


def _cells(house: House, text: str) -> list[Cell]:
    from attunement.domain.consent import Cell

    if text in ("all", "none"):
        return list(house.wording.asked) if text == "all" else []
    try:
        return [Cell.parse(part.strip()) for part in text.split(",")]
    except Invalid as error:
        raise typer.BadParameter(f"{error} Or write all, or none.", param_hint="--consent") from error


def _posts(lines: Iterable[Line], told: threading.Event) -> Iterator[Post | AttunementError]:
    for line in lines:
        if told.is_set():
            return
        try:
            yield line.value if isinstance(line.value, AttunementError) else _post(line.value)
        except AttunementError as error:
            yield error


def _post(value: dict[str, Any]) -> Post:
    from attunement.cli.jsonl import required_text
    from attunement.programme.replay import Post

    author, time, text = (required_text(value, field) for field in ("member", "time", "text"))
    try:
        at = datetime.fromisoformat(time)
    except ValueError as error:
        raise Invalid(
            ErrorCode.BAD_TIME, "time is not an ISO 8601 instant. Write it as 2026-05-01T18:30:00+02:00."
        ) from error
    if not author.strip():
        raise Invalid(ErrorCode.BAD_INPUT, "The field 'member' is blank. Say whose post it is, by any name.")
    return Post(author, at, text)


def _face(answer: Replayed | AttunementError, number: int) -> dict[str, Any]:
    from attunement.cli.jsonl import error_of

    if isinstance(answer, AttunementError):
        return error_of(answer, number)
    decision = answer.decision
    return {
        "member": answer.post.author, "time": answer.post.at.isoformat(), "offered": decision.offered,
        "probability": decision.probability, "eligible": dict(decision.choice.probabilities.items()),
        "reasons": [{"about": r.about, "weight": r.weight, **r.fact} for r in decision.choice.reasons],
        "sentence": decision.sentence, "policy": decision.choice.policy,
        "policy_version": decision.choice.policy_version, "family": answer.practice.family,
        "medium": str(answer.practice.medium), "risk": str(answer.risk),
    }  # fmt: skip
