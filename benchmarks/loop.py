"""The loop: how fast a check-in becomes an explained, logged decision, in process and over HTTP, small and large.

``--quick`` compares 1,000 with 5,000 members instead of 100,000 and leaves out the installation.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure, Interval, quantile, run
from benchmarks.filler import fill
from benchmarks.in_process import loop_ms, reading_ms
from benchmarks.install import install_s_and_mb
from benchmarks.over_http import load, serving
from benchmarks.peers import mabwiser_ms, ours_ms, vowpal_wabbit_ms

Say = Callable[[str], None]
Value = tuple[float, Interval | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: members in the small and the large programme, loops, and seconds of load."""

    small: int
    large: int
    loops: int
    seconds: float
    starts: int


FULL = Plan(small=1_000, large=100_000, loops=1_000, seconds=20, starts=3)
QUICK = Plan(small=1_000, large=5_000, loops=100, seconds=5, starts=1)
MEASURED = (
    ("decision_p50_ms", "ms", "<= 8"), ("decision_p99_ms", "ms", "<= 25"), ("start_s", "s", "<= 3"),
    ("http_loops_per_s", "loops/s, 16 clients", ">= 100"), ("http_p99_ms", "ms, 16 clients", "<= 250"),
    ("server_rss_mb", "MB", None),
)  # fmt: skip
MOST_GROWTH = 1.5


def measure(quick: bool, say: Say) -> Iterator[Figure]:
    """Every figure of the loop."""
    plan = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(prefix="attunement-bench-") as folder:
        small = _programme(Path(folder) / "small.db", plan.small, plan, say)
        large = _programme(Path(folder) / "large.db", plan.large, plan, say)
    for name, unit, bar in MEASURED:
        value, interval = large[name]
        yield Figure(name, value, f"{unit}, {plan.large:,} members", interval, bar)
        value, interval = small[name]
        yield Figure(f"{name}_1k", value, f"{unit}, {plan.small:,} members", interval, bar)
    yield from _growth(small, large, plan)
    say("Reading alone")
    value, interval = quantile(reading_ms(n=plan.loops), 0.5)
    yield Figure("reading_p50_ms", value, "ms, one text alone, part of every decision above", interval)
    yield from _choosing(plan, say)
    if not quick:
        say("Installing into a fresh environment")
        seconds, megabytes = install_s_and_mb()
        yield Figure("install_s", seconds, "s", bar="<= 60")
        yield Figure("install_mb", megabytes, "MB")


def _programme(file: Path, members: int, plan: Plan, say: Say) -> dict[str, Value]:
    filled = fill(f"sqlite:///{file}", members, say=say)
    say(f"Deciding in process, {members:,} members")
    times = loop_ms(filled, n=plan.loops)
    found: dict[str, Value] = {"decision_p50_ms": quantile(times, 0.5), "decision_p99_ms": quantile(times, 0.99)}
    starts = []
    for n in range(plan.starts):
        say(f"Starting the server, {members:,} members, {n + 1} of {plan.starts}")
        with serving(filled.url) as server:
            starts.append(server.start_s)
            if n == plan.starts - 1:
                say(f"Serving 16 clients, {members:,} members")
                seen = load(server, filled, seconds=plan.seconds)
                found["server_rss_mb"] = server.rss_mb, None
    if seen.refused:
        raise RuntimeError(f"Loops were refused ({seen.refused}, by status): the figures would mean nothing.")
    found["start_s"] = quantile(starts, 0.5)
    found["http_loops_per_s"] = seen.per_s, None
    found["http_p99_ms"] = quantile(seen.times_ms, 0.99)
    return found


def _growth(small: dict[str, Value], large: dict[str, Value], plan: Plan) -> Iterator[Figure]:
    """Large over small; below 1 is better for all but loops a second."""
    unit = f"x, {plan.small:,} to {plan.large:,} members"
    yield Figure(
        "growth_1k_to_100k", large["decision_p50_ms"][0] / small["decision_p50_ms"][0], unit, bar=f"<= {MOST_GROWTH}"
    )
    for name, _, _ in MEASURED[1:]:
        yield Figure(f"growth_{name}", large[name][0] / small[name][0], unit)


def _choosing(plan: Plan, say: Say) -> Iterator[Figure]:
    say("Choosing beside other libraries")
    others = {"MABWiser LinTS": mabwiser_ms(plan.loops), "Vowpal Wabbit cb_explore_adf": vowpal_wabbit_ms(plan.loops)}
    peers = {name: quantile(times, 0.5)[0] for name, times in others.items() if times}
    value, interval = quantile(ours_ms(plan.loops), 0.5)
    yield Figure("choosing_p50_ms", value, "ms, choosing alone", interval, peers=peers)


if __name__ == "__main__":
    run("The loop", measure)
