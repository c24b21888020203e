"""Where a language model runs, and so whether what a member writes leaves this machine."""

from __future__ import annotations

import ipaddress
import socket
from typing import Protocol, runtime_checkable
from urllib.parse import SplitResult, urlsplit

from attunement.domain.conversation import Backend
from attunement.domain.errors import ErrorCode, Invalid

_AT_HOME = (".local", ".internal", ".lan", ".home.arpa")


@runtime_checkable
class Placed(Protocol):
    """A backend that knows where it runs: ``place`` is the host it sends to, empty where it sends nothing away."""

    @property
    def place(self) -> str:
        """The host, or empty."""
        ...


def place_of(backend: Backend) -> str:
    """The host that what members write is sent to, to be named to them; empty where it stays on this machine."""
    return backend.place if isinstance(backend, Placed) else backend.name


def is_loopback(host: str) -> bool:
    """Whether a host is this machine for sure: a loopback address written out, or ``localhost`` where it means one.

    Any other name could be made to point elsewhere, and an address such as ``0.0.0.0`` or ``127.1`` is read in more
    than one way.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "127.0.0.1.example.org", "0.0.0.0", "127.1", "10.0.0.1")]
    [True, True, False, False, False, False]
    """
    if host == "localhost":
        try:
            found = {str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
        except OSError:
            return False
        return bool(found) and all(is_loopback(address) for address in found)
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def parse_endpoint(url: str) -> SplitResult:
    """The parts of an endpoint's address.

    Raises
    ------
    Invalid
        ``bad-input`` where it is no address, holds a password or a query, or would carry what members write over an
        open network unencrypted. Plain http is for this machine and private networks: private addresses, names
        without a dot (as containers have) and those under ``.local``, ``.internal``, ``.lan`` and ``.home.arpa``.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme not in ("http", "https") or not host or any(c.isspace() for c in url):
        raise Invalid(ErrorCode.BAD_INPUT, "ATTUNEMENT_LLM_URL must be an address, such as http://127.0.0.1:11434/v1.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise Invalid(
            ErrorCode.BAD_INPUT,
            "ATTUNEMENT_LLM_URL must hold no password, '?' or '#'. A key goes into ATTUNEMENT_LLM_KEY.",
        )
    if parts.scheme == "http" and not _is_private(host):
        raise Invalid(
            ErrorCode.BAD_INPUT,
            "ATTUNEMENT_LLM_URL must begin with https://: what members write would cross the network for all to read.",
        )
    return parts


def _is_private(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return (host[0].isalpha() and "." not in host) or host.endswith(_AT_HOME)
    return address.is_private or address.is_loopback
