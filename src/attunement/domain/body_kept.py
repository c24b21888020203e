"""What is read from signals of the body, as an event keeps it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from attunement.domain.body import Flaw

Unit = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Signed = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]


class BodyWindowKept(BaseModel):
    """One window as read; see `attunement.domain.body.BodyReading` for units and ranges.

    ``stress`` and ``stress_range`` (its 80% range) are None where it can't tell; features are None where they could not
    be had.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    start: AwareDatetime
    end: AwareDatetime
    arousal: Unit
    arousal_sd: Unit
    stress: Unit | None = None
    stress_range: tuple[Unit, Unit] | None = None
    quality: Unit
    flaws: list[Flaw] = []
    features: dict[str, Finite | None]
    model: str


class RestKept(BaseModel):
    """How a person is at rest: for each of ``windows`` its ``levels``, None where one was not measured.

    ``declared`` is whether these windows were said to be rest; otherwise they are all windows so far. The newest 240
    are kept.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    levels: list[str]
    windows: list[list[Finite | None]]
    declared: bool = False
