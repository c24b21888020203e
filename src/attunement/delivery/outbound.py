"""Which couriers a programme has, as its environment says."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import urlsplit

from attunement.delivery.courier import Courier
from attunement.delivery.hook import HookCourier
from attunement.delivery.mail import MailCourier
from attunement.delivery.push import PushCourier
from attunement.domain.channel import Channel


@dataclass(frozen=True, slots=True)
class Outbound:
    """The couriers there are, by channel, and the address links lead to (empty where it is not known)."""

    origin: str = ""
    couriers: Mapping[Channel, Courier] = field(default_factory=dict)

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The page, and what else is set up."""
        return (Channel.PAGE, *(channel for channel in Channel if channel in self.couriers))

    @property
    def push_key(self) -> str:
        """The public key browsers are asked to expect notices from, or empty."""
        courier = self.couriers.get(Channel.PUSH)
        return courier.public_key if isinstance(courier, PushCourier) else ""


def outbound_from_environment(push_secret: bytes, environment: Mapping[str, str] = os.environ) -> Outbound:
    """What ``ATTUNEMENT_ORIGIN`` and the variables of each channel set up.

    Without an origin there is nowhere to lead to, so there is the page alone. Notices need nothing else; letters need
    ``ATTUNEMENT_SMTP`` and ``ATTUNEMENT_MAIL_FROM``; an application ``ATTUNEMENT_WEBHOOK`` and its ``_SECRET``.
    Raises `Invalid` where one of them cannot be used.

    >>> outbound_from_environment(b"x" * 32, {"ATTUNEMENT_ORIGIN": "https://example.org"}).channels
    (<Channel.PAGE: 'page'>, <Channel.PUSH: 'push'>)
    """
    origin = environment.get("ATTUNEMENT_ORIGIN", "").rstrip("/")
    if not origin:
        return Outbound()
    sender = environment.get("ATTUNEMENT_MAIL_FROM", "")
    contact = parseaddr(sender)[1] or f"postmaster@{urlsplit(origin).hostname}"
    couriers: list[Courier] = [PushCourier(push_secret, contact=contact)]
    if sender and environment.get("ATTUNEMENT_SMTP"):
        couriers.append(MailCourier(environment["ATTUNEMENT_SMTP"], sender=sender))
    if environment.get("ATTUNEMENT_WEBHOOK"):
        secret = environment.get("ATTUNEMENT_WEBHOOK_SECRET", "")
        couriers.append(HookCourier(environment["ATTUNEMENT_WEBHOOK"], secret=secret))
    return Outbound(origin, {courier.channel: courier for courier in couriers})
