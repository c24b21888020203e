"""Tells which format a file has, and reads it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from attunement.domain.body import Recording
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.apple_ecg import is_apple_ecg, read_apple_ecg
from attunement.reading.body.apple_health import export_in, read_apple_health
from attunement.reading.body.archives import MOST_BYTES, opened
from attunement.reading.body.e4 import NAMES, is_out_of_a_session, read_e4
from attunement.reading.body.open_mhealth import read_open_mhealth
from attunement.reading.body.rr_text import COMMENT, is_rr_text, read_rr_text
from attunement.reading.body.table import read_table
from attunement.reading.body.table_head import DIVIDERS, has_head

HEAD = 4096
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Format(StrEnum):
    """What files of body signals may be."""

    CSV = "csv"
    E4 = "e4"
    RR_TEXT = "rr-text"
    OPEN_MHEALTH = "open-mhealth"
    APPLE_HEALTH = "apple-health"
    APPLE_ECG = "apple-ecg"


def read_recording(source: BinaryIO, *, format: Format | None = None, start: datetime | None = None) -> Recording:
    """The recording in a file.

    Parameters
    ----------
    source:
        A file opened for bytes, that can go back to its beginning.
    format:
        Which it is; None to tell by what is in it.
    start:
        When it began, for files that do not say so (intervals alone, or times counted from 0); None for 1970.

    Raises
    ------
    Invalid
        ``UNKNOWN_FORMAT`` where it cannot be told, ``BAD_SIGNAL`` where it is damaged or holds no signal, or
        ``TOO_LARGE``.
    """
    if source.read(4) == b"PK\x03\x04":
        return _read_archive(source, format)
    source.seek(0)
    head = source.read(HEAD)
    source.seek(0)
    found = format or _told(head)
    if found is Format.APPLE_HEALTH:
        return read_apple_health(source)
    if found is Format.E4 or (format is None and is_out_of_a_session(head)):
        raise Invalid(ErrorCode.BAD_SIGNAL, "A session of an E4 is a zip. Give it whole, and not a file out of it.")
    data = _all_of(source)
    if found is Format.OPEN_MHEALTH:
        return read_open_mhealth(_text(data).encode())
    if found is Format.APPLE_ECG:
        return read_apple_ecg(io.StringIO(_text(data), newline=None))
    begin = start.timestamp() if start else 0.0
    read = read_rr_text if found is Format.RR_TEXT else read_table
    return read(io.StringIO(_text(data), newline=None), start=begin)


def _read_archive(source: BinaryIO, format: Format | None) -> Recording:
    source.seek(0)
    with opened(source) as archive:
        export = export_in(archive)
        if export and format in (None, Format.APPLE_HEALTH):
            with archive.open(export) as stream:
                return read_apple_health(stream)
        if _is_e4(archive) and format in (None, Format.E4):
            return read_e4(archive)
    raise Invalid(
        ErrorCode.UNKNOWN_FORMAT,
        "The archive is neither a session of an Empatica E4 nor an export of Apple Health. Unpack it and give a file.",
    )


def _is_e4(archive: zipfile.ZipFile) -> bool:
    return any(name.rsplit("/", 1)[-1] in NAMES for name in archive.namelist())


def _told(head: bytes) -> Format:
    """The format by how a file begins."""
    text = _text(head).lstrip()
    if text.startswith(("{", "[")):
        return Format.OPEN_MHEALTH
    if text.startswith("<"):
        return Format.APPLE_HEALTH
    lines = [line for line in text.splitlines() if line.strip()]
    if is_apple_ecg(lines):
        return Format.APPLE_ECG
    rows = [line for line in lines if not line.lstrip().startswith(COMMENT)][:3]
    if rows and "\x00" not in text:
        divided = any(mark in rows[0] for mark in DIVIDERS)
        headed = has_head(lines) or (divided and not is_rr_text(rows[:1]))
        if is_rr_text(rows) and not headed:
            return Format.RR_TEXT  # a word may stand above, and a line be damaged
        if divided or len(lines) > 1:
            return Format.CSV
    raise Invalid(
        ErrorCode.UNKNOWN_FORMAT,
        "What this file is cannot be told. Give a table (CSV), a zip of an Empatica E4, intervals one a line, Open "
        "mHealth JSON, an export of Apple Health, or an electrocardiogram out of one.",
    )


def _text(data: bytes) -> str:
    """UTF-8, UTF-16 with a mark, or else the old encoding of Western European tables, in which any bytes are text."""
    if data.startswith(UTF_16):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _all_of(source: BinaryIO) -> bytes:
    data = source.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Invalid(ErrorCode.TOO_LARGE, "The file holds over {most} MB. Give a part of it.", most=MOST_BYTES >> 20)
    return data
