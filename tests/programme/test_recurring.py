"""What a thread of the server does over and over."""

from __future__ import annotations

import threading

from attunement.programme.recurring import Recurring


class _Stumbling(Recurring):
    def __init__(self) -> None:
        super().__init__("stumbling", every_s=0.01)
        self.again = threading.Event()

    def round(self, number: int) -> None:
        """The first round breaks."""
        if number == 0:
            raise KeyError(number)
        self.again.set()


def test_a_round_that_breaks_is_not_the_last() -> None:
    """A fault of ours in one round does not end the thread."""
    work = _Stumbling()
    work.start()
    assert work.again.wait(10)
    work.stop()


def test_what_never_began_can_be_stopped() -> None:
    """A server that fails on its way up stops all it has."""
    _Stumbling().stop()
