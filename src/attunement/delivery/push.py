"""Notices of a browser: Web Push, encrypted for that browser alone (RFC 8030, 8291), signed by us (VAPID, RFC 8292)."""

from __future__ import annotations

import base64
import json

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from pydantic import ValidationError
from webpush import WebPush, WebPushSubscription  # type: ignore[import-untyped]

from attunement.delivery.courier import Gone, Message
from attunement.delivery.http import check_public, post
from attunement.domain.channel import Channel

KEPT_S, URGENT_KEPT_S = 3 * 3600, 15 * 60
LONGEST_ADDRESS = 2000


class PushCourier:
    """Sends notices in the name of a programme.

    Parameters
    ----------
    secret:
        32 bytes; the programme's signing key (NIST P-256) is made of them, always the same.
    contact:
        A mail address at which whoever runs a push service can reach the programme.
    anywhere:
        Also to addresses that are not of the open internet; for tests.

    >>> len(base64.urlsafe_b64decode(PushCourier(b"x" * 32, contact="us@example.org").public_key + "="))
    65
    """

    channel = Channel.PUSH

    def __init__(self, secret: bytes, *, contact: str, anywhere: bool = False) -> None:
        key = ec.derive_private_key(int.from_bytes(secret, "big") % (_ORDER - 1) + 1, ec.SECP256R1())
        public = key.public_key()
        self._push = WebPush(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
            public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
            subscriber=contact, ttl=KEPT_S,
        )  # fmt: skip
        point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public_key = base64.urlsafe_b64encode(point).decode().rstrip("=")
        self._anywhere = anywhere

    def carry(self, message: Message, address: str) -> None:
        """Encrypt it for one browser and hand it to that browser's push service."""
        subscription = subscription_of(address)
        endpoint = str(subscription.endpoint)
        urgency, kept_s = ("high", URGENT_KEPT_S) if message.urgent else ("normal", KEPT_S)
        if not self._anywhere:
            check_public(endpoint)
        shown = {
            "id": message.id, "title": message.title, "words": message.words, "link": message.link,
            "stop": message.stop, "stop_words": message.stop_words, "urgent": message.urgent,
        }  # fmt: skip
        try:
            made = self._push.get(json.dumps(shown), subscription)
        except ValueError as error:
            raise Gone("its keys cannot be used") from error
        topic = message.id.replace("-", "")[:32]  # a second try takes the place of the first, where that still waits
        headers = {**made.headers, "topic": topic, "urgency": urgency, "ttl": str(kept_s)}
        post(endpoint, content=made.encrypted, headers=headers)


def subscription_of(address: str) -> WebPushSubscription:
    """What a browser gave as JSON (``endpoint``, ``keys``); raises `Gone` where it is not that."""
    try:
        if len(address) > LONGEST_ADDRESS:
            raise Gone("too long for what a browser gives")
        return WebPushSubscription.model_validate_json(address)
    except ValidationError as error:
        raise Gone("not what a browser gives") from error


_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (FIPS 186-5)
