"""The words of the companion as they are written in ``content/companion``: what files may hold and lines may say."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator

from attunement.domain.reply import Strategy
from attunement.library.companion_parts import SLOTS, slots_in

STEPS = (
    "ask", "again", "present", "stay", "denied", "imminent", "another", "theirs", "theirs-helped", "harm", "child",
    "hurt", "guess", "farewell", "misread", "near", "checked", "linger", "helped", "safe", "safer", "not-so",
    "asks", "harmed", "body", "threat", "refused", "self-harm", "hurt-near", "passed", "beside",
)  # fmt: skip
"""Where a talk in danger can be; each must have its words."""
MOST_WORDS = 60
ANYWHERE = (
    "Please call the emergency number of the place where you are, now; in many countries it is 112, 911 or 999. "
    "Anybody near you can call for you, too."
)
"""Said in an emergency where no number is known, if a file has no words of its own for that."""
_SHOUT = re.compile(r"!|[\U0001F300-\U0001FAFF]")
_PERSON = re.compile(
    r"\bas a (?:human|person)\b|\bI (?:feel|felt|remember when|have been through|know how)\b|"
    r"\bI (?:hope|wish|wonder|love|care)\b|"
    r"\bI(?:'m| am) (?:\w+ )?(?:sorry|glad|happy|sad|afraid|worried|proud|touched|moved|excited|grateful)\b",
    re.IGNORECASE,
)
"""A machine may say what it reads ("that sounds hard"); it says nothing of feelings of its own."""


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


def any_word_of(cues: list[str]) -> re.Pattern[str]:
    """Any of some cues, as whole words; the longest first."""
    longest_first = sorted(cues, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


def any_of(cues: list[str]) -> re.Pattern[str]:
    """Any of some cues, in lower case."""
    return re.compile("|".join(f"(?:{cue})" for cue in cues))


def _compiled(cues: list[str], pattern: Callable[[list[str]], re.Pattern[str]]) -> list[str]:
    """The cues as they are; raises ValueError with what is no pattern.

    They are compiled together, as they are used; one by one only where that fails, or where one may lean on another: a
    bracket that one opens and the next one closes.
    """
    doubtful = [cue for cue in cues if cue.count("(") != cue.count(")") or cue.count("[") != cue.count("]")]
    together = ""
    try:
        pattern(cues)
    except re.error as error:
        doubtful, together = cues, str(error)
    for cue in doubtful:
        try:
            re.compile(cue)
        except re.error as error:
            raise ValueError(f"'{cue}' is no regular expression: {error}") from error
    if together:
        raise ValueError(f"these cues are no regular expression together: {together}")
    return cues


class _Worded(_Closed):
    @field_validator("cues", "words", "beside", mode="after", check_fields=False)
    @classmethod
    def _compiles(cls, cues: list[str]) -> list[str]:
        return _compiled(cues, any_word_of)


class FeelingMatter(_Worded):
    """A kind of feeling as written in the file."""

    words: list[str]
    labels: list[str]
    cues: list[str] = []
    felt: Annotated[list[Line], Field(min_length=4)]
    warm: Annotated[list[Line], Field(min_length=4)]
    grave: list[Line] = []
    questions: Annotated[list[Line], Field(min_length=4)]


class TopicMatter(_Worded):
    """A topic as written in the file."""

    about: Line
    light: bool = False
    cues: Annotated[list[str], Field(min_length=1)]
    questions: Annotated[list[Line], Field(min_length=3)]
    ideas: list[Line] = []
    beside: list[str] = []
    knows: Line | None = None


class MomentMatter(_Closed):
    """A short or special thing a member may say, as written in the file."""

    until: Annotated[int, Field(ge=1)]
    strategy: Strategy
    addressed: bool = False
    cues: list[str]
    say: list[Annotated[list[Line], Field(min_length=3)]]

    @field_validator("cues", mode="after")
    @classmethod
    def _compiles(cls, cues: list[str]) -> list[str]:
        return _compiled(cues, any_of)


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
    hurt: Annotated[list[Line], Field(min_length=2)]
    guess: Annotated[list[Line], Field(min_length=2)]
    emergency: Annotated[list[Line], Field(min_length=1)]
    anywhere: Annotated[list[Line], Field(min_length=1)] = [ANYWHERE]
    emergency_again: list[Line] = []
    anywhere_again: list[Line] = []

    @field_validator("anywhere", "anywhere_again", mode="after")
    @classmethod
    def _needs_no_number(cls, lines: list[str]) -> list[str]:
        if slotted := [line for line in lines if slots_in(line)]:
            raise ValueError(f"'{slotted[0]}' is said where no number is known; write it without slots")
        return lines


class ToldMatter(_Closed):
    """How the member is told that people are, as written in the file."""

    alert: Annotated[list[Line], Field(min_length=1)]
    hold: Annotated[list[Line], Field(min_length=1)]
    asked: Annotated[list[Line], Field(min_length=1)]
    secret: Annotated[list[Line], Field(min_length=1)]
    draft: Annotated[list[Line], Field(min_length=1)]


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
