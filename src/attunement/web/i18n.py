"""The language of a page: which one, what its words are, which way it runs, how it writes dates and numbers.

English is the source. A translation is one file, ``locale/TAG/LC_MESSAGES/messages.po``; nothing has to be compiled.
``ar-XB`` is computed from the English and shows, to people who read English, what a page does right to left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

SOURCE = "en"
PSEUDO = "ar-XB"
LOCALE_FOLDER = Path(__file__).resolve().parent / "locale"

Direction = Literal["ltr", "rtl"]

_KEPT = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|<[^>]*>|&\w+;")
_ACCENTS = str.maketrans("AEIOUYCNaeiouycn", "ÅÉÎÕÛÝÇÑåéîõûýçñ")
_RIGHT_TO_LEFT_MARK = "\u200f"


def pseudo(message: str) -> str:
    """English made to look foreign and run right to left, with what gets filled in left alone.

    >>> pseudo("Hello %(name)s").strip("\u200f")
    '[Héllõ %(name)s]'
    """
    if not message:
        return message
    parts, end = [], 0
    for kept in _KEPT.finditer(message):
        parts += [message[end : kept.start()].translate(_ACCENTS), kept.group()]
        end = kept.end()
    parts.append(message[end:].translate(_ACCENTS))
    return f"{_RIGHT_TO_LEFT_MARK}[{''.join(parts)}]{_RIGHT_TO_LEFT_MARK}"


class PseudoTranslations(NullTranslations):
    """Translates every message with `pseudo`, so that nothing that is not marked for translation goes unseen."""

    def gettext(self, message: str) -> str:
        """The message, made foreign."""
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for ``n`` after the English rule, made foreign."""
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """The message, made foreign; the context is for translators only."""
        return pseudo(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """The form for ``n``, made foreign."""
        return self.ngettext(msgid1, msgid2, n)


@lru_cache
def languages() -> tuple[str, ...]:
    """The tags of the languages the pages exist in, English first; without the pseudo-locale."""
    found = sorted(file.parent.parent.name for file in LOCALE_FOLDER.glob("*/LC_MESSAGES/messages.po"))
    return (SOURCE, *(tag for tag in found if tag != SOURCE))


@lru_cache
def translations_for(tag: str) -> NullTranslations:
    """The messages of a language; English (the messages themselves) where ``tag`` is not known."""
    if tag == PSEUDO:
        return PseudoTranslations()
    if tag == SOURCE or tag not in languages():
        return NullTranslations()
    packed = BytesIO()
    with (LOCALE_FOLDER / tag / "LC_MESSAGES" / "messages.po").open("rb") as file:
        write_mo(packed, read_po(file, locale=tag.replace("-", "_")))
    packed.seek(0)
    return GNUTranslations(packed)


def translate(message: str, tag: str) -> str:
    """A message in a member's language, or in the nearest there is."""
    return translations_for(negotiate(chosen=tag)).gettext(message)


def negotiate(*, asked: str | None = None, chosen: str | None = None, accept: str | None = None) -> str:
    """The language to answer in: asked for in the address, else chosen by the member, else the browser's, else English.

    The pseudo-locale is only ever given to someone who asks for it.

    >>> negotiate(asked="ar-XB"), negotiate(accept="ar-XB, en;q=0.5")
    ('ar-XB', 'en')
    """
    if asked == PSEUDO or chosen == PSEUDO:
        return PSEUDO if asked in (PSEUDO, None) else negotiate(asked=asked, accept=accept)
    wanted = [tag for tag in (asked, chosen) if tag] + _accepted(accept or "")
    for tag in wanted:
        match = _closest(tag, languages())
        if match is not None:
            return match
    return SOURCE


def _closest(tag: str, offered: Sequence[str]) -> str | None:
    """The offered tag equal to ``tag``, or to its language without the region, whatever the case."""
    by_lower = {other.lower(): other for other in offered}
    lower = tag.lower().replace("_", "-")
    return by_lower.get(lower) or by_lower.get(lower.split("-")[0])


def _accepted(header: str) -> list[str]:
    """The tags of an ``Accept-Language`` header, best first; what is malformed is passed over."""
    ranked = []
    for place, part in enumerate(header[:500].split(",")):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", tag) and weight > 0:
            ranked.append((-weight, place, tag))
    return [tag for _, _, tag in sorted(ranked)]


@lru_cache
def locale_of(tag: str) -> Locale:
    """Babel's locale for a tag; the pseudo-locale writes dates and numbers as Arabic does."""
    return Locale.parse("ar" if tag == PSEUDO else tag, sep="-")


def direction(tag: str) -> Direction:
    """Which way the language runs.

    >>> direction("en"), direction("ar-XB")
    ('ltr', 'rtl')
    """
    return "rtl" if locale_of(tag).text_direction == "rtl" else "ltr"


def language_name(tag: str) -> str:
    """The language's name in the language itself.

    >>> language_name("en")
    'English'
    """
    return "Pseudo (right to left)" if tag == PSEUDO else str(locale_of(tag).get_display_name() or tag)


def name_of_language(code: str, tag: str) -> str:
    """What a language (an ISO 639-1 code) is called in the language ``tag``; empty where it has no name there.

    >>> name_of_language("de", "en"), name_of_language("und", "en")
    ('German', '')
    """
    return "" if code == "und" else str(locale_of(tag).languages.get(code, ""))


def day(when: datetime, tag: str, zone: tzinfo | None = None) -> str:
    """The date of a moment, for reading: "22 November 2026" or its like."""
    return str(format_date(when.astimezone(zone) if zone else when, "long", locale_of(tag)))


def day_and_time(when: datetime, tag: str, zone: tzinfo | None = None) -> str:
    """The date and time of a moment, for reading; in ``zone``, else as the moment has it (UTC)."""
    local, locale = when.astimezone(zone) if zone else when, locale_of(tag)
    date, time = format_date(local, "medium", locale), format_time(local, "short", local.tzinfo, locale)
    return str(locale.datetime_formats["medium"]).format(time, date)


def clock(when: datetime, tag: str, zone: tzinfo | None = None) -> str:
    """The time of day of a moment, for reading; in ``zone``, else as the moment has it (UTC)."""
    local = when.astimezone(zone) if zone else when
    return str(format_time(local, "short", local.tzinfo, locale_of(tag)))


def number(value: float, tag: str) -> str:
    """A number as the language writes it, with at most two decimals.

    >>> number(1234.5, "en")
    '1,234.5'
    """
    return str(format_decimal(value, format="#,##0.##", locale=locale_of(tag)))


def percent(value: float, tag: str) -> str:
    """A share from 0 to 1 as the language writes a percentage; with one decimal under one in a hundred.

    >>> percent(0.234, "en"), percent(0.0043, "en"), percent(0.0, "en")
    ('23%', '0.4%', '0%')
    """
    if 0 < value < 0.01:
        return str(format_percent(round(value, 3), locale=locale_of(tag), decimal_quantization=False))
    return str(format_percent(value, locale=locale_of(tag)))
