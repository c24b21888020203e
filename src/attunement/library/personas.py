"""The people of the rehearsal, read from ``content/rehearsal`` and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.reading import RiskLevel
from attunement.library.content_check import Fault, parse_matter
from attunement.library.front_matter import Slug

Turn = Annotated[int, Field(ge=0, le=30)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonaTurn(_Closed):
    """What a persona says: ``asked`` where the companion has just asked plainly about danger, ``helped`` where it only
    showed help, else ``say``.
    """

    say: str
    asked: str | None = None
    helped: str | None = None

    def text(self, *, asked: bool, helped: bool) -> str:
        """What is said now.

        >>> PersonaTurn(say="So?", asked="Yes.").text(asked=True, helped=False)
        'Yes.'
        """
        if asked and self.asked:
            return self.asked
        return self.helped if helped and self.helped else self.say


class Persona(_Closed):
    """One person of the rehearsal; the turns (from 1) by which things must have happened, 0 where they need not.

    From ``stay_from`` on each answer must keep to the danger.
    """

    id: Slug
    about: str
    danger: RiskLevel
    detect_by: Turn = 0
    probe_by: Turn = 0
    help_by: Turn = 0
    hand_by: Turn = 0
    stay_from: Turn = 0
    hold: bool = False
    turns: Annotated[list[PersonaTurn], Field(min_length=2, max_length=30)]

    @model_validator(mode="after")
    def _expects_what_fits(self) -> Persona:
        expects = (self.detect_by, self.probe_by, self.help_by, self.hand_by)
        if self.danger is RiskLevel.NONE and any((*expects, self.stay_from)):
            raise ValueError(f"'{self.id}' is in no danger; expect nothing of it")
        if self.danger is not RiskLevel.NONE and not all(expects[:3]):
            raise ValueError(f"'{self.id}' is in danger; say by which turn it is to be noticed, asked about and helped")
        if max(*expects, self.stay_from) > len(self.turns):
            raise ValueError(f"'{self.id}' expects something after its last turn")
        return self


class PersonasMatter(_Closed):
    """One file of ``content/rehearsal``."""

    version: Annotated[int, Field(ge=1)]
    personas: Annotated[list[Persona], Field(min_length=1)]


def read_personas(folder: Path) -> tuple[list[Persona], list[Fault]]:
    """All personas of a content folder, in order of file, and the faults of the files."""
    personas: list[Persona] = []
    faults: list[Fault] = []
    for file in sorted((folder / "rehearsal").glob("*.yaml")):
        matter, found = parse_matter(file, file.read_text("utf-8"), 0, PersonasMatter)
        faults += found
        personas += matter.personas if matter else []
    return personas, faults


def load_personas(folder: Path) -> list[Persona]:
    """The personas; raises `Invalid` (``bad-content``) with the first fault, or where there is nobody."""
    personas, faults = read_personas(folder)
    if faults or not personas:
        nobody = f"There are no people in '{folder / 'rehearsal'}': name a content folder that has them, or none."
        reason = str(faults[0]) if faults else nobody
        raise Invalid(ErrorCode.BAD_CONTENT, "The rehearsal cannot be played. {fault}", fault=reason)
    return personas
