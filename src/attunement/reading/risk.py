"""Reads signs of danger to life from patterns; the words are in ``risk_patterns.yaml``."""

from __future__ import annotations

import importlib.resources
import re
import threading
from dataclasses import dataclass
from functools import cache

import yaml

from attunement.domain.reading import RiskLevel
from attunement.reading.plain_text import normalise

QUOTED = re.compile(r'"[^"]{1,200}"')
FICTION = re.compile(
    r"\b(?:songs?|lyrics?|chorus|verse|poem|novel|story|film|movie|series|episode|play|character|villain|game|book|"
    r"subtitles|thriller|training|course|module|role-?play\w*|script|scene)\b"
)
NEAR = 120
OWN = re.compile(r"\b(?:i|i'?m|me|my|my ?self)\b")
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster; whoever writes first waits for it
_compiling = threading.Lock()


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern, the level it speaks of, and why."""

    pattern: re.Pattern[str]
    level: RiskLevel
    why: str


@dataclass(frozen=True, slots=True)
class RiskRules:
    """All patterns, compiled: see the head of ``risk_patterns.yaml`` for what each part does."""

    rules: tuple[Rule, ...]
    idioms: re.Pattern[str]
    denials: re.Pattern[str]
    past: re.Pattern[str]
    soon: re.Pattern[str]
    others: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class RuleReading:
    """The highest level a pattern speaks of, and why; ``harmless`` where an idiom or denial was set aside."""

    level: RiskLevel
    why: str = ""
    harmless: bool = False


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
        joined = "|".join(f"(?:{p})" for p in patterns)
        for name, fragment in words.items():
            joined = joined.replace(f"<{name}>", fragment)
        return re.compile(joined)

    rules = tuple(Rule(compiled(group["patterns"]), RiskLevel(group["level"]), group["why"]) for group in data["rules"])
    return RiskRules(
        rules=tuple(sorted(rules, key=lambda rule: -rule.level.rank)),
        idioms=compiled(data["idioms"]),
        denials=compiled(data["denials"]),
        past=compiled(data["past"]),
        soon=compiled(data["soon"]),
        others=compiled(data["others"]),
    )


def read_rules(text: str) -> RuleReading:
    """What the patterns find in a text of any spelling.

    >>> read_rules("I wanna d1eeee").level.value
    'explicit'
    >>> read_rules("This homework is killing me").level.value
    'none'
    >>> read_rules("I don’t want to die").level.value
    'distress'
    """
    known = risk_rules()
    plain = normalise(text)
    kept = QUOTED.sub(" ", plain) if FICTION.search(plain) else plain
    undenied = known.denials.sub(" ", kept)
    left = known.idioms.sub(" ", undenied)
    denied = undenied != kept
    for rule in known.rules:
        match = rule.pattern.search(left)
        if match:
            return RuleReading(_about_whom_and_when(rule.level, left, match), rule.why)
    if denied:
        return RuleReading(RiskLevel.DISTRESS, "Danger is named and denied.", harmless=True)
    return RuleReading(RiskLevel.NONE, harmless=left != plain)


def _about_whom_and_when(level: RiskLevel, text: str, match: re.Match[str]) -> RiskLevel:
    """An explicit level told of others or as past is indirect, and imminent where it is to be soon."""
    if level is not RiskLevel.EXPLICIT:
        return level
    around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
    known = risk_rules()
    if not OWN.search(match.group()) and known.others.search(text[: match.start()]):
        return RiskLevel.INDIRECT
    if known.soon.search(around):
        return RiskLevel.IMMINENT
    return RiskLevel.INDIRECT if known.past.search(around) else level
