"""Replies of a language model as candidates; where it gives none in time there are none, and the composer answers."""

from __future__ import annotations

import logging
import threading
from queue import Empty, SimpleQueue

from attunement.domain.conversation import Backend, BackendFailed, Candidate, Prompt
from attunement.domain.reply import Strategy

WITHIN_S = 15.0

_log = logging.getLogger(__name__)


def replies_of(
    backend: Backend, prompt: Prompt, n: int, strategy: Strategy, *, within_s: float = WITHIN_S
) -> list[Candidate]:
    """Up to ``n`` candidates for one turn; none where the model fails or is late, whatever the reason.

    Parameters
    ----------
    backend:
        The model; wrap it once in a `RestingBackend`, so that one that keeps failing costs no time.
    prompt, n:
        What it is given, and how many replies are wanted.
    strategy:
        What the prompt asks it to do.
    within_s:
        Seconds after which it is not waited for any longer, even where the model does not keep to its own limit.

    >>> class Parrot:
    ...     name = "parrot"
    ...     def generate(self, prompt: Prompt, n: int) -> list[str]:
    ...         return ["Hello."][:n]
    >>> replies_of(Parrot(), Prompt("", (), "x-1"), 3, Strategy.OTHER)
    [Candidate(text='Hello.', strategy=<Strategy.OTHER: 'Others'>, by='parrot', prompt='x-1')]
    """
    answer: SimpleQueue[object] = SimpleQueue()  # what somebody's own backend gives may be anything

    def ask() -> None:
        try:
            answer.put(backend.generate(prompt, n))
        except Exception as error:  # a fault of a model must not cost a person their answer
            answer.put(error)

    threading.Thread(target=ask, name="voice", daemon=True).start()
    try:
        got = answer.get(timeout=within_s)
    except Empty:
        got = BackendFailed(f"not back within {within_s:g} s")
    if isinstance(got, list) and all(isinstance(text, str) for text in got):
        return [Candidate(text, strategy, backend.name, prompt.version) for text in got[:n]]
    cause = str(got) if isinstance(got, BackendFailed) else f"a fault of ours ({type(got).__name__})"
    _log.warning("The language model %s gave no reply: %s; the composer answers.", backend.name, cause)
    return []
