"""Charts and what they say in words."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest

from attunement.programme.standing import Stretch
from attunement.web import charts, rendering
from attunement.web.charts import AffectPoint, Theme, Width
from attunement.web.kinds_chart import KindInWeek, describe_kinds, kinds_chart

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
POINTS = [
    AffectPoint(START, -0.5, 0.6, 0.2, 0.2),
    AffectPoint(START + timedelta(days=3), 0.0, 0.1, 0.9, 0.2),
    AffectPoint(START + timedelta(days=9), 0.4, -0.3),
]
KINDS = [
    KindInWeek(START, "Listening", 2, 1), KindInWeek(START, "Two <chairs>", 4, 0), KindInWeek(START, "Repair", 0, 0),
    KindInWeek(START + timedelta(days=7), "Listening", 3, 4), KindInWeek(START + timedelta(days=7), "Repair", 0, 0),
]  # fmt: skip
STRETCHES = [Stretch(START, 30, 0.7, 0.6), Stretch(START + timedelta(days=3), 25, 0.72, 0.68)]


def tokens(theme: Theme) -> dict[str, str]:
    """The colours of `static/tokens.css` under one theme."""
    css = (rendering.STATIC / "tokens.css").read_text("utf-8")
    start = css.index("/* light:") if theme == "light" else css.index(':root[data-theme="dark"]')
    return dict(re.findall(r"--([\w-]+): (#\w{6});", css[start : css.index("}", start)]))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_use_the_colours_of_the_pages(theme: Theme) -> None:
    palette, page = charts.PALETTES[theme], tokens(theme)
    assert palette == charts.Palette(
        page["ink"], page["ink-soft"], page["line"], page["accent-member"], page["accent-supporter"]
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", ["narrow", "wide"])
def test_a_chart_is_a_whole_svg_without_style_or_script_that_fits_its_width(theme: Theme, width: Width) -> None:
    for svg in (
        charts.affect_chart(POINTS, theme, "en", width=width),
        kinds_chart(KINDS, theme, "en", width=width),
        charts.expected_chart(STRETCHES, theme, "en", width=width),
    ):
        root = ET.fromstring(svg)  # noqa: S314 - we drew it
        assert root.tag.endswith("svg")
        assert float(root.attrib["width"]) <= {"narrow": 328, "wide": 620}[width]
        assert "<style" not in svg
        assert "<script" not in svg
        assert charts.PALETTES[theme].accent in svg


def test_the_two_lines_differ_in_more_than_colour() -> None:
    svg = charts.affect_chart(POINTS, "light", "en")
    assert 'stroke-dasharray="5,4"' in svg
    assert "From low (-1) to bright (1)" in svg
    assert "From still (-1) to stirred up (1)" in svg


def test_uncertainty_never_leaves_the_scale() -> None:
    rows = [row for point in POINTS for row in charts._affect_rows(point, ["v", "a"])]
    assert [row["low"] for row in rows[:3]] == pytest.approx([-0.7, 0.4, -0.9])
    assert all(-1 <= row["low"] <= row["value"] <= row["high"] <= 1 for row in rows)  # type: ignore[operator]


def test_kinds_stand_by_how_often_they_were_met_and_each_has_a_row() -> None:
    """Most first, those not met last; taken up is a full dot and offered a ring, whatever the colour."""
    svg = kinds_chart(KINDS, "light", "en")
    rows = [svg.index(f">{kind}</text>") for kind in ("Listening", "Two &lt;chairs&gt;", "Repair")]
    assert rows == sorted(rows)
    marks, accent = re.findall(r'<path aria-label="[^"]*"[^>]*>', svg), charts.PALETTES["light"].accent
    rings, dots = (sum(f'{how}="{accent}"' in mark for mark in marks) for how in ("stroke", "fill"))
    assert (rings, dots, len(marks)) == (3, 2, 5)


def test_what_a_chart_shows_is_also_said_in_words() -> None:
    assert charts.describe_affect(list(reversed(POINTS)), "en") == (
        "3 check-ins. The first, on November 1, 2026: low, stirred up. "
        "The latest, on November 10, 2026: bright, rather still."
    )
    assert charts.describe_affect(POINTS[:1], "en").startswith("One check-in. The latest")
    assert describe_kinds(KINDS, "en") == (
        "How often each was offered in these weeks, and in brackets how often you took it up: "
        "Listening 5 (5), Two <chairs> 4 (0)."
    )


def test_with_nothing_to_draw_the_words_say_so() -> None:
    assert charts.describe_affect([], "en") == "There is nothing to draw yet."
    assert describe_kinds(KINDS[-1:], "en") == "There is nothing to draw yet."


def test_a_single_day_is_shown_by_the_clock_and_many_by_date() -> None:
    assert re.search(r">1 Nov</text>|>5 Nov</text>|>3 Nov</text>", charts.affect_chart(POINTS, "light", "en"))
    hours = [AffectPoint(START + timedelta(hours=h), 0, 0) for h in (0, 1, 2)]
    assert "Nov</text>" not in charts.affect_chart(hours, "light", "en")
