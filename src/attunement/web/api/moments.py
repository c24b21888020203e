"""Check-ins, decisions and outcomes: one moment from end to end."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from attunement.domain.errors import ErrorCode, NotFound
from attunement.domain.reading import Reading
from attunement.programme.check_ins import Moment, do_check_in
from attunement.programme.corrections import access_check_in, do_correct_reading
from attunement.programme.decisions import access_decision, do_answer, do_decide, do_offer
from attunement.programme.house import House
from attunement.programme.journey import access_journey
from attunement.programme.outcomes import access_feedback, do_correct_outcome, do_finish
from attunement.programme.text import clean_text
from attunement.web.api.answers import (
    AnswerInfo,
    CheckInInfo,
    CheckInsInfo,
    DecisionInfo,
    DecisionsInfo,
    FeedbackInfo,
    LoopInfo,
    OutcomeInfo,
    PastCheckIn,
    PastPractice,
    RatingInfo,
)
from attunement.web.api.bodies import (
    NewAnswer,
    NewCheckIn,
    NewCorrection,
    NewDecision,
    NewOutcome,
    NewRating,
    OutcomeChange,
)
from attunement.web.api.check_in_answers import CheckInReadInfo
from attunement.web.api.once import ExactlyOnce
from attunement.web.api.parts import Limit, MemberId, TheHouse
from attunement.web.api.route import PROBLEMS, ApiRoute

router = APIRouter(prefix="/api/members/{member}", tags=["moments"], route_class=ApiRoute, responses=PROBLEMS)
MomentId = Annotated[str, Path(description="A check-in's id.")]
DecisionId = Annotated[str, Path(description="A decision's id.")]


@router.post("/check-ins", status_code=201)
def check_in(member: MemberId, body: NewCheckIn, exactly: ExactlyOnce, house: TheHouse) -> CheckInInfo:
    """Record how a member is."""
    reading = _read(house, body)
    return exactly.once(CheckInInfo, lambda: CheckInInfo.of(_check_in(house, member, body, reading)), member=member)


@router.get("/check-ins")
def list_check_ins(member: MemberId, house: TheHouse, limit: Limit = 50) -> CheckInsInfo:
    """The newest check-ins in numbers, oldest first."""
    told = access_journey(house, member, limit=limit).moments
    return CheckInsInfo(check_ins=[PastCheckIn.model_validate(moment) for moment in told])


@router.get("/check-ins/{moment}")
def get_check_in(member: MemberId, moment: MomentId, house: TheHouse) -> CheckInReadInfo:
    """What was read from the words of a check-in, and which of them carried it; 404 where nothing was read."""
    return CheckInReadInfo.of(access_check_in(house, member, moment))


@router.post("/check-ins/{moment}/correction", status_code=201)
def correct_check_in(
    member: MemberId, moment: MomentId, body: NewCorrection, exactly: ExactlyOnce, house: TheHouse
) -> CheckInReadInfo:
    """Keep what the member says of a reading: it takes the reading's place from the next decision on."""

    def work() -> CheckInReadInfo:
        do_correct_reading(house, member, moment, emotions=body.emotions, need=body.need)
        return CheckInReadInfo.of(access_check_in(house, member, moment))

    return exactly.once(CheckInReadInfo, work, member=member)


@router.post("/decisions", status_code=201)
def decide(member: MemberId, body: NewDecision, exactly: ExactlyOnce, house: TheHouse) -> DecisionInfo:
    """Choose a practice for a member now, and log it with its exact probability and its reasons.

    Refused with 409 where none may be offered now (`nothing-to-offer`).
    """

    def work() -> DecisionInfo:
        return DecisionInfo.of(do_decide(house, member, exclude=body.exclude), house.library)

    return exactly.once(DecisionInfo, work, member=member)


@router.get("/decisions")
def list_decisions(member: MemberId, house: TheHouse, limit: Limit = 50) -> DecisionsInfo:
    """The newest decisions and what came of them, newest first."""
    done = access_journey(house, member, limit=limit).practices
    return DecisionsInfo(decisions=[PastPractice.model_validate(practice) for practice in done])


@router.post("/loop", status_code=201)
def check_in_and_decide(member: MemberId, body: NewCheckIn, exactly: ExactlyOnce, house: TheHouse) -> LoopInfo:
    """A check-in and the decision that follows from it, in one call and one transaction.

    The check-in is kept where no practice may be offered now; then there is no decision.
    """
    reading = _read(house, body)

    def work() -> LoopInfo:
        with house.store.write():
            moment = _check_in(house, member, body, reading)
            made = do_offer(house, member, after=moment)
        decision = DecisionInfo.of(made, house.library) if made else None
        return LoopInfo(check_in=CheckInInfo.of(moment), decision=decision)

    return exactly.once(LoopInfo, work, member=member)


@router.get("/decisions/{decision}")
def get_decision(member: MemberId, decision: DecisionId, house: TheHouse) -> DecisionInfo:
    """One decision in full: probabilities, reasons, what was used and what was not."""
    with house.store.read() as connection:
        return DecisionInfo.of(access_decision(house, connection, member, decision), house.library)


@router.post("/decisions/{decision}/answers", status_code=201)
def answer_decision(
    member: MemberId, decision: DecisionId, body: NewAnswer, exactly: ExactlyOnce, house: TheHouse
) -> AnswerInfo:
    """Note what a member did with an offer; asking for something else brings a new decision, where any fits.

    Refused with 409 where its outcome was sent already, and with 404 where the practice was not shown in it.
    """

    def work() -> AnswerInfo:
        new = do_answer(house, member, decision, body.answer, practice=body.practice)
        return AnswerInfo(answer=body.answer, decision=DecisionInfo.of(new, house.library) if new else None)

    return exactly.once(AnswerInfo, work, member=member)


@router.post("/decisions/{decision}/outcome", status_code=201)
def finish_decision(
    member: MemberId, decision: DecisionId, body: NewOutcome, exactly: ExactlyOnce, house: TheHouse
) -> FeedbackInfo:
    """Record what came of a decision, once, and get the feedback the member should hear.

    Refused with 409 the second time (`outcome-already-sent`) and after fourteen days (`outcome-too-late`), with 404
    where the decision is somebody else's (`unknown-decision`) or the practice was not shown in it
    (`unknown-practice`).
    """

    def work() -> FeedbackInfo:
        feedback = do_finish(
            house, member, decision, practice=body.practice, finished=body.finished, rating=body.rating,
            affect_after=body.affect_after.value() if body.affect_after else None, text=body.text, ticked=body.ticked,
            chosen={turn.turn: turn.choice for turn in body.chosen}, hindrances=body.hindrances,
        )  # fmt: skip
        return FeedbackInfo.of(feedback)

    return exactly.once(FeedbackInfo, work, member=member)


@router.put("/decisions/{decision}/rating")
def rate_decision(
    member: MemberId, decision: DecisionId, body: NewRating, exactly: ExactlyOnce, house: TheHouse
) -> RatingInfo:  # fmt: skip
    """Rate a finished practice anew; the newest rating holds.

    Refused with 404 where it is not finished, and with 409 fourteen days after the offer (`outcome-too-late`).
    """

    def work() -> RatingInfo:
        do_correct_outcome(house, member, decision, rating=body.rating)
        return RatingInfo(rating=body.rating)

    return exactly.once(RatingInfo, work, member=member)


@router.patch("/decisions/{decision}/outcome")
def correct_outcome(
    member: MemberId, decision: DecisionId, body: OutcomeChange, exactly: ExactlyOnce, house: TheHouse
) -> OutcomeInfo:
    """Say anew what came of a decision; what is not sent stays as it was, and the newest holds.

    Refused with 404 where it has no outcome, and with 409 fourteen days after the offer (`outcome-too-late`).
    """

    def work() -> OutcomeInfo:
        now = do_correct_outcome(
            house, member, decision, rating=body.rating, finished=body.finished,
            affect_after=body.affect_after.value() if body.affect_after else None,
        )  # fmt: skip
        return OutcomeInfo.model_validate(now)

    return exactly.once(OutcomeInfo, work, member=member)


@router.get("/decisions/{decision}/outcome")
def get_feedback(member: MemberId, decision: DecisionId, house: TheHouse) -> FeedbackInfo:
    """The feedback of a finished decision once more; 404 where it is not finished."""
    with house.store.read() as connection:
        feedback = access_feedback(house, connection, member, decision)
    if feedback is None:
        raise NotFound(ErrorCode.NOT_FOUND, "This decision has no outcome yet. Send one first.")
    return FeedbackInfo.of(feedback)


def _read(house: House, body: NewCheckIn) -> Reading | None:
    """Read the text before any transaction is opened, so that nobody waits for the reader."""
    text = clean_text(body.text)
    return house.check_in_reader.read([text])[0] if text else None


def _check_in(house: House, member: str, body: NewCheckIn, reading: Reading | None) -> Moment:
    return do_check_in(
        house, member, affect=body.affect.value() if body.affect else None, needs=body.needs, text=body.text,
        at=body.at, reading=reading,
    )  # fmt: skip
