"""One row of the log, opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from attunement.domain.errors import ErrorCode, StoreError
from attunement.domain.event import Event
from attunement.domain.events import KINDS
from attunement.privacy.vault import Seal


@dataclass(frozen=True, slots=True)
class Logged:
    """An event and its place in the log; ``member`` is None for events of the programme."""

    seq: int
    id: str
    member: str | None
    event: Event


def open_row(row: Any, seal: Seal) -> Logged:
    """Open and check one row.

    Raises `StoreError` (``bad-event``) where the kind or a field is unknown: the log is from another version.
    """
    plain = seal.open(row.payload, about=f"{row.id}|{row.kind}")
    try:
        event = KINDS[row.kind].model_validate_json(plain)
    except (KeyError, ValidationError) as error:
        raise StoreError(
            ErrorCode.BAD_EVENT,
            "Event {seq} of kind '{kind}' is not one this version knows. Use the version that wrote it.",
            seq=row.seq,
            kind=row.kind,
        ) from error
    return Logged(seq=row.seq, id=row.id, member=row.member, event=event)
