"""What programs get back about signals of the body: windows, in the words of ``attune body``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from pydantic import Field

from attunement.domain.body import BodyReading, Flaw
from attunement.programme.body_files import BodyFile
from attunement.web.api.answers import Answer


class ArousalInfo(Answer):
    """Where the body stands among the member's own moments of rest, 0 to 1: 0.5 is usual, and 0.29 the widest sd."""

    mean: float
    sd: float


class StressInfo(Answer):
    """The chance of stress with its 80% range, 0 to 1; null where it can't tell."""

    p: float | None
    lo80: float | None
    hi80: float | None


class BodyWindowInfo(Answer):
    """What one window says. This is not a medical device."""

    start: datetime
    end: datetime
    arousal: ArousalInfo
    stress: StressInfo
    quality: float = Field(description="The share of the window with good signal, 0 to 1.")
    why: list[Flaw] = Field(description="What was wrong with the signal, or why it can't tell.")
    features: dict[str, float | None] = Field(description="In the units of their names; null where not to be had.")
    model: str

    @classmethod
    def of(cls, reading: BodyReading) -> Self:
        """The same as JSON has it."""
        low, high = reading.stress_range or (None, None)
        return cls(
            start=reading.start, end=reading.end,
            arousal=ArousalInfo(mean=reading.arousal_mean, sd=reading.arousal_sd),
            stress=StressInfo(p=reading.stress_p, lo80=low, hi80=high), quality=reading.quality,
            why=list(reading.why), features=dict(reading.features), model=reading.model,
        )  # fmt: skip


class BodyWindowsInfo(Answer):
    """Windows, oldest first."""

    windows: list[BodyWindowInfo]

    @classmethod
    def of(cls, readings: Iterable[BodyReading]) -> Self:
        """The same as JSON has it."""
        return cls(windows=[BodyWindowInfo.of(reading) for reading in readings])


class NewBodyWindowsInfo(BodyWindowsInfo):
    """What was read now, oldest first, and how much was not."""

    left_out: int = Field(0, description="Samples before the end of the newest window kept, taken as sent already.")


class BodyFileInfo(NewBodyWindowsInfo):
    """What was read of a file."""

    older: int = Field(description="Samples more than four hours before its last, which were left out.")

    @classmethod
    def of_file(cls, found: BodyFile) -> Self:
        """The same as JSON has it."""
        windows = [BodyWindowInfo.of(reading) for reading in found.kept.readings]
        return cls(windows=windows, left_out=found.kept.left_out, older=found.older)
