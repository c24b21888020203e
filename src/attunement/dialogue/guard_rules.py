"""What no reply of a machine may hold wherever it is said; the words are in ``guard_patterns.yaml``."""

from __future__ import annotations

import importlib.resources
import re
from functools import cache
from itertools import chain

import yaml

from attunement.reading.plain_text import normalise

DANGEROUS = frozenset({"methods", "encourages-harm"})
"""Faults after which people are told, since a member read or provoked something that could cost a life."""


def rule_broken_by(text: str, *, told: str = "") -> str | None:
    """The code of the first rule of ``guard_patterns.yaml`` that a text breaks wherever it is said, or None.

    What is claimed of people who are not there may be said back where it was ``told``, in the member's words.

    >>> rule_broken_by("I've been there, too."), rule_broken_by("That sounds hard.")
    ('claims-feelings', None)
    >>> claim = "So your husband is lying."
    >>> rule_broken_by(claim), rule_broken_by(claim, told="My husband keeps lying to me.")
    ('accuses', None)
    """
    plain, known = normalise(text), normalise(told)
    broken = (code for code, pattern in guard_rules()["rules"] if pattern.search(plain))
    claimed = (
        code for code, pattern in guard_rules()["unless_told"]
        if any(match[match.lastindex or 0] not in known for match in pattern.finditer(plain))
    )  # fmt: skip
    return next(chain(broken, claimed), None)


@cache
def guard_rules() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    """The rules of ``guard_patterns.yaml`` by their kind, each with its code, compiled once."""
    source = importlib.resources.files("attunement.dialogue").joinpath("guard_patterns.yaml")
    kinds: dict[str, dict[str, list[str]]] = yaml.safe_load(source.read_text(encoding="utf-8"))
    return {
        kind: tuple((code, re.compile("|".join(f"(?:{p})" for p in patterns))) for code, patterns in rules.items())
        for kind, rules in kinds.items()
    }
