"""That somebody is here: what a page tells after a key, a press or a scroll (``static/presence.js``)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.web.access import Role
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)


@router.post("/here")
def here(_: Annotated[Page, Depends(page_for(Role.SUPPORTER, Role.STEWARD))]) -> Response:
    """Nothing more than that; whoever wrote to us did something, which is noted of every such request."""
    return Response(status_code=204)
