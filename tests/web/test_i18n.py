"""The language of a page."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from attunement.web import i18n

WEB = Path(i18n.__file__).parent
ROOT = Path(__file__).resolve().parents[2]
ERRORS = ("AttunementError", "NotFound", "NotSignedIn", "Refused", "Invalid", "Conflict", "Throttled", "StoreError")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None, **dict.fromkeys(ERRORS, (2,))}


def test_what_was_asked_for_comes_before_the_members_choice_and_the_browsers() -> None:
    assert i18n.negotiate(asked="en", chosen="ar-XB", accept="fr") == "en"
    assert i18n.negotiate(chosen="ar-XB", accept="en") == "ar-XB"


@pytest.mark.parametrize(
    "accept", ["", "fr, de;q=0.9", "en-GB,en;q=0.8", ";;;q=x", "en;q=nan-ish", "*", "a" * 10_000, "ar-XB"]
)
def test_any_accept_language_header_ends_in_a_language_that_exists(accept: str) -> None:
    assert i18n.negotiate(accept=accept) == "en"


def test_a_region_falls_back_to_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "languages", lambda: ("en", "de", "pt-BR"))
    assert i18n.negotiate(accept="fr;q=0.9, de-AT;q=0.8, en;q=0.1") == "de"
    assert i18n.negotiate(accept="pt-br") == "pt-BR"
    assert i18n.negotiate(accept="de;q=0, en") == "en"


def test_a_po_file_is_all_a_translation_needs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (folder / "messages.po").write_text(f'{header}msgid "Today"\nmsgstr "Heute"\n', "utf-8")
    monkeypatch.setattr(i18n, "LOCALE_FOLDER", tmp_path)
    i18n.languages.cache_clear()
    i18n.translations_for.cache_clear()
    try:
        assert i18n.languages() == ("en", "de")
        assert i18n.translations_for("de").gettext("Today") == "Heute"
        assert i18n.translations_for("de").gettext("Library") == "Library"
    finally:
        i18n.languages.cache_clear()
        i18n.translations_for.cache_clear()


def test_an_unknown_language_reads_as_english() -> None:
    assert i18n.translations_for("xx").gettext("Today") == "Today"
    assert i18n.direction("en") == "ltr"


def test_the_pseudo_locale_keeps_what_gets_filled_in_and_runs_right_to_left() -> None:
    text = i18n.translations_for("ar-XB").gettext("Call %(number)s, or {place}, at <b>once</b> &amp; 5%%")
    for kept in ("%(number)s", "{place}", "<b>", "</b>", "&amp;", "%%"):
        assert kept in text
    assert text == "\u200f[Çåll %(number)s, õr {place}, åt <b>õñçé</b> &amp; 5%%]\u200f"
    assert i18n.direction("ar-XB") == "rtl"
    assert "mîñûté]" in i18n.translations_for("ar-XB").ngettext("%(num)s minute", "%(num)s minutes", 1)
    assert "mîñûtés]" in i18n.translations_for("ar-XB").ngettext("%(num)s minute", "%(num)s minutes", 2)


@given(st.text())
def test_the_pseudo_locale_loses_no_placeholder_of_any_message(message: str) -> None:
    pattern = r"%\(\w+\)[sd]"
    assert re.findall(pattern, i18n.pseudo(message)) == re.findall(pattern, message)


def test_dates_and_numbers_are_written_as_the_language_writes_them() -> None:
    when = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert i18n.day(when, "en") == "November 22, 2026"
    assert i18n.day(when, "en", timezone(timedelta(hours=2))) == "November 23, 2026"
    assert i18n.day_and_time(when, "en").replace("\u202f", " ") == "Nov 22, 2026, 11:30 PM"
    assert i18n.number(-0.25, "en") == "-0.25"
    assert i18n.percent(0.5, "en") == "50%"


def test_every_word_of_pages_reasons_and_errors_is_in_the_committed_template() -> None:
    with (WEB / "locale" / "messages.pot").open("rb") as file:
        committed = {message.id for message in read_po(file) if message.id}
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = {message[2] for message in extract_from_dir(WEB.parent, methods, options, keywords=KEYWORDS)}
    assert found == committed, "run the command in babel.cfg"
