"""How a person feels on two axes, after Russell's circumplex (1980, doi 10.1037/h0077714)."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real

from attunement.domain.errors import ErrorCode, Invalid


@dataclass(frozen=True, slots=True)
class Affect:
    """Valence (unpleasant to pleasant) and arousal (still to stirred up), each from -1 to 1.

    >>> Affect(-0.5, 0.25).valence
    -0.5
    >>> Affect(float("nan"), 0)
    Traceback (most recent call last):
    ...
    attunement.domain.errors.Invalid: valence must be a number from -1 to 1, not 'nan'. Correct it, or leave both out.
    """

    valence: float
    arousal: float

    def __post_init__(self) -> None:
        for name in ("valence", "arousal"):
            value = getattr(self, name)
            if not _is_number(value) or not -1 <= value <= 1:  # and so none that is no number
                raise Invalid(
                    ErrorCode.BAD_AFFECT,
                    "{field} must be a number from -1 to 1, not '{value}'. Correct it, or leave both out.",
                    field=name,
                    value=value,
                )


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)
