"""One request for a page: who asks, in which language, and how the answer is drawn."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import cached_property
from gettext import NullTranslations
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from attunement.domain.errors import AttunementError
from attunement.domain.messages import N_
from attunement.library.countries import countries
from attunement.programme.alerts.seeing import access_waiting_alerts
from attunement.programme.house import House
from attunement.programme.members import access_member
from attunement.web import i18n
from attunement.web.access import Allow, Caller, Role
from attunement.web.assets import asset
from attunement.web.rendering import page_environment
from attunement.web.security import FORM_FIELD, UNSAFE, clear_session, form_proof, set_session

HOMES = {Role.MEMBER: "/today", Role.SUPPORTER: "/queue", Role.STEWARD: "/steward"}
NAVIGATION = {
    Role.MEMBER: (
        ("/today", N_("Today")), ("/talk", N_("Talk")), ("/library", N_("Library")), ("/journey", N_("Journey")),
        ("/privacy", N_("Privacy")),
    ),
    Role.SUPPORTER: (
        ("/queue", N_("Queue")), ("/supporter", N_("People")), ("/alerts", N_("Alerts")), ("/growth", N_("Growth")),
        ("/library", N_("Library")),
    ),
    Role.STEWARD: (("/steward", N_("Programme")), ("/alerts", N_("Alerts")), ("/library", N_("Library"))),
}  # fmt: skip
SAID = {
    "later": N_("All right, not now. Whenever you like."),
    "consent": N_("Kept. You can change it whenever you like."),
    "consent-none": N_("Kept: nothing may be used. The library and a fair random pick are yours all the same."),
    "breadth": N_("Kept. It counts from the next offer on."),
    "country": N_("Kept. From now on help is shown for that country."),
    "body-read": N_("Read. What it showed stands below."),
    "body-known": N_("Nothing new was in it: what was read of your body lately is newer, or lasted too short to read."),
    "facts": N_("Kept as you said it. It counts from now on."),
    "passphrase": N_("Changed. From now on you sign in with the new one; everywhere else you were signed out."),
    "rated": N_("Kept. It counts as you say it now."),
    "objective": N_("In use from now on."),
    "corrected": N_("Thank you. From now on it counts as you said it."),
    "reaching": N_("Kept. An offer may come to you from now on, at most as often as you chose."),
    "reaching-off": N_("Kept. Nothing is sent to you."),
    "email-given": N_("We sent a letter there. Open the link in it, so that we know it is yours."),
    "push-given": N_("Kept. This browser can show notices."),
    "address-dropped": N_("Taken out. Nothing is sent there any more."),
    "resumed": N_("Learning goes on. What came meanwhile is learned within moments."),
    "alerted": N_(
        "What you wrote sounds serious, so people of this programme were told, and one of them will look. Do not wait "
        "for them where it cannot wait: whom to call stands below."
    ),
    "alert-taken": N_("It is yours. Nobody else is called for it now."),
    "alert-passed-on": N_("Passed on. They are told now."),
    "alert-closed": N_("Closed. Thank you for looking after them; look after yourself too."),
    "alert-address": N_("Kept. Letters about alerts go there from now on."),
    "alert-address-kept": N_("Kept, for when this programme sends letters. Until then none go out."),
    "alert-address-off": N_("Kept. No letters about alerts are sent there any more."),
    "alert-browser": N_("Kept. This browser shows a notice when somebody may be in danger."),
    "alert-browser-off": N_("Off. That browser is told no more."),
    "alerts-arranged": N_("Kept. It holds for every alert from now on."),
    "on-duty": N_("You are on duty. Thank you for being there."),
    "off-duty": N_("You are off duty. Whatever was still yours waits for a colleague now."),
    "described": N_("Kept. The queue is in your order now."),
    "noted": N_("The note is kept, for your colleagues."),
    "given-back": N_("Given back. The companion answers again, and they were told so."),
    "consent-ended": N_(
        "Ended, not given back: they took back what the companion may know, so it may not go on. They were told so."
    ),
    "consent-waits": N_(
        "Not given back: they took back what the companion may know, so it may not go on. Because of the signs of "
        "danger in it, it waits for a person, and they were told so."
    ),
    "passed-on": N_("Passed on. It waits for a colleague, and they were told so."),
    "ended": N_("Ended. Take a moment before the next one."),
    "chances": N_("Kept. It holds for conversations a supporter takes over from now on."),
    "gone": N_("That talk is not yours any more: it ended, or changed hands."),
    "looked-along": N_("You do not look along in that talk any more. Thank you for being there."),
    "not-readable": N_(
        "That talk cannot be read again: two weeks are over, or the member does not let supporters read it any more."
    ),
    "talk-settings": N_("Kept. It counts from the companion's next answer on."),
    "remembered": N_("Kept. The companion may look at it as long as you allow that."),
    "forgotten": N_("Taken out. The companion does not look at it any more."),
    "revoked": N_("Taken back. It does not work any more."),
}
LANGUAGE_COOKIE = "attunement_language"


@dataclass(frozen=True)
class Page:
    """What a page route works with.

    ``member`` is there for members; ``tag`` is the language; ``form`` what was sent.
    """

    request: Request
    house: House
    caller: Caller
    tag: str
    zone: tzinfo | None
    form: FormData

    @property
    def member(self) -> str:
        """The member who asks; only for routes that let in members alone."""
        assert self.caller.member is not None
        return self.caller.member

    @property
    def token(self) -> str:
        """The session's token, or an empty one."""
        return self.caller.token

    @property
    def address(self) -> str:
        """The network address the request came from, for throttling."""
        return self.request.client.host if self.request.client else ""

    @property
    def territory(self) -> str | None:
        """The country in the browser's first language, such as IE of en-IE; a guess that can be changed."""
        first = self.request.headers.get("accept-language", "").split(",")[0].split(";")[0]
        region = first.strip().partition("-")[2].upper()
        return region if region in countries() else None

    @property
    def wants_fragment(self) -> bool:
        """Whether htmx asks for a piece of a page, to be put in place."""
        return self.request.headers.get("hx-request") == "true"

    @cached_property
    def messages(self) -> NullTranslations:
        """The language's messages."""
        return i18n.translations_for(self.tag)

    def gettext(self, message: str) -> str:
        """A message in the page's language."""
        return self.messages.gettext(message)

    def number(self, value: float) -> str:
        """A number as the language writes it."""
        return i18n.number(value, self.tag)

    def words_of(self, error: AttunementError) -> str:
        """What a coded error says, in the page's language."""
        return self.gettext(error.template).format(**error.data) if error.data else self.gettext(error.template)

    def draft_key(self, what: str) -> str:
        """Under which name a browser tab keeps a draft: other people, sessions and offers never share one."""
        return hmac.new(self.token.encode(), what.encode(), hashlib.sha256).hexdigest()[:20]

    def render(self, template: str, *, status: int = 200, at: str = "", **names: Any) -> Response:
        """Draw a page; ``at`` is the entry of the navigation it stands under."""
        drawn = page_environment(self.tag).get_template(template).render(**self._common(at), status=status, **names)
        response = HTMLResponse(drawn, status, headers={"Content-Language": self.tag, "Vary": "HX-Request"})
        self._remember_language(response)
        return response

    def _common(self, at: str) -> dict[str, Any]:
        role = self.caller.role
        said = SAID.get(self.request.query_params.get("said", ""))
        return {
            "zone": self.zone,
            "csrf_field": self._csrf_field,
            "static": asset,
            "surface": role.value if role in HOMES else "member",
            "nav": [
                {"href": href, "label": self.gettext(label), "current": href == at, "badge": self._badge(href)}
                for href, label in NAVIGATION.get(role, ())
            ],
            "flash": [self.gettext(said)] if said else [],
            "demo": self.house.demo,
            "signed_in_as": self.caller.name,
            "languages": [
                {"tag": tag, "name": i18n.language_name(tag), "current": tag == self.tag} for tag in i18n.languages()
            ],
        }

    def _badge(self, href: str) -> int:
        """How much waits behind an entry of the navigation."""
        return access_waiting_alerts(self.house) if href == "/alerts" else 0

    def _csrf_field(self) -> Markup:
        proof = form_proof(self.request, self.token)
        return Markup('<input type="hidden" name="{}" value="{}">').format(FORM_FIELD, proof)

    def _remember_language(self, response: Response) -> None:
        if self.request.query_params.get("lang") == self.tag:
            response.set_cookie(LANGUAGE_COOKIE, self.tag, max_age=31_536_000, httponly=True, samesite="lax")

    def redirect(self, to: str, *, said: str = "") -> Response:
        """Go on to another page after a form (Post/Redirect/Get); ``said`` names what it tells at its top."""
        sign = "&" if "?" in to else "?"
        return RedirectResponse(f"{to}{sign}{urlencode({'said': said})}" if said else to, 303)

    def enter(self, token: str, role: str, to: str) -> Response:
        """Give the browser a session and go on."""
        response = self.redirect(to)
        set_session(response, self.request, token, role)
        return response

    def forget_session(self, response: Response) -> None:
        """Take the session from the browser."""
        clear_session(response, self.request)

    def signed_out(self) -> Page:
        """The same request as from somebody who is not signed in."""
        return replace(self, caller=Caller(Role.ANONYMOUS))


def page_for(*roles: Role) -> Callable[..., AsyncIterator[Page]]:
    """A dependency that lets these roles in and gives the `Page`; files that were sent are closed afterwards."""
    allow = Allow(*roles)

    async def page(request: Request, caller: Caller = Depends(allow)) -> AsyncIterator[Page]:
        form = await request.form() if request.method in UNSAFE else FormData()
        try:
            yield make_page(request, caller, form)
        finally:
            await form.close()

    return page


def make_page(request: Request, caller: Caller, form: FormData | None = None) -> Page:
    """The page of a request whose caller is known."""
    house: House = request.app.state.house
    chosen, zone = _profile(house, caller)
    tag = i18n.negotiate(
        asked=request.query_params.get("lang"),
        chosen=request.cookies.get(LANGUAGE_COOKIE) or chosen,
        accept=request.headers.get("accept-language"),
    )
    return Page(request, house, caller, tag, zone, form or FormData())


def _profile(house: House, caller: Caller) -> tuple[str | None, tzinfo | None]:
    if caller.member is None:
        return None, None
    with house.store.read() as connection:
        member = access_member(connection, caller.member)
    return member.language, ZoneInfo(member.time_zone)
