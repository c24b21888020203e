"""Body: how well stress is told from people's own rest, on people left out, and how fast.

Measured on the public sets in the folder ``ATTUNEMENT_DATA`` (default ``../shared/data``); sets that are not there are
left out and said so. ``--quick`` leaves a third of the people out at a time, and all devices but two.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

from training.body_data import stress_predict
from training.body_figures import RESTS, Scored, sam_correlation, stress_predict_held_out, wesad_held_out
from training.measures import Measured
from training.public_data import DATA

from attunement.reading.body.reader import BodyReader
from benchmarks.figures import Figure, quantile, run

Say = Callable[[str], None]
NAMES = {"all": "stress_predict", "rate": "hr_alone", "beats": "beats_alone", "skin": "skin_alone"}
BARS = {"stress_predict": ">= 0.72", "wesad": ">= 0.97"}
CALIBRATED = "<= 0.1"


def measure(quick: bool, say: Say) -> Iterator[Figure]:
    """All figures; sets that are missing are left out."""
    if (DATA / "stress_predict").is_dir():
        say("Leaving people out of Stress-Predict")
        yield from _wrist(quick)
        say("Timing")
        yield _speed(quick)
    else:
        print(f"stress_predict is not in {DATA}: left out", file=sys.stderr)
    if (DATA / "wesad_features").is_dir():
        say("Leaving people out of WESAD")
        yield from _chest()
    else:
        print(f"wesad_features is not in {DATA}: left out", file=sys.stderr)


def _wrist(quick: bool) -> Iterator[Figure]:
    devices = tuple(NAMES)[:2] if quick else tuple(NAMES)
    held_out = stress_predict_held_out(stress_predict(DATA), folds=3 if quick else 5, devices=devices)
    for device in devices:
        yield from _figures(NAMES[device], held_out[device, RESTS[0]], "wrist, rest learned as it goes")
    for device in devices[:1]:
        yield from _figures(f"{NAMES[device]}_rest_known", held_out[device, RESTS[1]], "wrist, first 8 min are rest")


def _chest() -> Iterator[Figure]:
    yield from _figures("wesad", wesad_held_out(DATA), "chest, rest from windows of rest")
    yield from _figures("wesad_apart", wesad_held_out(DATA, apart=True), "chest, rest from half of them, not scored")
    yield _figure("body_arousal_sam_r", sam_correlation(DATA), "within people, arousal and what they said", None)


def _figures(name: str, scored: Scored, unit: str) -> Iterator[Figure]:
    n = f"{len(scored.y)} windows of {len(set(scored.person))} people left out; {unit}"
    yield _figure(f"body_auc_{name}", scored.auc(), n, BARS.get(name))
    yield _figure(f"body_auc_{name}_told", scored.auc(told=True), "where it can tell", None)
    yield Figure(f"body_calibration_error_{name}", scored.calibration_error(), "ten bins", bar=CALIBRATED)
    yield Figure(f"body_cant_tell_share_{name}", scored.cant_tell_share(), "of windows")


def _speed(quick: bool) -> Figure:
    """Milliseconds for an hour of beats, heart rate, skin conductance and temperature."""
    reader, times = BodyReader(), list[float]()
    reader.load()
    for person in stress_predict(DATA)[: 5 if quick else None]:
        hours = (person.times[-1] - person.times[0]) / 3600
        begun = time.perf_counter()
        reader.read(person.recording)
        times.append((time.perf_counter() - begun) * 1e3 / hours)
    value, interval = quantile(times, 0.5)
    return Figure("body_ms_per_hour", value, "ms an hour of recording", interval, "<= 1000")


def _figure(name: str, measured: Measured, unit: str, bar: str | None) -> Figure:
    interval = None if measured.low is None or measured.high is None else (measured.low, measured.high)
    return Figure(name, measured.value, unit, interval, bar)


if __name__ == "__main__":
    run("Body", measure)
