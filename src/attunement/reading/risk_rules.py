"""The patterns of danger, compiled: the words are in ``risk_patterns.yaml``."""

from __future__ import annotations

import importlib.resources
import re
import threading
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import yaml

from attunement.domain.reading import RiskLevel

NEAR = 120
"""Characters beside a match that are told of the same."""
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster; whoever writes first waits for it
_compiling = threading.Lock()


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern, the level it speaks of, and why; near a match of ``unless`` it says nothing.

    What a ``doubted`` one finds is danger only where the network sees some as well (`second_look`).
    """

    pattern: re.Pattern[str]
    level: RiskLevel
    why: str
    unless: re.Pattern[str] | None = None
    doubted: bool = False

    def speaks(self, text: str, match: re.Match[str]) -> bool:
        """Whether a match of the pattern counts where it stands."""
        return self.unless is None or self.unless.search("".join(beside(text, match, NEAR))) is None


@dataclass(frozen=True, slots=True)
class RiskRules:
    """All patterns, compiled: see the head of ``risk_patterns.yaml`` for what each part does."""

    rules: tuple[Rule, ...]
    idioms: re.Pattern[str]
    denials: re.Pattern[str]
    past: re.Pattern[str]
    long_ago: re.Pattern[str]
    over: re.Pattern[str]
    well: re.Pattern[str]
    again: re.Pattern[str]
    soon: re.Pattern[str]
    others: re.Pattern[str]


def risk_rules() -> RiskRules:
    """The patterns of ``risk_patterns.yaml``, compiled once."""
    with _compiling:  # by one thread: compiling takes a second, and many that did it at once would take one each
        return _compiled_rules()


@cache
def _compiled_rules() -> RiskRules:
    source = importlib.resources.files("attunement.reading").joinpath("risk_patterns.yaml")
    data = yaml.load(source.read_text(encoding="utf-8"), Loader=_FAST)  # noqa: S506 (it is a safe one)
    words = data["words"]

    def compiled(patterns: list[str]) -> re.Pattern[str]:
        joined = "|".join(_tried_together(list(group), begins) for begins, group in groupby(patterns, _begins_a_word))
        for name, fragment in words.items():
            joined = joined.replace(f"<{name}>", fragment)
        return re.compile(joined)

    rules = tuple(
        Rule(
            compiled(group["patterns"]),
            RiskLevel(group["level"]),
            group["why"],
            compiled(group["unless"]) if "unless" in group else None,
            group.get("doubted", False),
        )
        for group in data["rules"]
    )
    return RiskRules(
        rules=tuple(sorted(rules, key=lambda rule: -rule.level.rank)),
        idioms=compiled(data["idioms"]),
        denials=compiled(data["denials"]),
        past=compiled(data["past"]),
        long_ago=compiled(data["long_ago"]),
        over=compiled(data["over"]),
        well=compiled(data["well"]),
        again=compiled(data["again"]),
        soon=compiled(data["soon"]),
        others=compiled(data["others"]),
    )


def _begins_a_word(pattern: str) -> bool:
    return pattern.startswith(r"\b")


def _tried_together(patterns: list[str], at_words: bool) -> str:
    """Neighbours as one pattern; that a place is no beginning of a word is told once, and not by each of them."""
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return rf"(?<!\w)(?=\w)(?:{joined})" if at_words else joined


def beside(text: str, match: re.Match[str], reach: int) -> tuple[str, str, str]:
    """So many characters before a match, the match, and so many after it."""
    start, end = match.span()
    return text[max(0, start - reach) : start], match.group(), text[end : end + reach]
