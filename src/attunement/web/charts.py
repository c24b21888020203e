"""Charts as SVG in the colours of ``static/tokens.css``, each with a description in words and readable in grey.

They are drawn on the server by Vega-Lite (vl-convert), so a page needs no script for them, and they print.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from attunement.domain.messages import N_
from attunement.programme.standing import Stretch
from attunement.web import i18n
from attunement.web.rendering import affect_words

Theme = Literal["light", "dark"]
Width = Literal["narrow", "wide"]

_SANS = "Seravek, 'Gill Sans Nova', Ubuntu, Calibri, 'Noto Sans', 'Liberation Sans', sans-serif"
_PIXELS: Mapping[Width, int] = {"narrow": 250, "wide": 520}


@dataclass(frozen=True, slots=True)
class Palette:
    """The tokens a chart uses. A test holds them against ``static/tokens.css``."""

    ink: str
    ink_soft: str
    line: str
    accent: str
    accent_2: str


PALETTES: Mapping[Theme, Palette] = {
    "light": Palette("#2a2b38", "#5d5a60", "#ddd2c0", "#97452c", "#1f5e63"),
    "dark": Palette("#ece4d6", "#b5ada1", "#3b3e4d", "#e6a183", "#8ec5c3"),
}


@dataclass(frozen=True, slots=True)
class AffectPoint:
    """How a member was once: ``valence``, ``arousal`` from -1 to 1; ``sd`` is how unsure that is, in the same unit."""

    time: datetime
    valence: float
    arousal: float
    valence_sd: float = 0.0
    arousal_sd: float = 0.0


def affect_chart(points: Sequence[AffectPoint], theme: Theme, tag: str, *, width: Width = "wide") -> str:
    """Low to bright and still to stirred up over time, as SVG; the bands are one standard deviation each way.

    The two lines differ in colour, in dash and in the shape of their points, and are named where they end.
    """
    return drawn(_affect_spec(points, PALETTES[theme], tag, _PIXELS[width]), tag)


def _affect_spec(points: Sequence[AffectPoint], palette: Palette, tag: str, width: int) -> dict[str, Any]:
    names = _dimension_names(tag)
    rows = [row for point in points for row in _affect_rows(point, names)]
    days = {point.time.date() for point in points}
    series = {"field": "dimension", "type": "nominal", "scale": {"domain": names}, "legend": None}
    colour = {**series, "scale": {"domain": names, "range": [palette.accent, palette.accent_2]}}
    x = {
        "field": "time",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%-d %b" if len(days) > 1 else "%H:%M", "tickCount": 4, "labelOverlap": True},
    }
    y_axis = {"values": [-1, 0, 1], "title": None, "format": "d"}
    y = {"field": "value", "type": "quantitative", "scale": {"domain": [-1, 1]}, "axis": y_axis}
    band = {
        "mark": {"type": "errorband", "opacity": 0.16},
        "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour},
    }
    line = {
        "mark": {"type": "line", "strokeWidth": 2, "interpolate": "monotone"},
        "encoding": {
            "x": x,
            "y": y,
            "color": colour,
            "strokeDash": {**series, "scale": _range(names, [[1, 0], [5, 4]])},
        },
    }
    dots = {
        "mark": {"type": "point", "filled": True, "size": 46, "opacity": 1},
        "encoding": {
            "x": x,
            "y": y,
            "color": colour,
            "shape": {**series, "scale": _range(names, ["circle", "square"])},
        },
    }
    facets = {
        "row": {
            "field": "dimension",
            "type": "nominal",
            "title": None,
            "sort": names,
            "header": _header(palette),
        }
    }
    return {
        "facet": facets,
        "spec": {"width": width, "height": 96, "layer": [band, line, dots]},
        "data": {"values": rows},
        "config": look(palette),
    }


def _affect_rows(point: AffectPoint, names: Sequence[str]) -> list[dict[str, object]]:
    spread = ((point.valence, point.valence_sd), (point.arousal, point.arousal_sd))
    return [
        {
            "time": point.time.isoformat(),
            "dimension": name,
            "value": value,
            "low": max(-1.0, value - sd),
            "high": min(1.0, value + sd),
        }
        for name, (value, sd) in zip(names, spread, strict=True)
    ]


def _dimension_names(tag: str) -> list[str]:
    messages = i18n.translations_for(tag)
    return [
        messages.gettext(N_("From low (-1) to bright (1)")),
        messages.gettext(N_("From still (-1) to stirred up (1)")),
    ]


def expected_chart(stretches: Sequence[Stretch], theme: Theme, tag: str, *, width: Width = "wide") -> str:
    """What was expected of offers and what came of them over time, from 0 to 1: two lines, unlike in dash and shape."""
    palette, messages = PALETTES[theme], i18n.translations_for(tag)
    names = [messages.gettext(N_("expected")), messages.gettext(N_("what came"))]
    rows = [
        {"time": stretch.until.isoformat(), "what": name, "value": value}
        for stretch in stretches for name, value in zip(names, (stretch.expected, stretch.came), strict=True)
    ]  # fmt: skip
    legend = {"orient": "top", "title": None, "labelColor": palette.ink, "labelFontSize": 14, "symbolSize": 70}
    series = {"field": "what", "type": "nominal", "legend": legend}
    x_axis = {"format": "%-d %b", "tickCount": 4, "labelOverlap": True}
    encoding = {
        "x": {"field": "time", "type": "temporal", "title": None, "axis": x_axis},
        "y": {"field": "value", "type": "quantitative", "title": None, "scale": {"domain": [0, 1]},
              "axis": {"values": [0, 0.5, 1]}},
        "color": {**series, "scale": _range(names, [palette.accent, palette.accent_2])},
        "strokeDash": {**series, "legend": None, "scale": _range(names, [[5, 4], [1, 0]])},
        "shape": {**series, "scale": _range(names, ["square", "circle"])},
    }  # fmt: skip
    mark = {"type": "line", "strokeWidth": 2, "point": {"size": 46, "opacity": 1}}
    spec = {
        "width": _PIXELS[width], "height": 130, "data": {"values": rows}, "mark": mark, "encoding": encoding,
        "config": look(palette),
    }  # fmt: skip
    return drawn(spec, tag)


def describe_affect(points: Sequence[AffectPoint], tag: str) -> str:
    """One or two sentences that say what `affect_chart` shows."""
    messages = i18n.translations_for(tag)
    if not points:
        return messages.gettext("There is nothing to draw yet.")
    ordered = sorted(points, key=lambda point: point.time)
    first, last = ordered[0], ordered[-1]
    told = messages.ngettext("One check-in.", "%(count)s check-ins.", len(points)) % {"count": len(points)}
    latest = messages.gettext("The latest, on %(day)s: %(words)s.") % {
        "day": i18n.day(last.time, tag),
        "words": affect_words(last.valence, last.arousal, messages),
    }
    if first is last:
        return f"{told} {latest}"
    earliest = messages.gettext("The first, on %(day)s: %(words)s.") % {
        "day": i18n.day(first.time, tag),
        "words": affect_words(first.valence, first.arousal, messages),
    }
    return f"{told} {earliest} {latest}"


def _range(domain: Sequence[str], values: Sequence[object]) -> dict[str, object]:
    return {"domain": list(domain), "range": list(values)}


def _header(palette: Palette) -> dict[str, object]:
    return {
        "labelOrient": "top",
        "labelAnchor": "start",
        "labelFontSize": 14,
        "labelColor": palette.ink,
        "labelPadding": 6,
    }


def look(palette: Palette) -> dict[str, Any]:
    """The look: no frame, few and faint lines, words in ink. The background is the page's own."""
    return {
        "background": "transparent",
        "font": _SANS,
        "padding": 4,
        "view": {"stroke": None},
        "facet": {"spacing": 20},
        "text": {"fontSize": 14},
        "axis": {
            "labelColor": palette.ink_soft,
            "labelFontSize": 13,
            "gridColor": palette.line,
            "domainColor": palette.line,
            "tickColor": palette.line,
            "labelPadding": 6,
        },
    }


def drawn(spec: Mapping[str, Any], tag: str) -> str:
    """A Vega-Lite specification as SVG, with months in the words of a language."""
    import vl_convert  # slow to load and only needed here

    locale = i18n.locale_of(tag)
    months = [locale.months["format"]["abbreviated"][month] for month in range(1, 13)]
    schema = "https://vega.github.io/schema/vega-lite/v6.json"
    return str(
        vl_convert.vegalite_to_svg(
            {"$schema": schema, **spec},
            time_format_locale=_time_format(months, locale.days["format"]["wide"]),
        )
    )


def _time_format(months: Sequence[str], days: Mapping[int, str]) -> dict[str, Any]:
    """What d3 asks for to write dates; only the short months and clock times are ever shown."""
    week = [days[(place + 6) % 7] for place in range(7)]
    return {
        "dateTime": "%-d %b %Y %H:%M",
        "date": "%-d %b %Y",
        "time": "%H:%M",
        "periods": ["AM", "PM"],
        "days": week,
        "shortDays": week,
        "months": list(months),
        "shortMonths": list(months),
    }
