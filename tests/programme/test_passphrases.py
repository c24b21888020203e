"""How passphrases are kept, with the work that it takes outside of tests."""

from __future__ import annotations

import pytest

from attunement.programme import passphrases

SHIPPED = passphrases._hasher  # before the fixture that makes hashing quick in all other tests


def test_what_is_kept_is_as_hard_to_guess_as_rfc_9106_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id, 64 MiB, three passes, four lanes, and salted: the same words are kept differently each time."""
    monkeypatch.setattr(passphrases, "_hasher", SHIPPED)
    kept, again = (passphrases.keep_passphrase("four words in a row") for _ in range(2))
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert kept != again
    assert passphrases.is_passphrase(kept, "four words in a row")
    assert not passphrases.is_passphrase(kept, "four words in a raw")
    assert not passphrases.is_passphrase(None, "four words in a row")
