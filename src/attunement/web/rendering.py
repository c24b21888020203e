"""From values to safe HTML: the page environment, practice steps, marked spans of a member's own text, and plain words.

Templates are rendered with ``page_environment(tag).get_template(NAME).render(...)``. What every page expects is told at
the top of ``templates/base.html``; what one page expects, at the top of that page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from gettext import NullTranslations
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from attunement.domain.messages import N_
from attunement.domain.need import Need
from attunement.domain.practice import Medium, Step
from attunement.web import i18n
from attunement.web.moments import Form, moment_html

TEMPLATES = Path(__file__).resolve().parent / "templates"
STATIC = Path(__file__).resolve().parent / "static"

MEDIUM_WORDS = {
    Medium.READ: N_("to read"),
    Medium.WRITE: N_("to write"),
    Medium.LISTEN: N_("to listen to"),
    Medium.SEE: N_("to look at"),
    Medium.TOGETHER: N_("for two people"),
    Medium.REHEARSE: N_("to rehearse"),
}
INTENSITY_WORDS = {1: N_("gentle"), 2: N_("steady"), 3: N_("stretching")}
NEED_WORDS = {
    Need.HEARD: N_("to be heard"),
    Need.CALM: N_("to calm down"),
    Need.UNDERSTAND: N_("to understand someone, or myself"),
    Need.ACT: N_("to do or say something"),
    Need.CONNECT: N_("to feel closer to someone"),
}
EMOTION_WORDS = {
    "admiration": N_("admiration"), "amusement": N_("amusement"), "anger": N_("anger"), "annoyance": N_("annoyance"),
    "approval": N_("agreement"), "caring": N_("caring"), "confusion": N_("confusion"), "curiosity": N_("curiosity"),
    "desire": N_("longing"), "disappointment": N_("disappointment"), "disapproval": N_("disagreement"),
    "disgust": N_("disgust"), "embarrassment": N_("shame or embarrassment"), "excitement": N_("excitement"),
    "fear": N_("fear"), "gratitude": N_("gratitude"), "grief": N_("grief"), "joy": N_("joy"), "love": N_("love"),
    "nervousness": N_("nervousness"), "optimism": N_("hope"), "pride": N_("pride"), "realization": N_("seeing clearly"),
    "relief": N_("relief"), "remorse": N_("guilt or regret"), "sadness": N_("sadness"), "surprise": N_("surprise"),
    "neutral": N_("nothing in particular"),
}  # fmt: skip
VALENCE_WORDS = (
    N_("very low"),
    N_("low"),
    N_("a little low"),
    N_("neither low nor bright"),
    N_("a little bright"),
    N_("bright"),
    N_("very bright"),
)
AROUSAL_WORDS = (
    N_("very still"),
    N_("still"),
    N_("rather still"),
    N_("neither still nor stirred up"),
    N_("rather stirred up"),
    N_("stirred up"),
    N_("very stirred up"),
)
_BOUNDS = (-0.7, -0.4, -0.1, 0.1, 0.4, 0.7)
_PAUSE = re.compile(r"\[pause (\d{1,3})s\]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+|(?<=[。！？])\s*")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|vs|e\.g|i\.e)\.$")


@dataclass(frozen=True, slots=True)
class StepHtml:
    """A step of a practice, ready to be shown."""

    title: str
    html: Markup


def affect_words(valence: float, arousal: float, messages: NullTranslations) -> str:
    """Words for a place on the pad; ``valence`` and ``arousal`` from -1 to 1.

    >>> affect_words(-0.3, 0.3, NullTranslations())
    'a little low, rather stirred up'
    """
    low_bright = messages.gettext(VALENCE_WORDS[_level(valence)])
    still_stirred = messages.gettext(AROUSAL_WORDS[_level(arousal)])
    return messages.gettext("%(valence)s, %(arousal)s") % {"valence": low_bright, "arousal": still_stirred}


def _level(value: float) -> int:
    """0 to 6. ``static/pad.js`` has the same bounds; a test keeps them the same."""
    return sum(value >= bound for bound in _BOUNDS)


def steps_html(steps: Sequence[Step], messages: NullTranslations, *, captions: bool = False) -> list[StepHtml]:
    """The steps as HTML. With ``captions``, every sentence is a span that ``listen.js`` can light up."""
    return [StepHtml(step.title, markdown(step.text, messages, captions=captions)) for step in steps]


def markdown(text: str, messages: NullTranslations, *, captions: bool = False) -> Markup:
    """Markdown as safe HTML: HTML inside it is shown, not obeyed; ``[pause 20s]`` alone on a line is a silence.

    >>> markdown("Sit *down*. <b>Now</b>", NullTranslations(), captions=False)
    Markup('<p>Sit <em>down</em>. &lt;b&gt;Now&lt;/b&gt;</p>\\n')
    """
    parser = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])
    tokens = parser.parse(text)
    for place, token in enumerate(tokens):
        if token.type != "inline" or token.children is None:
            continue
        pause = _PAUSE.fullmatch(token.content.strip())
        if pause and tokens[place - 1].type == "paragraph_open":
            _make_pause(tokens[place - 1], token, int(pause.group(1)), messages)
        elif captions:
            token.children = _in_sentences(token.children)
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - escaped by the parser


def _make_pause(paragraph: Token, inline: Token, seconds: int, messages: NullTranslations) -> None:
    paragraph.attrs = {"class": "pause", "data-seconds": seconds}
    words = messages.ngettext("A quiet second.", "A quiet %(seconds)s seconds.", seconds) % {"seconds": seconds}
    inline.children = [Token("text", "", 0, content=words)]


def _in_sentences(children: Sequence[Token]) -> list[Token]:
    """Wrap each sentence in a span. Sentences end only outside emphasis and links, so spans never cross a tag."""
    found: list[list[Token]] = [[]]
    depth = 0
    for child in children:
        depth += child.nesting
        pieces = _sentences(child.content) if child.type == "text" and depth == 0 else [child.content]
        for place, piece in enumerate(pieces):
            if place:
                found.append([])
            found[-1].append(child if len(pieces) == 1 else Token("text", "", 0, content=piece))
    return [token for sentence in found if sentence for token in _wrapped(sentence)]


def _wrapped(sentence: list[Token]) -> list[Token]:
    if not any(token.content.strip() for token in sentence):
        return sentence
    opening = Token("span_open", "span", 1, attrs={"class": "sentence"})
    return [opening, *sentence, Token("span_close", "span", -1)]


def _sentences(text: str) -> list[str]:
    """Split after each sentence; the white space stays with the sentence before, so that joining gives ``text``."""
    pieces, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        before, rest = text[start : end.start()], text[end.end() :]
        if rest[:1].islower() or _ABBREVIATION.search(before):
            continue
        pieces.append(text[start : end.end()])
        start = end.end()
    return [*pieces, text[start:]]


def mark_spans(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """A member's own text, escaped, with ``spans`` (character positions, end excluded) marked.

    Spans that overlap or touch become one; what lies outside the text is left out.

    >>> mark_spans("I <felt> it", [(2, 8)])
    Markup('I <mark>&lt;felt&gt;</mark> it')
    """
    html, end = Markup(), 0
    for first, last in _merged(spans, len(text)):
        html += escape(text[end:first]) + Markup("<mark>{}</mark>").format(text[first:last])
        end = last
    return html + escape(text[end:])


def _merged(spans: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted((max(0, first), min(length, last)) for first, last in spans):
        if first >= last:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


@lru_cache
def page_environment(tag: str) -> Environment:
    """The templates in one language: auto-escaped, with a name that is missing being an error and not a gap."""
    messages = i18n.translations_for(tag)
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.install_gettext_translations(messages, newstyle=True)  # type: ignore[attr-defined]
    pages.globals |= {
        "lang": tag,
        "dir": i18n.direction(tag),
        "NEEDS": tuple(Need),
        "MEDIA": tuple(Medium),
        "valence_words": [messages.gettext(words) for words in VALENCE_WORDS],
        "arousal_words": [messages.gettext(words) for words in AROUSAL_WORDS],
    }
    pages.filters |= {
        "medium_word": lambda medium: messages.gettext(MEDIUM_WORDS[Medium(medium)]),
        "intensity_word": lambda level: messages.gettext(INTENSITY_WORDS[level]),
        "need_word": lambda need: messages.gettext(NEED_WORDS[Need(need)]),
        "day": pass_context(lambda context, when: i18n.day(when, tag, context.get("zone"))),
        "day_and_time": pass_context(partial(_day_and_time, tag)),
        "clock": pass_context(partial(_clock, tag)),
        "number": lambda value: i18n.number(value, tag),
        "percent": lambda value: i18n.percent(value, tag),
        "markdown": lambda text: markdown(text, messages),
        "affect_words": lambda point: affect_words(point.valence, point.arousal, messages),
    }
    return pages


def _day_and_time(tag: str, context: Context, when: datetime, form: Form = "full") -> Markup:
    zone = context.get("zone")
    return moment_html(when, i18n.day_and_time(when, tag, zone), zone, form=form)


def _clock(tag: str, context: Context, when: datetime) -> Markup:
    zone = context.get("zone")
    return moment_html(when, i18n.clock(when, tag, zone), zone, form="clock")


def picture_html(svg: str) -> Markup:
    """A picture of the library, to be put into the page itself so that it takes the page's colours and can be paused.

    Pictures are checked when content is (no script, no style, no ids), which is what makes them safe to inline.

    >>> picture_html('<svg viewBox="0 0 320 240"><title>Tide</title></svg>')
    Markup('<svg role="img" focusable="false" viewBox="0 0 320 240"><title>Tide</title></svg>')
    """
    start = svg.index("<svg")
    return Markup('<svg role="img" focusable="false"' + svg[start + 4 :])  # noqa: S704 - checked content
