"""Files of body signals for tests: read, refused, packed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from attunement.domain.body import BodySignal, Channel, Recording
from attunement.domain.errors import AttunementError, ErrorCode
from attunement.reading.body.formats import read_recording

NOON = 1_777_636_800.0
RR, RATE, EDA, WARMTH = BodySignal.RR, BodySignal.HEART_RATE, BodySignal.EDA, BodySignal.TEMPERATURE


def read(data: bytes | str, **options: object) -> Recording:
    return read_recording(io.BytesIO(data.encode() if isinstance(data, str) else data), **options)  # type: ignore[arg-type]


def zipped(files: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def code_of(data: bytes, **options: object) -> ErrorCode | None:
    """None where the bytes are read."""
    try:
        assert read(data, **options).channels
    except AttunementError as error:
        return error.code
    return None


def one(recording: Recording, kind: BodySignal) -> Channel:
    (channel,) = recording.of(kind)
    return channel


def refusal(data: bytes | str, **options: object) -> ErrorCode:
    with pytest.raises(AttunementError) as raised:
        read(data, **options)
    return raised.value.code
