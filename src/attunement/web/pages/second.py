"""A second person in a talk: asked for, and gone again, and what stands of it above the talk."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from sqlalchemy import Connection
from starlette.responses import Response

from attunement.domain.messages import N_
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import access_supporter
from attunement.programme.conversations.notes import access_notes
from attunement.programme.conversations.second import do_ask_second, do_end_look_along
from attunement.web.access import Role
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
SupporterPage = Annotated[Page, Depends(page_for(Role.SUPPORTER))]
NOTES_SHOWN = 3
ASKED = N_("You asked for a second person; colleagues see that.")
CAME = N_("%(name)s looks along and can write you notes, which stand here. Only you write to them.")
LOOKING = N_(
    "You look along with %(name)s; the member was told so. Only %(name)s writes to them. Your notes reach %(name)s at "
    "once."
)
NOT_NEEDED, NO_MORE = N_("No second person needed"), N_("Look along no more")


@router.post("/queue/{conversation}/second")
def second(page: SupporterPage, conversation: str) -> Response:
    """Ask for a second person, or no more; then whoever looks along leaves."""
    do_ask_second(page.house, page.caller.id, conversation, asked=bool(page.form.get("asked")))
    return page.redirect(f"/queue/{conversation}")


@router.post("/queue/{conversation}/along/end")
def end_look_along(page: SupporterPage, conversation: str) -> Response:
    """Look along no more."""
    do_end_look_along(page.house, page.caller.id, conversation)
    return page.redirect("/queue", said="looked-along")


def second_view(page: Page, connection: Connection, talk: Conversation) -> dict[str, Any] | None:
    """What its supporter, and who looks along, read of one another: who is there, and the newest notes of the other."""
    me = page.caller.id
    if talk.is_of(me) and talk.second is None:
        return _asked(page, talk) if talk.second_asked else None
    other = talk.second if talk.is_of(me) else talk.supporter if talk.second == me else None
    if other is None:
        return None
    notes = access_notes(page.house, connection, me, talk.id)
    words, end, label = (CAME, "second", NOT_NEEDED) if talk.is_of(me) else (LOOKING, "along/end", NO_MORE)
    return {
        "words": page.gettext(words) % {"name": access_supporter(page.house, connection, other).name},
        "notes": [one for one in notes if one.author == other and one.conversation == talk.id][:NOTES_SHOWN],
        "end": f"/queue/{talk.id}/{end}", "label": page.gettext(label),
    }  # fmt: skip


def _asked(page: Page, talk: Conversation) -> dict[str, Any]:
    end = f"/queue/{talk.id}/second"
    return {"words": page.gettext(ASKED), "notes": [], "end": end, "label": page.gettext(NOT_NEEDED)}
