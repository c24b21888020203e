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
PASSED_ON = re.compile(
    r"\b(?:text(?:ed|s)|messaged|posted|left a note|"
    r"(?:wrote|written|sent|told|tel+s|said|says|rang|cal+ed|left) (?:to )?(?:me|us))\b"
)
"""What somebody passed on in their own words is no fiction, whatever else the sentence is about."""
END_OF_SENTENCE = re.compile(r"[.!?;\n]")
SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*|[.!?;\n]+")
SET_ASIDE = "\N{NULL}"  # in no normalised text
FEWEST_LEFT = 4
"""Words beside an idiom or a denial in its sentence from which danger can be read."""
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
    """The highest level a pattern speaks of, and why.

    ``harmless`` where an idiom, a denial or a line of fiction was set aside; ``left`` is then what else there is.
    """

    level: RiskLevel
    why: str = ""
    harmless: bool = False
    left: str = ""


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
    kept = _without_fiction(plain)
    undenied = known.denials.sub(SET_ASIDE, kept)
    marked = known.idioms.sub(SET_ASIDE, undenied)
    found = _highest(marked.replace(SET_ASIDE, " "))
    if found.level is not RiskLevel.NONE:
        return found
    denied, left = undenied != kept, _left(marked)
    if denied:
        return RuleReading(RiskLevel.DISTRESS, "Danger is named and denied.", harmless=True, left=left)
    return RuleReading(RiskLevel.NONE, harmless=marked != plain, left=left)


def _left(marked: str) -> str:
    """What there is beside what was set aside, without the few words that it leaves of a sentence."""
    kept = []
    for sentence in SENTENCE.findall(marked):
        words = sentence.replace(SET_ASIDE, " ")
        if SET_ASIDE not in sentence or len(re.findall(r"\w+", words)) >= FEWEST_LEFT:
            kept.append(words)
    return "".join(kept)


def _highest(left: str) -> RuleReading:
    """The highest level of all matches: what is told of others, or as past, must not hide what is so now."""
    found = RuleReading(RiskLevel.NONE)
    for rule in risk_rules().rules:  # the highest first; only an explicit match may turn out higher, or lower
        for match in rule.pattern.finditer(left):
            if found.level.rank >= rule.level.rank and rule.level is not RiskLevel.EXPLICIT:
                return found
            level = _about_whom_and_when(rule.level, left, match)
            if level.rank > found.level.rank:
                found = RuleReading(level, rule.why)
            if found.level is RiskLevel.IMMINENT:
                return found
    return found


def _without_fiction(plain: str) -> str:
    """Normalised text without what is quoted where a song, a book, a game or a lesson is spoken of near it."""
    unquoted = QUOTED.sub(lambda match: "_" * len(match.group()), plain)
    kept, end = [], 0
    for match in QUOTED.finditer(plain):
        start, stop = match.span()
        before, after = unquoted[max(0, start - NEAR) : start], unquoted[stop : stop + NEAR]
        beside = f"{END_OF_SENTENCE.split(before)[-1]} {END_OF_SENTENCE.split(after)[0]}"
        fiction = FICTION.search(f"{before} {after}") and not PASSED_ON.search(beside)
        kept += [plain[end:start], SET_ASIDE if fiction else plain[start:stop]]
        end = stop
    return "".join([*kept, plain[end:]])


def _about_whom_and_when(level: RiskLevel, text: str, match: re.Match[str]) -> RiskLevel:
    """An explicit level told of others or as past is indirect, and imminent where it is to be soon."""
    if level is not RiskLevel.EXPLICIT:
        return level
    before, around = (text[max(0, match.start() - NEAR) : end] for end in (match.start(), match.end() + NEAR))
    known = risk_rules()
    if not OWN.search(match.group()) and known.others.search(before):
        return RiskLevel.INDIRECT
    if known.soon.search(around):
        return RiskLevel.IMMINENT
    return RiskLevel.INDIRECT if known.past.search(around) else level
