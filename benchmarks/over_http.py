"""The loop over HTTP: a real server process, and clients in another."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.filler import Filled

CLIENTS = 16
STARTS_WITHIN_S = 120


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, its process, and how long its first page took from the start of the process."""

    address: str
    process: int
    start_s: float

    @property
    def rss_mb(self) -> float:
        """Resident memory, in MB (10**6 bytes)."""
        told = subprocess.run(["ps", "-o", "rss=", "-p", str(self.process)], capture_output=True, text=True, check=True)
        return int(told.stdout) * 1024 / 1e6


@dataclass(frozen=True, slots=True)
class Load:
    """Loops a second and the time of each in ms, as clients saw them; ``refused`` counts other answers by status."""

    per_s: float
    times_ms: list[float]
    refused: dict[str, int]


@contextmanager
def serving(url: str) -> Iterator[Server]:
    """``attune serve`` on a free port, stopped afterwards."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "attunement.cli", "serve", "--url", url, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().split()[-1]
            with urllib.request.urlopen(address, timeout=STARTS_WITHIN_S) as page:  # noqa: S310 (our own server)
                page.read()
            yield Server(address, process.pid, time.perf_counter() - begun)
        finally:
            process.terminate()


def load(server: Server, filled: Filled, *, seconds: float, clients: int = CLIENTS) -> Load:
    """Send loops from a process of clients for some seconds, after a few that do not count."""
    speakers = [(member, filled.key_of(k)) for k, member in enumerate(filled.members[: 40 * clients])]
    task = {"address": server.address, "seconds": seconds, "clients": clients, "speakers": speakers}
    command = [sys.executable, "-m", "benchmarks.http_clients"]
    done = subprocess.run(command, input=json.dumps(task), capture_output=True, text=True, check=True)
    return Load(**json.loads(done.stdout))
