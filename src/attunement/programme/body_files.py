"""A file a member has from a watch, a strap or a wristband, read as if a device had sent it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from attunement.domain.errors import ErrorCode, Invalid
from attunement.programme.body import BodyWindows, check_body_allowed, do_keep_body, measure_body, since
from attunement.programme.body_checks import MOST_TIME
from attunement.programme.house import House
from attunement.reading.body.archives import opened
from attunement.reading.body.formats import read_recording

MOST_FILE = 32 * 2**20
"""Bytes of a file as it is sent."""
MOST_UNPACKED = 128 * 2**20
"""Bytes of an archive once unpacked; of what a phone exported in years, a part has to do."""
MOST_IN_A_FILE = 1_500_000
"""Samples of its last four hours: those of an Empatica E4, and half as many again."""
UNDATED = 366 * 86400.0
"""Times before this are counted from the beginning of the file and not from 1970."""


@dataclass(frozen=True, slots=True)
class BodyFile:
    """What was read of a file and kept; ``older`` samples lay more than four hours before its last, and were left."""

    kept: BodyWindows
    older: int


def do_read_body_file(
    house: House, member: str, source: BinaryIO, *, start: datetime | None = None, rest: bool = False
) -> BodyFile:
    """Read the last four hours of a file in windows of a minute, and keep what was read; the file is not kept.

    Which format it has is told by what is in it: see `attunement.reading.body.formats`. All else is as in
    `do_read_body`.

    Parameters
    ----------
    source:
        The file, opened for bytes, that can go back to its beginning; of at most 32 MB, and 128 MB unpacked.
    start:
        When it began, for files that do not say so.
    rest:
        Whether all of it is known to be rest.

    Raises `Refused` (``consent-missing``) before the file is looked at, and `Invalid` (``unknown-format``,
    ``bad-signal``, ``bad-time``, ``too-large``).
    """
    with house.store.read() as connection:
        house.store.require_member(connection, member)
        check_body_allowed(house, connection, member)
    _check_size(source)
    recording = read_recording(source, start=start)
    last = max((float(channel.times.max()) for channel in recording.channels if channel.times.size), default=0.0)
    if start is None and last < UNDATED:
        raise Invalid(ErrorCode.BAD_TIME, "The file does not say on which day it was recorded. Say when it began.")
    newest, older = since(recording, last - MOST_TIME.total_seconds())
    measured = measure_body(house, member, newest, most=MOST_IN_A_FILE)
    return BodyFile(do_keep_body(house, member, measured, rest=rest), older)


def _check_size(source: BinaryIO) -> None:
    """Raise `Invalid` (``too-large``). What an archive says of its size may be believed: no more is ever unpacked."""
    size, unpacked = source.seek(0, io.SEEK_END), 0
    if zipfile.is_zipfile(source):
        with opened(source) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    source.seek(0)
    if size > MOST_FILE or unpacked > MOST_UNPACKED:
        raise Invalid(
            ErrorCode.TOO_LARGE,
            "The file is too large: the most is {most} MB, and {unpacked} MB unpacked. Export a shorter time.",
            most=MOST_FILE >> 20, unpacked=MOST_UNPACKED >> 20,
        )  # fmt: skip
