"""The programme's key: where it comes from, and what is told when it is not right."""

from __future__ import annotations

import base64
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.errors import ErrorCode, StoreError
from attunement.privacy.programme_key import ENVIRONMENT, ProgrammeKey, find_key

KEY = ProgrammeKey(bytes(range(32)))


@pytest.fixture(autouse=True)
def _no_key_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)


def test_the_key_file_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    """The first start makes the file with mode 600; later ones read the same key, and nothing else lies about."""
    file = tmp_path / "a.key"
    first = find_key(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert find_key(file) == first
    assert len(first.secret) == 32
    assert list(tmp_path.iterdir()) == [file]
    assert find_key(tmp_path / "b.key") != first


def test_many_first_starts_agree(tmp_path: Path) -> None:
    """Processes that start at once end up with one key."""
    file, found = tmp_path / "a.key", []
    threads = [threading.Thread(target=lambda: found.append(find_key(file))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 12
    assert set(found) == {find_key(file)}


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key in the environment is used, and no file is made."""
    monkeypatch.setenv(ENVIRONMENT, base64.b64encode(KEY.secret).decode() + "\n")
    assert find_key(tmp_path / "a.key") == KEY
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "short", "A" * 44, base64.b64encode(b"x" * 31).decode(), "ä" * 44, "\x00" * 44])
def test_something_else_than_a_key_is_told(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or variable that holds no key is named, and the file is left as it is."""
    file = tmp_path / "a.key"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=r"a\.key") as caught:
        find_key(file)
    assert caught.value.code is ErrorCode.WRONG_KEY
    assert file.read_text("utf-8") == text
    if text and "\x00" not in text:
        monkeypatch.setenv(ENVIRONMENT, text)
        with pytest.raises(StoreError, match=ENVIRONMENT):
            find_key(file)


def test_a_lost_key_is_not_made_anew(tmp_path: Path) -> None:
    """Where no key may be made, its absence is told."""
    with pytest.raises(StoreError, match="Put the key file back") as caught:
        find_key(tmp_path / "a.key", make=False)
    assert caught.value.code is ErrorCode.WRONG_KEY
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A key file that cannot be made is told by name and reason."""
    with pytest.raises(StoreError, match="No such file or directory") as caught:
        find_key(tmp_path / "nowhere" / "a.key")
    assert caught.value.code is ErrorCode.STORE_READ_ONLY


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_index_finds_names_without_telling_them(a: str, b: str) -> None:
    """Two names share an index just when they are the same but for case and outer space; another key gives another."""
    same = " ".join(a.casefold().split()) == " ".join(b.casefold().split())
    assert (KEY.index(a) == KEY.index(b)) == same
    assert KEY.index(a) != ProgrammeKey(bytes(32)).index(a)


def test_each_use_has_a_key_of_its_own() -> None:
    """Subkeys differ by use, are not the secret, and the key never shows in its text."""
    assert len({KEY.subkey("wrap"), KEY.subkey("index"), KEY.subkey("programme"), KEY.secret}) == 4
    assert KEY.secret.hex() not in repr(KEY)
    assert str(KEY.secret) not in repr(KEY)
    assert KEY.fingerprint != ProgrammeKey(bytes(32)).fingerprint
