"""The events of alerts. What is about a member is sealed under their key; how alerts are arranged is the programme's.

An alert goes on in steps, counted from 1. A step tells an ``audience``, and is over at ``due`` where nobody answered.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, Field

from attunement.domain.alert import Audience, Done, Raiser
from attunement.domain.channel import Channel
from attunement.domain.event import Event
from attunement.domain.reading import RiskLevel

Step = Annotated[int, Field(ge=1)]
Minutes = Annotated[int, Field(ge=1, le=60)]


class AlertRaised(Event):
    """Somebody may be in danger. ``reason`` is a code; ``account`` that of a supporter who raised it."""

    kind: ClassVar[str] = "alert-raised"
    alert: str
    conversation: str | None = None
    moment: str | None = None
    level: RiskLevel
    reason: str
    by: Raiser
    account: str | None = None
    audience: Audience
    due: AwareDatetime


class AlertRose(Event):
    """An open alert became more urgent, by what ``conversation`` or ``moment`` showed."""

    kind: ClassVar[str] = "alert-rose"
    alert: str
    conversation: str | None = None
    moment: str | None = None
    level: RiskLevel
    reason: str
    by: Raiser
    account: str | None = None
    step: Step
    audience: Audience
    due: AwareDatetime


class AlertTold(Event):
    """One way of telling ended: ``out`` where it went out (or was shown on a page), else ``why`` it did not.

    ``account`` is who was told; None stands for the programme's own application. ``browser`` is the one that showed a
    notice, where it was one.
    """

    kind: ClassVar[str] = "alert-told"
    alert: str
    step: Step
    channel: Channel
    account: str | None = None
    browser: str | None = None
    out: bool
    why: str = ""


class AlertTaken(Event):
    """A supporter or steward looks after it; by ``due`` they close it or say that they still do."""

    kind: ClassVar[str] = "alert-taken"
    alert: str
    account: str
    due: AwareDatetime


class AlertPassedOn(Event):
    """Its owner, or a steward (None: their account was closed), passed it on: ``to`` a colleague or to whoever can."""

    kind: ClassVar[str] = "alert-passed-on"
    alert: str
    account: str | None
    to: str | None = None
    step: Step
    audience: Audience
    due: AwareDatetime


class AlertEscalated(Event):
    """Nobody answered in time, so more people are told."""

    kind: ClassVar[str] = "alert-escalated"
    alert: str
    step: Step
    audience: Audience
    due: AwareDatetime


class AlertClosed(Event):
    """It is over. ``note`` is a supporter's sentence on what was done; the member finds it in their export."""

    kind: ClassVar[str] = "alert-closed"
    alert: str
    account: str
    done: Done
    note: str = ""


class StaffAddressChosen(Event):
    """Where a supporter or steward is told of alerts: a mail address, or an empty one for nowhere."""

    kind: ClassVar[str] = "staff-address-chosen"
    of_member: ClassVar[bool] = False
    account: str
    email: str


class StaffBrowserGiven(Event):
    """A browser in which a supporter or steward wants notices of alerts; whose it was before, it is no more.

    ``browser`` is an id of ours, ``key`` a keyed hash by which it is known again, and ``subscription`` what the browser
    gave.
    """

    kind: ClassVar[str] = "staff-browser-given"
    of_member: ClassVar[bool] = False
    account: str
    browser: str
    key: str
    subscription: str


class StaffBrowserDropped(Event):
    """Nothing more is sent to a browser: it was taken out, or nobody is there any more (``gone``)."""

    kind: ClassVar[str] = "staff-browser-dropped"
    of_member: ClassVar[bool] = False
    browser: str
    why: Literal["taken-out", "gone"]


class AlertsArranged(Event):
    """How alerts are raised and answered here, until it is changed again.

    ``check_ins`` is whether a check-in that speaks of danger raises one; the others are minutes to a first answer.
    ``account`` is who arranged it, None at the command line.
    """

    kind: ClassVar[str] = "alerts-arranged"
    of_member: ClassVar[bool] = False
    account: str | None
    check_ins: bool
    indirect_min: Minutes
    explicit_min: Minutes
