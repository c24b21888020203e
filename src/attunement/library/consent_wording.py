"""The words a member reads when choosing what their data is used for; versioned, so that a yes is a yes to words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.errors import ErrorCode, Invalid


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PurposeWords(_Closed):
    """What a purpose is called, what it means, and what happens without it."""

    title: str
    says: str
    without: str


class CategoryWords(_Closed):
    """What a category is called and what is in it."""

    title: str
    says: str


class ConsentWording(_Closed):
    """The whole of ``content/consent.yaml``. ``cells`` lists the combinations that are asked for at all."""

    version: Annotated[int, Field(ge=1)]
    intro: str
    own_record: str
    safety: str
    purposes: dict[Purpose, PurposeWords]
    categories: dict[Category, CategoryWords]
    cells: dict[Purpose, dict[Category, str]]
    lasts_days: Annotated[int, Field(ge=1, le=3660)]
    lasts: str

    @model_validator(mode="after")
    def _complete(self) -> ConsentWording:
        if set(self.purposes) != set(Purpose) or set(self.categories) != set(Category):
            raise ValueError("every purpose and every category needs its words")
        return self

    @property
    def asked(self) -> tuple[Cell, ...]:
        """The combinations a member can allow."""
        return tuple(Cell(p, c) for p, categories in self.cells.items() for c in categories)


def load_consent_wording(folder: Path) -> ConsentWording:
    """Read the wording; raises `Invalid` (``bad-content``) where it has faults."""
    file = folder / "consent.yaml"
    try:
        return ConsentWording.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise Invalid(
            ErrorCode.BAD_CONTENT,
            "consent.yaml cannot be used: {reason}",
            reason=str(error).replace("\n", " ")[:400],
        ) from error
