"""What synthetic members write at a check-in, by where they are on the two axes."""

from __future__ import annotations

import importlib.resources
from functools import cache

import yaml

from attunement.domain.affect import Affect

LEAN = 0.2


@cache
def texts_by_mood() -> dict[str, tuple[str, ...]]:
    """The sentences of ``check_in_texts.yaml`` under the names `mood_of` gives.

    >>> sum(len(texts) for texts in texts_by_mood().values()) >= 80
    True
    """
    source = importlib.resources.files("attunement.simulation").joinpath("check_in_texts.yaml")
    return {mood: tuple(texts) for mood, texts in yaml.safe_load(source.read_text(encoding="utf-8")).items()}


def mood_of(affect: Affect) -> str:
    """The name of a place on the two axes.

    >>> mood_of(Affect(-0.6, 0.4)), mood_of(Affect(0.1, 0.9))
    ('low-stirred', 'middle')
    """
    if abs(affect.valence) < LEAN:
        return "middle"
    return f"{'low' if affect.valence < 0 else 'bright'}-{'stirred' if affect.arousal > 0 else 'still'}"
