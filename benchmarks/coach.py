"""The coach: what its first suggestion does to replies of little empathy, as judges see it that never suggest."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from training.public_data import DATA
from training.reply_data import Exchange, epitome

from attunement.dialogue.coach import Coach, open_coach
from attunement.domain.coaching import Feedback
from attunement.domain.reply import Mechanism
from attunement.reading.reply_reader import ReplyReader
from benchmarks.figures import Figure, quantile, run
from benchmarks.reply_judges import FoldNetwork, OtherKind, Vectors
from benchmarks.sentence_judge import SentenceJudge

CACHE = Path(".cache")
JUDGE = CACHE / "replies-1-0.pt"
LOW, MUCH = 1, 3
SCALE = 1000
CLEARLY, LOWERED = 0.3, -0.3
OTHERS = 400
Say = Callable[[str], None]
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tried:
    """A draft, and what it becomes when its first suggestion is taken; the same where there is none."""

    exchange: Exchange
    feedback: Feedback
    after: str
    sentence: str


def measure(quick: bool, say: Say = lambda _: None) -> Iterator[Figure]:
    """All figures of the coach; nothing where EPITOME is not at hand."""
    exchanges = epitome(DATA)
    if not exchanges:
        print(f"epitome is not in {DATA}: the coach is not measured", file=sys.stderr)
        return
    vectors = Vectors()
    say("Training judges of other kinds")
    other, by_sentence = OtherKind(exchanges, vectors), SentenceJudge(exchanges, vectors)
    fold = FoldNetwork(JUDGE, exchanges) if JUDGE.exists() else None
    low = [e for e in exchanges if sum(e.target) <= LOW and (fold is None or e.group in fold.groups)]
    rng = np.random.default_rng(1)
    chosen = [low[k] for k in sorted(rng.permutation(len(low))[: 40 if quick else 300])]
    coach = open_coach()
    say("Asking the coach")
    tried = [_tried(coach, e) for e in chosen]
    for name, judge in (("", fold), ("_other_kind", other), ("_by_sentence", by_sentence)):
        if judge is not None:
            say(f"Judging: {judge.name}")
            yield from _lifts(name, judge.name, judge.macro_f1, _rise(judge, tried))
    yield _scale("_other_kind", other, exchanges)
    yield _scale("_by_sentence", by_sentence, exchanges)
    say("Reading with the coach's own reader")
    yield Figure("coach_mean_lift_own_reader", float(_own_rise(tried).mean()), "of 6, by what suggests: optimistic")
    yield from _kept(tried, vectors)
    yield from _about(tried, vectors, [e.before for e in exchanges][:: max(1, len(exchanges) // OTHERS)])
    say("Timing")
    yield from _speed(chosen[: 20 if quick else 100])


def _tried(coach: Coach, e: Exchange) -> Tried:
    feedback = coach.feedback(e.before, e.reply)
    if not feedback.suggestions:
        return Tried(e, feedback, e.reply, "")
    first = feedback.suggestions[0]
    return Tried(e, feedback, e.reply[: first.start] + first.text + e.reply[first.end :], first.text.strip())


def _scale(suffix: str, judge: OtherKind | SentenceJudge, exchanges: Sequence[Exchange]) -> Figure:
    """How far apart a judge sets real replies of little empathy and of much: what its lift is to be held against."""
    rng = np.random.default_rng(2)
    some = [exchanges[k] for k in rng.permutation(len(exchanges))[:SCALE]]
    true = np.array([sum(e.target) for e in some])
    read = judge([(e.before, e.reply) for e in some], [e.group for e in some]).sum(axis=1)
    apart = float(read[true >= MUCH].mean() - read[true <= LOW].mean())
    return Figure(
        f"coach_real_difference{suffix}", apart, f"real replies of {MUCH} and more over those of {LOW} or less"
    )


def _rise(judge: OtherKind | FoldNetwork | SentenceJudge, tried: Sequence[Tried]) -> Array:
    groups = [t.exchange.group for t in tried]
    before = judge([(t.exchange.before, t.exchange.reply) for t in tried], groups)
    after = judge([(t.exchange.before, t.after) for t in tried], groups)
    return np.asarray((after - before).sum(axis=1))


def _own_rise(tried: Sequence[Tried]) -> Array:
    reader = ReplyReader()

    def total(before: str, reply: str) -> float:
        read = reader.read([(before, reply)])[0]
        return sum(float(np.arange(3) @ found.p) for found in read.empathy.values())

    return np.array([total(t.exchange.before, t.after) - total(t.exchange.before, t.exchange.reply) for t in tried])


def _lifts(suffix: str, judge: str, macro_f1: Sequence[float], rise: Array) -> Iterator[Figure]:
    told = ", ".join(f"{m.value} {f:.2f}" for m, f in zip(Mechanism, macro_f1, strict=True))
    spread = 1.96 * float(rise.std()) / len(rise) ** 0.5
    mean = float(rise.mean())
    unit = f"of 6, expected levels, {len(rise)} replies; judge: {judge} (macro-F1 {told})"
    yield Figure(f"coach_mean_lift{suffix}", mean, unit, (mean - spread, mean + spread), ">= 1.5")
    yield Figure(f"coach_lifted_share{suffix}", float((rise > 0).mean()), "share lifted at all", bar=">= 0.85")
    yield Figure(f"coach_lifted_clearly_share{suffix}", float((rise > CLEARLY).mean()), f"lifted by over {CLEARLY}")
    yield Figure(f"coach_lowered_share{suffix}", float((rise < LOWERED).mean()), "lowered by over 0.3", bar="<= 0")
    yield Figure(f"coach_worst_change{suffix}", float(rise.min()), "of 6", bar=f">= {LOWERED}")


def _kept(tried: Sequence[Tried], vectors: Vectors) -> Iterator[Figure]:
    changed = [t for t in tried if t.sentence]
    yield Figure("coach_has_suggestion", len(changed) / len(tried), "share of replies of little empathy")
    near = (vectors([t.exchange.reply for t in changed]) * vectors([t.after for t in changed])).sum(axis=1)
    low = float(np.quantile(near, 0.05))
    yield Figure(
        "coach_meaning_kept", float(near.mean()), "cosine to the draft; low end: one in twenty", (low, 1.0), ">= 0.75"
    )
    yield Figure("coach_meaning_kept_share", float((near >= 0.75).mean()), "share at least 0.75")
    ratio = max(len(t.after) / len(t.exchange.reply) for t in changed)
    yield Figure("coach_length_ratio_most", ratio, "characters after, over before", bar="<= 2")


def _about(tried: Sequence[Tried], vectors: Vectors, others: Sequence[str]) -> Iterator[Figure]:
    said = Counter(s.text.strip().lower() for t in tried for s in t.feedback.suggestions)
    most = said.most_common(1)[0][1] / len(tried) if said else 0.0
    yield Figure("coach_most_repeated", most, "share of posts offered the same sentence", bar="<= 0.02")
    changed = [t for t in tried if t.sentence]
    crowd = vectors(others)
    own = vectors([t.exchange.before for t in changed])
    sentences = vectors([t.sentence for t in changed])
    nearer = ((sentences * own).sum(axis=1)[:, None] > sentences @ crowd.T).mean(axis=1)
    yield Figure("coach_own_post_rank", float(nearer.mean()), "share of other posts less near, mean", bar=">= 0.9")
    yield Figure("coach_own_post_rank_share", float((nearer >= 0.9).mean()), "share nearer than to 90% of other posts")


def _speed(chosen: Sequence[Exchange]) -> Iterator[Figure]:
    coach, times = open_coach(), []
    coach.feedback("I am tired.", "Try to sleep a little earlier.")
    for e in chosen:
        coach.feedback(e.before, e.reply[: len(e.reply) // 2])
        begun = time.perf_counter()
        coach.feedback(e.before, e.reply)
        times.append((time.perf_counter() - begun) * 1e3)
    for q in (0.5, 0.95):
        value, interval = quantile(times, q)
        unit = "ms, a draft grown since the last pause" + (f", {q:.0%}" if q != 0.5 else "")
        yield Figure("coach_ms" if q == 0.5 else "coach_p95_ms", value, unit, interval, "<= 60" if q == 0.5 else None)


if __name__ == "__main__":
    run(str(__doc__), measure)
