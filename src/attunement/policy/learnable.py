"""Which features of an outcome the shared policy may learn from, by what the member allows for learning."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attunement.domain.consent import Category, Purpose
from attunement.privacy.permissions import Permissions


def learnable_features(
    features: Mapping[str, float], allowed: Permissions, *, used: Collection[str]
) -> dict[str, float]:
    """Only the features that stem from categories allowed for learning.

    Needs and moods stem from self-report, and from text too where a decision used text; moods from the body as well
    where it used that; feelings and themes stem from text alone; all else from interactions.

    >>> from attunement.domain.consent import Cell
    >>> allowed = Permissions(frozenset({Cell(Purpose.LEARN, Category.INTERACTIONS)}))
    >>> learnable_features({"always": 1.0, "need:calm": 0.5}, allowed, used=["self_report"])
    {'always': 1.0}
    """
    if not allowed.allows(Purpose.LEARN, Category.INTERACTIONS):
        return {}
    text = allowed.allows(Purpose.LEARN, Category.TEXT)
    said = allowed.allows(Purpose.LEARN, Category.SELF_REPORT) and (text or Category.TEXT not in used)
    felt = said and (allowed.allows(Purpose.LEARN, Category.BODY) or Category.BODY not in used)
    fits = {"need": said, "mood": felt, "feeling": text, "theme": text}
    return {name: value for name, value in features.items() if fits.get(name.partition(":")[0], True)}
