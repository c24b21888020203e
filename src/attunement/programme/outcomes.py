"""Outcomes: what came of a practice, the feedback on it, and what the engine may learn."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from attunement.domain.affect import Affect
from attunement.domain.consent import Category, Purpose
from attunement.domain.errors import Conflict, ErrorCode, Invalid, NotFound
from attunement.domain.hindrance import Hindrance
from attunement.domain.offer_events import DecisionMade, OutcomeCorrected, OutcomeRecorded
from attunement.domain.reading import RiskLevel
from attunement.domain.reward import RATINGS
from attunement.policy.usable import usable_features
from attunement.privacy.permissions import Permissions
from attunement.programme.alerts.raising import raise_alert_of_words
from attunement.programme.consents import access_permissions
from attunement.programme.decisions import (
    access_decision_event,
    access_decision_row,
    check_shown,
)
from attunement.programme.feedback import Feedback, give_feedback
from attunement.programme.house import House
from attunement.programme.text import clean_text, known_words
from attunement.reading.violence import in_light_of_harm
from attunement.store.objectives import definition_in_force
from attunement.store.schema import moments, outcomes

LATE = timedelta(days=14)
CORRECTABLE = {"finished", "rating", "valence_after", "arousal_after"}


def do_finish(
    house: House, member: str, decision: str, *, practice: str | None = None, finished: bool = True,
    rating: int | None = None, affect_after: Affect | None = None, text: str = "", ticked: Sequence[int] = (),
    chosen: Mapping[int, int] | None = None, hindrances: Collection[Hindrance] = (),
) -> Feedback:  # fmt: skip
    """Record what came of a decision, once, and give feedback on what was done.

    Parameters
    ----------
    practice:
        Which of the practices shown was done; the offered one by default.
    finished:
        False where they stopped early, which is as welcome to be known.
    rating:
        Whether it helped, from 1 (not at all) to 5 (a lot).
    affect_after:
        Where they are now on the two axes.
    text:
        What they wrote; read for the feedback only where text may be read for personalising. Danger in it is read on
        the spot, whatever may be read, and not kept; where check-ins raise alerts it does so too, unless it was written
        to somebody who is told of in the practice. Where the practice has them tell of somebody else, it is the danger
        of another person.
    ticked:
        Positions (from 0) in the practice's ``look_for`` that they ticked for themselves.
    chosen:
        In a rehearsal: turn to choice, both from 0.
    hindrances:
        What got in the way; it lets practices like this rest (`policy.resting`), and after a wrong moment nothing is
        learned of the practice.

    Raises `NotFound` (``unknown-decision``: there is none, or it is somebody else's), `Conflict`
    (``outcome-already-sent``, or ``outcome-too-late`` after fourteen days), `Invalid`.
    """
    check_rating(rating)
    text, hindrances = clean_text(text), known_words(hindrances, Hindrance, field="hindrances")
    now, risk = house.clock(), _danger_in(house, text)
    with house.store.write() as transaction:
        transaction.hold(member)
        connection = transaction.connection
        made = _check_open(house, connection, member, decision, now)
        done = practice or made.offered
        check_shown(done, (made.offered, *made.alternatives))
        allowed = access_permissions(house, connection, member)
        signals = house.signals if allowed.allows(Purpose.PERSONALISE, Category.TEXT) else None
        did = house.library.practice(done)
        feedback = give_feedback(did, signals, text=text, ticked=ticked, chosen=chosen or {})
        event = OutcomeRecorded(
            at=now, decision=decision, practice=done, offered=done == made.offered, finished=finished, rating=rating,
            valence_after=affect_after.valence if affect_after else None,
            arousal_after=affect_after.arousal if affect_after else None,
            text=text, ticked=list(ticked), chosen=dict(chosen or {}), hindrances=sorted(hindrances),
            **_counted(
                connection, made, done, allowed, feedback, finished=finished, rating=rating, affect_after=affect_after,
                wrong_moment=Hindrance.WRONG_MOMENT in hindrances,
            ),
        )  # fmt: skip
        transaction.append(event, member=member)
        alerted = not did.answers and raise_alert_of_words(
            house, transaction, member, risk, reason="practice", of_another=did.tells_of_another
        )
    return replace(feedback, risk=risk, alerted=alerted)


def _danger_in(house: House, text: str) -> RiskLevel:
    return in_light_of_harm(house.reader.read([text])[0], text).risk.level if text else RiskLevel.NONE


def _counted(
    connection: Connection, made: DecisionMade, done: str, allowed: Permissions, feedback: Feedback, *,
    finished: bool, rating: int | None, affect_after: Affect | None, wrong_moment: bool,
) -> dict[str, Any]:  # fmt: skip
    """What of it counts under what is allowed, what it is worth, and what may be learned from it and for whom.

    Of a practice at a wrong moment nothing is learned, not even for the member: it says nothing of the practice.
    """
    change = _affect_change(connection, made, allowed, affect_after)
    learnable = bool(made.used) and not wrong_moment and allowed.allows(Purpose.LEARN, Category.INTERACTIONS)
    affect_counted = _affect_counts(allowed, learnable=learnable)
    skill_counted = not learnable or not feedback.read or allowed.allows(Purpose.LEARN, Category.TEXT)
    definition = definition_in_force(connection)
    features, private = ({}, {}) if wrong_moment else _features(made, done, allowed)
    reward = definition.of(
        finished=finished, rating=rating, affect_change=change if affect_counted else None,
        skill_shown=feedback.skill_shown if skill_counted else None,
    )  # fmt: skip
    return {
        "affect_change": change, "affect_counted": affect_counted,
        "skill_shown": feedback.skill_shown, "skill_counted": skill_counted,
        "reward": reward, "reward_definition": definition.name,
        "features": features, "private": private, "learnable": learnable,
        "used": list(dict.fromkeys([*made.used, *([Category.TEXT] if feedback.read else [])])),
    }  # fmt: skip


def _features(made: DecisionMade, done: str, allowed: Permissions) -> tuple[dict[str, float], dict[str, float]]:
    """What the decision saw of a practice: what the shared policy may learn from, and what is for the member alone."""
    features, own = (
        usable_features(made.features.get(done, {}), allowed, purpose=purpose, used=made.used)
        for purpose in (Purpose.LEARN, Purpose.PERSONALISE)
    )
    return features, {name: value for name, value in own.items() if name not in features}


def do_correct_outcome(
    house: House, member: str, decision: str, *, rating: int | None = None, finished: bool | None = None,
    affect_after: Affect | None = None,
) -> OutcomeNow:  # fmt: skip
    """Say anew what came of a practice; what is left out stays as it was, and what holds now is returned.

    The newest holds, and the policy learns it in place of what it learned before; how a change of affect counts is by
    what is allowed now. Raises `NotFound` (``unknown-decision``, ``not-found``: nothing came of it yet), `Conflict`
    (``outcome-too-late`` fourteen days after the offer), `Invalid`.
    """
    check_rating(rating)
    if rating is None and finished is None and affect_after is None:
        raise Invalid(ErrorCode.BAD_INPUT, "Nothing is corrected. Say at least one of rating, finished, affect_after.")
    now = house.clock()
    with house.store.write() as transaction:
        transaction.hold(member)
        connection = transaction.connection
        row = access_decision_row(connection, member, decision)
        if row.answer != "done":
            raise NotFound(ErrorCode.NOT_FOUND, "This decision has no outcome yet. Send one first.")
        check_in_time(row.at, now)
        before = _outcome_now(connection, decision)
        same = rating in (None, before.rating) and finished in (None, before.finished)
        if not same or affect_after is not None:
            felt = _felt_anew(house, connection, member, decision, affect_after)
            event = OutcomeCorrected(at=now, decision=decision, rating=rating, finished=finished, **felt)
            transaction.append(event, member=member)
        return _outcome_now(connection, decision)


@dataclass(frozen=True, slots=True)
class OutcomeNow:
    """What holds of an outcome now: whether it was finished, its rating, and the change of valence where known."""

    finished: bool
    rating: int | None
    affect_change: float | None


def _outcome_now(connection: Connection, decision: str) -> OutcomeNow:
    row = connection.execute(select(outcomes).where(outcomes.c.decision == decision)).one()
    return OutcomeNow(row.finished, row.rating, row.affect_change)


def _felt_anew(
    house: House, connection: Connection, member: str, decision: str, after: Affect | None
) -> dict[str, Any]:  # fmt: skip
    """What a correction says of affect, and whether that may count."""
    if after is None:
        return {}
    made = access_decision_event(house, connection, member, decision)
    allowed = access_permissions(house, connection, member)
    learnable = connection.execute(select(outcomes.c.learnable).where(outcomes.c.decision == decision)).scalar_one()
    return {
        "valence_after": after.valence, "arousal_after": after.arousal,
        "affect_change": _affect_change(connection, made, allowed, after),
        "affect_counted": _affect_counts(allowed, learnable=learnable),
    }  # fmt: skip


def _affect_counts(allowed: Permissions, *, learnable: bool) -> bool:
    """Whether a change of affect may count: of what is learned from only where that may be learned from too."""
    return not learnable or allowed.allows(Purpose.LEARN, Category.SELF_REPORT)


def access_rating(connection: Connection, member: str, decision: str) -> int | None:
    """How a member rates what came of a decision now; None where they did not, or nothing came of it yet."""
    access_decision_row(connection, member, decision)
    rating: int | None = connection.execute(select(outcomes.c.rating).where(outcomes.c.decision == decision)).scalar()
    return rating


def check_rating(rating: int | None) -> None:
    """Raise `Invalid` (``bad-input``) where a rating is not one; neither 3.0 nor True is."""
    if rating is not None and (type(rating) is not int or rating not in RATINGS):
        raise Invalid(ErrorCode.BAD_INPUT, "rating must be a whole number from 1 to 5, or left out.")


def check_in_time(offered: datetime, now: datetime) -> None:
    """Raise `Conflict` (``outcome-too-late``) where what is said of an offer no longer counts."""
    if now - offered > LATE:
        raise Conflict(
            ErrorCode.OUTCOME_TOO_LATE,
            "This offer is more than {days} days old, so what came of it no longer counts. Ask for a new one.",
            days=LATE.days,
        )


def _check_open(house: House, connection: Connection, member: str, decision: str, now: datetime) -> DecisionMade:
    """The decision, where an outcome of it can still come."""
    row = access_decision_row(connection, member, decision)
    if row.answer == "done":
        raise Conflict(ErrorCode.OUTCOME_ALREADY_SENT, "This practice was already finished; its feedback is kept.")
    check_in_time(row.at, now)
    return access_decision_event(house, connection, member, decision)


def access_outcome(house: House, connection: Connection, member: str, decision: str) -> OutcomeRecorded | None:
    """What came of a decision of a member, or None where nothing did yet; raises `NotFound` (``unknown-decision``).

    Whether it was finished, the rating and the affect after it are as they were last corrected.
    """
    access_decision_row(connection, member, decision)
    seq = connection.execute(select(outcomes.c.seq).where(outcomes.c.decision == decision)).scalar()
    if seq is None:
        return None
    logged = next(house.store.events(connection, member=member, after=seq - 1, limit=1))
    assert isinstance(logged.event, OutcomeRecorded)
    outcome = logged.event
    for later in house.store.events(connection, member=member, kinds=(OutcomeCorrected.kind,), after=seq):
        if isinstance(later.event, OutcomeCorrected) and later.event.decision == decision:
            outcome = outcome.model_copy(update=later.event.model_dump(include=CORRECTABLE, exclude_none=True))
    return outcome


def access_feedback(house: House, connection: Connection, member: str, decision: str) -> Feedback | None:
    """The feedback of a finished decision once more, or None where it is not finished."""
    event = access_outcome(house, connection, member, decision)
    if event is None:
        return None
    allowed = access_permissions(house, connection, member).allows(Purpose.PERSONALISE, Category.TEXT)
    feedback = give_feedback(
        house.library.practice(event.practice), house.signals if allowed else None, text=event.text,
        ticked=event.ticked, chosen=dict(event.chosen),
    )  # fmt: skip
    return replace(feedback, risk=_danger_in(house, event.text))


def _affect_change(
    connection: Connection, made: DecisionMade, allowed: Permissions, after: Affect | None
) -> float | None:
    """The change of valence from the check-in the decision was based on, where both were told and may be used."""
    if after is None or made.moment is None or not allowed.allows(Purpose.PERSONALISE, Category.SELF_REPORT):
        return None
    before = connection.execute(select(moments.c.valence).where(moments.c.id == made.moment)).scalar()
    return None if before is None else round(after.valence - before, 6)
