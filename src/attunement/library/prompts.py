"""What a language model is told to be: read from ``content/prompts`` and checked, with versions to trace replies by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.reply import Strategy
from attunement.library.content_check import FENCE, Fault, parse_matter
from attunement.library.front_matter import Sentence, Slug

OPEN_TO_A_MACHINE = frozenset(Strategy) - {Strategy.SELF_DISCLOSURE}
"""The strategies a machine may take; it has nothing of its own to disclose."""
MARKS = frozenset({"fence", "language", "strategy"})
FENCES = ("person", "supporter", "remembered")


@dataclass(frozen=True, slots=True)
class PromptText:
    """One file of ``content/prompts``: how a model is to be, and what it is to do for each strategy.

    ``system`` holds the marks ``$fence``, ``$language`` and ``$strategy``, which `filled` replaces.
    """

    id: str
    version: int
    system: str
    strategies: Mapping[Strategy, str]

    @property
    def name(self) -> str:
        """What a `Prompt` made from it carries as its version, such as ``companion-1``."""
        return f"{self.id}-{self.version}"

    def filled(self, *, fence: str, language: str, strategy: Strategy) -> str:
        """The system prompt for one answer; raises KeyError for a strategy that is not open to a machine."""
        marks = {"fence": fence, "language": language, "strategy": self.strategies[strategy]}
        return Template(self.system).substitute(marks)


class PromptMatter(BaseModel):
    """The front matter of ``content/prompts/ID.md``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Slug
    version: Annotated[int, Field(ge=1)]
    strategies: dict[Strategy, Sentence]

    @field_validator("strategies")
    @classmethod
    def _as_open_to_a_machine(cls, strategies: dict[Strategy, str]) -> dict[Strategy, str]:
        if set(strategies) != OPEN_TO_A_MACHINE:
            raise ValueError(f"needs exactly these: {', '.join(sorted(OPEN_TO_A_MACHINE))}")
        return strategies


def read_prompt(file: Path) -> tuple[PromptText | None, list[Fault]]:
    """Read one prompt file; a file with faults yields None and the faults."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None, [Fault(file, 1, "cannot be read as UTF-8; put it back or save it as UTF-8.")]
    match = FENCE.match(text)
    if not match:
        return None, [Fault(file, 1, "must start with '---', then the front matter, then '---' on a line of its own.")]
    matter, faults = parse_matter(file, match.group(1), 1, PromptMatter)
    if matter is None:
        return None, faults
    system = match.group(2).strip()
    if matter.id != file.stem:
        faults.append(Fault(file, 2, f"id: is '{matter.id}' but the file is named '{file.stem}'; make them the same."))
    faults += [Fault(file, match.group(1).count("\n") + 3, change) for change in _changes(system)]
    if faults:
        return None, faults
    return PromptText(matter.id, matter.version, system, MappingProxyType(matter.strategies)), []


def _changes(system: str) -> list[str]:
    """What to change in the text under the front matter."""
    template = Template(system)
    if not template.is_valid() or set(template.get_identifiers()) != MARKS:
        return ["must hold $fence, $language and $strategy and no other mark; write '$$' for a dollar sign."]
    wanted = [f"<{kind}-$fence>" for kind in FENCES] + [f"</{kind}-$fence>" for kind in FENCES]
    return [f"must say what stands between the fences: '{mark}' is missing." for mark in wanted if mark not in system]


def check_prompts(folder: Path) -> list[Fault]:
    """All faults in the prompts of a content folder."""
    return [fault for file in sorted((folder / "prompts").glob("*.md")) for fault in read_prompt(file)[1]]


def load_prompt(folder: Path, name: str = "companion") -> PromptText:
    """One prompt of a content folder.

    Raises
    ------
    Invalid
        ``BAD_CONTENT``, naming the first fault, where it cannot be used.

    >>> from attunement.library.resources import content_folder
    >>> load_prompt(content_folder()).name
    'companion-1'
    """
    prompt, faults = read_prompt(folder / "prompts" / f"{name}.md")
    if prompt is None:
        raise Invalid(ErrorCode.BAD_CONTENT, "The prompts cannot be used. {fault}", fault=str(faults[0]))
    return prompt
