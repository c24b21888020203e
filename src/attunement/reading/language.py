"""Tells the language of a text, and says so where it cannot be told."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase
from typing import TYPE_CHECKING

from attunement.library.resources import models_folder
from attunement.reading.emojis import tells_by_emoji
from attunement.reading.everyday import BORROWED, PLAIN_ENGLISH, everyday_languages, is_plain_english
from attunement.reading.network import Network
from attunement.reading.plain_text import clean, normalise, straight

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

UNKNOWN = "und"
ENGLISH = "en"
SURE = 0.6
ENGLISH_PRIOR = 12.0
MOST_CHARACTERS = 2000
FEW_WORDS = 4
SHORTEST_KNOWN = 3
"""Letters of a word of the tokenizer that tells English: two are as often no more than two keys."""
SLIPS = range(5, 21)
"""Letters of words in which a slip is looked for: a shorter one is a slip away from some word, whatever it is."""
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
        some = straight(clean(_beginning(text)))
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
    letters = [c for c in clean(_beginning(text)) if c.isalpha()]
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters)
    return bool(letters) and latin > len(letters) / 2


def can_read(text: str, language: str) -> bool:
    """Whether a text is English, or cannot be told but may be: in Latin letters, and with an English word in it.

    Of up to four words, one must be a word the tokenizer knows whole, or be one slip of the fingers away from one; of
    more, one must be an everyday word. So neither the noise of a keyboard nor a name of nowhere is read as English.

    >>> can_read("ok", UNKNOWN), can_read("грустно", UNKNOWN), can_read("Mir geht es gut", "de")
    (True, False, False)
    >>> can_read("lorem ipsum dolor sit amet", UNKNOWN), can_read("asdkjh qwe zzz", UNKNOWN)
    (False, False)

    Raises `AttunementError` (``model-broken``) where the tokenizer's file is missing or damaged.
    """
    if language != UNKNOWN:
        return language == ENGLISH
    words = _words(normalise(_beginning(text)))
    if not is_latin(text):
        return False
    return any(map(_is_known, words)) if len(words) <= FEW_WORDS else not PLAIN_ENGLISH.isdisjoint(words)


def can_read_feeling(text: str, language: str) -> bool:
    """Whether feeling is read of a text: of one that `can_read`, and of emojis alone, which are of no language.

    >>> can_read_feeling("😭😭", UNKNOWN), can_read_feeling("12:30 🚌", UNKNOWN), can_read_feeling("traurig 😭", "de")
    (True, False, False)
    """
    return can_read(text, language) or (not has_words(text) and tells_by_emoji(text))


def _is_known(word: str) -> bool:
    known = _known_words()
    return word in known or (len(word) in SLIPS and not known.isdisjoint(_one_slip_from(word)))


@cache
def _known_words() -> frozenset[str]:
    whole = Network(models_folder() / "text", made_by="training.text_reader").vocabulary()
    everyday = {word for word in PLAIN_ENGLISH if len(word) > 1}
    return frozenset(word for word in whole if len(word) >= SHORTEST_KNOWN) | everyday | BORROWED


def _one_slip_from(word: str) -> Iterator[str]:
    """What a word is with one letter left out, put in or taken for another, or with two that changed places."""
    for k in range(len(word) + 1):
        head, tail = word[:k], word[k:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            yield head + letter + tail[1:]


def has_words(text: str) -> bool:
    """Whether there is any word in a text, in whatever script.

    >>> has_words("12:30 😀"), has_words("грустно")
    (False, True)
    """
    return _WORD.search(clean(text)) is not None


def _beginning(text: str) -> str:
    """As much as a language is told from, from the first word on: numbers before it, however many, hide no words."""
    first = _WORD.search(text)
    start = first.start() if first else 0
    return text[start : start + MOST_CHARACTERS]


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
