"""Derives the tables of reaching out from its events; see `attunement.store.projections`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, delete, insert, update

from attunement.domain import reach_events as r
from attunement.domain.channel import Channel
from attunement.store import schema as s
from attunement.store.log import Logged

_INSERT = {table: insert(table) for table in (s.reach_settings, s.addresses, s.reaches, s.deliveries)}


def _reach_chosen(c: Connection, at: Logged, event: r.ReachChosen) -> None:
    c.execute(delete(s.reach_settings).where(s.reach_settings.c.member == at.member))
    c.execute(_INSERT[s.reach_settings], {
        "member": at.member, "on": event.on, "channels": ",".join(event.channels),
        "quiet_from": f"{event.quiet_from:%H:%M}", "quiet_until": f"{event.quiet_until:%H:%M}", "a_day": event.a_day,
    })  # fmt: skip


def _address_given(c: Connection, at: Logged, event: r.AddressGiven) -> None:
    _drop_address(c, at.member, event.key)
    c.execute(_INSERT[s.addresses], {
        "member": at.member, "key": event.key, "channel": event.channel, "seq": at.seq,
        "confirmed": event.channel != Channel.EMAIL,
    })  # fmt: skip


def _address_confirmed(c: Connection, at: Logged, event: r.AddressConfirmed) -> None:
    cells = s.addresses.c
    c.execute(update(s.addresses).where(cells.member == at.member, cells.key == event.key).values(confirmed=True))


def _address_dropped(c: Connection, at: Logged, event: r.AddressDropped) -> None:
    _drop_address(c, at.member, event.key)


def _drop_address(c: Connection, member: str | None, key: str) -> None:
    c.execute(delete(s.addresses).where(s.addresses.c.member == member, s.addresses.c.key == key))


def _reach_weighed(c: Connection, at: Logged, event: r.ReachWeighed) -> None:
    c.execute(_INSERT[s.reaches], {
        "id": event.reach, "member": at.member, "seq": at.seq, "at": event.at, "until": event.until,
        "sent": event.sent, "held": event.held,
        "probability": event.probability, "moment": json.dumps(event.moment), "learnable": event.learnable,
        "decision": event.decision,
    })  # fmt: skip
    for one in event.deliveries:
        c.execute(_INSERT[s.deliveries], {
            "id": one.delivery, "member": at.member, "reach": event.reach, "channel": one.channel, "key": one.key,
            "at": event.at,
        })  # fmt: skip


def _reach_answered(c: Connection, at: Logged, event: r.ReachAnswered) -> None:
    c.execute(update(s.reaches).where(s.reaches.c.id == event.reach).values(answer=event.answer))


def _letter_queued(c: Connection, at: Logged, event: r.LetterQueued) -> None:
    c.execute(_INSERT[s.deliveries], {
        "id": event.delivery, "member": at.member, "channel": Channel.EMAIL, "key": event.key, "at": event.at
    })  # fmt: skip


def _delivery_ended(c: Connection, at: Logged, event: r.DeliveryEnded) -> None:
    c.execute(update(s.deliveries).where(s.deliveries.c.id == event.delivery).values(how=event.how))


REACHING: dict[str, Callable[[Connection, Logged, Any], None]] = {
    "reach-chosen": _reach_chosen,
    "address-given": _address_given,
    "address-confirmed": _address_confirmed,
    "address-dropped": _address_dropped,
    "reach-weighed": _reach_weighed,
    "reach-answered": _reach_answered,
    "letter-queued": _letter_queued,
    "delivery-ended": _delivery_ended,
}
