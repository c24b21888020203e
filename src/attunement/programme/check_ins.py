"""Check-ins: a member says how they are, and the engine reads what it is allowed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from attunement.dialogue.safety.line_danger import sure_level
from attunement.domain.affect import Affect
from attunement.domain.body_kept import BodyWindowKept
from attunement.domain.consent import Category, Purpose
from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.events import CheckedIn, ReadingCorrected, ReadingKept, StateKept
from attunement.domain.ids import new_id
from attunement.domain.need import Need
from attunement.domain.reading import SIGNS, EmotionReading, NeedReading, Reading, RiskLevel, RiskReading
from attunement.domain.state import State
from attunement.foresight.state import corrected_state, estimate_state, with_body
from attunement.privacy.permissions import Permissions
from attunement.programme.alerts.raising import raise_alert_of_words
from attunement.programme.body import access_sensed
from attunement.programme.consents import access_permissions
from attunement.programme.house import House
from attunement.programme.text import check_time, clean_text, known_words
from attunement.reading.history import REMEMBERED, with_history
from attunement.reading.violence import in_light_of_harm, is_hurt, tells_of_violence
from attunement.store.schema import moments

NEWEST_FIRST = (moments.c.at.desc(), moments.c.seq.desc())
"""By when they were, and not by when they came: a device may send an older check-in after a newer one."""
_SIGNS_TOLD = select(moments.c.seq).where(
    moments.c.member == bindparam("member"), moments.c.risk.in_(SIGNS),
    moments.c.at > bindparam("since"), moments.c.at <= bindparam("until"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """What came of a check-in.

    ``reading`` is there where the text may be read for personalising. ``risk`` is read from any text, on the spot, in
    the light of sure signs of the 72 hours before where these may be used, and to be hurt by somebody is danger as
    well; it is kept only with the reading. ``allowed`` is what ``state`` was made under. ``help_shown`` asks a page to
    put help first; ``alerted`` tells that people of the programme are told, which the member must hear too.
    ``violence`` is whether the text tells that somebody close to them hurts them, whatever may be read.
    """

    id: str
    member: str
    at: datetime
    state: State
    reading: Reading | None
    risk: RiskLevel
    allowed: Permissions
    alerted: bool = False
    violence: bool = False

    @property
    def help_shown(self) -> bool:
        """Whether help must be shown before anything else."""
        return self.risk in SIGNS


def do_check_in(
    house: House, member: str, *, affect: Affect | None = None, needs: Sequence[Need] = (), text: str = "",
    at: datetime | None = None, reading: Reading | None = None,
) -> Moment:  # fmt: skip
    """Record how a member is.

    Parameters
    ----------
    affect:
        Where they are on the two axes, or None where they would rather not say.
    needs:
        What they want from the next minutes; none to five.
    text:
        Anything they wrote; at most 20,000 characters.
    at:
        When it was; now by default. A clock that is a little ahead counts as now.
    reading:
        A reading of exactly this text by this house's reader of check-ins, where one was made already (in a batch).

    Raises `Invalid` (``bad-input``, ``bad-text``, ``text-too-long``, ``bad-time``), `NotFound` (``unknown-member``).
    """
    now = house.clock()
    when = min(check_time(at, now), now) if at else now
    text, needs = clean_text(text), known_words(needs, Need, field="needs")
    _check_said(affect, needs, text)
    with house.store.read() as connection:
        allowed = access_permissions(house, connection, member)
        before = _sure_before(house, connection, member, allowed, when)
        body = access_sensed(house, connection, member, allowed, when)
    read = in_light_of_harm(reading or house.check_in_reader.read([text])[0], text) if text else None
    kept = keep_reading(read) if read and allowed.allows(Purpose.PERSONALISE, Category.TEXT) else None
    near = house.finder.near([text])[0] if kept else {}
    state = sensed_state(_state(allowed, affect, needs, opened_reading(kept) if kept else None, near), body)
    moment = new_id()
    event = CheckedIn(
        at=when, moment=moment, needs=needs, text=text, state=keep_state(state),
        valence=affect.valence if affect else None, arousal=affect.arousal if affect else None,
        reading=kept, near=near,
    )  # fmt: skip
    risk = with_history(read.risk.level, before) if read else RiskLevel.NONE
    with house.store.write() as transaction:
        transaction.append(event, member=member)
        alerted = now - when < REMEMBERED and raise_alert_of_words(
            house, transaction, member, risk, reason="check-in", moment=moment
        )
    return Moment(
        moment, member, when, state, read if kept else None, risk, allowed, alerted,
        violence=read is not None and is_hurt(text, read.risk),
    )  # fmt: skip


def _check_said(affect: Affect | None, needs: Sequence[Need], text: str) -> None:
    if affect is None and not needs and not text:
        raise Invalid(
            ErrorCode.BAD_INPUT,
            "A check-in needs at least one of affect, needs and text. Say one of them, or skip it.",
        )


def access_affect(connection: Connection, moment: str | None) -> Affect | None:
    """Where a member put themselves at a moment, or None where they did not."""
    query = select(moments.c.valence, moments.c.arousal).where(moments.c.id == moment)
    row = connection.execute(query).first()
    return Affect(row.valence, row.arousal) if row and row.valence is not None and row.arousal is not None else None


def access_risk(house: House, connection: Connection, member: str) -> RiskLevel:
    """The danger read in the newest text in the light of those before, as far as it was allowed to be kept.

    A check-in without words says nothing of danger, so it lowers none. Where words may no longer be read, only the
    newest check-in counts.
    """
    return carried_risk(house, connection, member, access_permissions(house, connection, member))


def carried_risk(
    house: House, connection: Connection, member: str, allowed: Permissions, *, since: datetime | None = None
) -> RiskLevel:  # fmt: skip
    """`access_risk` where consent is known; none where the newest text is from before ``since``."""
    query = select(moments.c.at, moments.c.risk).where(moments.c.member == member).order_by(*NEWEST_FIRST)
    if allowed.allows(Purpose.PERSONALISE, Category.TEXT):
        query = query.where(moments.c.risk.is_not(None))
    newest = connection.execute(query.limit(1)).first()
    if newest is None or newest.risk is None or (since is not None and newest.at < since):
        return RiskLevel.NONE
    return with_history(RiskLevel(newest.risk), _sure_before(house, connection, member, allowed, newest.at))


def access_signs_told(
    house: House, connection: Connection, member: str, *, since: datetime, until: datetime
) -> list[CheckedIn]:
    """The check-ins after one time and up to another in which signs of danger were read."""
    signs = connection.execute(_SIGNS_TOLD, {"member": member, "since": since, "until": until})
    found = house.store.at(connection, member, signs.scalars())
    return [logged.event for logged in found.values() if isinstance(logged.event, CheckedIn)]


def surely_told(event: CheckedIn) -> RiskLevel:
    """The danger of what was kept of a check-in as far as it is sure (`sure_level`), as talks and check-ins see it.

    What the model only suspected is no sign for days: one false sign would cast its shadow on all that follows.
    """
    return sure_level(event.text, opened_reading(event.reading).risk) if event.reading else RiskLevel.NONE


def _sure_before(
    house: House, connection: Connection, member: str, allowed: Permissions, at: datetime
) -> list[RiskLevel]:
    """The sure signs in check-ins of the 72 hours up to a time, where the text may be read for personalising.

    That somebody hurts them is told by rule, so it is sure as well.
    """
    if not allowed.allows(Purpose.PERSONALISE, Category.TEXT):
        return []
    told = access_signs_told(house, connection, member, since=at - REMEMBERED, until=at)
    return [RiskLevel.INDIRECT if tells_of_violence(one.text) else surely_told(one) for one in told]


def _state(
    allowed: Permissions, affect: Affect | None, needs: Sequence[Need], reading: Reading | None,
    near: Mapping[str, float],
) -> State:  # fmt: skip
    said = allowed.allows(Purpose.PERSONALISE, Category.SELF_REPORT)
    return estimate_state(
        affect=affect if said else None, needs=needs if said else (), reading=reading, near=near
    )  # fmt: skip


def sensed_state(state: State, body: BodyWindowKept | None) -> State:
    """A state with what `access_sensed` found, if anything, in its arousal."""
    return with_body(state, arousal=body.arousal, sd=body.arousal_sd) if body else state


def state_of(event: CheckedIn, allowed: Permissions, correction: ReadingCorrected | None = None) -> State:
    """The state a check-in speaks of, from only what is allowed *now*, and as its member corrected it.

    What their body showed is not part of it: it tells of a quarter of an hour, and is looked up anew.
    """
    affect = None
    if event.valence is not None and event.arousal is not None:
        affect = Affect(event.valence, event.arousal)
    reading, near = None, {}
    if event.reading is not None and allowed.allows(Purpose.PERSONALISE, Category.TEXT):
        reading, near = opened_reading(event.reading), event.near
    state = _state(allowed, affect, event.needs, reading, near)
    if correction is None or not allowed.allows(Purpose.PERSONALISE, Category.SELF_REPORT):
        return state
    return corrected_state(state, affect=affect, emotions=correction.emotions, need=correction.need)


def keep_reading(reading: Reading) -> ReadingKept:
    """A reading as an event keeps it, to four digits."""
    e = reading.emotion
    return ReadingKept(
        emotions={name: round(p, 4) for name, p in e.emotions.items()}, labels=list(e.labels),
        valence=round(e.valence, 4), arousal=round(e.arousal, 4), dominance=round(e.dominance, 4),
        stress=round(e.stress, 4), needs={n: round(p, 4) for n, p in reading.need.p.items()},
        risk=reading.risk.level, risk_p=round(reading.risk.p, 4), language=reading.language, model=reading.model,
    )  # fmt: skip


def opened_reading(kept: ReadingKept) -> Reading:
    """The reading an event kept."""
    emotion = EmotionReading(
        kept.emotions, tuple(kept.labels), kept.valence, kept.arousal, kept.dominance, kept.stress, kept.model
    )
    risk = RiskReading(RiskLevel(kept.risk), kept.risk_p, kept.model)
    return Reading(emotion, NeedReading(kept.needs, kept.model), risk, kept.language, kept.model)


def keep_state(state: State) -> StateKept:
    """A state as an event keeps it."""
    return StateKept(
        valence=state.valence, valence_sd=state.valence_sd, arousal=state.arousal, arousal_sd=state.arousal_sd,
        sensed=state.sensed, needs=dict(state.needs), feelings=dict(state.feelings), risk=state.risk,
        said=sorted(state.said),
    )  # fmt: skip
