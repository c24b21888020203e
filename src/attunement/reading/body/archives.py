"""Opens what is packed: with a limit on what comes out, and one error for all that can be wrong with it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from attunement.domain.errors import ErrorCode, Invalid

MOST_BYTES = 512 * 2**20
"""Of one file in an archive, unpacked."""


@contextmanager
def opened(source: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """An archive to read from; raises `Invalid` (``bad-signal``) where it or a file in it is damaged."""
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Invalid(
            ErrorCode.BAD_SIGNAL,
            "The archive is damaged, locked with a password, or packed in an unusual way. Export it again.",
            reason=str(error),
        ) from error


def member_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    """A file of the archive, unpacked; raises `Invalid` (``too-large``) over 512 MB, whatever its head claims."""
    with archive.open(name) as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Invalid(
            ErrorCode.TOO_LARGE, "'{name}' holds over {most} MB. Give a part of it.", name=name, most=MOST_BYTES >> 20
        )
    return data
