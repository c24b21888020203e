"""Seals payloads with AES-256-GCM (NIST SP 800-38D), each member's under a key of their own.

A member's key is random, and stored only wrapped by the programme's. Erasing a member destroys that one row, and
with it the meaning of everything sealed under it.
"""

from __future__ import annotations

import secrets
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from attunement.domain.errors import ErrorCode, StoreError
from attunement.privacy.programme_key import ProgrammeKey

NONCE = 12


class Seal:
    """Seals and opens payloads under one key.

    ``about`` is bound to the sealed bytes: they open only beside the same ``about`` (an event's id and kind), so
    that a payload cannot be moved to another row.

    >>> seal = Seal(bytes(32))
    >>> seal.open(seal.close(b"how I am", about="e1"), about="e1")
    b'how I am'
    """

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, plain: bytes, *, about: str) -> bytes:
        """Compress and seal; 28 bytes longer than the compressed text."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, zlib.compress(plain, 1), about.encode())

    def open(self, sealed: bytes, *, about: str) -> bytes:
        """The plain bytes; raises `StoreError` (``wrong-key``) where key, place or bytes are not the same."""
        try:
            return zlib.decompress(self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], about.encode()))
        except (InvalidTag, ValueError) as error:
            raise StoreError(
                ErrorCode.WRONG_KEY,
                "A sealed record does not open: the key is another one, or the record was altered. "
                "Put back the key file that belongs to this database, or restore a backup.",
            ) from error


class Vault:
    """Makes, wraps and unwraps members' keys under the programme's key.

    >>> vault = Vault(ProgrammeKey(bytes(32)))
    >>> seal, wrapped = vault.new_member("m1")
    >>> vault.member(wrapped, "m1").open(seal.close(b"x", about=""), about="")
    b'x'
    """

    def __init__(self, key: ProgrammeKey) -> None:
        self.programme = Seal(key.subkey("programme"))
        self._wrap = AESGCM(key.subkey("wrap"))

    def new_member(self, member: str) -> tuple[Seal, bytes]:
        """A fresh key for a member: the seal to use now, and the wrapped key to store."""
        key, nonce = secrets.token_bytes(32), secrets.token_bytes(NONCE)
        return Seal(key), nonce + self._wrap.encrypt(nonce, key, member.encode())

    def member(self, wrapped: bytes, member: str) -> Seal:
        """The seal of a member from their wrapped key."""
        try:
            return Seal(self._wrap.decrypt(wrapped[:NONCE], wrapped[NONCE:], member.encode()))
        except InvalidTag as error:
            raise StoreError(
                ErrorCode.WRONG_KEY,
                "A member's key does not open under this programme key. Put back the key of this database.",
            ) from error
