"""From values to safe HTML."""

from __future__ import annotations

import re
from gettext import NullTranslations
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from attunement.domain.need import Need
from attunement.domain.practice import Medium, Step
from attunement.web import i18n, rendering

ENGLISH = NullTranslations()
TEXTS = st.text(alphabet=st.sampled_from(list("ab .!?*_`<>&\"'[]()#-\n1é。")), max_size=120)


class Balance(HTMLParser):
    """Notes every tag and fails on one that closes what is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check(html: str) -> set[str]:
    balance = Balance()
    balance.feed(html)
    balance.close()
    assert balance.open == []
    return balance.seen


def test_html_in_a_practice_is_shown_and_not_obeyed() -> None:
    html = rendering.markdown("<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](http://e.org/y.png)", ENGLISH)
    assert "<script" not in html
    assert 'href="javascript:' not in html
    assert "<img" not in html


def test_a_pause_alone_in_a_paragraph_is_a_silence_with_its_seconds() -> None:
    html = rendering.markdown("Breathe in.\n\n[pause 20s]\n\nStay [pause 5s] here.", ENGLISH, captions=True)
    assert '<p class="pause" data-seconds="20">A quiet 20 seconds.</p>' in html
    assert html.count('pause"') == 1
    assert "[pause 5s]" in html


def test_the_words_of_a_pause_are_translated() -> None:
    html = rendering.markdown("[pause 3s]", i18n.translations_for("ar-XB"))
    assert "Å qûîét 3 séçõñds." in html


def test_each_sentence_of_a_listening_text_is_one_caption() -> None:
    text = 'Sit down. "Really?" she asked. Dr. Ade said *yes. Twice.* Then e.g. tea, and 3.5 cups. Rest …'
    html = rendering.markdown(text, ENGLISH, captions=True)
    captions = [unescape(re.sub("<[^>]+>", "", part)).strip() for part in html.split('<span class="sentence">')[1:]]
    assert captions == [
        "Sit down.",
        '"Really?" she asked.',
        "Dr. Ade said yes. Twice. Then e.g. tea, and 3.5 cups.",
        "Rest …",
    ]


def test_captions_only_where_they_are_asked_for() -> None:
    (step,) = rendering.steps_html([Step("Begin", "One. Two.")], ENGLISH)
    assert (step.title, step.html) == ("Begin", "<p>One. Two.</p>\n")


@given(TEXTS)
def test_captions_change_no_word_and_leave_every_tag_closed(text: str) -> None:
    plain = rendering.markdown(text, ENGLISH)
    captioned = rendering.markdown(text, ENGLISH, captions=True)
    assert re.sub(r'<span class="sentence">|</span>', "", captioned) == plain
    assert check(captioned) <= check(plain) | {"span"}


def test_marked_spans_are_escaped_merged_and_kept_inside_the_text() -> None:
    assert rendering.mark_spans("a<b>c", [(1, 3), (2, 4), (9, 12), (-5, 1)]) == "<mark>a&lt;b&gt;</mark>c"
    assert rendering.mark_spans("", [(0, 3)]) == ""


@given(st.text(), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40))))
def test_marking_changes_no_character_of_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    html = rendering.mark_spans(text, spans)
    assert html.replace("<mark>", "").replace("</mark>", "") == escape(text)
    assert html.count("<mark>") == html.count("</mark>")


@pytest.mark.parametrize(
    ("valence", "arousal", "words"),
    [
        (-1, -1, "very low, very still"),
        (1, 1, "very bright, very stirred up"),
        (0, 0, "neither low nor bright, neither still nor stirred up"),
        (0.4, -0.4, "bright, rather still"),
    ],
)
def test_every_place_on_the_pad_has_words(valence: float, arousal: float, words: str) -> None:
    assert rendering.affect_words(valence, arousal, ENGLISH) == words


def test_the_pad_in_the_browser_uses_the_same_bounds_as_the_server() -> None:
    script = (rendering.STATIC / "pad.js").read_text("utf-8")
    bounds = re.search(r"BOUNDS = \[([^\]]+)\]", script)
    assert bounds is not None
    assert tuple(float(number) for number in bounds.group(1).split(",")) == rendering._BOUNDS


def test_every_need_medium_and_intensity_has_a_word() -> None:
    assert set(rendering.NEED_WORDS) == set(Need)
    assert set(rendering.MEDIUM_WORDS) == set(Medium)
    assert set(rendering.INTENSITY_WORDS) == {1, 2, 3}
    assert rendering.page_environment("en").from_string("{{ 'write'|medium_word }}").render() == "to write"


TEMPLATES = sorted(rendering.TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(rendering.TEMPLATES).as_posix())
def test_no_template_has_a_style_or_script_the_content_policy_would_refuse(path: Path) -> None:
    source = path.read_text("utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", source)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", source))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(rendering.TEMPLATES).as_posix())
def test_every_posted_form_carries_the_field_against_forged_requests(path: Path) -> None:
    source = path.read_text("utf-8")
    forms = re.findall(r'<form[^>]*method="post".*?</form>', source, flags=re.DOTALL)
    assert all("csrf_field()" in form for form in forms)


def test_a_picture_keeps_its_title_as_the_name_people_hear() -> None:
    html = rendering.picture_html('<?xml version="1.0"?>\n<svg viewBox="0 0 1 1"><title>Tide</title></svg>')
    assert html == '<svg role="img" focusable="false" viewBox="0 0 1 1"><title>Tide</title></svg>'
