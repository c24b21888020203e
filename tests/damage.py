"""Damage to a file of arrays (``.npz``), each kind of which numpy and zipfile tell in a way of their own."""

from __future__ import annotations

import io
import zipfile

KINDS = ("stream", "header", "method", "encrypted")
_ENTRY, _METHOD, _FLAGS = b"PK\x01\x02", 10, 8


def damaged(data: bytes, how: str) -> bytes:
    """The file with its first compressed stream, a header of an array, or an entry of its directory gone wrong."""
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        inside = {info.filename: found.read(info) for info in found.infolist()}
        first = found.infolist()[0]
    if how == "header":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
            for name, content in inside.items():
                written.writestr(name, content.replace(b"}", b" ", 1))
        return out.getvalue()
    wrong = bytearray(data)
    if how == "stream":
        name, extra = (int.from_bytes(data[first.header_offset + k :][:2], "little") for k in (26, 28))
        wrong[first.header_offset + 30 + name + extra] = 0xFF
        return bytes(wrong)
    entry = data.index(_ENTRY)
    while entry >= 0:
        if how == "method":
            wrong[entry + _METHOD] = 99
        else:
            wrong[entry + _FLAGS] |= 1
        entry = data.find(_ENTRY, entry + 1)
    return bytes(wrong)
