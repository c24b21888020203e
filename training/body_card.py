"""Writes the card of the reader of body signals."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from training.body_figures import Scored
from training.measures import Measured

CARD = """# The reader of body signals

Small forests that say how likely a minute was one of stress, from how heartbeats, skin conductance and skin temperature
stand against the person's own rest. Made {version} by

    pip install -e '.[train]'
    python -m training.body_stress --data FOLDER_OF_PUBLIC_SETS

| file | what it is |
|---|---|
| `stress.npz` | eight forests, one for each set of signals there may be: 10 members of 20 trees of depth 5, as plain arrays; what calibrates them; where {people} people lay at rest |

## What it was made from
Stress-Predict ({people} of its people were at hand; an Empatica E4 on the wrist; a Stroop test, an interview and fast
breathing, with rests between). Iqbal et al. 2022, Sensors 22(21):8135. MIT licence, copyright the authors of the
Stress-Predict dataset. No signal of it is in this folder. WESAD (Schmidt et al. 2018, ICMI) was used to *measure* only:
its licence does not allow more, and nothing that ships learned from it.

Each window of 60 s is seen as each of nine devices would have given it (with or without single beats, heart rate, skin
conductance, temperature), against the person's first eight minutes and against all their windows so far. Each member of
a forest learned from four fifths of the people; it is calibrated on windows of people a member did not see. The time
since the start, and how much of a signal was missing, are not seen: in a laboratory both tell the task.

## Measured
On people left out: Stress-Predict in fifths of the people, by the reader as it ships; WESAD one person at a time.
Intervals are 95% bootstrap over people. "All windows" scores a window it can't tell as one that says nothing (in WESAD:
by what it would have said). With rest "so far" it is learned as it goes, and every window is scored, the first three of
which it cannot tell; with "first 8 min", the windows after are. "Rate" is a heart rate as a watch gives it, "beats" the
times between single beats, "skin" conductance and temperature, "all" all of these.

| set, signals, rest | AUC, all windows | AUC, where it can tell | calibration error | share of can't tell |
|---|---|---|---|---|
{rows}

WESAD is of chest electrodes, 15 features of the heart and more of the skin that others measured; stress (a speech
before a jury) against rest and amusement. Its forests saw nothing of the person left out but their windows of rest. It says
that the way of comparing with a person's own rest holds with good sensors and a strong stressor; it says little of
a wrist band in daily life. What is seen of a window was chosen with the same people in view: expect a little less.

Arousal goes with what people of WESAD said of it (Self-Assessment Manikin, within people, over rest, stress and
amusement): r = {said}. The standard error of a minute's arousal is {arousal_sd:.3f} (from halves, every other ten
seconds).

## Limits
- A task in a laboratory is not stress in a life. Exercise, heat, coffee, illness, medicine, standing up and talking
  move the same signals. It does not know which it was.
- One in three windows was stress where it learned; where stress is rarer, its chances are too high.
- {people} people, most of them young and healthy, with one wrist band. Fairness across groups is not measured.
- With a heart rate alone it is little better than guessing; with single beats or skin conductance, better.
- Skin conductance of a wrist is weak and differs by skin, sweat and cold. Responses are counted loosely.
- It diagnoses nothing and is not a medical device.
"""  # noqa: E501


def write_card(
    file: Path, scored: Mapping[str, Scored], said: Measured, version: str, *, people: int, arousal_sd: float
) -> None:
    """Write the card."""
    rows = "\n".join(
        f"| {name} | {one.auc()} | {one.auc(told=True)} | {one.calibration_error():.3f} | {one.cant_tell_share():.3f} |"
        for name, one in scored.items()
    )
    text = CARD.format(version=version, people=people, rows=rows, said=said, arousal_sd=arousal_sd)
    file.write_text(text, encoding="utf-8")
