"""Derives tables from events: one function a kind, the same when live and when rebuilding."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from attunement.domain import coach_events as k
from attunement.domain import events as e
from attunement.domain import offer_events as o
from attunement.domain import programme_events as p
from attunement.domain.coaching import Fate
from attunement.domain.reply import Mechanism
from attunement.domain.reward import REWARDS
from attunement.store import schema as s
from attunement.store.alert_projections import ALERTING
from attunement.store.conversation_projections import CONVERSING
from attunement.store.log import Logged
from attunement.store.objectives import definition_in_force, worth
from attunement.store.reach_projections import REACHING

REVALUED_AT_ONCE = 2000
_INSERT = {table: insert(table) for table in s.DERIVED}  # built once: building costs more than running


def project(connection: Connection, logged: Logged) -> None:
    """Write what one event means into the derived tables."""
    _PROJECTIONS[logged.event.kind](connection, logged, logged.event)


def _member_enrolled(c: Connection, at: Logged, event: e.MemberEnrolled) -> None:
    c.execute(_INSERT[s.members], {
        "id": at.member, "seq": at.seq, "joined": event.at, "language": event.language, "country": event.country,
        "time_zone": event.time_zone, "synthetic": event.synthetic, "breadth": 0.5, "keeper": event.keeper,
    })  # fmt: skip


def _consent_changed(c: Connection, at: Logged, event: e.ConsentChanged) -> None:
    cells = s.consents.c
    c.execute(delete(s.consents).where(
        cells.member == at.member, cells.purpose == event.purpose, cells.category == event.category
    ))  # fmt: skip
    c.execute(_INSERT[s.consents], {
        "member": at.member, "purpose": event.purpose, "category": event.category, "granted": event.granted,
        "at": event.at, "expires": event.expires, "wording": event.wording, "seq": at.seq, "hash": event.hash,
    })  # fmt: skip
    if event.purpose == "learn" and not event.granted:  # the policy forgets them in the same transaction
        for table in (s.outcomes, s.reaches):
            c.execute(update(table).where(table.c.member == at.member).values(learnable=False))


def _checked_in(c: Connection, at: Logged, event: e.CheckedIn) -> None:
    c.execute(_INSERT[s.moments], {
        "id": event.moment, "member": at.member, "seq": at.seq, "at": event.at,
        "valence": event.valence, "arousal": event.arousal,
        "state_valence": event.state.valence, "state_valence_sd": event.state.valence_sd,
        "state_arousal": event.state.arousal, "state_arousal_sd": event.state.arousal_sd,
        "needs": ",".join(event.needs), "has_text": bool(event.text),
        "risk": event.reading.risk if event.reading else None,
    })  # fmt: skip


def _reading_corrected(_c: Connection, _at: Logged, _event: e.ReadingCorrected) -> None:
    """Nothing is derived: a correction is looked up in the log, by its member, beside the reading it is of."""


def _body_read(_c: Connection, _at: Logged, _event: e.BodyRead) -> None:
    """Nothing is derived: what a body showed stays sealed, and is looked up newest first."""


def _decision_made(c: Connection, at: Logged, event: o.DecisionMade) -> None:
    c.execute(_INSERT[s.decisions], {
        "id": event.decision, "member": at.member, "seq": at.seq, "at": event.at, "moment": event.moment,
        "practice": event.offered, "probability": event.probabilities[event.offered], "policy": event.policy,
        "policy_version": event.policy_version, "expected": event.expected, "guarded": event.guarded,
    })  # fmt: skip


def _decision_answered(c: Connection, at: Logged, event: o.DecisionAnswered) -> None:
    c.execute(update(s.decisions).where(s.decisions.c.id == event.decision).values(
        answer=event.answer, answered_practice=event.practice
    ))  # fmt: skip


def _outcome_recorded(c: Connection, at: Logged, event: o.OutcomeRecorded) -> None:
    c.execute(_INSERT[s.outcomes], {
        "decision": event.decision, "member": at.member, "seq": at.seq, "at": event.at, "practice": event.practice,
        "finished": event.finished, "rating": event.rating, "affect_change": event.affect_change,
        "affect_counted": _counted(event), "skill_shown": event.skill_shown,
        "skill_counted": event.skill_shown if event.skill_counted else None,
        "reward": event.reward, "reward_definition": event.reward_definition,
        "learnable": event.learnable and event.reward is not None, "features": json.dumps(event.features),
        "hindrances": ",".join(event.hindrances),
        "private": json.dumps(event.private), "used": None if event.used is None else ",".join(event.used),
    })  # fmt: skip
    c.execute(update(s.decisions).where(s.decisions.c.id == event.decision).values(
        answer="done", answered_practice=event.practice
    ))  # fmt: skip


def _counted(event: o.OutcomeRecorded) -> float | None:
    """The change of affect, where rewards may count it; of older events, where the reward shows that it was counted."""
    if event.affect_change is None or event.affect_counted is not None:
        return event.affect_change if event.affect_counted else None
    without = REWARDS[event.reward_definition].of(finished=event.finished, rating=event.rating, affect_change=None)
    return None if event.reward == without else event.affect_change


def _outcome_corrected(c: Connection, at: Logged, event: o.OutcomeCorrected) -> None:
    """``reward_before`` is the reward the newest version of the policy has learned, and is to unlearn next."""
    outcome = s.outcomes.c
    told: dict[str, Any] = event.model_dump(include={"rating", "finished"}, exclude_none=True)
    if event.valence_after is not None:
        counted = event.affect_change if event.affect_counted else None
        told |= {"affect_change": event.affect_change, "affect_counted": counted}
    c.execute(update(s.outcomes).where(outcome.decision == event.decision).values(**told))
    row = c.execute(select(s.outcomes).where(outcome.decision == event.decision)).one()
    newest = select(s.policies.c.through).order_by(s.policies.c.version.desc()).limit(1)  # it may have fallen back
    waits = row.corrected is not None and row.corrected > (c.execute(newest).scalar() or 0)
    c.execute(update(s.outcomes).where(outcome.decision == event.decision).values(
        reward=worth(definition_in_force(c), row), corrected=at.seq,
        reward_before=row.reward_before if waits else row.reward,
    ))  # fmt: skip


def _preference_set(c: Connection, at: Logged, event: e.PreferenceSet) -> None:
    c.execute(update(s.members).where(s.members.c.id == at.member).values(breadth=event.breadth))


def _profile_changed(c: Connection, at: Logged, event: e.ProfileChanged) -> None:
    changed = event.model_dump(include={"language", "country", "time_zone"}, exclude_none=True)
    if changed:
        c.execute(update(s.members).where(s.members.c.id == at.member).values(**changed))


def _member_account_made(c: Connection, at: Logged, event: e.MemberAccountMade) -> None:
    c.execute(_INSERT[s.accounts], {
        "id": event.account, "role": "member", "member": at.member, "name": "", "handle": event.handle,
        "secret": event.secret, "made": event.at,
    })  # fmt: skip


def _member_erased(c: Connection, at: Logged, event: p.MemberErased) -> None:
    c.execute(delete(s.members).where(s.members.c.id == event.member))  # the rest goes with it (ON DELETE CASCADE)
    c.execute(_INSERT[s.erasures], {
        "receipt": event.receipt, "member": event.member, "at": event.at, "counts": json.dumps(event.counts),
    })  # fmt: skip


def _staff_account_made(c: Connection, at: Logged, event: p.StaffAccountMade) -> None:
    c.execute(_INSERT[s.accounts], {
        "id": event.account, "role": event.role, "member": None, "name": event.name, "handle": event.handle,
        "secret": event.secret, "made": event.at,
    })  # fmt: skip


def _passphrase_changed(c: Connection, at: Logged, event: e.PassphraseChanged | p.StaffPassphraseChanged) -> None:
    c.execute(update(s.accounts).where(s.accounts.c.id == event.account).values(secret=event.secret))


def _account_closed(c: Connection, at: Logged, event: p.AccountClosed) -> None:
    c.execute(delete(s.accounts).where(s.accounts.c.id == event.account))


def _invitation_made(c: Connection, at: Logged, event: p.InvitationMade) -> None:
    c.execute(_INSERT[s.invitations], {
        "id": event.invitation, "code": event.code, "role": event.role, "label": event.label,
        "uses_left": event.uses, "expires": event.expires,
    })  # fmt: skip


def _invitation_used(c: Connection, at: Logged, event: p.InvitationUsed) -> None:
    invitation = s.invitations.c
    c.execute(update(s.invitations).where(invitation.id == event.invitation).values(
        uses_left=invitation.uses_left - 1
    ))  # fmt: skip


def _invitation_revoked(c: Connection, at: Logged, event: p.InvitationRevoked) -> None:
    c.execute(delete(s.invitations).where(s.invitations.c.id == event.invitation))


def _api_key_made(c: Connection, at: Logged, event: p.ApiKeyMade) -> None:
    c.execute(_INSERT[s.api_keys], {
        "id": event.key, "secret": event.secret, "label": event.label, "made": event.at
    })  # fmt: skip


def _api_key_revoked(c: Connection, at: Logged, event: p.ApiKeyRevoked) -> None:
    c.execute(delete(s.api_keys).where(s.api_keys.c.id == event.key))


def _objective_changed(c: Connection, at: Logged, event: p.ObjectiveChanged) -> None:
    """All outcomes are worth what the new definition says, some at a time, so that they need not fit in memory.

    They are learned anew as they stand, so no correction waits to be learned any more.
    """
    c.execute(_INSERT[s.objectives], {
        "seq": at.seq, "at": event.at, "account": event.account, "name": event.name, "rating": event.rating,
        "finishing": event.finishing, "affect": event.affect, "skill": event.skill, "steps": json.dumps(event.steps),
        "why": event.why,
    })  # fmt: skip
    definition, outcome, reached = definition_in_force(c), s.outcomes.c, ""
    revalue = update(s.outcomes).where(outcome.decision == bindparam("which")).values(
        reward=bindparam("worth"), reward_definition=definition.name, corrected=None, reward_before=None
    )  # fmt: skip
    some = select(s.outcomes).order_by(outcome.decision).limit(REVALUED_AT_ONCE)
    while rows := c.execute(some.where(outcome.decision > reached)).all():
        reached = rows[-1].decision
        c.execute(revalue, [
            {"which": row.decision, "worth": worth(definition, row)} for row in rows
        ])  # fmt: skip


def _policy_published(c: Connection, at: Logged, event: p.PolicyPublished) -> None:
    c.execute(_INSERT[s.policies], {
        "version": event.version, "at": event.at, "through": event.through, "outcomes": event.outcomes,
        "policy": event.policy, "reward_definition": event.reward_definition, "why": event.why,
    })  # fmt: skip


def _drift_found(c: Connection, at: Logged, event: p.DriftFound) -> None:
    c.execute(_INSERT[s.drifts], {
        "seq": at.seq, "at": event.at, "version": event.version, "since": event.since, "cause": event.cause,
        "good": event.good,
    })  # fmt: skip


def _learning_resumed(c: Connection, at: Logged, event: p.LearningResumed) -> None:
    c.execute(update(s.drifts).where(s.drifts.c.resumed.is_(None)).values(resumed=at.seq))


def _supporter_described(c: Connection, _at: Logged, event: p.SupporterDescribed) -> None:
    c.execute(delete(s.supporters).where(s.supporters.c.account == event.account))
    c.execute(_INSERT[s.supporters], {
        "account": event.account, "languages": ",".join(event.languages), "skills": ",".join(event.skills),
        "team": event.team, "capacity": event.capacity,
    })  # fmt: skip


def _practices_listed(_c: Connection, _at: Logged, _event: p.PracticesListed) -> None:
    """Nothing is derived: a list is looked up in the log by what refers to it."""


def _coach_used(c: Connection, at: Logged, event: k.CoachUsed) -> None:
    fates = Counter(one.fate.value for one in event.suggestions)
    c.execute(_INSERT[s.coach_uses], {
        "seq": at.seq, "account": event.account, "at": event.at, "coached": bool(event.shown),
        **{mechanism.value: event.levels.get(mechanism) for mechanism in Mechanism},
        **{fate.value: fates[fate.value] for fate in Fate},
    })  # fmt: skip


def _coach_chances_set(_c: Connection, _at: Logged, _event: k.CoachChancesSet) -> None:
    """Nothing is derived: the newest in the log holds."""


_PROJECTIONS: dict[str, Callable[[Connection, Logged, Any], None]] = {
    "member-enrolled": _member_enrolled,
    "consent-changed": _consent_changed,
    "checked-in": _checked_in,
    "reading-corrected": _reading_corrected,
    "body-read": _body_read,
    "decision-made": _decision_made,
    "decision-answered": _decision_answered,
    "outcome-recorded": _outcome_recorded,
    "outcome-corrected": _outcome_corrected,
    "preference-set": _preference_set,
    "profile-changed": _profile_changed,
    "member-account-made": _member_account_made,
    "passphrase-changed": _passphrase_changed,
    "member-erased": _member_erased,
    "staff-account-made": _staff_account_made,
    "staff-passphrase-changed": _passphrase_changed,
    "account-closed": _account_closed,
    "invitation-made": _invitation_made,
    "invitation-used": _invitation_used,
    "invitation-revoked": _invitation_revoked,
    "api-key-made": _api_key_made,
    "api-key-revoked": _api_key_revoked,
    "objective-changed": _objective_changed,
    "policy-published": _policy_published,
    "drift-found": _drift_found,
    "learning-resumed": _learning_resumed,
    "supporter-described": _supporter_described,
    "coach-used": _coach_used,
    "coach-chances-set": _coach_chances_set,
    **CONVERSING,
    "practices-listed": _practices_listed,
    **REACHING,
    **ALERTING,
}
