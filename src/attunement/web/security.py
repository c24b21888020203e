"""Cookies, and the proof that a request comes from our own pages."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from fastapi import Request, Response

from attunement.domain.errors import ErrorCode, Refused
from attunement.programme.house import House
from attunement.programme.sessions import LASTS
from attunement.web.settings import Settings

SESSION_COOKIE = "attunement_session"
FORM_COOKIE = "attunement_form"
FORM_FIELD = "csrf"
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def own_origin(request: Request) -> str:
    """The origin our pages have in a browser."""
    settings: Settings = request.app.state.settings
    return settings.origin or f"{request.url.scheme}://{request.headers.get('host', '')}"


def set_session(response: Response, request: Request, token: str, role: str) -> None:
    """Give the browser a session: not readable by scripts, not sent along from other sites."""
    lasts: timedelta = LASTS[role]
    response.set_cookie(
        SESSION_COOKIE, token, max_age=int(lasts.total_seconds()), httponly=True, samesite="lax",
        secure=own_origin(request).startswith("https:"),
    )  # fmt: skip


def clear_session(response: Response, request: Request) -> None:
    """Take the session from the browser; end it on the server too."""
    response.delete_cookie(
        SESSION_COOKIE, httponly=True, samesite="lax", secure=own_origin(request).startswith("https:")
    )


def form_proof(request: Request, token: str) -> str:
    """What a form carries in its field ``csrf``: bound to the session, or to a cookie where nobody is signed in.

    Where that cookie is not there yet, it is made, and sent with the answer.
    """
    secret = token or request.cookies.get(FORM_COOKIE) or getattr(request.state, FORM_COOKIE, "")
    if not secret:
        secret = secrets.token_urlsafe(24)
        setattr(request.state, FORM_COOKIE, secret)
    return _proof(request, secret)


def check_same_site(request: Request, *, required: bool) -> None:
    """Raise `Refused` (``cross-site``) where the browser says that another site sent this.

    ``required`` refuses as well what does not say where it comes from.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        same = site == "same-origin"
    elif origin is not None:
        same = origin == own_origin(request)
    else:
        same = not required
    if not same:
        raise _cross_site()


async def check_form(request: Request, token: str) -> None:
    """Raise `Refused` (``cross-site``) where a form was not made by one of our pages for this browser."""
    check_same_site(request, required=False)
    secret = token or request.cookies.get(FORM_COOKIE, "")
    sent = (await request.form()).get(FORM_FIELD)
    if not secret or not isinstance(sent, str) or not hmac.compare_digest(_proof(request, secret), sent):
        raise _cross_site()


def _proof(request: Request, secret: str) -> str:
    house: House = request.app.state.house
    return hmac.new(house.key.subkey("form"), secret.encode(), hashlib.sha256).hexdigest()


def _cross_site() -> Refused:
    return Refused(
        ErrorCode.CROSS_SITE,
        "This was not sent from a page of this site that is still valid. Go back, reload the page and send it again.",
    )
