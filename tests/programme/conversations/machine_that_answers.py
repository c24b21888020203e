"""A process that answers in conversations as fast as it can, with the tickets it took a moment before.

Arguments: the database and the conversations; the programme key comes from ``ATTUNEMENT_KEY``. It says ``ready`` and
goes on until it is ended.
"""

from __future__ import annotations

import random
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from attunement.domain.errors import AttunementError
from attunement.privacy.programme_key import find_key
from attunement.programme.bell import Bell
from attunement.programme.conversations.writing import access_ticket, do_write_as_companion
from attunement.programme.house import House, now
from attunement.store.sealing import Sealer
from attunement.store.store import Store


def _answer(house: House, conversation: str, r: random.Random) -> None:
    with house.store.read() as connection:
        ticket = access_ticket(connection, conversation)
    time.sleep(r.random() * 0.02)  # it thinks
    do_write_as_companion(house, ticket, "I am with you.", by="composer")


def main(url: str, talks: list[str]) -> None:
    """Answer for ever; only what the use cases need of a house is there, since models take long to load."""
    store = Store(url, Sealer(find_key(Path("none"), make=False)))
    house = cast(House, cast(Any, SimpleNamespace(store=store, clock=now, bell=Bell())))
    r = random.Random()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        with suppress(AttunementError):
            _answer(house, r.choice(talks), r)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
