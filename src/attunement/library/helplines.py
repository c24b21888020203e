"""Helplines by country, read from ``content/helplines.yaml``; there is always at least one to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.library.content_check import Fault, parse_matter
from attunement.library.countries import countries as known_countries

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=90)]
Number = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=30)]
Link = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=300)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


def _known(code: str) -> str:
    if code not in known_countries():
        raise ValueError(f"'{code}' is no country; write the two capital letters of ISO 3166-1, such as 'IE'")
    return code


Country = Annotated[str, AfterValidator(_known)]


@dataclass(frozen=True, slots=True)
class Helpline:
    """One line to call, write to or open; what it does not have is empty.

    ``languages`` are ISO 639-1 codes, as far as known.
    """

    name: str
    phone: str
    text: str
    url: str
    hours: str
    languages: tuple[str, ...]
    source: str
    checked: date


@dataclass(frozen=True, slots=True)
class CountryHelp:
    """The emergency number and the helplines of one country.

    ``code`` is ISO 3166-1; for anywhere it is empty, and so is ``emergency``, which differs by country. ``violence``
    holds the lines for people whom somebody close to them hurts, as far as they are known; they are not in ``lines``.
    """

    code: str
    country: str
    emergency: str
    lines: tuple[Helpline, ...]
    violence: tuple[Helpline, ...] = ()

    def lines_for(self, *, hurt: bool) -> tuple[Helpline, ...]:
        """The lines to show first: those for people whom somebody hurts before the others, where ``hurt``.

        >>> from attunement.library.resources import content_folder
        >>> spain = load_helplines(content_folder()).for_country("ES")
        >>> [line.phone for line in spain.lines_for(hurt=True)], [line.phone for line in spain.lines_for(hurt=False)]
        (['016', '024'], ['024'])
        """
        return (*self.violence, *self.lines) if hurt else self.lines


@dataclass(frozen=True, slots=True)
class Helplines:
    """All helplines known.

    >>> from attunement.library.resources import content_folder
    >>> known = load_helplines(content_folder())
    >>> known.for_country("de").emergency
    '112'
    >>> known.for_country("??") is known.international
    True
    """

    countries: Mapping[str, CountryHelp]
    international: CountryHelp

    def for_country(self, code: str | None) -> CountryHelp:
        """The help of one country (any case), or the international one where none is known. Never empty."""
        return self.countries.get((code or "").strip().upper(), self.international)


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HelplineMatter(_Closed):
    """One helpline as written in the file; it needs at least one way to be reached."""

    name: Text
    phone: Number | None = None
    text: Number | None = None
    url: Link | None = None
    hours: Text | None = None
    languages: list[Language] = []
    source: Link
    checked: date

    @model_validator(mode="after")
    def _can_be_reached(self) -> HelplineMatter:
        if not (self.phone or self.text or self.url):
            raise ValueError("needs a 'phone', a 'text' or a 'url'")
        return self


class CountryMatter(_Closed):
    """One country as written in the file."""

    country: Text
    emergency: Number | Literal[""]
    lines: Annotated[list[HelplineMatter], Field(min_length=1, max_length=6)]
    violence: Annotated[list[HelplineMatter], Field(max_length=3)] = []


class HelplinesMatter(_Closed):
    """The whole of ``content/helplines.yaml``."""

    international: CountryMatter
    countries: dict[Country, CountryMatter]


def read_helplines(file: Path) -> tuple[Helplines | None, list[Fault]]:
    """Read the helplines file; a file with faults yields None and the faults."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None, [Fault(file, 1, "cannot be read as UTF-8; put it back or save it as UTF-8.")]
    matter, faults = parse_matter(file, text, 0, HelplinesMatter)
    if matter is None:
        return None, faults
    countries = {code: _country(code, found) for code, found in sorted(matter.countries.items())}
    return Helplines(MappingProxyType(countries), _country("", matter.international)), []


def load_helplines(folder: Path) -> Helplines:
    """The helplines of a content folder.

    Raises
    ------
    AttunementError
        ``BAD_CONTENT``, naming the first fault, where the file cannot be used.
    """
    helplines, faults = read_helplines(folder / "helplines.yaml")
    if helplines is None:
        raise AttunementError(
            ErrorCode.BAD_CONTENT, "The helplines cannot be used. {fault}", fault=str(faults[0]) if faults else ""
        )
    return helplines


def _country(code: str, matter: CountryMatter) -> CountryHelp:
    lines, violence = (tuple(map(_line, lines)) for lines in (matter.lines, matter.violence))
    return CountryHelp(code, matter.country, matter.emergency, lines, violence)


def _line(matter: HelplineMatter) -> Helpline:
    return Helpline(
        name=matter.name,
        phone=matter.phone or "",
        text=matter.text or "",
        url=matter.url or "",
        hours=matter.hours or "",
        languages=tuple(matter.languages),
        source=matter.source,
        checked=matter.checked,
    )
