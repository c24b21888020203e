"""A moment on a page: by the reader's own clock where it is known, else in UTC, and said so."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Literal

from markupsafe import Markup

Form = Literal["full", "brief", "clock"]
UNTOLD = "UTC"  # what a member's time zone is until they or their browser tell another


def moment_html(when: datetime, words: str, zone: tzinfo | None, *, form: Form = "full") -> Markup:
    """A ``<time>`` that never leaves open whose clock it goes by.

    Parameters
    ----------
    when, words:
        The moment, and how the page's language writes it in ``zone``.
    zone:
        The reader's; with none told, ``static/moments.js`` writes the moment anew by the browser's clock.
    form:
        How much of it the browser then writes: date and time, the time alone today, or always the time alone.

    >>> from datetime import UTC
    >>> from zoneinfo import ZoneInfo
    >>> noon = datetime(2026, 11, 26, 12, tzinfo=UTC)
    >>> moment_html(noon, "13:00", ZoneInfo("Europe/Berlin"), form="clock")
    Markup('<time datetime="2026-11-26T12:00:00+00:00">13:00</time>')
    >>> moment_html(noon, "12:00", None, form="clock")
    Markup('<time datetime="2026-11-26T12:00:00+00:00" data-utc="clock">12:00 UTC</time>')
    """
    if zone is not None and str(zone) != UNTOLD:
        return Markup('<time datetime="{}">{}</time>').format(when.isoformat(), words)
    told = Markup('<time datetime="{}" data-utc="{}">{} UTC</time>')
    return told.format(when.isoformat(), form, words)
