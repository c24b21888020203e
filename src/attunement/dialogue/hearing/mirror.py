"""Turns what somebody said of themselves round, to be said back to them: "I lost my job", "you lost your job"."""

from __future__ import annotations

import re

_TURNED = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "i'm": "you're", "i've": "you've",
    "i'd": "you'd", "i'll": "you'll", "we": "you", "us": "you", "our": "your", "ours": "yours",
    "ourselves": "yourselves",
    "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll",
}  # fmt: skip
_BE = {"am": "are", "was": "were", "wasn't": "weren't", "is": "are", "isn't": "aren't"}
_FIRST = frozenset({"i", "we"})
_BETWEEN_WORDS = (
    "and but or just also then still always never really only so not even actually truly definitely probably"
)
_BETWEEN = frozenset(_BETWEEN_WORDS.split())
_WORD = re.compile(r"[\w'-]+|[^\w'-]+")
_OTHERS_WORDS = "he she they it who which that there this everyone everybody nobody someone people"
_OTHERS = frozenset(_OTHERS_WORDS.split())


def mirrored(clause: str) -> str:
    """A clause with the first person turned to the second, and "be" with it; its first letter and its marks are kept.

    A verb whose subject is left out goes with the last one named, so "I was tired and was alone" becomes "you were
    tired and were alone". What is quoted stays as it is.

    >>> mirrored("I was late and my boss told me I'm fired")
    "you were late and your boss told you you're fired"
    >>> mirrored("my sister and I aren't talking, and it was my fault")
    "your sister and you aren't talking, and it was your fault"
    """
    told: list[str] = []
    subject, near, quoted = False, False, False
    for token in _WORD.findall(clause):
        low = token.lower()
        quoted ^= token.count('"') % 2 == 1
        if quoted or not token[0].isalnum():
            told.append(token)
            continue
        if low in _BE and (near or (subject and _after_joint(told))):
            told.append(_BE[low])
        else:
            told.append(_turned(token, low))
        near = low in _FIRST or (near and low in _BETWEEN)
        subject = low in _FIRST or low.split("'")[0] in _FIRST or (subject and low not in _OTHERS)
    return _joined(told)


def _turned(token: str, low: str) -> str:
    if low in _TURNED:
        return _TURNED[low]
    return "you're" if low == "im" else token


def _after_joint(told: list[str]) -> bool:
    """Whether the word before is "and" or "but": the verb that follows shares the last subject."""
    words = [t.lower() for t in told if t[0].isalnum()]
    return bool(words) and words[-1] in {"and", "but"}


def _joined(told: list[str]) -> str:
    text = "".join(told)
    for twice, once in (("you and you ", "you "), ("you or you ", "you ")):
        text = text.replace(twice, once)
    return text


def capital(text: str) -> str:
    """The text with its first letter large.

    >>> capital("you're tired")
    "You're tired"
    """
    return text[:1].upper() + text[1:]
