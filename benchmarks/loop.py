"""The loop: how fast a check-in becomes an explained, logged decision, in process and over HTTP, small and large.

``--quick`` compares 1,000 with 5,000 members instead of 100,000 and leaves out the installation.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure, Interval, quantile, run
from benchmarks.filler import Filled, fill
from benchmarks.in_process import loops_ms, reading_ms
from benchmarks.install import install_s_and_mb
from benchmarks.over_http import Load, load, serving
from benchmarks.peers import mabwiser_ms, ours_ms, vowpal_wabbit_ms

Say = Callable[[str], None]
Value = tuple[float, Interval | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: members in the small and the large programme, loops, rounds and seconds of load in each."""

    small: int
    large: int
    loops: int
    rounds: int
    seconds: float


FULL = Plan(small=1_000, large=100_000, loops=1_000, rounds=5, seconds=6)
QUICK = Plan(small=1_000, large=5_000, loops=100, rounds=1, seconds=5)
MEASURED = (
    ("decision_p50_ms", "ms", "<= 8"), ("decision_p99_ms", "ms", "<= 25"), ("start_s", "s", "<= 3"),
    ("http_loops_per_s", "loops/s, 16 clients", ">= 100"), ("http_p99_ms", "ms, 16 clients", "<= 250"),
    ("server_rss_mb", "MB", "<= 600"),
)  # fmt: skip
MOST_GROWTH = 1.2


def measure(quick: bool, say: Say) -> Iterator[Figure]:
    """Every figure of the loop."""
    plan = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(prefix="attunement-bench-") as folder:
        sizes = (plan.small, plan.large)
        filled = [fill(f"sqlite:///{Path(folder) / str(size)}.db", size, say=say) for size in sizes]
        say("Deciding in process")
        times = loops_ms(filled, n=plan.loops)
        small, large = ({**_in_process(t), **s} for t, s in zip(times, _served(filled, plan, say), strict=True))
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
        yield Figure("install_mb", megabytes, "MB", bar="<= 450")


def _in_process(times: list[float]) -> dict[str, Value]:
    return {"decision_p50_ms": quantile(times, 0.5), "decision_p99_ms": quantile(times, 0.99)}


def _served(programmes: list[Filled], plan: Plan, say: Say) -> list[dict[str, Value]]:
    """Start and load a server for each programme in turn, some rounds of it; medians over rounds, times pooled."""
    starts: list[list[float]] = [[] for _ in programmes]
    loads: list[list[Load]] = [[] for _ in programmes]
    memory = [0.0 for _ in programmes]
    for n in range(plan.rounds):
        for k, filled in enumerate(programmes):
            say(f"Serving 16 clients, {len(filled.members):,} members, {n + 1} of {plan.rounds}")
            with serving(filled.url) as server:
                starts[k].append(server.start_s)
                loads[k].append(load(server, filled, seconds=plan.seconds))
                memory[k] = max(memory[k], server.rss_mb)
    refused = [seen.refused for of_one in loads for seen in of_one if seen.refused]
    if refused:
        raise RuntimeError(f"Loops were refused ({refused}, by status): the figures would mean nothing.")
    return [
        {
            "start_s": quantile(starts[k], 0.5),
            "http_loops_per_s": quantile([seen.per_s for seen in loads[k]], 0.5),
            "http_p99_ms": quantile([t for seen in loads[k] for t in seen.times_ms], 0.99),
            "server_rss_mb": (memory[k], None),
        }
        for k in range(len(programmes))
    ]


def _growth(small: dict[str, Value], large: dict[str, Value], plan: Plan) -> Iterator[Figure]:
    """Large over small; below 1 is better for all but loops a second."""
    unit = f"x, {plan.small:,} to {plan.large:,} members"
    for name, _, bar in MEASURED:
        figure = "growth_1k_to_100k" if name == "decision_p50_ms" else f"growth_{name}"
        most = f"<= {MOST_GROWTH}" if bar.startswith("<=") else f">= {1 / MOST_GROWTH:.3f}"
        yield Figure(figure, large[name][0] / small[name][0], unit, bar=most)


def _choosing(plan: Plan, say: Say) -> Iterator[Figure]:
    say("Choosing beside other libraries")
    others = {"MABWiser LinTS": mabwiser_ms(plan.loops), "Vowpal Wabbit cb_explore_adf": vowpal_wabbit_ms(plan.loops)}
    peers = {name: quantile(times, 0.5)[0] for name, times in others.items() if times}
    value, interval = quantile(ours_ms(plan.loops), 0.5)
    yield Figure("choosing_p50_ms", value, "ms, choosing alone", interval, peers=peers)


if __name__ == "__main__":
    run("The loop", measure)
