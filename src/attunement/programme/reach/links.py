"""Links for people who are not signed in: each carries whom it is of, signed by the programme, and does one thing."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from uuid import UUID

from attunement.domain.errors import ErrorCode, NotFound
from attunement.programme.house import House

STOP, CONFIRM = "stop", "confirm"
_SIGNED = 16


def link_token(house: House, member: str, does: str, *, about: str = "") -> str:
    """What a link carries: a member's id and 16 bytes of HMAC-SHA256 over it, what it does and what about.

    It works as long as the member and the programme's key do: a link in an old letter must still stop the next.
    """
    whom = UUID(member).bytes
    return base64.urlsafe_b64encode(whom + _sign(house, whom, does, about)).decode().rstrip("=")


def member_of_link(house: House, token: str, does: str, *, about: str = "") -> str:
    """Whom a link is of; raises `NotFound` (``not-found``) where we did not make it for this."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        raw = b""
    whom, signed = raw[:_SIGNED], raw[_SIGNED:]
    if len(whom) != _SIGNED or not hmac.compare_digest(_sign(house, whom, does, about), signed):
        raise NotFound(ErrorCode.NOT_FOUND, "This link does not work. Copy it whole, or sign in and change it there.")
    return str(UUID(bytes=whom))


def _sign(house: House, whom: bytes, does: str, about: str) -> bytes:
    said = whom + f"|{does}|{about}".encode()
    return hmac.new(house.key.subkey("link"), said, hashlib.sha256).digest()[:_SIGNED]
