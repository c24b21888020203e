"""Texts and replies to be read on the spot; nothing of them is kept."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from attunement.domain.contracts import ExplainingExchangeReader, ExplainingReader, Reader
from attunement.domain.reading import Reading
from attunement.domain.reply import ReplyReading
from attunement.programme.house import House
from attunement.programme.text import clean_text
from attunement.reading.history import read_with_history
from attunement.reading.reply_why import EMPATHY, asked_of_turn
from attunement.reading.violence import in_light_of_harm, is_hurt
from attunement.reading.why import asked_of
from attunement.web.access import Allow, Role
from attunement.web.api.answers import ReadingsInfo, TextInfo, WordInfo
from attunement.web.api.coach_answers import FeedbackInfo
from attunement.web.api.parts import TheHouse
from attunement.web.api.reading_bodies import DraftBody, ExchangesBody, TextsBody
from attunement.web.api.reply_answers import RepliesInfo, ReplyInfo
from attunement.web.api.route import PROBLEMS, ApiRoute

readers = [Depends(Allow(Role.INTEGRATOR, Role.STEWARD))]
writers = [Depends(Allow(Role.INTEGRATOR, Role.SUPPORTER, Role.STEWARD))]
router = APIRouter(tags=["reading"], route_class=ApiRoute, responses=PROBLEMS)


@router.post("/api/read", dependencies=readers)
def read_texts(body: TextsBody, house: TheHouse) -> ReadingsInfo:
    """Read up to 64 texts; the order is kept, the texts are not. With `why`, say which words carried each reading.

    Of `check_ins` it is known that their writers tell of themselves: more of it is heard then; danger is read the same.
    With a `history`, read risk and need in the light of what the same person wrote before; that is not kept either.
    That somebody hurts its writer is a sign of danger as well, as in check-ins, and told apart (`violence`).
    """
    texts = [clean_text(one.text, field=f"texts.{place}") for place, one in enumerate(body.texts)]
    histories = [
        [clean_text(earlier, field=f"texts.{place}.history.{k}") for k, earlier in enumerate(one.history)]
        for place, one in enumerate(body.texts)
    ]
    reader = house.check_in_reader if body.check_ins else house.reader
    found = read_with_history(reader, texts, histories)
    return ReadingsInfo(
        readings=[_told(reader, text, reading, why=body.why) for text, reading in zip(texts, found, strict=True)]
    )


def _told(reader: Reader, text: str, reading: Reading, *, why: bool) -> TextInfo:
    reading = in_light_of_harm(reading, text)
    words = _why(reader, text, reading) if why else None
    return TextInfo.of(reading).model_copy(update={"violence": is_hurt(text, reading.risk), "why": words})


def _why(reader: Reader, text: str, reading: Reading) -> dict[str, list[WordInfo]] | None:
    if not isinstance(reader, ExplainingReader):
        return None
    return {what: [WordInfo.model_validate(word) for word in reader.why(text, what)] for what in asked_of(reading)}


@router.post("/api/read/replies", dependencies=readers)
def read_replies(body: ExchangesBody, house: TheHouse) -> RepliesInfo:
    """Read how empathic up to 32 replies are, which words carry it, and what each does; none of them is kept.

    With `why`, say what each word did to each of these.
    """
    exchanges = [
        (clean_text(e.post, field=f"exchanges.{k}.post"), clean_text(e.reply, field=f"exchanges.{k}.reply"))
        for k, e in enumerate(body.exchanges)
    ]
    readings = house.replies.read(exchanges)
    found = [ReplyInfo.of(reading) for reading in readings]
    if body.why:
        why = [_why_of_reply(house, one, reading) for one, reading in zip(exchanges, readings, strict=True)]
        found = [one.model_copy(update={"why": words}) for one, words in zip(found, why, strict=True)]
    return RepliesInfo(replies=found)


def _why_of_reply(house: House, exchange: tuple[str, str], reading: ReplyReading) -> dict[str, list[WordInfo]] | None:
    reader = house.replies
    if not isinstance(reader, ExplainingExchangeReader):
        return None
    asked = (*EMPATHY, *asked_of_turn(reading))
    return {what: [WordInfo.model_validate(word) for word in reader.why(exchange, what)] for what in asked}


@router.post("/api/coach", dependencies=writers)
def coach_draft(body: DraftBody, house: TheHouse) -> FeedbackInfo:
    """Say how empathic a draft reads, what the writer could add, and what may hurt; nothing is kept.

    Suggestions are built from the post. None makes the draft more than twice as long, or where it has hardly a word
    longer than a sentence or two; each can be taken or left. Where the post may point to danger, `asks` is a plain
    question about it.
    """
    draft = clean_text(body.draft, field="draft")
    return FeedbackInfo.of(draft, house.coach.feedback(clean_text(body.post, field="post"), draft))
