"""When the disk is full, or the file may not be written: a coded error, and what was there is still there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from attunement.domain.affect import Affect
from attunement.domain.errors import ErrorCode, StoreError
from attunement.privacy.programme_key import ProgrammeKey
from attunement.programme.check_ins import do_check_in
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.store.sealing import Sealer
from attunement.store.store import Store


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("only a user who may mount can try a full disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def _fill(house: House, member: str) -> tuple[int, StoreError]:
    """Check in until it fails; returns how many were acknowledged, and the error."""
    for number in range(10_000):
        try:
            do_check_in(house, member, text=os.urandom(6000).hex())
        except StoreError as error:
            return number, error
    raise AssertionError("it never filled up")


def test_a_full_disk(tiny_disk: Path, make_house: Callable[..., House]) -> None:
    """On a full disk a write fails with a code; what was acknowledged is all there, and with space it goes on."""
    (tiny_disk / "ballast").write_bytes(bytes(200_000))
    house = make_house(f"sqlite:///{tiny_disk / 'programme.db'}")
    member = do_enrol(house)
    (tiny_disk / "others").write_bytes(bytes(max(0, shutil.disk_usage(tiny_disk).free - 200_000)))
    acknowledged, error = _fill(house, member)
    assert acknowledged > 0
    assert error.code is ErrorCode.STORE_FULL
    assert len(access_export(house, member)["events"]) == 1 + acknowledged
    (tiny_disk / "ballast").unlink()
    do_check_in(house, member, affect=Affect(0, 0))
    assert len(access_export(house, member)["events"]) == 2 + acknowledged


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_database_that_may_not_grow(house: House) -> None:
    """The same where the database has reached the most pages it may have."""
    member = do_enrol(house)
    event.listen(house.store._writing, "begin", lambda c: c.exec_driver_sql("PRAGMA max_page_count=90"))
    acknowledged, error = _fill(house, member)
    assert error.code is ErrorCode.STORE_FULL
    assert len(access_export(house, member)["events"]) == 1 + acknowledged


QUOTA = """
import resource, sys
from attunement.domain.errors import StoreError
from attunement.privacy.programme_key import ProgrammeKey
from attunement.store.sealing import Sealer
from attunement.store.store import Store
from attunement.domain.programme_events import InvitationUsed
from datetime import UTC, datetime
store = Store(sys.argv[1], Sealer(ProgrammeKey(bytes(32))))
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
done = 0
try:
    for done in range(10_000):
        with store.write() as t:
            for _ in range(20):
                t.append(InvitationUsed(at=datetime.now(UTC), invitation="x" * 36))
except StoreError as error:
    with store.read() as connection:
        print(error.code, len(list(store.events(connection))) == done * 20)
"""


def test_a_quota_on_the_size_of_files(tmp_path: Path) -> None:
    """Where the system lets the file grow no further, the write fails with a code and leaves only whole ones."""
    ran = subprocess.run(
        [sys.executable, "-c", QUOTA, f"sqlite:///{tmp_path / 'q.db'}"], capture_output=True, text=True, timeout=100
    )
    assert ran.stdout.strip() == "store-full True", ran.stderr[-2000:]


OPENS = """
import sys
from attunement.domain.errors import AttunementError
from attunement.privacy.programme_key import ProgrammeKey
from attunement.programme.house import open_house
try:
    house = open_house(sys.argv[1], key=ProgrammeKey(bytes(32)) if sys.argv[2] == "given" else None)
    house.store.hold_as_server()
    print("opened")
except AttunementError as error:
    print(error.code, error)
"""


def _without_roots_rights() -> list[str]:
    """What to put before a command so that file modes hold for it, also where root runs the tests."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("nothing here takes root's rights away")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]


@pytest.mark.parametrize("what", ["file", "folder", "no folder", "unreadable", "key unreadable"])
@pytest.mark.parametrize("key", ["given", "to be found"])
def test_a_file_or_folder_that_may_not_be_written(tmp_path: Path, what: str, key: str) -> None:
    """Somebody without the right to write gets one coded error, and everything stays as it was."""
    if (what, key) == ("key unreadable", "given"):
        pytest.skip("no key file is read where the key is given")
    home = tmp_path / "home"
    home.mkdir()
    file = home / "deep" / "a.db" if what == "no folder" else home / "a.db"
    if "folder" not in what:
        Store(str(file), Sealer(ProgrammeKey(bytes(32)))).close()
        key_file = home / "a.db.key"
        key_file.write_text("A" * 43 + "=")
        key_file.chmod(0 if what == "key unreadable" else 0o600)
        file.chmod({"file": 0o444, "unreadable": 0}.get(what, 0o600))
    before = {p.name: p.read_bytes() for p in home.iterdir()}
    home.chmod(0o555 if "folder" in what else 0o755)
    command = [*_without_roots_rights(), sys.executable, "-c", OPENS, f"sqlite:///{file}", key]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=100)
    home.chmod(0o755)
    assert ran.stdout.startswith("store-read-only"), ran.stdout + ran.stderr[-2000:]
    for part in home.iterdir():
        part.chmod(0o600)
    assert {name: (home / name).read_bytes() for name in before} == before
