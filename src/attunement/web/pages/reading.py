"""What was read from a member's words, and where they put it right."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.errors import Invalid
from attunement.domain.messages import N_
from attunement.domain.need import Need
from attunement.programme.corrections import CheckInRead, access_check_in, do_correct_reading
from attunement.web.access import Role
from attunement.web.pages.forms import text_of
from attunement.web.pages.page import Page, page_for
from attunement.web.rendering import mark_spans

router = APIRouter(include_in_schema=False)
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]
EMOTION_WORDS = {
    "admiration": N_("admiration"), "amusement": N_("amusement"), "anger": N_("anger"), "annoyance": N_("annoyance"),
    "approval": N_("agreement"), "caring": N_("caring"), "confusion": N_("confusion"), "curiosity": N_("curiosity"),
    "desire": N_("longing"), "disappointment": N_("disappointment"), "disapproval": N_("disagreement"),
    "disgust": N_("disgust"), "embarrassment": N_("embarrassment"), "excitement": N_("excitement"),
    "fear": N_("fear"), "gratitude": N_("gratitude"), "grief": N_("grief"), "joy": N_("joy"), "love": N_("love"),
    "nervousness": N_("nervousness"), "optimism": N_("hope"), "pride": N_("pride"), "realization": N_("seeing clearly"),
    "relief": N_("relief"), "remorse": N_("regret"), "sadness": N_("sadness"), "surprise": N_("surprise"),
    "neutral": N_("nothing in particular"),
}  # fmt: skip
MARKS = " \t\n.,;:!?…\"'()[]“”‘’«»—–-"


@router.get("/check-ins/{moment}")
def reading(page: MemberPage, moment: str) -> Response:
    """One check-in with what was read from it."""
    return _show(page, access_check_in(page.house, page.member, moment), {})


@router.post("/check-ins/{moment}")
def correct(page: MemberPage, moment: str) -> Response:
    """Keep what they say of it."""
    emotions = [str(value) for value in page.form.getlist("emotion")]
    wanted = text_of(page.form, "need")
    try:
        need = Need(wanted) if wanted in set(Need) else None
        do_correct_reading(page.house, page.member, moment, emotions=emotions, need=need)
    except Invalid as error:
        read = access_check_in(page.house, page.member, moment)
        return _show(page, read, {"form": page.words_of(error)}, error.status)
    return page.redirect(f"/check-ins/{moment}", said="corrected")


def _show(page: Page, read: CheckInRead, errors: dict[str, str], status: int = 200) -> Response:
    correction = read.correction
    holds = correction.emotions if correction else read.reading.labels
    need = max(read.reading.needs, key=lambda name: read.reading.needs[name])
    spans = [(word.start, word.end) for words in read.words.values() for word in words]
    return page.render(
        "reading.html", status=status, at="/journey", moment=read.moment, when=read.at, errors=errors,
        own_text=mark_spans(read.text, spans), corrected=correction is not None,
        found=[_found(page, read, name, holds) for name in read.reading.labels],
        others=[
            {"name": name, "word": page.gettext(word), "holds": name in holds}
            for name, word in EMOTION_WORDS.items()
            if name not in read.reading.labels
        ],
        need=correction.need if correction and correction.need else None, need_read=Need(need),
        need_words=_quotes(read, str(need)),
    )  # fmt: skip


def _found(page: Page, read: CheckInRead, name: str, holds: list[str]) -> dict[str, object]:
    return {
        "name": name, "word": page.gettext(EMOTION_WORDS[name]), "p": read.reading.emotions[name],
        "holds": name in holds, "quotes": _quotes(read, name),
    }  # fmt: skip


def _quotes(read: CheckInRead, name: str) -> list[str]:
    """The words that carried something, without the marks around them."""
    words = (read.text[word.start : word.end].strip(MARKS) for word in read.words.get(name, ()))
    return [word for word in words if word]
