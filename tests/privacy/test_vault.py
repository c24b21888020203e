"""Seals and keys: what opens, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.errors import ErrorCode, StoreError
from attunement.privacy.programme_key import ProgrammeKey
from attunement.privacy.vault import Seal, Vault

SEAL = Seal(b"k" * 32)


@given(st.binary(max_size=2000), st.text(max_size=40))
def test_what_is_closed_opens_again(plain: bytes, about: str) -> None:
    """Any bytes come back the same beside the same description."""
    assert SEAL.open(SEAL.close(plain, about=about), about=about) == plain


@given(st.binary(min_size=1, max_size=200), st.data())
def test_one_flipped_bit_is_noticed(plain: bytes, data: st.DataObject) -> None:
    """A sealed record altered in any bit, or cut short, does not open."""
    sealed = bytearray(SEAL.close(plain, about="a"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    for broken in (bytes(sealed), bytes(sealed[: bit // 8])):
        with pytest.raises(StoreError) as caught:
            SEAL.open(broken, about="a")
        assert caught.value.code is ErrorCode.WRONG_KEY


@pytest.mark.parametrize(("seal", "about"), [(SEAL, "b"), (Seal(b"j" * 32), "a")])
def test_another_place_or_key_does_not_open(seal: Seal, about: str) -> None:
    """A record moved to another place, or met with another key, does not open."""
    with pytest.raises(StoreError):
        seal.open(SEAL.close(b"how I am", about="a"), about=about)


def test_the_same_words_never_look_the_same() -> None:
    """Two seals of the same words differ, so that equal entries cannot be told from the outside."""
    assert SEAL.close(b"how I am", about="a") != SEAL.close(b"how I am", about="a")


def test_a_members_key_is_theirs() -> None:
    """A wrapped key opens under its programme's key and for its member only."""
    vault, other = Vault(ProgrammeKey(bytes(32))), Vault(ProgrammeKey(b"o" * 32))
    seal, wrapped = vault.new_member("rosa")
    assert vault.member(wrapped, "rosa").open(seal.close(b"x", about=""), about="") == b"x"
    for wrong_vault, member in ((vault, "ida"), (other, "rosa")):
        with pytest.raises(StoreError) as caught:
            wrong_vault.member(wrapped, member)
        assert caught.value.code is ErrorCode.WRONG_KEY
