"""Answers remembered for a day, so that a request sent twice is done once, even across a crash."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, delete, select, text, update

from attunement.domain.errors import Conflict, ErrorCode
from attunement.programme.house import House
from attunement.store.schema import UtcDateTime, requests

KEPT = timedelta(hours=24)
_RESERVE = text(
    "INSERT INTO requests (key, member, digest, status, answer, at) "
    "VALUES (:key, :member, :digest, :status, :answer, :at) ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=UtcDateTime()))


@dataclass(frozen=True, slots=True)
class SentOnce:
    """What makes a request the same one: who sent it, under which key, asking for what.

    ``member`` is whose answer it is, so that their erasure takes it along; None where it is nobody's, or is the
    receipt of an erasure itself. ``status`` is the HTTP status of its answer.
    """

    caller: str
    key: str
    digest: str
    member: str | None
    status: int

    @property
    def id(self) -> str:
        """SHA-256 over the caller and the key they chose."""
        return hashlib.sha256(f"{self.caller}\n{self.key}".encode()).hexdigest()


def do_once(house: House, sent: SentOnce, work: Callable[[], bytes], *, alone: bool = False) -> bytes:
    """Do the work and remember its answer, in one transaction; or only give the answer, where it was done before.

    What fails is not remembered: sending it again tries again. Two at the same time wait for each other.
    Raises `Conflict` (``idempotency-mismatch``) where the key was used for something else.
    """
    now, about = house.clock(), f"request|{sent.id}"
    with house.store.write(alone=alone) as transaction:
        connection = transaction.connection
        connection.execute(delete(requests).where(requests.c.at <= now - KEPT))
        row = {
            "key": sent.id, "member": sent.member, "digest": sent.digest, "status": sent.status,
            "answer": b"", "at": now,
        }  # fmt: skip
        if connection.execute(_RESERVE, row).rowcount:
            answer = work()
            sealed = house.store.programme_seal.close(answer, about=about)
            connection.execute(update(requests).where(requests.c.key == sent.id).values(answer=sealed))
            return answer
        found = connection.execute(select(requests).where(requests.c.key == sent.id)).one()
        if found.digest != sent.digest:
            raise Conflict(
                ErrorCode.IDEMPOTENCY_MISMATCH,
                "This Idempotency-Key was used for another request within the last day. Choose a fresh one.",
            )
        return house.store.programme_seal.open(found.answer, about=about)
