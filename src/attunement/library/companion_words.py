"""The words of the companion, read from ``content/companion`` and checked; versioned, so that a reply can be traced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator

from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.reply import Strategy
from attunement.library.companion_parts import SLOTS, part_faults, slots_in
from attunement.library.content_check import Fault, parse_matter
from attunement.library.resources import content_folder

FOLDER = "companion"
STEPS = ("ask", "ask_again", "present", "stay", "denied", "imminent", "another", "harm", "child", "guess", "misread")
"""Where a talk in danger can be; each must have its words."""
MOST_WORDS = 60
_SHOUT = re.compile(r"!|[\U0001F300-\U0001FAFF]")
_PERSON = re.compile(
    r"\bas a (?:human|person)\b|\bI (?:feel|felt|remember when|have been through|know how)\b|"
    r"\bI (?:hope|wish|wonder|love|care)\b|"
    r"\bI(?:'m| am) (?:\w+ )?(?:sorry|glad|happy|sad|afraid|worried|proud|touched|moved|excited|grateful)\b",
    re.IGNORECASE,
)
"""A machine may say what it reads ("that sounds hard"); it says nothing of feelings of its own."""
M = TypeVar("M", bound=BaseModel)


def speaks_as_a_person(text: str) -> bool:
    """Whether a text claims feelings or a life of its own.

    >>> speaks_as_a_person("I'm so sorry."), speaks_as_a_person("That sounds hard.")
    (True, False)
    """
    return bool(_PERSON.search(text))


def _spoken(line: str) -> str:
    """A line the companion may say; raises ValueError with what to change."""
    slots = slots_in(line)
    if not slots <= SLOTS:
        raise ValueError(f"'{line}' holds unknown slots {sorted(slots - SLOTS)}; choose from {sorted(SLOTS)}")
    if _SHOUT.search(line):
        raise ValueError(f"'{line}' shouts; our own voice has no exclamation marks and no emoji")
    if speaks_as_a_person(line):
        raise ValueError(f"'{line}' speaks as if a person did; a machine does not")
    if len(line.split()) > MOST_WORDS:
        raise ValueError(f"'{line}' is longer than {MOST_WORDS} words; shorten it")
    return line


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400), AfterValidator(_spoken)]
Version = Annotated[int, Field(ge=1)]


class _Patterned(_Closed):
    @field_validator("cues", "words", mode="after", check_fields=False)
    @classmethod
    def _compiles(cls, cues: list[str]) -> list[str]:
        for cue in cues:
            try:
                re.compile(cue)
            except re.error as error:
                raise ValueError(f"'{cue}' is no regular expression: {error}") from error
        return cues


class FeelingMatter(_Patterned):
    """A kind of feeling as written in the file."""

    words: list[str]
    labels: list[str]
    cues: list[str] = []
    guess: Line
    warm: Annotated[list[Line], Field(min_length=4)]
    questions: Annotated[list[Line], Field(min_length=4)]


class TopicMatter(_Patterned):
    """A topic as written in the file."""

    about: Line
    cues: Annotated[list[str], Field(min_length=1)]
    questions: Annotated[list[Line], Field(min_length=3)]


class MomentMatter(_Patterned):
    """A short or special thing a member may say, as written in the file."""

    until: Annotated[int, Field(ge=1)]
    strategy: Strategy
    addressed: bool = False
    cues: list[str]
    say: list[Annotated[list[Line], Field(min_length=3)]]


class StepMatter(_Closed):
    """What is said at one step where there may be danger, as written in the file."""

    open: Annotated[list[Line], Field(min_length=3)]
    understand: Annotated[list[Line], Field(min_length=2)]
    ask: Annotated[list[Line], Field(min_length=2)]


class HelpMatter(_Closed):
    """How help is shown, as written in the file."""

    first: Annotated[list[Line], Field(min_length=2)]
    again: Annotated[list[Line], Field(min_length=2)]
    child: Annotated[list[Line], Field(min_length=2)]
    guess: Annotated[list[Line], Field(min_length=2)]
    emergency: Annotated[list[Line], Field(min_length=1)]


class ToldMatter(_Closed):
    """How the member is told that people are, as written in the file."""

    alert: Annotated[list[Line], Field(min_length=1)]
    hold: Annotated[list[Line], Field(min_length=1)]
    secret: Annotated[list[Line], Field(min_length=1)]


class SafetyMatter(_Closed):
    """The whole of ``safety.yaml``."""

    version: Version
    steps: dict[str, StepMatter]
    help: HelpMatter
    told: ToldMatter
    also: Annotated[list[Line], Field(min_length=3)]
    people: Annotated[list[Line], Field(min_length=3)]

    @field_validator("steps", mode="after")
    @classmethod
    def _complete(cls, steps: dict[str, StepMatter]) -> dict[str, StepMatter]:
        if missing := sorted(set(STEPS) - steps.keys()):
            raise ValueError(f"steps {missing} are missing; without them nothing can be said there")
        return steps


class FeelingsMatter(_Closed):
    """The whole of ``feelings.yaml``."""

    version: Version
    groups: dict[str, FeelingMatter]


class TopicsMatter(_Closed):
    """The whole of ``topics.yaml``."""

    version: Version
    topics: dict[str, TopicMatter]


class MomentsMatter(_Closed):
    """The whole of ``moments.yaml``."""

    version: Version
    moments: dict[str, MomentMatter]


class RepliesMatter(_Closed):
    """The whole of ``replies.yaml``."""

    version: Version
    parts: dict[str, Annotated[list[Line], Field(min_length=3)]]


@dataclass(frozen=True, slots=True)
class Feelings:
    """A kind of feeling: the pattern of a member's words for it, cues that speak of it without such a word, the labels
    of the reader, and what can be said to it.
    """

    pattern: re.Pattern[str] | None
    cues: re.Pattern[str] | None
    labels: tuple[str, ...]
    guess: str
    warm: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: the pattern of its cues, how it is called after "about", and open questions."""

    pattern: re.Pattern[str]
    about: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A short or special thing a member may say: how it is found and what is said to it, one line of each list.

    ``addressed`` is whether its pattern counts only in what is said to the companion itself.
    """

    pattern: re.Pattern[str] | None
    until: int
    strategy: Strategy
    say: tuple[tuple[str, ...], ...]
    addressed: bool = False


@dataclass(frozen=True, slots=True)
class CompanionWords:
    """All words of the companion.

    >>> from attunement.library.resources import content_folder
    >>> words = load_companion_words(content_folder())
    >>> words.feelings["alone"].pattern.search("I feel so lonely").group()
    'lonely'
    """

    version: str
    feelings: Mapping[str, Feelings]
    topics: Mapping[str, Topic]
    moments: Mapping[str, Moment]
    parts: Mapping[str, tuple[str, ...]]
    safety: SafetyMatter


def read_companion_words(folder: Path) -> tuple[CompanionWords | None, list[Fault]]:
    """Read all files of ``content/companion``; where any has a fault, None and the faults."""
    faults: list[Fault] = []
    feelings = _read(folder, "feelings", FeelingsMatter, faults)
    topics = _read(folder, "topics", TopicsMatter, faults)
    moments = _read(folder, "moments", MomentsMatter, faults)
    replies = _read(folder, "replies", RepliesMatter, faults)
    safety = _read(folder, "safety", SafetyMatter, faults)
    if replies and folder != content_folder():
        faults += _part_faults(folder, replies)
    if not (feelings and topics and moments and replies and safety) or faults:
        return None, faults
    versions = (m.version for m in (feelings, topics, moments, replies, safety))
    words = CompanionWords(
        version="companion-words-" + ".".join(str(v) for v in versions),
        feelings=MappingProxyType({name: _feelings(m) for name, m in feelings.groups.items()}),
        topics=MappingProxyType(
            {n: Topic(_any_of(t.cues), t.about, tuple(t.questions)) for n, t in topics.topics.items()}
        ),
        moments=MappingProxyType({name: _moment(m) for name, m in moments.moments.items()}),
        parts=MappingProxyType({name: tuple(lines) for name, lines in replies.parts.items()}),
        safety=safety,
    )
    return words, []


def check_companion_words(folder: Path) -> list[Fault]:
    """All faults of a folder's ``companion``; none where a folder has no such words of its own."""
    return read_companion_words(folder)[1] if (folder / FOLDER).is_dir() else []


def load_companion_words(folder: Path) -> CompanionWords:
    """The words of a content folder; raises `Invalid` (``bad-content``) with the first fault, where there is one."""
    words, faults = read_companion_words(folder)
    if words is None:
        raise Invalid(ErrorCode.BAD_CONTENT, "The companion's words cannot be used. {fault}", fault=str(faults[0]))
    return words


def _read(folder: Path, name: str, shape: type[M], faults: list[Fault]) -> M | None:
    file = folder / FOLDER / f"{name}.yaml"
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        faults.append(Fault(file, 1, "cannot be read as UTF-8; put it back or save it as UTF-8."))
        return None
    matter, found = parse_matter(file, text, 0, shape)
    faults += found
    return matter


def _part_faults(folder: Path, replies: RepliesMatter) -> list[Fault]:
    shipped = _read(content_folder(), "replies", RepliesMatter, [])
    file = folder / FOLDER / "replies.yaml"
    return sorted(part_faults(file, replies.parts, shipped.parts), key=lambda f: f.line) if shipped else []


def _feelings(matter: FeelingMatter) -> Feelings:
    return Feelings(
        _any_of(matter.words) if matter.words else None, _any_of(matter.cues) if matter.cues else None,
        tuple(matter.labels), matter.guess, tuple(matter.warm), tuple(matter.questions),
    )  # fmt: skip


def _moment(matter: MomentMatter) -> Moment:
    pattern = re.compile("|".join(f"(?:{cue})" for cue in matter.cues)) if matter.cues else None
    say = tuple(tuple(lines) for lines in matter.say)
    return Moment(pattern, matter.until, matter.strategy, say, matter.addressed)


def _any_of(cues: list[str]) -> re.Pattern[str]:
    longest_first = sorted(cues, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)
