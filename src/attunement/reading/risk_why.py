"""Where in a text danger was read: what a pattern matched, and what is left beside what was set aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import log

from attunement.domain.reading import Attribution
from attunement.reading.plain_text import normalise, places_of_words
from attunement.reading.risk import RULE_P, RuleReading


def words_matched(text: str, rules: RuleReading) -> tuple[Attribution, ...]:
    """The words that the pattern matched which gave a text its level, all as one; none where no pattern did.

    Their weight is the log-odds of the probability that the pattern stands for.

    >>> from attunement.reading.risk import read_rules
    >>> text = "It’s late.  I want to  DIE."
    >>> [text[word.start : word.end] for word in words_matched(text, read_rules(text))]
    ['I want to  DIE.']
    """
    if rules.matched is None:
        return ()
    p, ((start, end),) = RULE_P[rules.level], _places(text, [rules.matched])
    return (Attribution(start, end, log(p / (1 - p))),)


def words_left(text: str, rules: RuleReading, words: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Words of what was left of a text beside what was set aside, at their places in the text itself.

    Marks that stand alone in what is left are not told: they end something that was set aside.
    """
    told = [word for word in words if any(c.isalnum() for c in rules.left[word.start : word.end])]
    spans = ((rules.places[word.start], rules.places[word.end - 1] + 1) for word in told)
    placed = zip(told, _places(text, spans), strict=True)
    return tuple(replace(word, start=start, end=end) for word, (start, end) in placed)


def _places(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where ranges of the normalised text stand in the text itself, to whole words."""
    plain, words = normalise(text), places_of_words(text)
    ends = ((plain.count(" ", 0, start + 1), plain.count(" ", 0, end - 1)) for start, end in spans)
    return [(words[first][0], words[last][1]) for first, last in ends]
