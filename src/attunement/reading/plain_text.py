"""Makes any text safe to read and brings its many spellings to one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MAX_CHARACTERS, ENDS = 200_000, 50_000
"""What models read of a text whole, and how much of the beginning and of the end of a longer one: see `left_out`."""

_QUOTES = str.maketrans({"‘": "'", "’": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"'})
_DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_HALF = re.compile("[\ud800-\udfff]")
_NEEDED = frozenset("\n\t\u200c\u200d")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[\S\x0b\x0c\x1c-\x1f\x85]+")  # what `_CONTROL` takes out parts no words
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
_LEET_WORD = re.compile(r"(?<![\w@$])(?=[\w@$!]*[^\W\d_])(?=[\w@$!]*[013457@$!][\w@$!]*[^\W\d_])[\w@$!]+")
_SPELT = {
    **dict.fromkeys(("jus", "juz", "jst"), "just"), **dict.fromkeys(("every1", "evry1", "evryone"), "everyone"),
    **dict.fromkeys(("2nite", "2night", "tonyt"), "tonight"), **dict.fromkeys(("2moro", "2morrow", "tmoz"), "tomorrow"),
    **dict.fromkeys(("ovrdose", "overdoze", "ovadose"), "overdose"), **dict.fromkeys(("wantd", "wntd"), "wanted"),
    **dict.fromkeys(("pilz", "pillz"), "pills"), **dict.fromkeys(("nuffin", "nuffink", "nuthin"), "nothing"),
    **dict.fromkeys(("sumfin", "somefin", "sumthin"), "something"), **dict.fromkeys(("sum1", "some1"), "someone"),
    "ov": "of", "dem": "them", "dat": "that", "wiv": "with", "wen": "when", "wot": "what", "nife": "knife",
    "brige": "bridge", "any1": "anyone", "anyfin": "anything", "ovrdosed": "overdosed", "scard": "scared",
}  # fmt: skip
"""Words as they are typed in haste or spoken, each by one word; what patterns spell out is not among them."""
_SPELT_WORD = re.compile(rf"(?<![\w'])(?:{'|'.join(_SPELT)})(?![\w'])")
_CENSORED = re.compile(r"(?<=\w)\*(?=\w)")


def clean(text: str) -> str:
    """The text with half characters (lone surrogates) replaced, every other character in its place.

    >>> clean("fine \\ud800 day")
    'fine � day'
    """
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def left_out(text: str) -> tuple[int, int] | None:
    """The characters in the middle of a very long text that models do not read, ``[start, end)``; None where they do.

    >>> left_out("long" * 100_000), left_out("short")
    ((50000, 350000), None)
    """
    end = min(ENDS, MAX_CHARACTERS // 2)
    return (end, len(text) - end) if len(text) > MAX_CHARACTERS else None


def shortened(text: str) -> str:
    """The text without what is `left_out` of it."""
    middle = left_out(text)
    return text[: middle[0]] + text[middle[1] :] if middle else text


def in_place(spans: Sequence[tuple[int, int]], text: str) -> Sequence[tuple[int, int]]:
    """Where ranges of a text that was `shortened` stand in the text itself: those of its end later.

    >>> in_place([(0, 4), (99_997, 100_000)], "long" * 100_000)
    [(0, 4), (399997, 400000)]
    """
    middle = left_out(text)
    if middle is None:
        return spans
    seam, less = middle[0], middle[1] - middle[0]
    return [(start + less * (start >= seam), end + less * (end > seam)) for start, end in spans]


def straight(text: str) -> str:
    """The text with typographic quotes and dashes made plain, one character for one, so spans still fit.

    >>> straight("I don’t — “know”")
    'I don\\'t - "know"'
    """
    return text.translate(_QUOTES).translate(_DASHES)


def visible(text: str) -> str:
    """The text without characters nobody sees: control and format characters, unassigned ones, lone surrogates.

    Line ends, tabs and the two joiners that scripts and emoji need are kept.

    >>> visible("a\\u202eb\\U000e0041c\\nd")
    'abc\\nd'
    """
    return "".join(c for c in text if c in _NEEDED or not unicodedata.category(c).startswith("C"))


def normalise(text: str) -> str:
    """One spelling for matching: NFKC, lower case, plain quotes, no control characters, no leetspeak, no stretching.

    Letters repeated three times or more become one or two alike (``sooo`` and ``so`` both give ``so``); some words
    typed in haste become what they stand for. Lengths change: do not use for spans. As many words remain.

    >>> normalise("I’m sooooo  t1red, s*icide? jus took all ov dem")
    "i'm so tired, sicide? just took all of them"
    """
    text = unicodedata.normalize("NFKC", clean(text)).lower()
    text = _CONTROL.sub("", straight(text))
    text = _STRETCHED.sub(r"\1", text)
    text = _CENSORED.sub("", text)
    text = _SPELT_WORD.sub(lambda m: _SPELT[m.group()], text)
    text = _LEET_WORD.sub(lambda m: m.group().translate(_LEET), text)
    return _SPACE.sub(" ", text).strip()


def places_of_words(text: str) -> Sequence[tuple[int, int]]:
    """Where each word of the normalised text stands in the text itself, ``[start, end)``.

    >>> places_of_words(" I’m  SO t1red")
    [(1, 4), (6, 8), (9, 14)]
    """
    return [word.span() for word in _WORD.finditer(clean(text)) for _ in normalise(word.group()).split()]
