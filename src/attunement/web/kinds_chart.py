"""Which kinds of practice somebody met, week by week, as a picture and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from attunement.web import i18n
from attunement.web.charts import PALETTES, Theme, Width, drawn, look

_MARKS: dict[str, dict[str, Any]] = {"offered": {"filled": False, "strokeWidth": 1.6}, "taken": {"filled": True}}


@dataclass(frozen=True, slots=True)
class KindInWeek:
    """How often one kind of practice was offered in the week from ``begin``, and how often it was taken up."""

    begin: datetime
    kind: str
    offered: int
    taken: int


def kinds_chart(met: Sequence[KindInWeek], theme: Theme, tag: str, *, width: Width = "wide") -> str:
    """Kinds of practice by week: a ring as large as the offers were many, a full dot for what was taken up.

    Kinds stand in the order of what they were met most, and each has its row, met or not.
    """
    palette = PALETTES[theme]
    rows = [
        {"week": m.begin.isoformat(), "kind": m.kind, "offered": m.offered, "taken": m.taken}
        for m in met if m.offered or m.taken
    ]  # fmt: skip
    most = max([*(m.offered for m in met), *(m.taken for m in met), 1])
    scale = {"domain": [0, most], "range": [0, 340 if width == "wide" else 200]}
    layers: list[dict[str, Any]] = [
        {
            "transform": [{"filter": f"datum.{field} > 0"}],
            "mark": {**mark, "type": "point", "shape": "circle", "opacity": 1, "color": palette.accent},
            "encoding": {"size": {"field": field, "type": "quantitative", "legend": None, "scale": scale}},
        }
        for field, mark in _MARKS.items()
    ]
    spec = {
        "width": 350 if width == "wide" else 138,
        "height": {"step": 28},
        "data": {"values": rows},
        "encoding": _places(met, width),
        "layer": layers,
        "config": look(palette),
    }
    return drawn(spec, tag)


def _places(met: Sequence[KindInWeek], width: Width) -> dict[str, Any]:
    """Weeks from left to right, not all of them named; kinds from top to bottom on a line each."""
    weeks = sorted({m.begin.isoformat() for m in met})
    every = 1 if len(weeks) <= 3 else 2 if width == "wide" else 4
    week_axis = {
        "labelExpr": "timeFormat(toDate(datum.value), '%-d %b')",
        "values": weeks[::every],
        "labelAngle": 0,
        "labelOverlap": False,
        "grid": False,
    }
    kind_axis = {"labelLimit": 190 if width == "wide" else 172, "ticks": False, "domain": False, "grid": True}
    kinds = list(_totals(met))
    return {
        "x": {"field": "week", "type": "ordinal", "scale": {"domain": weeks}, "title": None, "axis": week_axis},
        "y": {"field": "kind", "type": "nominal", "scale": {"domain": kinds}, "title": None, "axis": kind_axis},
    }


def describe_kinds(met: Sequence[KindInWeek], tag: str) -> str:
    """A sentence that says what `kinds_chart` shows of kinds that were met, most first."""
    messages = i18n.translations_for(tag)
    told = [
        messages.gettext("%(kind)s %(offered)s (%(taken)s)")
        % {"kind": kind, "offered": i18n.number(offered, tag), "taken": i18n.number(taken, tag)}
        for kind, (offered, taken) in _totals(met).items() if offered or taken
    ]  # fmt: skip
    if not told:
        return messages.gettext("There is nothing to draw yet.")
    words = messages.gettext(
        "How often each was offered in these weeks, and in brackets how often you took it up: %(list)s."
    )
    return words % {"list": ", ".join(told)}


def _totals(met: Sequence[KindInWeek]) -> dict[str, tuple[int, int]]:
    """How often each kind was offered and taken up in all, most first."""
    offered, taken = Counter[str](), Counter[str]()
    for m in met:
        offered[m.kind] += m.offered
        taken[m.kind] += m.taken
    order = sorted(offered, key=lambda kind: (-offered[kind], -taken[kind], kind))
    return {kind: (offered[kind], taken[kind]) for kind in order}
