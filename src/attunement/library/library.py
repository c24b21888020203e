"""All practices and families, read and checked once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from attunement.domain.errors import ErrorCode, Invalid, NotFound
from attunement.domain.practice import Choice, Evidence, Family, LookFor, Practice, Step, Turn
from attunement.domain.probabilities import Listed
from attunement.library.content_check import PracticeSource, check_content, read_family, read_practice


@dataclass(frozen=True)
class Library:
    """The practices in order of id, and the families they belong to.

    >>> from attunement.library.resources import content_folder
    >>> library = load_library(content_folder())
    >>> len(library.practices) >= 60
    True
    """

    practices: tuple[Practice, ...]
    families: dict[str, Family]
    pictures: dict[str, str] = field(default_factory=dict)
    _by_id: dict[str, Practice] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {p.id: p for p in self.practices})

    @cached_property
    def listed(self) -> Listed:
        """The ids of the practices, in order."""
        return Listed(tuple(p.id for p in self.practices))

    def __contains__(self, practice: str) -> bool:
        return practice in self._by_id

    def practice(self, practice: str) -> Practice:
        """One practice; raises `NotFound` (``unknown-practice``) where there is none of that id."""
        if practice not in self._by_id:
            raise NotFound(
                ErrorCode.UNKNOWN_PRACTICE,
                "There is no practice '{practice}' in the library. Choose one from the list of practices.",
                practice=practice[:80],
            )
        return self._by_id[practice]


def load_library(folder: Path) -> Library:
    """Read all practices, families and pictures under a content folder.

    Raises `Invalid` (``bad-content``) with the first fault, its file and line, where any file has one.
    """
    faults = check_content(folder)
    if faults:
        raise Invalid(
            ErrorCode.BAD_CONTENT,
            "The content has {n} faults; the first: {fault} Run 'attune content check' for all of them.",
            n=len(faults),
            fault=f"{faults[0].file.name}:{faults[0].line}: {faults[0].change}",
        )
    sources = [read_practice(file)[0] for file in sorted((folder / "practices").glob("*.md"))]
    families = [read_family(file)[0] for file in sorted((folder / "families").glob("*.yaml"))]
    return Library(
        practices=tuple(_practice(source) for source in sources if source),
        families={
            f.id: Family(f.id, f.title, f.about, tuple(Evidence(**e.model_dump()) for e in f.evidence))
            for f in families
            if f
        },
        pictures={file.stem: file.read_text("utf-8") for file in sorted((folder / "pictures").glob("*.svg"))},
    )


def _practice(source: PracticeSource) -> Practice:
    matter = source.matter
    return Practice(
        id=matter.id,
        title=matter.title,
        family=matter.family,
        summary=matter.summary,
        medium=matter.medium,
        skill=matter.skill,
        minutes=matter.minutes,
        intensity=matter.intensity,
        needs=tuple(matter.needs),
        viewpoints=tuple(matter.viewpoints),
        avoid_when=tuple(matter.avoid_when),
        not_for=matter.not_for,
        steps=tuple(Step(title, text) for title, text in source.steps),
        look_for=tuple(LookFor(**item.model_dump()) for item in matter.look_for),
        closing=matter.closing,
        ask=matter.ask or "",
        answers=matter.answers or "",
        tells_of_another=matter.tells_of_another,
        picture=matter.picture or "",
        rehearsal=tuple(
            Turn(turn.they, tuple(Choice(**choice.model_dump()) for choice in turn.choices))
            for turn in matter.rehearsal or ()
        ),
    )
