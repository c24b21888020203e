"""One piece of content a member can do, and the words it is described with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from attunement.domain.need import Need


class Medium(StrEnum):
    """How a practice is done."""

    READ = "read"
    WRITE = "write"
    LISTEN = "listen"
    SEE = "see"
    TOGETHER = "together"
    REHEARSE = "rehearse"


class Skill(StrEnum):
    """What a practice trains, whichever family it belongs to."""

    NOTICING = "noticing"
    IMAGINING = "imagining"
    EXPRESSING = "expressing"
    STEADYING = "steadying"
    APPROACHING = "approaching"


class Viewpoint(StrEnum):
    """Whose eyes a practice asks one to look through."""

    OWN = "own"
    CLOSE = "close"
    STRANGER = "stranger"
    OPPONENT = "opponent"
    GROUP = "group"
    OBSERVER = "observer"


class AvoidWhen(StrEnum):
    """States in which a practice is not offered.

    ``risk``: the last risk reading is indirect signs or above. ``overwhelmed``: valence under -0.5 with arousal over
    0.5. ``drained``: valence under -0.3 with arousal under -0.5.
    """

    RISK = "risk"
    OVERWHELMED = "overwhelmed"
    DRAINED = "drained"


class Signal(StrEnum):
    """Something that can be found in a short text a member wrote for a practice.

    ``SELF`` is ticked by the member; warmth, understanding and asking are read in an answer to somebody (EPITOME), all
    else by rules.
    """

    SELF = "self"
    NAMES_FEELING = "names-feeling"
    NAMES_NEED = "names-need"
    OPEN_QUESTION = "open-question"
    CLOSED_QUESTION = "closed-question"
    REFLECTS = "reflects"
    VALIDATES = "validates"
    ADVICE = "advice"
    JUDGEMENT = "judgement"
    MINIMISES = "minimises"
    I_STATEMENT = "i-statement"
    CLEAR_REQUEST = "clear-request"
    APOLOGY = "apology"
    EXCUSE = "excuse"
    OTHER_VIEW = "other-view"
    SELF_KINDNESS = "self-kindness"
    SELF_CRITICISM = "self-criticism"
    COMMON_HUMANITY = "common-humanity"
    COMMON_GROUND = "common-ground"
    GRATITUDE = "gratitude"
    GOODWILL = "goodwill"
    TENTATIVE = "tentative"
    SPECIFIC = "specific"
    LONG_ENOUGH = "long-enough"
    WARMTH = "warmth"
    UNDERSTANDING = "understanding"
    ASKING = "asking"


@dataclass(frozen=True, slots=True)
class LookFor:
    """One thing the feedback looks for.

    ``wanted`` is false where the signal is better absent (advice, judgement). ``label`` is what a member can tick for
    themselves; ``met`` is said where it went as wanted, ``unmet`` offers one small thing to try where it did not.
    """

    signal: Signal
    label: str
    met: str
    unmet: str
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to say in a rehearsal, and what it would do; ``helps`` from 0 (closes) to 2 (opens)."""

    say: str
    why: str
    helps: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One line the other person says in a rehearsal, and the ways to answer."""

    they: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One titled step of a practice; ``text`` is Markdown."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Practice:
    """A complete practice, as read from ``content/practices/ID.md``.

    ``minutes`` is 2 to 20; ``intensity`` 1 (gentle), 2 (steady) or 3 (stretching); ``not_for`` says in plain words
    when to leave it; ``ask`` is the question over the field a member writes into (always present for ``write``), and
    ``answers`` what somebody said that is answered there. ``tells_of_another`` where what is asked for is what somebody
    else said, felt or lived through.
    """

    id: str
    title: str
    family: str
    summary: str
    medium: Medium
    skill: Skill
    minutes: int
    intensity: int
    needs: tuple[Need, ...]
    viewpoints: tuple[Viewpoint, ...]
    avoid_when: tuple[AvoidWhen, ...]
    not_for: str
    steps: tuple[Step, ...]
    look_for: tuple[LookFor, ...]
    closing: str
    ask: str = ""
    answers: str = ""
    tells_of_another: bool = False
    picture: str = ""
    rehearsal: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What kind of evidence stands behind a family of practices; about the family, never about one practice."""

    kind: str
    says: str
    reference: str
    link: str


@dataclass(frozen=True, slots=True)
class Family:
    """Practices of one kind, with a title and the evidence behind the kind."""

    id: str
    title: str
    about: str
    evidence: tuple[Evidence, ...]
