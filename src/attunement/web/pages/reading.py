"""What was read from a member's words, and where they put it right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.errors import Invalid
from attunement.domain.events import ReadingKept
from attunement.domain.messages import N_
from attunement.domain.need import Need
from attunement.domain.reading import Attribution, RiskLevel
from attunement.programme.corrections import CheckInRead, access_check_in, do_correct_reading
from attunement.programme.members import access_member
from attunement.reading.language import can_read_feeling, has_words
from attunement.reading.violence import tells_of_violence
from attunement.reading.why import AFFECT, DANGER, STRESS
from attunement.web import i18n
from attunement.web.access import Role
from attunement.web.pages.forms import text_of
from attunement.web.pages.offer_view import help_view, needs_help
from attunement.web.pages.page import Page, page_for
from attunement.web.rendering import EMOTION_WORDS, mark_spans

router = APIRouter(include_in_schema=False)
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]
NEUTRAL = "neutral"
UNREAD_IN = N_(
    "What you wrote seems to be in %(language)s, which this program cannot read, so it was not read. It was only "
    "looked through for a few plain words of danger."
)
UNREAD = N_(
    "What you wrote seems to be in no language this program can read, so it was not read. It was only looked through "
    "for a few plain words of danger."
)
WORDLESS = N_("There are no words in what you wrote, so nothing was read.")
LOW_TO_BRIGHT = (N_("rather low"), N_("neither low nor bright"), N_("rather bright"))
STILL_TO_STIRRED = (N_("rather still"), N_("neither still nor stirred up"), N_("rather stirred up"))
LITTLE_TO_MUCH = (N_("rather little"), N_("hard to tell"), N_("rather much"))
AFFECT_BOUNDS, STRAIN_BOUNDS = (2.9, 3.1), (0.3, 0.7)
"""Under the first, between, and from the second on; affect is read from 1 to 5 and crowds around 3."""
DANGER_WORDS = {
    RiskLevel.NONE: N_("none was found, which does not mean there is none"),
    RiskLevel.DISTRESS: N_("it sounds heavy; no danger was found, which does not mean there is none"),
    RiskLevel.INDIRECT: N_("it may point to danger"),
    RiskLevel.EXPLICIT: N_("it speaks of danger"),
    RiskLevel.IMMINENT: N_("it speaks of danger right now"),
}
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
    correction, labels = read.correction, _labels(read)
    holds = correction.emotions if correction else labels
    needs = read.reading.needs if read.was_read else {}
    need = max(needs, key=lambda name: needs[name], default=None)
    help = _help(page, read)  # beside it one's own words stand as they are, with nothing marked in them
    spans = [] if help else [(word.start, word.end) for words in read.words.values() for word in words]
    return page.render(
        "reading.html", status=status, at="/journey", moment=read.moment, when=read.at, errors=errors,
        own_text=mark_spans(read.text, spans), marked=bool(spans), corrected=correction is not None,
        unread=unread_words(page, read.text, read.reading), danger=_danger(page, read), help=help,
        also=_also(page, read) if read.was_read else [],
        found=[_found(page, read, name, holds) for name in labels],
        others=[
            {"name": name, "word": page.gettext(word), "holds": name in holds}
            for name, word in EMOTION_WORDS.items()
            if name not in labels
        ],
        need=correction.need if correction and correction.need else None, need_read=need,
        need_words=_quotes(read.text, read.words.get(str(need), ())),
    )  # fmt: skip


def _found(page: Page, read: CheckInRead, name: str, holds: list[str]) -> dict[str, object]:
    return {
        "name": name, "word": page.gettext(EMOTION_WORDS[name]), "p": read.reading.emotions[name],
        "holds": name in holds, "quotes": _quotes(read.text, read.words.get(name, ())),
    }  # fmt: skip


def _labels(read: CheckInRead) -> list[str]:
    """The feelings that were read: beside any of them there is not "nothing in particular"."""
    labels = read.reading.labels if read.was_read else []
    return [name for name in labels if name != NEUTRAL] or labels


def unread_words(page: Page, text: str, reading: ReadingKept) -> str:
    """Why nothing was read of a text, in words; empty where it was read."""
    if can_read_feeling(text, reading.language):
        return ""
    if not has_words(text):
        return page.gettext(WORDLESS)
    language = i18n.name_of_language(reading.language, page.tag)
    return page.gettext(UNREAD_IN) % {"language": language} if language else page.gettext(UNREAD)


def _help(page: Page, read: CheckInRead) -> dict[str, object] | None:
    """What comes first where there were signs of danger."""
    if not needs_help(RiskLevel(read.reading.risk)):
        return None
    with page.house.store.read() as connection:
        country = access_member(connection, page.member).country
    return help_view(page.house.helplines.for_country(country), hurt=tells_of_violence(read.text))


def _also(page: Page, read: CheckInRead) -> list[dict[str, object]]:
    """What else was read, in words, with the words that carried it where it stands out."""
    _, kept = page.gettext, read.reading
    affect = (kept.valence, kept.arousal, kept.dominance)
    bright, stirred, control = (sum(value >= bound for bound in AFFECT_BOUNDS) for value in affect)
    strain = sum(kept.stress >= bound for bound in STRAIN_BOUNDS)
    rows = (
        (AFFECT[0], N_("How low or bright"), LOW_TO_BRIGHT[bright], bright != 1),
        (AFFECT[1], N_("How still or stirred up"), STILL_TO_STIRRED[stirred], stirred != 1),
        (AFFECT[2], N_("How much in control"), LITTLE_TO_MUCH[control], control != 1),
        (STRESS, N_("How strained"), LITTLE_TO_MUCH[strain], strain == 2),
    )
    return [
        {
            "label": _(label), "says": _(says),
            "quotes": _quotes(read.text, read.other_words.get(what, ())) if stands_out else [],
        }
        for what, label, says, stands_out in rows
    ]  # fmt: skip


def _danger(page: Page, read: CheckInRead) -> dict[str, object]:
    """What was read about danger, in words."""
    says = page.gettext(DANGER_WORDS[RiskLevel(read.reading.risk)])
    return {"says": says, "quotes": _quotes(read.text, read.other_words.get(DANGER, ()))}


def _quotes(text: str, words: Sequence[Attribution]) -> list[str]:
    """The words that carried something, without the marks around them."""
    quoted = (text[word.start : word.end].strip(MARKS) for word in words)
    return [word for word in quoted if word]
