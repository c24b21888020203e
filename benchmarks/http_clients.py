"""Clients that send loops to a server, in a process of their own; a task in, times out, both JSON."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from http.client import HTTPConnection
from itertools import count, cycle
from typing import Any
from urllib.parse import urlsplit

from attunement.simulation.check_in_texts import texts_by_mood

WARM = 12
_numbers = count(1)  # makes each text new, as members write: a reader may remember what it has read


class Client(threading.Thread):
    """One client: a kept connection, one loop after another for members of its own."""

    def __init__(self, address: str, speakers: Sequence[Sequence[str]], barrier: threading.Barrier, seconds: float):
        super().__init__()
        self.times: list[float] = []
        self.refused: Counter[int] = Counter()
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
        self._speakers, self._barrier, self._seconds = cycle(speakers), barrier, seconds
        self._texts = cycle([text for group in texts_by_mood().values() for text in group])

    def run(self) -> None:
        """Warm up, wait for the others, then send until the time is over."""
        for _ in range(WARM):
            self._send()
        self._barrier.wait()
        until = time.perf_counter() + self._seconds
        while (begun := time.perf_counter()) < until:
            status = self._send()
            self.times.append((time.perf_counter() - begun) * 1e3)
            if status != 201:
                self.refused[status] += 1
        self._connection.close()

    def _send(self) -> int:
        member, key = next(self._speakers)
        body = {
            "affect": {"valence": -0.3, "arousal": 0.4},
            "needs": ["calm"],
            "text": f"{next(self._texts)} {next(_numbers)}",
        }
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        self._connection.request("POST", f"/api/members/{member}/loop", json.dumps(body), headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer.status


def main(task: dict[str, Any]) -> dict[str, Any]:
    """Run the clients of a task; see `benchmarks.over_http.load`."""
    n, speakers = task["clients"], task["speakers"]
    barrier = threading.Barrier(n)
    clients = [Client(task["address"], speakers[k::n], barrier, task["seconds"]) for k in range(n)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    times = [t for client in clients for t in client.times]
    refused: Counter[int] = sum((client.refused for client in clients), Counter())
    return {"per_s": (len(times) - refused.total()) / task["seconds"], "times_ms": times, "refused": refused}


if __name__ == "__main__":
    print(json.dumps(main(json.load(sys.stdin))))
