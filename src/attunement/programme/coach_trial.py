"""What came of the coach, line by line, with what was drawn for it: to evaluate it as a trial, of nobody by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from attunement.domain.coach_events import CoachUsed
from attunement.domain.coaching import CoachFeature, Fate
from attunement.domain.reply import Mechanism
from attunement.programme.house import House


@dataclass(frozen=True, slots=True)
class CoachedLine:
    """One line a supporter sent in a conversation for which features of the coach had been drawn.

    ``talk`` numbers the conversations from 1: features are drawn once for each, so lines of one belong together.
    ``drawn`` says of each feature whether the conversation was given it, ``chances`` with which probability it would
    be, and ``probability`` how likely all of ``drawn`` together was. ``on`` is whether the supporter had the coach on.
    ``levels`` (0 to 2) is how the line reads, None where it could not be read; ``fates`` counts its suggestions.
    """

    talk: int
    drawn: dict[CoachFeature, bool]
    chances: dict[CoachFeature, float]
    probability: float
    on: bool
    levels: dict[Mechanism, int | None]
    fates: dict[Fate, int]


def access_coach_trial(house: House) -> Iterator[CoachedLine]:
    """Every line with its draw, in the order they were sent; those from before draws were kept with lines are left out.

    No account, name, time or word is in it, and nothing in it leads to a member.
    """
    talks: dict[str, int] = {}
    with house.store.read() as connection:
        for logged in house.store.events(connection, kinds=(CoachUsed.kind,)):
            if isinstance(logged.event, CoachUsed) and logged.event.chances:
                yield _line(logged.event, talks.setdefault(logged.event.conversation, len(talks) + 1))


def _line(used: CoachUsed, talk: int) -> CoachedLine:
    drawn = {feature: feature in used.drawn for feature in used.chances}
    fates = Counter(one.fate for one in used.suggestions)
    return CoachedLine(
        talk=talk, drawn=drawn, chances=dict(used.chances),
        probability=prod(chance if drawn[feature] else 1 - chance for feature, chance in used.chances.items()),
        on=bool(used.shown) if used.on is None else used.on, levels={m: used.levels.get(m) for m in Mechanism},
        fates={fate: fates[fate] for fate in Fate},
    )  # fmt: skip
