"""What supporters can begin with: short openings, put into a draft at a press."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from attunement.domain.errors import ErrorCode, Invalid
from attunement.library.content_check import Fault, parse_matter

ME = "{me}"
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening: when it fits, and what it says."""

    when: str
    text: str

    def by(self, name: str) -> str:
        """What a supporter of that name would say.

        >>> Opening("To begin", "Hi, I'm {me}.").by("Noor")
        "Hi, I'm Noor."
        """
        return self.text.replace(ME, name)


class _Matter(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    when: Annotated[str, Field(min_length=3, max_length=60)]
    text: Annotated[str, Field(min_length=10, max_length=LONGEST)]

    @field_validator("text")
    @classmethod
    def _only_me(cls, text: str) -> str:
        if set("{}") & set(text.replace(ME, "")):
            raise ValueError("may have {me} for the supporter's name, and no other braces")
        return text


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    openings: Annotated[list[_Matter], Field(min_length=1, max_length=20)]


def read_openings(folder: Path) -> tuple[tuple[Opening, ...], list[Fault]]:
    """Read ``openings.yaml`` of a content folder; with faults there are none, and none without the file."""
    file = folder / "openings.yaml"
    if not file.exists():
        return (), []
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return (), [Fault(file, 1, "cannot be read as UTF-8; put it back or save it as UTF-8.")]
    matter, faults = parse_matter(file, text, 0, _File)
    return tuple(Opening(one.when, one.text) for one in matter.openings) if matter else (), faults


def load_openings(folder: Path) -> tuple[Opening, ...]:
    """The openings, in order; raises `Invalid` (``bad-content``) with the first fault.

    >>> from attunement.library.resources import content_folder
    >>> len(load_openings(content_folder()))
    8
    """
    found, faults = read_openings(folder)
    if faults:
        raise Invalid(ErrorCode.BAD_CONTENT, "openings.yaml cannot be used. {fault}", fault=str(faults[0]))
    return found
