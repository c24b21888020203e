"""The events of reaching a member with an offer; all are the member's own, sealed under their key."""

from __future__ import annotations

from datetime import time
from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from attunement.domain.body_kept import Finite, Unit
from attunement.domain.channel import Channel
from attunement.domain.event import Event


class ReachChosen(Event):
    """A member said whether, how and when they may be reached with an offer.

    Hours are by the clock where they are; ``a_day`` is the most that may be sent on one day.
    """

    kind: ClassVar[str] = "reach-chosen"
    on: bool
    channels: list[Channel] = []
    quiet_from: time
    quiet_until: time
    a_day: Annotated[int, Field(ge=0, le=5)]


class AddressGiven(Event):
    """Where a member can be reached: a mail address, or what a browser gave for its notices (JSON).

    ``key`` is a keyed hash of it. A mail address counts only once it is confirmed.
    """

    kind: ClassVar[str] = "address-given"
    channel: Channel
    address: str
    key: str


class AddressConfirmed(Event):
    """Whoever reads the mail of an address agreed to be written to."""

    kind: ClassVar[str] = "address-confirmed"
    key: str


class AddressDropped(Event):
    """An address is not used any more: the member took it out, or it is no more there."""

    kind: ClassVar[str] = "address-dropped"
    key: str
    why: Literal["taken-out", "gone"]


class DeliveryKept(BaseModel):
    """One way an offer is sent: its own id, over which channel, to the address of which key (empty where none)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    delivery: str
    channel: Channel
    key: str = ""


class ReachWeighed(Event):
    """At one moment it was weighed whether to reach a member with an offer.

    ``held`` is why nobody was reached; ``probability`` that of sending, where sending was possible at all, and
    ``effect`` what it was expected to add to the reward. ``moment`` is what may be learned from of what was known;
    what came of it is counted up to ``until``. ``decision`` is the offer, and ``learned_from`` how many earlier moments
    the chance was learned from.
    """

    kind: ClassVar[str] = "reach-weighed"
    reach: str
    sent: bool
    held: str | None = None
    probability: Unit | None = None
    effect: Finite | None = None
    moment: dict[str, Finite] = {}
    until: AwareDatetime
    learned_from: int = 0
    decision: str | None = None
    deliveries: list[DeliveryKept] = []
    used: list[str] = []
    learnable: bool = False
    seed: int = 0


class ReachAnswered(Event):
    """What a member did with an offer that reached them."""

    kind: ClassVar[str] = "reach-answered"
    reach: str
    answer: Literal["opened", "not-now"]


class LetterQueued(Event):
    """A letter that is no offer was put into the outbox: the one that asks to confirm an address."""

    kind: ClassVar[str] = "letter-queued"
    delivery: str
    key: str


class DeliveryEnded(Event):
    """A delivery ended: it was handed over, or it was given up and why."""

    kind: ClassVar[str] = "delivery-ended"
    delivery: str
    how: Literal["delivered", "too-late", "gone", "stopped"]
    tries: Annotated[int, Field(ge=0)]
