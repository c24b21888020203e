"""What pages send, read from forms: nothing is trusted, and what was typed is kept for the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import available_timezones

from starlette.datastructures import FormData

from attunement.domain.affect import Affect
from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.hindrance import Hindrance
from attunement.domain.need import Need
from attunement.web.moments import UNTOLD


def text_of(form: FormData, name: str) -> str:
    """One text field; missing ones and files count as empty."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def time_zone_of(form: FormData) -> str:
    """The time zone the browser told (``static/time_zone.js``), or UTC where it told none that is known."""
    told = text_of(form, "time_zone")
    return told if told in available_timezones() else UNTOLD


def number_of(form: FormData, name: str) -> float:
    """One number; anything else is `Invalid` (``bad-input``)."""
    try:
        return float(text_of(form, name))
    except ValueError as error:
        raise Invalid(ErrorCode.BAD_INPUT, "The form holds something that is no number. Reload the page.") from error


def affect_of(form: FormData, prefix: str = "") -> Affect | None:
    """The place on the pad, or None where its box is not ticked."""
    if not form.get(f"{prefix}affect_given"):
        return None
    return Affect(number_of(form, f"{prefix}valence"), number_of(form, f"{prefix}arousal"))


def needs_of(form: FormData) -> list[Need]:
    """The ticked needs."""
    try:
        return [Need(str(value)) for value in form.getlist("need")]
    except ValueError as error:
        raise Invalid(ErrorCode.BAD_INPUT, "The form holds a need that is not known. Reload the page.") from error


def typed_check_in(form: FormData) -> dict[str, Any]:
    """What was typed into the check-in, for showing it again."""
    return {"text": text_of(form, "text"), "need": form.getlist("need"), **_typed_affect(form)}


def _typed_affect(form: FormData, prefix: str = "") -> dict[str, Any]:
    try:
        place = affect_of(form, prefix)
    except Invalid:
        place = None
    return {
        f"{prefix}affect_given": place is not None,
        f"{prefix}valence": place.valence if place else 0,
        f"{prefix}arousal": place.arousal if place else 0,
    }


@dataclass(frozen=True, slots=True)
class Doing:
    """What a practice page sends."""

    text: str = ""
    reflection: str = ""
    ticked: tuple[int, ...] = ()
    chosen: Mapping[int, int] = field(default_factory=dict)
    affect_after: Affect | None = None
    rating: int | None = None
    stopped: bool = False
    hindrances: tuple[Hindrance, ...] = ()


def doing_of(form: FormData) -> Doing:
    """Read a practice page; `Invalid` where a number is none."""
    try:
        turns = {int(k.removeprefix("turn-")): int(str(v)) for k, v in form.items() if k.startswith("turn-")}
        ticked = tuple(int(str(value)) for value in form.getlist("ticked"))
        rating = int(text_of(form, "rating")) if text_of(form, "rating") else None
        hindrances = tuple(Hindrance(str(value)) for value in form.getlist("hindrance"))
    except ValueError as error:
        raise Invalid(ErrorCode.BAD_INPUT, "The form holds something that is no number. Reload the page.") from error
    stopped = bool(form.get("stopped"))
    text, reflection = text_of(form, "text"), text_of(form, "reflection")
    return Doing(text, reflection, ticked, turns, affect_of(form, "after_"), rating, stopped, hindrances)


def typed_doing(form: FormData) -> dict[str, Any]:
    """What was typed into a practice page, for showing it again."""
    rating = text_of(form, "rating")
    return {
        "text": text_of(form, "text"),
        "reflection": text_of(form, "reflection"),
        "ticked": [str(value) for value in form.getlist("ticked")],
        "turns": {
            int(k.removeprefix("turn-")): int(str(v))
            for k, v in form.items()
            if k.startswith("turn-") and k.removeprefix("turn-").isdigit() and str(v).isdigit()
        },
        "rating": int(rating) if rating.isdigit() else None,
        "hindrances": [str(value) for value in form.getlist("hindrance")],
        **_typed_affect(form, "after_"),
    }
