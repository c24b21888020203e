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
import tempfile
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


def find_key(file: Path, *, make: bool = True) -> ProgrammeKey:
    """The programme key: from the environment, else from ``file``.

    Parameters
    ----------
    make:
        Whether to make the file where there is none; not so beside a database that was made with a key already.

    Raises `StoreError` (``wrong-key``) where the environment or the file holds something else than 32 bytes in
    base64, or where the key is gone.
    """
    text = os.environ.get(ENVIRONMENT)
    if text:
        return _decode(text, f"the environment variable {ENVIRONMENT}")
    try:
        return _decode(file.read_text("ascii", errors="replace"), f"the key file '{file.name}'")
    except FileNotFoundError as error:
        if make:
            return _make(file)
        raise StoreError(
            ErrorCode.WRONG_KEY,
            "The key file '{file}' is not there, and the database beside it cannot be read without it. "
            "Put the key file back, or set {variable}.",
            file=file.name,
            variable=ENVIRONMENT,
        ) from error
    except OSError as error:
        raise _cannot("read", file, error) from error


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
    """Make the key file whole or not at all, so that neither a crash nor a second process meets half of it."""
    secret = secrets.token_bytes(32)
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".key-") as draft:  # made with mode 600
            draft.write(base64.b64encode(secret) + b"\n")
            draft.flush()
            os.fsync(draft.fileno())
            os.link(draft.name, file)
        _sync_folder(file.parent)
    except FileExistsError:  # another process was faster
        return _decode(file.read_text("ascii"), f"the key file '{file.name}'")
    except OSError as error:
        raise _cannot("made", file, error) from error
    return ProgrammeKey(secret)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _cannot(done: str, file: Path, error: OSError) -> StoreError:
    return StoreError(
        ErrorCode.STORE_READ_ONLY,
        "The key file '{file}' cannot be {done} ({reason}). Check who owns it and its folder, or set {variable}.",
        file=file.name,
        done=done,
        reason=error.strerror,
        variable=ENVIRONMENT,
    )
