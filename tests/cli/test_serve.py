"""``attune serve``: one address, a free port, and a demonstration that stays on this machine."""

from __future__ import annotations

import signal
import socket
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from conftest import Attune

Start = Callable[..., subprocess.Popen[bytes]]


@contextmanager
def serving(process: Start, *arguments: str | Path) -> Iterator[str]:
    with process("serve", *arguments) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().decode().split()[-1]
        finally:
            running.send_signal(signal.SIGINT)
            running.communicate(timeout=60)
    assert running.returncode in (0, 130)


def test_an_empty_programme_starts_at_set_up(process: Start, tmp_path: Path) -> None:
    """It prints the address of /set-up, and that page answers."""
    with serving(process, "--url", f"sqlite:///{tmp_path / 'a.db'}", "--port", "0") as address:
        assert urlsplit(address).path == "/set-up"
        with urllib.request.urlopen(address, timeout=30) as page:  # noqa: S310
            assert page.status == 200


def test_a_taken_port_gives_the_next(process: Start, tmp_path: Path) -> None:
    """Asked for a port that is taken, a second server takes a later one."""
    with serving(process, "--url", f"sqlite:///{tmp_path / 'a.db'}", "--port", "0") as first:
        taken = str(urlsplit(first).port)
        with serving(process, "--url", f"sqlite:///{tmp_path / 'b.db'}", "--port", taken) as second:
            assert urlsplit(second).port != urlsplit(first).port


def test_a_second_server_on_one_file_is_refused(process: Start, attune: Attune, tmp_path: Path) -> None:
    """A database that is being served cannot be served twice."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with serving(process, "--url", url, "--port", "0"):
        result = attune("serve", "--url", url, "--port", "0")
    assert (result.exit_code, result.stderr.split(":")[0]) == (1, "store-in-use")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "example.org", "::"])  # noqa: S104
def test_a_demonstration_is_for_this_machine_only(attune: Attune, host: str) -> None:
    """With --demo any other host than this machine is refused, with a code, before anything is opened."""
    result = attune("serve", "--demo", "--host", host)
    assert (result.exit_code, result.stderr.split(":")[0]) == (1, "not-allowed")


def test_the_socket_is_one_that_answers_at_once() -> None:
    """It names TCP, by which asyncio knows to send small answers without waiting (TCP_NODELAY)."""
    from attunement.cli.serve import listen

    with listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP
