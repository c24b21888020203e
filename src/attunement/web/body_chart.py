"""How stirred up somebody's body was, minute by minute, as a picture and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from attunement.domain.messages import N_
from attunement.web import i18n
from attunement.web.charts import PALETTES, Theme, Width, drawn, look

CALMER, AS_USUAL, STIRRED, UNTOLD = "calmer", "as-usual", "stirred", "untold"
COUNTED = {
    CALMER: N_("%(num)s calmer than is usual for you at rest"),
    AS_USUAL: N_("%(num)s about as usual"),
    STIRRED: N_("%(num)s more stirred up"),
    UNTOLD: N_("%(num)s could not be told"),
}
HOLE_S = 150.0
"""Windows that begin farther apart than this have a hole between them."""


@dataclass(frozen=True, slots=True)
class BodyPoint:
    """One window: when it began, by the member's clock, and ``arousal`` with its deviation, 0 to 1 (0.5 as at rest).

    ``kind`` is one of `COUNTED`; of one that could not be told nothing is drawn.
    """

    time: datetime
    arousal: float
    sd: float
    kind: str


def body_chart(points: Sequence[BodyPoint], theme: Theme, tag: str, *, width: Width = "wide") -> str:
    """Still to stirred up over time, with a line where rest is; the band is one standard deviation each way."""
    palette = PALETTES[theme]
    rows = [
        {
            "time": p.time.replace(tzinfo=None).isoformat(), "run": run, "value": p.arousal,
            "low": max(0.0, p.arousal - p.sd), "high": min(1.0, p.arousal + p.sd),
        }
        for run, p in _runs(points)
    ]  # fmt: skip
    days = {point.time.date() for point in points}
    x = {
        "field": "time", "type": "temporal", "title": None,
        "axis": {"format": "%-d %b %H:%M" if len(days) > 1 else "%H:%M", "tickCount": 4, "labelOverlap": True},
    }  # fmt: skip
    y = {
        "field": "value", "type": "quantitative", "title": None, "scale": {"domain": [0, 1]},
        "axis": {"values": [0, 0.5, 1]},
    }  # fmt: skip
    colour = {"value": palette.accent}
    run = {"field": "run", "type": "nominal"}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "area", "opacity": 0.16},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour, "detail": run},
        },
        {
            "mark": {"type": "line", "strokeWidth": 2, "point": {"size": 22, "opacity": 1, "color": palette.accent}},
            "encoding": {"x": x, "y": y, "color": colour, "detail": run},
        },
        {
            "data": {"values": [{"usual": 0.5}]},
            "mark": {"type": "rule", "strokeDash": [5, 4], "color": palette.accent_2, "strokeWidth": 2},
            "encoding": {"y": {**y, "field": "usual"}},
        },
    ]
    spec = {
        "width": 250 if width == "narrow" else 520, "height": 130, "data": {"values": rows}, "layer": layers,
        "config": look(palette),
    }  # fmt: skip
    return drawn(spec, tag)


def _runs(points: Sequence[BodyPoint]) -> list[tuple[int, BodyPoint]]:
    """What can be told, numbered by stretches without a hole, so that no line is drawn over what is not known."""
    runs, run, before = list[tuple[int, BodyPoint]](), 0, None
    for point in points:
        if point.kind == UNTOLD:
            before = None
            continue
        if before is None or (point.time - before.time).total_seconds() > HOLE_S:
            run += 1
        runs.append((run, point))
        before = point
    return runs


def describe_body(points: Sequence[BodyPoint], tag: str) -> str:
    """A sentence that says what `body_chart` shows."""
    messages = i18n.translations_for(tag)
    if not points:
        return messages.gettext("There is nothing to draw yet.")
    counts = Counter(point.kind for point in points)
    told = [
        messages.gettext(words) % {"num": i18n.number(counts[kind], tag)}
        for kind, words in COUNTED.items() if counts[kind]
    ]  # fmt: skip
    return messages.gettext("Minutes read up to %(when)s: %(list)s.") % {
        "when": i18n.day_and_time(points[-1].time, tag), "list": ", ".join(told)
    }  # fmt: skip
