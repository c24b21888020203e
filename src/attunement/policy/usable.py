"""Which features of an outcome may be used for a purpose, by what the member allows for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attunement.domain.consent import Category, Purpose
from attunement.privacy.permissions import Permissions


def usable_features(
    features: Mapping[str, float], allowed: Permissions, *, purpose: Purpose, used: Collection[str] | None
) -> dict[str, float]:
    """Only the features that stem from categories allowed for a purpose.

    Needs and moods stem from self-report, and from text too where a decision used text; moods from the body as well
    where it used that; feelings and themes stem from text alone; all else from interactions. Where it is not known what
    a decision ``used`` (None), it is taken to have used everything.

    >>> from attunement.domain.consent import Cell
    >>> allowed = Permissions(frozenset({Cell(Purpose.LEARN, Category.INTERACTIONS)}))
    >>> seen = {"always": 1.0, "need:calm": 0.5}
    >>> usable_features(seen, allowed, purpose=Purpose.LEARN, used=["self_report"])
    {'always': 1.0}
    >>> usable_features(seen, allowed, purpose=Purpose.PERSONALISE, used=["self_report"])
    {}
    """

    def stems_only_from_allowed(*categories: Category) -> bool:
        return all(allowed.allows(purpose, c) for c in categories if used is None or c in used)

    if not allowed.allows(purpose, Category.INTERACTIONS):
        return {}
    text = allowed.allows(purpose, Category.TEXT)
    said = allowed.allows(purpose, Category.SELF_REPORT) and stems_only_from_allowed(Category.TEXT)
    felt = said and stems_only_from_allowed(Category.BODY)
    shut = {kind for kind, may in (("need", said), ("mood", felt), ("feeling", text), ("theme", text)) if not may}
    return {name: value for name, value in features.items() if not shut or name.partition(":")[0] not in shut}
