"""The one secret of a programme, and the keys derived from it.

The key comes from the environment (``ATTUNEMENT_KEY``, 32 bytes in base64) or from a key file, made at the first
start with mode 600. Whoever holds the database *and* this key can read it; whoever holds one of the two cannot.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from attunement.domain.errors import ErrorCode, StoreError

ENVIRONMENT = "ATTUNEMENT_KEY"


@dataclass(frozen=True, slots=True, repr=False)
class ProgrammeKey:
    """The programme's key; subkeys are derived by HKDF-SHA256 (RFC 5869), one for each use.

    >>> key = ProgrammeKey(bytes(32))
    >>> key.index("Rosa") == key.index(" rosa "), key.index("Rosa") == key.index("Ida")
    (True, False)
    """

    secret: bytes

    def subkey(self, use: str) -> bytes:
        """32 bytes for one named use."""
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"attunement/{use}".encode()).derive(self.secret)

    def index(self, text: str) -> str:
        """A keyed hash by which something can be found without being stored (case and outer space do not count)."""
        folded = " ".join(text.casefold().split())
        return hmac.new(self.subkey("index"), folded.encode("utf-8"), hashlib.sha256).hexdigest()

    @property
    def fingerprint(self) -> str:
        """What the database remembers to notice a wrong key."""
        return hmac.new(self.subkey("fingerprint"), b"", hashlib.sha256).hexdigest()[:32]


def find_key(file: Path) -> ProgrammeKey:
    """The programme key: from the environment, else from ``file``, which is made where there is none.

    Raises `StoreError` (``wrong-key``) where the environment or the file holds something else than 32 bytes in base64.
    """
    text = os.environ.get(ENVIRONMENT)
    if text:
        return _decode(text, f"the environment variable {ENVIRONMENT}")
    try:
        return _decode(file.read_text("ascii", errors="replace"), f"the key file '{file.name}'")
    except FileNotFoundError:
        return _make(file)


def _decode(text: str, where: str) -> ProgrammeKey:
    try:
        secret = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != 32:
        raise StoreError(
            ErrorCode.WRONG_KEY,
            "The programme key in {where} is not 32 bytes in base64. Put the right key back; nothing was changed.",
            where=where,
        )
    return ProgrammeKey(secret)


def _make(file: Path) -> ProgrammeKey:
    secret = secrets.token_bytes(32)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was faster
        return _decode(file.read_text("ascii"), f"the key file '{file.name}'")
    except OSError as error:
        raise StoreError(
            ErrorCode.STORE_READ_ONLY,
            "The key file '{file}' cannot be made ({reason}). Make its folder writable, or set {variable}.",
            file=file.name,
            reason=error.strerror,
            variable=ENVIRONMENT,
        ) from error
    with os.fdopen(handle, "wb") as out:
        out.write(base64.b64encode(secret) + b"\n")
        out.flush()
        os.fsync(out.fileno())
    return ProgrammeKey(secret)
