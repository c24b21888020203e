"""What may be sent as signals of a body: no more than can be read at once, of a time that can be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from attunement.domain.body import Recording, Times
from attunement.domain.errors import ErrorCode, Invalid
from attunement.programme.text import check_time

MOST_SAMPLES = 100_000
"""Of all channels together: 26 minutes of a pulse at 64 a second, or four hours of seven signals each second."""
MOST_TIME = timedelta(hours=4)
MILLISECONDS = 1e11
"""No unix time in seconds is as large before the year 5138; one in milliseconds is since 1973."""


def check_recording(recording: Recording, now: datetime, *, most: int = MOST_SAMPLES) -> None:
    """Raise `Invalid` where a recording cannot be read.

    ``bad-signal``: no samples, or some that are no numbers. ``too-large``: over ``most`` samples, or over four hours.
    ``bad-time``: milliseconds, the future (five minutes of slack), or before 1990.
    """
    size = sum(channel.times.size for channel in recording.channels)
    if not size:
        raise Invalid(ErrorCode.BAD_SIGNAL, "The recording holds no samples. Send at least one.")
    if size > most:
        raise Invalid(
            ErrorCode.TOO_LARGE, "The recording holds {size} samples; the most is {most}. Send it in parts.",
            size=size, most=most,
        )  # fmt: skip
    for channel in recording.channels:
        if not (np.isfinite(channel.times).all() and np.isfinite(channel.values).all()):
            raise Invalid(
                ErrorCode.BAD_SIGNAL, "The signal '{kind}' holds times or values that are no numbers. Leave them out.",
                kind=str(channel.kind),
            )  # fmt: skip
    _check_times(np.concatenate([channel.times for channel in recording.channels]), now)


def _check_times(times: Times, now: datetime) -> None:
    first, last = float(times.min()), float(times.max())
    if last >= MILLISECONDS:
        raise Invalid(
            ErrorCode.BAD_TIME, "{field} is too large for unix seconds. If it is in milliseconds, divide by 1000.",
            field="time",
        )  # fmt: skip
    check_time(datetime.fromtimestamp(max(first, 0.0), UTC), now, field="time")
    check_time(datetime.fromtimestamp(last, UTC), now, field="time")
    if last - first > MOST_TIME.total_seconds():
        raise Invalid(
            ErrorCode.TOO_LARGE, "The recording is longer than {hours} hours. Send it in parts.",
            hours=MOST_TIME // timedelta(hours=1),
        )  # fmt: skip
