"""Tells the language of a text, and says so where it cannot be told."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from attunement.reading.everyday import PLAIN_ENGLISH, everyday_languages, is_plain_english
from attunement.reading.plain_text import clean, straight

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

UNKNOWN = "und"
ENGLISH = "en"
SURE = 0.6
ENGLISH_PRIOR = 12.0
MOST_CHARACTERS = 2000
FEW_WORDS = 4
_LANGUAGES = (
    "af ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka ko lt lv "
    "mk ml mr ms ne nl no pa pl pt ro ru sk sl so sq sr sv sw ta te th tl tr uk ur uz vi zh"
)
LANGUAGES = _LANGUAGES.split()
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_opening = threading.Lock()


class LanguageTeller:
    """Tells ISO 639-1 codes; ``und`` where a text holds no words or its language is unclear.

    A text whose words are mostly everyday ones of one language is in that language without further ado; others are
    asked of py3langid (Lui & Baldwin 2012, *langid.py*) over 57 languages, with English twelve times as likely
    beforehand as any other, and told where the answer has a probability of 0.6 or more. Where words are everyday ones
    of several languages, it is asked which of these. The model is opened once in a process, at the first such text,
    which takes a second.

    >>> LanguageTeller().tell("I am so tired of this")
    'en'
    >>> LanguageTeller().tell("Ich bin heute sehr müde")
    'de'
    >>> LanguageTeller().tell("12:30 !!")
    'und'
    """

    def tell(self, text: str) -> str:
        """The language of one text."""
        some = straight(clean(text[:MOST_CHARACTERS]))
        words = _words(some)
        if not words:
            return UNKNOWN
        others = everyday_languages(words)
        if len(others) == 1:
            return others[0]
        if not others and is_plain_english(words):
            return ENGLISH
        ranked = dict(_identifier().rank(some))
        if others:
            return max(others, key=lambda code: ranked.get(code, 0.0))
        ranked[ENGLISH] = ranked.get(ENGLISH, 0.0) * ENGLISH_PRIOR
        best = max(ranked, key=lambda code: ranked[code])
        return best if ranked[best] >= SURE * sum(ranked.values()) else UNKNOWN


def _identifier() -> LanguageIdentifier:
    with _opening:  # one thread opens it, and others wait for that one rather than open it as well
        return _opened()


@cache
def _opened() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier


def is_latin(text: str) -> bool:
    """Whether most letters are Latin.

    >>> is_latin("sad"), is_latin("грустно"), is_latin("😀")
    (True, False, False)
    """
    letters = [c for c in clean(text[:MOST_CHARACTERS]) if c.isalpha()]
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters)
    return bool(letters) and latin > len(letters) / 2


def can_read(text: str, language: str) -> bool:
    """Whether a text is English, or cannot be told but may be: in Latin letters, of four words or with an English one.

    >>> can_read("ok", UNKNOWN), can_read("грустно", UNKNOWN), can_read("Mir geht es gut", "de")
    (True, False, False)
    >>> can_read("lorem ipsum dolor sit amet", UNKNOWN)
    False
    """
    if language != UNKNOWN:
        return language == ENGLISH
    words = _words(straight(clean(text[:MOST_CHARACTERS])))
    return is_latin(text) and (len(words) <= FEW_WORDS or not PLAIN_ENGLISH.isdisjoint(words))


def has_words(text: str) -> bool:
    """Whether there is any word in a text, in whatever script.

    >>> has_words("12:30 😀"), has_words("грустно")
    (False, True)
    """
    return _WORD.search(clean(text[:MOST_CHARACTERS])) is not None


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
