"""Passphrases: what a good one is, and how one is kept and checked (Argon2id, RFC 9106)."""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from attunement.domain.errors import ErrorCode, Invalid

SHORTEST = 10
LONGEST = 1000

_hasher = PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher.hash("the passphrase of nobody")


def check_passphrase(passphrase: str, name: str) -> None:
    """Raise `Invalid` (``weak-passphrase``) where it is short, endless, one sign over and over, or the name."""
    bare = "".join(passphrase.split()).casefold()
    if not SHORTEST <= len(passphrase) <= LONGEST:
        raise _weak("A passphrase has {shortest} to {longest} characters. Four words in a row make a good one.")
    if len(set(bare)) < 3 or bare == "".join(name.split()).casefold():
        raise _weak("A passphrase must not be the name, nor one sign repeated. Four words in a row make a good one.")
    if not _encodable(passphrase):
        raise Invalid(ErrorCode.BAD_TEXT, "The passphrase holds half a character. Type it again.")


def keep_passphrase(passphrase: str) -> str:
    """The Argon2id hash to store; takes about 50 ms and 64 MiB, on purpose."""
    return _hasher.hash(_normal(passphrase))


def is_passphrase(secret: str | None, passphrase: str) -> bool:
    """Whether the passphrase is the one behind ``secret``; as much work where there is none (None)."""
    if len(passphrase) > LONGEST or not _encodable(passphrase):
        passphrase, secret = "", None
    nobodys = _nobodys()
    try:
        return _hasher.verify(secret or nobodys, _normal(passphrase)) and secret is not None
    except (VerificationError, InvalidHashError):
        return False


def _normal(passphrase: str) -> str:
    """The same characters whichever keyboard composed them (NFC, as RFC 8265 asks for)."""
    return unicodedata.normalize("NFC", passphrase)


def _encodable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _weak(message: str) -> Invalid:
    return Invalid(ErrorCode.WEAK_PASSPHRASE, message, shortest=SHORTEST, longest=LONGEST)
