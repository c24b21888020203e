"""A process made to be killed: it loads everything once, and forks a child for each thing told on its input.

Lines in: ``serve``, ``rebuild N`` or ``erase MEMBER N``; the child of the latter two kills itself right after its N-th
statement. Lines out: the process id of a child that serves, or ``killed`` or ``done``.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from attunement.privacy.programme_key import ProgrammeKey
from attunement.programme.erasure import do_erase
from attunement.programme.house import House, open_house
from attunement.programme.policy_shelf import PolicyShelf
from attunement.programme.rebuild import do_rebuild
from attunement.store.sealing import Sealer
from attunement.store.store import Store


def _kill_after(statements: int) -> None:
    """SIGKILL this process after so many statements; asking to commit counts as one, just before it happens."""
    left = [statements]

    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "after_cursor_execute", count)
    event.listen(Engine, "commit", count)


def _serve(house: House, listening: socket.socket) -> None:
    import uvicorn

    from attunement.web.app import create_app
    from attunement.web.settings import Settings

    app = create_app(house, settings=Settings(writes=1_000_000))
    uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on")).run(sockets=[listening])


def _run(line: str, opened: Callable[[], House], listening: socket.socket) -> None:
    what, *rest = line.split()
    house = opened()
    if what == "serve":
        _serve(house, listening)
    else:
        _kill_after(int(rest[-1]))
        do_rebuild(house) if what == "rebuild" else do_erase(house, rest[0])
        house.close()
    os._exit(0)


def say(what: object) -> None:
    """One line out."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main(url: str, key: str) -> None:
    """Load, say at which port a child will serve, and obey."""
    import attunement.web.app  # loaded once, here

    assert attunement.web.app
    secret = ProgrammeKey(bytes.fromhex(key))
    with tempfile.TemporaryDirectory() as folder:
        parts = open_house(f"sqlite:///{folder}/parts.db", key=secret)
        parts.close()

    def opened() -> House:
        store = Store(url, Sealer(secret))
        return replace(parts, store=store, policies=PolicyShelf(store, parts.policies.features))

    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        say(listening.getsockname()[1])
        for line in sys.stdin:
            child = os.fork()
            if child == 0:
                _run(line, opened, listening)
            if line.startswith("serve"):
                say(child)
                os.waitpid(child, 0)
            else:
                _, status = os.waitpid(child, 0)
                say("killed" if os.WIFSIGNALED(status) else "done" if status == 0 else "failed")


if __name__ == "__main__":
    main(*sys.argv[1:])
