"""What programs send and get back about alerts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from attunement.domain.alert import Audience, Done, Raiser
from attunement.domain.channel import Channel
from attunement.domain.reading import RiskLevel
from attunement.programme.alerts.alarms import AlarmKind, AlertStatus
from attunement.programme.alerts.alert import Alert
from attunement.programme.alerts.owning import LONGEST_NOTE
from attunement.programme.alerts.seeing import Mark, SeenAlert
from attunement.programme.alerts.settings import LONGEST_MIN
from attunement.web.api.answers import Answer
from attunement.web.api.bodies import Body

Minutes = Annotated[int, Field(strict=True, ge=1, le=LONGEST_MIN)]


class PassOn(Body):
    """Whom to pass an alert on to."""

    to: Annotated[str, Field(max_length=36)] | None = Field(None, description="An account; null for whoever can.")


class Closing(Body):
    """What was done about an alert."""

    done: Done
    note: str = Field("", max_length=LONGEST_NOTE, description="For colleagues; the member finds it in their export.")


class AlertSettingsBody(Body):
    """How alerts are raised and answered; the minutes for clear danger are no more than those for signs of it."""

    check_ins: bool = Field(strict=True, description="Whether a check-in that speaks clearly of danger raises one.")
    indirect_min: Minutes = Field(5, description="Minutes to answer signs of danger.")
    explicit_min: Minutes = Field(2, description="Minutes to answer clear danger.")


class StaffAddressBody(Body):
    """Where to be told by letter; empty for nowhere."""

    email: str = Field(max_length=254, examples=["sam@example.org"])


class StaffBrowserBody(Body):
    """What a browser's push manager gave, as JSON with endpoint and keys."""

    subscription: Annotated[str, Field(max_length=2000, json_schema_extra={"format": "push-subscription"})]


class StaffBrowserInfo(Answer):
    """A browser that shows notices of alerts; `host` is its push service."""

    id: str
    since: datetime
    host: str


class StaffBrowsersInfo(Answer):
    """Where the caller is told by notices."""

    push_key: str = Field(description="For the browser's push manager (applicationServerKey); empty where not set up.")
    browsers: list[StaffBrowserInfo]


class AlertInfo(Answer):
    """An alert. `member` is their id; `owner` and `meant_for` are accounts."""

    id: str
    member: str
    raised: datetime
    by: Raiser
    about: Literal["conversation", "check-in"] | None
    conversation: str | None = Field(description="Which it is about, where the caller may open it now.")
    moment: str | None
    level: RiskLevel
    reason: str
    step: int
    audience: Audience = Field(description="Who is to be told at this step.")
    due: datetime = Field(description="When more people are told, unless somebody answers.")
    owner: str | None
    meant_for: str | None
    answered: datetime | None
    told: datetime | None = Field(description="When anybody was told first; null where nobody was.")
    closed: datetime | None
    done: Done | None

    @classmethod
    def of(cls, alert: Alert, talk: str | None) -> Self:
        """The same as JSON has it; ``talk`` is its conversation, where the caller may open it."""
        return cls.model_validate(alert).model_copy(update={"conversation": talk})


class SeenAlertInfo(AlertInfo):
    """An alert, and what those it concerns are called."""

    name: str
    owner_name: str | None
    meant_for_name: str | None

    @classmethod
    def seen(cls, seen: SeenAlert, talk: str | None) -> Self:
        """The same as JSON has it."""
        known = AlertInfo.of(seen.alert, talk).model_dump()
        return cls(**known, name=seen.name, owner_name=seen.owner, meant_for_name=seen.meant_for)


class AlertsInfo(Answer):
    """Alerts, the most urgent first; closed ones newest first."""

    alerts: list[SeenAlertInfo]


class MarkInfo(Answer):
    """One thing that happened to an alert. `who` and `to` are names of colleagues, empty where nobody is meant."""

    at: datetime
    kind: str
    who: str
    to: str
    channel: Channel | None
    out: bool | None = Field(description="Whether it went out; null where nothing was sent.")
    why: str
    level: RiskLevel | None
    done: Done | None
    note: str

    @classmethod
    def of(cls, mark: Mark) -> Self:
        """The same as JSON has it."""
        event = mark.event.model_dump()
        known = {name: event.get(name) for name in ("channel", "out", "level", "done")}
        texts = {name: event.get(name, "") for name in ("why", "note")}
        return cls(at=mark.at, kind=mark.event.kind, who=mark.who, to=mark.to, **known, **texts)


class AlertDetail(SeenAlertInfo):
    """One alert with all that happened to it."""

    words: str | None = Field(description="Only for supporters, where the member lets them see texts.")
    trail: list[MarkInfo]


class AlarmInfo(Answer):
    """An open alert that does not reach anybody."""

    alert: str
    kind: AlarmKind
    why: str


class AlertStatusInfo(Answer):
    """How alerts stand, in counts. It is an alarm where `alarms` is not empty."""

    open: int
    waiting: int = Field(description="Open, and looked after by nobody, or by somebody who is silent.")
    there: int = Field(description="Supporters who are here now.")
    ways: list[Channel] = Field(description="How people are told, beside the page.")
    alarms: list[AlarmInfo]

    @classmethod
    def of(cls, status: AlertStatus) -> Self:
        """The same as JSON has it."""
        alarms = [AlarmInfo(alert=one.alert.id, kind=one.kind, why=one.why) for one in status.alarms]
        return cls(open=status.open, waiting=status.waiting, there=status.there, ways=list(status.ways), alarms=alarms)


class AlertSettingsInfo(Answer):
    """How alerts are raised and answered now."""

    check_ins: bool
    indirect_min: int
    explicit_min: int
