"""Signals of the body as programs send them: samples with their times, or evenly spaced from a start."""

from __future__ import annotations

from typing import Annotated, Any, Self

import numpy as np
from pydantic import ConfigDict, Field, model_validator

from attunement.domain.body import BodySignal, Channel, Recording
from attunement.programme.body_checks import MOST_SAMPLES, MOST_TIME
from attunement.web.api.bodies import Body

UnixSeconds = Annotated[float, Field(strict=True, allow_inf_nan=False, examples=[1777636800.5])]
Sample = Annotated[float, Field(strict=True, ge=-1e9, le=1e9, allow_inf_nan=False)]
LIMITS = f"At most {MOST_SAMPLES:,} samples in all, of at most {MOST_TIME.total_seconds() / 3600:.0f} hours, and 4 MB."


def _one_of_two(schema: dict[str, Any]) -> None:
    null = {"type": "null"}
    schema["oneOf"] = [
        {"required": ["times"], "properties": {"times": {"type": "array"}, "start": null, "rate_hz": null}},
        {"required": ["start", "rate_hz"],
         "properties": {"times": null, "start": {"type": "number"}, "rate_hz": {"type": "number"}}},
    ]  # fmt: skip


class SignalBody(Body):
    """One signal: `values` at `times`, or from `start` on at `rate_hz`. Several of one kind are joined."""

    model_config = ConfigDict(json_schema_extra=_one_of_two)
    kind: BodySignal = Field(
        description="What is measured, which implies the unit: rr (ms between heartbeats, at the time of the later "
        "one), heart_rate (1/min), eda (microsiemens), temperature (of the skin, °C), ppg and ecg (waveforms, any "
        "unit). Other usual units are told by their range, and named in `why`."
    )
    values: list[Sample] = Field(min_length=1)
    times: list[UnixSeconds] | None = Field(None, min_length=1, description="One for each value; not milliseconds.")
    start: UnixSeconds | None = Field(None, description="The time of the first value.")
    rate_hz: float | None = Field(
        None, strict=True, ge=0.01, le=2000, allow_inf_nan=False, description="Values a second.", examples=[64]
    )

    @model_validator(mode="after")
    def _timed_one_way(self) -> Self:
        even = self.start is not None and self.rate_hz is not None
        if even == (self.times is not None) or (self.start is None) != (self.rate_hz is None):
            raise ValueError("send either times, or start and rate_hz")
        return self

    def channel(self) -> Channel:
        """The same for the engine; raises `Invalid` (``bad-signal``) where times and values are not as many."""
        values = np.array(self.values, np.float32)
        if self.times is not None:
            return Channel(self.kind, np.array(self.times, np.float64), values)
        return Channel(self.kind, (self.start or 0.0) + np.arange(values.size) / (self.rate_hz or 1.0), values)


class NewSignals(Body):
    """Signals of one member. They are read in windows of a minute and not kept; what was read is kept."""

    channels: list[SignalBody] = Field(
        min_length=1, max_length=60, description=f"All signals of one time together. {LIMITS}"
    )
    rest: bool = Field(
        False, strict=True, description="True where the member is known to be at rest; three minutes or more do well."
    )

    def recording(self) -> Recording:
        """The same for the engine, with channels of one kind joined."""
        parts: dict[BodySignal, list[Channel]] = {}
        for signal in self.channels:
            parts.setdefault(signal.kind, []).append(signal.channel())
        joined = [
            Channel(kind, np.concatenate([c.times for c in of]), np.concatenate([c.values for c in of]))
            for kind, of in parts.items()
        ]
        return Recording(tuple(joined), "api")
