"""The programme's own application, told by signed requests (Standard Webhooks)."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

from standardwebhooks.webhooks import Webhook

from attunement.delivery.courier import Gone, Message, NotNow
from attunement.delivery.http import post
from attunement.domain.channel import Channel
from attunement.domain.errors import ErrorCode, Invalid


class HookCourier:
    """Tells one application, at an address the programme set.

    Parameters
    ----------
    url:
        Where requests go.
    secret:
        ``whsec_`` and base64: what both sides know, by which the application can tell that a request is ours.
    """

    channel = Channel.WEBHOOK

    def __init__(self, url: str, *, secret: str) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise Invalid(
                ErrorCode.BAD_INPUT, "ATTUNEMENT_WEBHOOK must be an address, such as https://example.org/hook."
            )
        self._url = url
        try:
            long_enough = 24 <= len(base64.b64decode(secret.removeprefix("whsec_") + "==")) <= 64
        except ValueError:
            long_enough = False
        if not long_enough:
            raise Invalid(
                ErrorCode.BAD_INPUT, "ATTUNEMENT_WEBHOOK_SECRET must be 'whsec_' and 24 to 64 bytes in base64."
            )
        self._hook = Webhook(secret)

    def carry(self, message: Message, address: str) -> None:
        """Send what it is about and how to stop it, with its id in ``webhook-id``; ``address`` is not needed."""
        now = datetime.now(UTC)
        about = {"title": message.title, "link": message.link, **message.about}
        if message.stop:
            about["stop"] = message.stop
        body = json.dumps({"type": message.kind, "timestamp": now.isoformat(), "data": about})
        headers = {
            "content-type": "application/json",
            "webhook-id": message.id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._hook.sign(message.id, now, body),
        }
        try:
            post(self._url, content=body.encode(), headers=headers)
        except Gone as gone:  # the application is the programme's own: it may be mended
            raise NotNow(str(gone)) from gone
