"""Texts and replies to be read on the spot; nothing of them is kept."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from attunement.programme.text import clean_text
from attunement.web.access import Allow, Role
from attunement.web.api.answers import ReadingInfo, ReadingsInfo
from attunement.web.api.bodies import ExchangesBody, TextsBody
from attunement.web.api.parts import TheHouse
from attunement.web.api.reply_answers import RepliesInfo, ReplyInfo
from attunement.web.api.route import PROBLEMS, ApiRoute

readers = [Depends(Allow(Role.INTEGRATOR, Role.STEWARD))]
router = APIRouter(tags=["reading"], route_class=ApiRoute, responses=PROBLEMS, dependencies=readers)


@router.post("/api/read")
def read_texts(body: TextsBody, house: TheHouse) -> ReadingsInfo:
    """Read up to 64 texts; the order is kept, the texts are not."""
    texts = [clean_text(one, field=f"texts.{place}") for place, one in enumerate(body.texts)]
    return ReadingsInfo(readings=[ReadingInfo.of(reading) for reading in house.reader.read(texts)])


@router.post("/api/read/replies")
def read_replies(body: ExchangesBody, house: TheHouse) -> RepliesInfo:
    """Read how empathic up to 32 replies are, which words carry it, and what each does; none of them is kept."""
    exchanges = [
        (clean_text(e.post, field=f"exchanges.{k}.post"), clean_text(e.reply, field=f"exchanges.{k}.reply"))
        for k, e in enumerate(body.exchanges)
    ]
    return RepliesInfo(replies=[ReplyInfo.of(reading) for reading in house.replies.read(exchanges)])
