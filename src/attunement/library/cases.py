"""Written cases for supporters' own practice: an invented post, what matters in it, a good reply and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.reply import Mechanism
from attunement.library.content_check import Fault, parse_matter
from attunement.library.front_matter import Line, Sentence, Slug

Post = Annotated[str, StringConstraints(strip_whitespace=True, min_length=60, max_length=900)]
Reply = Annotated[str, StringConstraints(strip_whitespace=True, min_length=60, max_length=600)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Matter(_Closed):
    """Something in the post that a good reply meets: the words it stands in, and why it matters."""

    words: Line
    why: Sentence


class Part(_Closed):
    """A part of the good reply: its words, which way of showing empathy it is, and why it is there."""

    words: Line
    shows: Mechanism
    why: Sentence


class Case(_Closed):
    """One case; ``who`` is an invented person. ``matters`` and ``parts`` quote the post and the reply word for word.

    >>> from attunement.library.resources import content_folder
    >>> len(load_cases(content_folder()))
    12
    """

    id: Slug
    title: Line
    who: Line
    post: Post
    matters: tuple[Matter, ...] = Field(min_length=2, max_length=5)
    reply: Reply
    parts: tuple[Part, ...] = Field(min_length=2, max_length=5)

    @model_validator(mode="after")
    def _quotes(self) -> Case:
        for words, text, name in (
            *((m.words, self.post, "post") for m in self.matters),
            *((p.words, self.reply, "reply") for p in self.parts),
        ):
            if words not in " ".join(text.split()):
                raise ValueError(f"'{words}' does not stand in the {name}; quote it word for word")
        return self


def read_cases(folder: Path) -> tuple[tuple[Case, ...], list[Fault]]:
    """The cases under a content folder that have no faults, by id, and the faults of the others."""
    cases, faults = [], []
    for file in sorted((folder / "cases").glob("*.yaml")):
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            faults.append(Fault(file, 1, "is not UTF-8; save it as UTF-8."))
            continue
        case, found = parse_matter(file, text, 0, Case)
        if case is not None and case.id != file.stem:
            found = [Fault(file, 1, f"id: is '{case.id}' but the file is named '{file.stem}'; make them the same.")]
        faults += found
        if case is not None and not found:
            cases.append(case)
    return tuple(cases), faults


def load_cases(folder: Path) -> tuple[Case, ...]:
    """All cases; raises `Invalid` (``bad-content``) with the first fault where any has one."""
    cases, faults = read_cases(folder)
    if faults:
        raise Invalid(ErrorCode.BAD_CONTENT, "The cases cannot be used. {fault}", fault=str(faults[0]))
    return cases
