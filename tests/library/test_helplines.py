"""There is always someone to call, and faults in the file are told with their line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.library.helplines import Helplines, load_helplines, read_helplines
from attunement.library.resources import content_folder

SMALL = """international:
  country: Anywhere
  emergency: ""
  lines:
    - {name: Directory, url: "https://example.org", source: "https://example.org", checked: 2026-11-22}
countries:
  DE:
    country: Germany
    emergency: "112"
    lines:
      - {name: Line, phone: "116 123", source: "https://example.org", checked: 2026-11-22}
"""


@pytest.fixture(scope="module")
def known() -> Helplines:
    return load_helplines(content_folder())


def test_at_least_25_countries_are_known(known: Helplines) -> None:
    assert len(known.countries) >= 25


@pytest.mark.parametrize("code", ["", None, "XX", "  ", "germany", "🙂"])
def test_an_unknown_country_gets_the_international_lines(known: Helplines, code: str | None) -> None:
    assert known.for_country(code) is known.international
    assert known.for_country(code).lines


@pytest.mark.parametrize("code", ["de", "DE", " de "])
def test_a_country_is_found_in_any_case(known: Helplines, code: str) -> None:
    assert known.for_country(code).country == "Germany"


def test_every_country_has_an_emergency_number_and_every_line_a_way_in(known: Helplines) -> None:
    for help_there in known.countries.values():
        assert help_there.emergency
        assert all(line.phone or line.text or line.url for line in help_there.lines)


def test_every_line_says_where_and_when_it_was_checked(known: Helplines) -> None:
    for help_there in (*known.countries.values(), known.international):
        lines = help_there.lines_for(hurt=True)
        assert all(line.source.startswith("http") and line.checked >= date(2026, 11, 22) for line in lines)


def test_lines_for_people_who_are_hurt_are_apart_and_come_first_where_asked_for(known: Helplines) -> None:
    """Most countries have one, with a number; nobody is shown them as lines for those who want to die."""
    having = [help_there for help_there in known.countries.values() if help_there.violence]
    assert len(having) >= 20
    for help_there in having:
        assert all(line.phone for line in help_there.violence)
        assert help_there.lines_for(hurt=True)[0] is help_there.violence[0]
        assert help_there.lines_for(hurt=False) == help_there.lines
        assert not set(help_there.violence) & set(help_there.lines)
    assert known.for_country("CA").lines_for(hurt=True) == known.for_country("CA").lines


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('phone: "116 123", ', "", 11, "needs a 'phone'"),
        ("DE:", "Germany:", 7, "countries"),
        ("DE:", "XX:", 7, "'XX' is no country"),
        ('    emergency: "112"\n', '    emergency: "112"\n    violence: [{name: Line}]\n', 10, "source"),
        ('    emergency: "112"\n', "", 7, "is missing"),
        ("name: Line,", "name: Line, fax: no,", 11, "not a known field"),
        ("country: Germany", "country: [", 10, "not valid YAML"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    file = tmp_path / "helplines.yaml"
    assert old in SMALL
    file.write_text(SMALL.replace(old, new), encoding="utf-8")
    found, faults = read_helplines(file)
    assert found is None
    assert says in str(faults[0])
    assert abs(faults[0].line - line) <= 1


def test_a_missing_file_stops_loading_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(AttunementError, match=r"helplines\.yaml") as caught:
        load_helplines(tmp_path)
    assert caught.value.code is ErrorCode.BAD_CONTENT


def test_the_small_file_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "helplines.yaml"
    file.write_text(SMALL, encoding="utf-8")
    found, faults = read_helplines(file)
    assert not faults
    assert found is not None
    assert found.for_country("DE").lines[0].phone == "116 123"
