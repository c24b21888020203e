"""The words of the companion, read from ``content/companion`` and checked; versioned, so that a reply can be traced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel

from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.reply import Strategy
from attunement.library.companion_matter import (
    FeelingMatter,
    FeelingsMatter,
    MomentMatter,
    MomentsMatter,
    RepliesMatter,
    SafetyMatter,
    TopicMatter,
    TopicsMatter,
    any_of,
    any_word_of,
)
from attunement.library.companion_parts import part_faults
from attunement.library.content_check import Fault, parse_matter
from attunement.library.resources import content_folder

FOLDER = "companion"
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Feelings:
    """A kind of feeling: the pattern of a member's words for it, cues that speak of it without such a word, the labels
    of the reader, and what can be said to it; ``felt`` says it as a guess ("it sounds like you feel low"), and
    ``grave`` is too much where little weighs.
    """

    pattern: re.Pattern[str] | None
    cues: re.Pattern[str] | None
    labels: tuple[str, ...]
    felt: tuple[str, ...]
    warm: tuple[str, ...]
    grave: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: the pattern of its cues, how it is called after "about", open questions, ideas for those who ask for
    some, who can tell facts of it, where there is somebody in particular, and beside which words alone the ideas fit;
    ``light`` is whether the questions fit what does not weigh as well.
    """

    pattern: re.Pattern[str]
    about: str
    questions: tuple[str, ...]
    ideas: tuple[str, ...]
    knows: str
    beside: re.Pattern[str] | None = None
    light: bool = False


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
        topics=MappingProxyType({name: _topic(matter) for name, matter in topics.topics.items()}),
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
        any_word_of(matter.words) if matter.words else None, any_word_of(matter.cues) if matter.cues else None,
        tuple(matter.labels), tuple(matter.felt), tuple(matter.warm), tuple(matter.grave), tuple(matter.questions),
    )  # fmt: skip


def _topic(matter: TopicMatter) -> Topic:
    return Topic(
        any_word_of(matter.cues), matter.about, tuple(matter.questions), tuple(matter.ideas), matter.knows or "",
        any_word_of(matter.beside) if matter.beside else None, matter.light,
    )  # fmt: skip


def _moment(matter: MomentMatter) -> Moment:
    pattern = any_of(matter.cues) if matter.cues else None
    say = tuple(tuple(lines) for lines in matter.say)
    return Moment(pattern, matter.until, matter.strategy, say, matter.addressed)
