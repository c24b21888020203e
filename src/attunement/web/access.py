"""Who may use what: the one place for roles. Every route declares it through one of the `Allow...` here."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Annotated

from fastapi import Path, Request
from sqlalchemy import select
from starlette.concurrency import run_in_threadpool

from attunement.domain.errors import ErrorCode, NotSignedIn, Refused
from attunement.domain.ids import is_id
from attunement.programme.api_keys import access_api_key
from attunement.programme.conversations.conversation import find_conversation, unknown_conversation
from attunement.programme.house import House
from attunement.programme.sessions import Account, access_account
from attunement.store.schema import members
from attunement.store.store import unknown_member
from attunement.web.problems import API
from attunement.web.security import SESSION_COOKIE, UNSAFE, check_form, check_same_site

KEY_KNOWN_S = 3.0
_SAYS = re.compile(r"(?:/api/conversations|/talk)/[^/]+/(?:lines|ask)|/talk")
"""Where a member says something, or asks for a person."""
OWN = "me"


class Role(StrEnum):
    """Who somebody is to the programme."""

    ANONYMOUS = "anonymous"
    MEMBER = "member"
    SUPPORTER = "supporter"
    STEWARD = "steward"
    INTEGRATOR = "integrator"


EVERYONE = tuple(Role)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request. ``member`` is there for members, and for integrators where they speak for one;
    ``api_key`` (its id) for integrators.

    ``token`` is the session's, where there is one: forms are bound to it.
    """

    role: Role
    account: Account | None = None
    member: str | None = None
    api_key: str | None = None
    token: str = field(default="", repr=False)

    @property
    def id(self) -> str:
        """The id of the account or the key; empty for anonymous ones."""
        return self.account.id if self.account else self.api_key or ""

    @property
    def name(self) -> str:
        """What the account is called; empty where there is none."""
        return self.account.name if self.account else ""


class Keyring:
    """Which keys work, remembered for three seconds: a revoked key stops no later than that, in every process."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._known: dict[str, tuple[str, float]] = {}

    def remembered(self, key: str) -> str | None:
        """The id of a key seen to work within three seconds."""
        found = self._known.get(key)
        return found[0] if found and found[1] > time.monotonic() else None

    def find(self, key: str) -> str | None:
        """The id of a key that works now, or None."""
        with self._house.store.read() as connection:
            found = access_api_key(self._house, connection, key)
        self._known.pop(key, None)
        if found is not None:
            self._known[key] = (found, time.monotonic() + KEY_KNOWN_S)
        return found


class Allow:
    """A dependency that lets these roles in and gives the `Caller`.

    Raises `NotSignedIn` (``not-signed-in``), `Refused` (``not-allowed``, ``cross-site``), `Throttled`.
    """

    def __init__(self, *roles: Role) -> None:
        self.roles = frozenset(roles)

    async def __call__(self, request: Request) -> Caller:
        """Find out who it is, and refuse who may not."""
        return await admit(request, self.roles)


class AllowByLink(Allow):
    """Lets in whoever holds a link that proves itself; as nobody, since who is signed in does not matter to it.

    So a mail program or a notice may send it, which have no form of ours. Raises `Throttled`.
    """

    def __init__(self) -> None:
        super().__init__(*EVERYONE)

    async def __call__(self, request: Request) -> Caller:
        """Nobody in particular."""
        house: House = request.app.state.house
        house.throttle.hit(60, "link", request.client.host if request.client else "")
        return Caller(Role.ANONYMOUS)


class AllowMember:
    """As `Allow`, for routes about one member: gives their id, where it is the caller's to ask about.

    Members may ask about themselves (as ``me``, or by their id), integrators about those enrolled through their key;
    anybody else's is as unknown (``unknown-member``) as one that never was. ``erased_too`` leaves that word to the use
    case where the id is nobody's (any more), so that an erasure sent again can be answered with its receipt.
    """

    def __init__(self, *roles: Role, erased_too: bool = False) -> None:
        self.roles = frozenset(roles)
        self._erased_too = erased_too

    async def __call__(
        self,
        request: Request,
        member: Annotated[str, Path(description="A member's id; `me` for the member who is signed in.")],
    ) -> str:
        """Find out who it is about."""
        caller = await admit(request, self.roles)
        if caller.role is Role.MEMBER and caller.member and member in (OWN, caller.member):
            return caller.member
        if caller.role is Role.INTEGRATOR and is_id(member):
            return await run_in_threadpool(self._kept, request.app.state.house, member, caller.api_key)
        raise unknown_member()

    def _kept(self, house: House, member: str, api_key: str | None) -> str:
        with house.store.read() as connection:
            row = connection.execute(select(members.c.keeper).where(members.c.id == member)).first()
        if row.keeper != api_key if row else not self._erased_too:
            raise unknown_member()
        return member


class AllowInTalk:
    """As `Allow`, for routes about one conversation: an integrator speaks in it for a member their key enrolled.

    The `Caller` then carries that member. Any other conversation is as unknown (``unknown-conversation``) to them as
    one that never was; whether it is a member's or a supporter's to see, the use cases say.
    """

    def __init__(self, *roles: Role) -> None:
        self.roles = frozenset(roles)

    async def __call__(
        self, request: Request, conversation: Annotated[str, Path(description="A conversation's id.")]
    ) -> Caller:
        """Find out who it is, and for whom they speak."""
        caller = await admit(request, self.roles)
        if caller.role is not Role.INTEGRATOR:
            return caller
        return await run_in_threadpool(self._for_its_member, request.app.state.house, caller, conversation)

    def _for_its_member(self, house: House, caller: Caller, conversation: str) -> Caller:
        with house.store.read() as connection:
            member = find_conversation(connection, conversation).member
            keeper = connection.execute(select(members.c.keeper).where(members.c.id == member)).scalar()
        if keeper != caller.api_key:
            raise unknown_conversation()
        return replace(caller, member=member)


async def admit(request: Request, roles: frozenset[Role]) -> Caller:
    """The caller, where they have one of these roles, come from our own pages and do not write too often."""
    caller = await identify(request)
    if caller.role not in roles:
        if caller.role is Role.ANONYMOUS:
            if request.method in UNSAFE and not _is_api(request):
                await request.form()  # so that the error page can give back what was typed
            raise NotSignedIn(ErrorCode.NOT_SIGNED_IN, "This is for people who are signed in. Sign in to go on.")
        raise Refused(ErrorCode.NOT_ALLOWED, "You are signed in as {role}, and this is not for you.", role=caller.role)
    if request.method in UNSAFE:
        await _check_write(request, caller)
    request.state.caller = caller
    return caller


async def identify(request: Request) -> Caller:
    """Who sent a request: by API key (only under ``/api``), else by session, else nobody in particular."""
    header = request.headers.get("authorization")
    if header is not None and _is_api(request):
        return await _integrator(request, header)
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        return Caller(Role.ANONYMOUS)
    try:
        account = await run_in_threadpool(access_account, request.app.state.house, token, acted=is_act(request))
    except NotSignedIn:
        return Caller(Role.ANONYMOUS)
    return Caller(Role(account.role), account, account.member, token=token)


async def _integrator(request: Request, header: str) -> Caller:
    scheme, _, key = header.partition(" ")
    keyring: Keyring = request.app.state.keyring
    found = keyring.remembered(key) or await run_in_threadpool(keyring.find, key)
    if scheme.lower() != "bearer" or found is None:
        raise NotSignedIn(
            ErrorCode.NOT_SIGNED_IN,
            "This API key does not work. Send 'Authorization: Bearer att_...' with a key that is in use.",
        )
    return Caller(Role.INTEGRATOR, api_key=found)


async def _check_write(request: Request, caller: Caller) -> None:
    house: House = request.app.state.house
    if not _is_heard(request, caller):
        house.throttle.hit(request.app.state.settings.writes, "write", _counted_as(request, caller))
    if caller.role is Role.INTEGRATOR:
        return  # no browser sends an API key by itself
    if _is_api(request):
        check_same_site(request, required=True)
    else:
        await check_form(request, caller.token)


def _is_heard(request: Request, caller: Caller) -> bool:
    """Whether it is a member's, to be heard at any time: `do_hear` counts their lines, and hears those too many."""
    return caller.role in (Role.MEMBER, Role.INTEGRATOR) and _SAYS.fullmatch(request.url.path) is not None


def _counted_as(request: Request, caller: Caller) -> str:
    """Who has written too often, if it is too much. What a key does for one member, or in one conversation, counts for
    that one alone: whoever floods shuts out nobody else under the key.
    """
    if caller.role is Role.INTEGRATOR:
        about = request.path_params.get("member") or request.path_params.get("conversation") or ""
        return f"{caller.id} {about}" if is_id(about) else caller.id
    return caller.id or (request.client.host if request.client else "")


def is_act(request: Request) -> bool:
    """Whether somebody did something for this to be sent: they wrote, or went to a page.

    Pieces a page draws again, pictures, streams and whatever else is read from the API may be asked for by a page that
    lies open with nobody before it.
    """
    if request.method in UNSAFE:
        return True
    piece = request.headers.get("hx-request") == "true"
    return not (piece or _is_api(request)) and request.headers.get("sec-fetch-dest", "document") == "document"


def _is_api(request: Request) -> bool:
    return request.url.path.startswith(API)
