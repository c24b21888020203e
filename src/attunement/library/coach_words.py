"""The words of the coach, read from ``content/coach``: what it builds suggestions from, and what it warns of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator

from attunement.domain.coaching import DangerOf, Harm
from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.reply import Mechanism
from attunement.library.content_check import Fault, parse_matter

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]
Level = Annotated[float, Field(ge=0, le=2)]
SLOT = re.compile(r"\{(\w*)\}")
WHO = (
    r"(your (?:[\w-]+ )?(?:mum|mom|mother|dad|father|parents?|step(?:mum|mom|mother|dad|father|brother|sister)|sister|"
    r"brother|son|daughter|husband|wife|partner|boyfriend|girlfriend|ex|fianc[eé]e?|friend|room-?mate|flatmate|boss|"
    r"manager|co-?worker|colleague|teacher|coach|professor|therapist|doctor|grand(?:ma|pa|mother|father)|nan|aunt|"
    r"uncle|cousin|nephew|neighbou?r|landlord|carer)(?:[ -](?:husband|wife|boyfriend|girlfriend))?|he|she|they)"
)
SLOTS = frozenset({"clause", "rest", "thing", "quote", "hard"})


class Kind(StrEnum):
    """What a part of a post is when it is told back; ``content/coach/sentences.yaml`` says what each means."""

    HURT = "hurt"
    GRAVE = "grave"
    DEED = "deed"
    FEEL = "feel"
    WANT = "want"
    BELIEF = "belief"
    FEAR = "fear"
    DARK = "dark"
    GLAD = "glad"
    PLAIN = "plain"
    THING = "thing"
    SORE = "sore"
    PERSON = "person"
    QUOTE = "quote"
    SAID = "said"
    ASKED = "asked"


class Tense(StrEnum):
    """When it is: over, come to be and still so, now, or to come."""

    PAST = "past"
    PERFECT = "perfect"
    PRESENT = "present"
    FUTURE = "future"


class Tells(StrEnum):
    """What a post as a whole may tell of that changes what is said to it: danger, or something good."""

    DANGER = "danger"
    GLAD = "glad"


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Frame(_Closed):
    """A sentence with places for what they wrote, the kinds and tenses it fits, and what it adds to each mechanism.

    A ``spare`` one is for where nothing better fits.
    """

    text: Text
    adds: Mechanism
    of: frozenset[Kind]
    when: frozenset[Tense] = frozenset(Tense)
    worth: tuple[Level, Level, Level]
    spare: bool = False

    @field_validator("text")
    @classmethod
    def _is_filled(cls, text: str) -> str:
        slots = set(SLOT.findall(text))
        if slots - SLOTS or not slots - {"hard"}:
            raise ValueError(f"needs a place for what they wrote, of {', '.join(sorted(SLOTS))}")
        return text


class Sentences(_Closed):
    """``sentences.yaml``: all frames, and for each mechanism why it is suggested."""

    reasons: dict[Mechanism, Text]
    sentences: tuple[Frame, ...] = Field(min_length=9)

    @field_validator("reasons", "sentences")
    @classmethod
    def _all_three(cls, value: object, info: ValidationInfo) -> object:
        found = value if isinstance(value, dict) else {f.adds for f in value} if isinstance(value, tuple) else ()
        if set(found) != set(Mechanism):
            raise ValueError(f"{info.field_name} must speak of all three mechanisms")
        return value


class Feeling(_Closed):
    """What somebody says of how they feel, and what that must be like."""

    told: re.Pattern[str]
    hard: Text


class Feelings(_Closed):
    """``feelings.yaml``."""

    feelings: tuple[Feeling, ...]
    emotions: dict[str, Text]
    otherwise: Text


class Softer(_Closed):
    """What would wound again when it is told back, what is said in its place, and how hard it is.

    In ``told``, ``{who}`` stands for somebody close, or he or she; in ``says``, ``\\1`` is the one who was found.
    """

    told: re.Pattern[str]
    says: Text
    hard: Text

    @field_validator("told", mode="before")
    @classmethod
    def _of_whom(cls, told: Any) -> Any:
        return told.replace("{who}", WHO) if isinstance(told, str) else told


class Danger(_Closed):
    """What in a post of danger, in lower case, is told back as ``says``, where no clause of it can be."""

    told: re.Pattern[str]
    says: Text


class Marks(_Closed):
    """``marks.yaml``: clauses never told back, of wanting to die, of how things seem, of what weighs and what does not.

    ``danger`` is what is told back where danger was read, but no clause says so: the first that fits, or the last;
    ``softer`` what is told back in other words; ``befalls`` what happens to them though "you" is who does it, ``deed``
    what they did themselves all the same; ``feared`` what may come, by ``who`` and ``verb`` and the ``rest``; ``fair``
    what is no bad news, and may still be no joy.
    """

    danger: tuple[Danger, ...] = Field(min_length=1)
    softer: tuple[Softer, ...]
    grave: tuple[re.Pattern[str], ...]
    befalls: re.Pattern[str]
    deed: tuple[re.Pattern[str], ...]
    never: tuple[re.Pattern[str], ...]
    dark: tuple[re.Pattern[str], ...]
    belief: tuple[re.Pattern[str], ...]
    weighs: tuple[re.Pattern[str], ...]
    feared: re.Pattern[str]
    fair: tuple[re.Pattern[str], ...]
    light: tuple[re.Pattern[str], ...]
    good: tuple[re.Pattern[str], ...]


class HarmWords(_Closed):
    """One harm: what tells of it, what looks alike and is harmless, and why it may hurt; ``to`` which posts, or any."""

    harm: Harm
    to: Tells | None = None
    reason: Text
    patterns: tuple[re.Pattern[str], ...] = Field(min_length=1)
    harmless: tuple[re.Pattern[str], ...] = ()


class Cautions(_Closed):
    """``cautions.yaml``; what stands right before a match may deny it or say that others said it."""

    denied: re.Pattern[str]
    reported: re.Pattern[str]
    harms: tuple[HarmWords, ...]


class NoticeWords(_Closed):
    """What is told of one kind of danger, a plain question about it, and which other words ask the same."""

    says: Text
    asks: Text
    asked: re.Pattern[str] | None = None


class Notices(_Closed):
    """``danger.yaml``: a notice for each kind of danger, and what is told back of violence that no clause tells of."""

    borne: Text
    notices: dict[DangerOf, NoticeWords]

    @field_validator("notices")
    @classmethod
    def _of_each(cls, notices: dict[DangerOf, NoticeWords]) -> dict[DangerOf, NoticeWords]:
        if missing := sorted(set(DangerOf) - set(notices)):
            raise ValueError(f"must speak of each kind of danger; missing: {', '.join(missing)}")
        return notices


SHAPES: dict[str, type[_Closed]] = {
    "sentences": Sentences, "feelings": Feelings, "marks": Marks, "cautions": Cautions, "danger": Notices,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CoachWords:
    """All words of the coach.

    >>> from attunement.library.resources import content_folder
    >>> len(load_coach_words(content_folder()).sentences.sentences) > 30
    True
    """

    sentences: Sentences
    feelings: Feelings
    marks: Marks
    cautions: Cautions
    danger: Notices


def read_coach_words(folder: Path) -> tuple[CoachWords | None, list[Fault]]:
    """Read the words under a content folder; with faults they yield None and the faults."""
    found, faults = {}, []
    for name, shape in SHAPES.items():
        file = folder / "coach" / f"{name}.yaml"
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            faults.append(Fault(file, 1, "cannot be read as UTF-8; put it back or save it as UTF-8."))
            continue
        found[name], more = parse_matter(file, text, 0, shape)
        faults += more
    return (None if faults else CoachWords(**found)), faults  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def load_coach_words(folder: Path) -> CoachWords:
    """The words of the coach; raises `Invalid` (``bad-content``) with the first fault where there is one."""
    words, faults = read_coach_words(folder)
    if words is None:
        raise Invalid(ErrorCode.BAD_CONTENT, "The words of the coach cannot be used. {fault}", fault=str(faults[0]))
    return words
