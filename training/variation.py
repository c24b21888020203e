"""Writes a text as it might also have been written, so that what does not matter is not learned.

Who a text is about is swapped at random (Lu et al. 2020, *Gender bias in neural natural language processing*, calls it
counterfactual data augmentation), names are filled in, letters are made small, fingers slip.
"""

from __future__ import annotations

import re

import numpy as np

NAMES = (  # none of those by which benchmarks/fairness.py measures
    "Aisha", "Ben", "Chidi", "Dolores", "Emeka", "Fatima", "Giulia", "Hiroshi", "Ines", "Jamal", "Karim", "Leticia",
    "Ming", "Nia", "Omar", "Priya", "Quentin", "Rosa", "Sean", "Tyrone", "Uche", "Viktor", "Wei", "Ximena", "Yusuf",
    "Zofia", "Oskar", "Imani", "DeShawn", "Claire", "Greg", "Emily", "Keisha", "Aaliyah", "Trevon", "Molly", "Brendan",
    "Shanice", "Dwayne", "Ahmed",
)  # fmt: skip
RELIGIONS = (
    "Christian", "Muslim", "Jewish", "Hindu", "Buddhist", "Sikh", "Catholic", "atheist", "Mormon", "Orthodox",
)  # fmt: skip
PAIRS = (
    ("he", "she"), ("him", "her"), ("himself", "herself"), ("man", "woman"), ("men", "women"), ("boy", "girl"),
    ("boys", "girls"), ("guy", "girl"), ("father", "mother"), ("dad", "mom"), ("dad", "mum"), ("son", "daughter"),
    ("brother", "sister"), ("brothers", "sisters"), ("husband", "wife"), ("boyfriend", "girlfriend"),
    ("uncle", "aunt"), ("nephew", "niece"), ("grandfather", "grandmother"), ("grandpa", "grandma"), ("king", "queen"),
    ("sir", "madam"), ("gentleman", "lady"), ("male", "female"), ("bf", "gf"),
)  # fmt: skip
GROUPS = (
    ("christian", "muslim", "jewish", "hindu", "buddhist", "sikh", "catholic", "atheist"),
    ("black", "white", "asian", "latino", "african", "european", "arab"),
    ("gay", "straight", "lesbian", "bisexual", "trans", "queer"),
    ("american", "british", "mexican", "chinese", "indian", "nigerian", "polish", "turkish", "russian", "german"),
    ("blind", "deaf", "disabled", "autistic"),
)
ANYBODY = ("man", "woman", "boy", "girl", "guy", "lady", "gentleman")
OF_NEITHER = ("nonbinary person", "person")
_SWAPS = {one: other for a, b in PAIRS for one, other in ((a, b), (b, a))} | {"his": "her", "hers": "his"}
_AT_RANDOM = {word: group for group in GROUPS for word in group if word not in ("black", "white", "straight", "blind")}
_PERSON = re.compile(r"\b(?:" + "|".join(sorted({*_SWAPS, *_AT_RANDOM}, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_GAP = re.compile(r"\[(NAME|RELIGION)\]")
_WORD = re.compile(r"[a-z]{4,}")


def varied(text: str, rng: np.random.Generator) -> str:
    """The text with gaps filled, who it is about swapped (half of the time), in small letters or with a slip (each one
    time in ten).

    >>> varied("He told his dad", np.random.default_rng(3))
    'She told her mum'
    """
    if "[" in text and rng.random() < 0.6:
        text = _GAP.sub(lambda gap: str(rng.choice(NAMES if gap[1] == "NAME" else RELIGIONS)), text)
    if rng.random() < 0.5:
        text = swapped(text, rng)
    if rng.random() < 0.1:
        text = text.lower()
    if rng.random() < 0.1:
        text = _slip(text, rng)
    return text


def swapped(text: str, rng: np.random.Generator) -> str:
    """The text about a person of another gender, faith, origin or kind; the same word always becomes the same."""
    known: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        word = found[0].lower()
        if word not in known:
            known[word] = _other(word, rng)
        return known[word].capitalize() if found[0][0].isupper() else known[word]

    return _PERSON.sub(other, text)


def _other(word: str, rng: np.random.Generator) -> str:
    if word in _AT_RANDOM:
        return str(rng.choice(_AT_RANDOM[word]))
    return str(rng.choice(OF_NEITHER)) if word in ANYBODY and rng.random() < 0.3 else _SWAPS[word]


def _slip(text: str, rng: np.random.Generator) -> str:
    words = list(_WORD.finditer(text))
    if not words:
        return text
    found = words[int(rng.integers(len(words)))]
    k = found.start() + int(rng.integers(1, len(found.group()) - 1))
    kind = int(rng.integers(3))
    if kind == 0:
        return text[:k] + text[k + 1] + text[k] + text[k + 2 :]
    return text[:k] + text[k + 1 :] if kind == 1 else text[:k] + text[k] + text[k:]
