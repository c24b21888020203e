"""One request to another server, and what its answer means for a message."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping

import httpx

from attunement.delivery.courier import Gone, NotNow

WAIT_S = 10.0
_GONE = frozenset({404, 410})


def post(url: str, *, content: bytes, headers: Mapping[str, str]) -> None:
    """Send it; raises `Gone` for 404 and 410 (nobody is there), else `NotNow`: any other no may be a fault of ours."""
    try:
        answer = httpx.post(url, content=content, headers=dict(headers), timeout=WAIT_S, follow_redirects=False)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise NotNow(f"no answer ({type(error).__name__})") from error
    if answer.status_code in _GONE:
        raise Gone(f"answered {answer.status_code}")
    if not answer.is_success:
        raise NotNow(f"answered {answer.status_code}")


def check_public(url: str) -> None:
    """Raise `Gone` where an address is not one of the open internet, by https.

    Browsers tell us where to send notices, so whoever poses as one could name a machine inside our own network.
    """
    parts = httpx.URL(url)
    if parts.scheme != "https" or not parts.host:
        raise Gone("not an https address")
    try:
        found = {info[4][0] for info in socket.getaddrinfo(parts.host, parts.port or 443, type=socket.SOCK_STREAM)}
    except OSError as error:
        raise NotNow("its name is not known just now") from error
    if not all(ipaddress.ip_address(str(one).split("%")[0]).is_global for one in found):
        raise Gone("not an address of the open internet")
