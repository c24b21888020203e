"""Language models in this very process, with llama.cpp (extra ``llm``)."""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attunement.dialogue.backends.extra import import_extra
from attunement.dialogue.backends.messages import messages_of
from attunement.dialogue.backends.pieces import Pieces
from attunement.dialogue.backends.spoken import MOST_TOKENS, Choice, different
from attunement.dialogue.backends.wire import piece_of
from attunement.domain.conversation import BackendFailed, Prompt
from attunement.domain.errors import ErrorCode, Invalid

WINDOW = 4096
"""Tokens of a prompt and its reply together."""


class LlamaCppBackend:
    """A model in a GGUF file, with the chat template that is in the file.

    One reply is made at a time. When time is up nobody waits any longer, and the model stops at its next token.
    Several replies are made with different seeds.

    Parameters
    ----------
    file:
        The GGUF file.
    timeout:
        Seconds for all of a call, waiting for other calls included.
    threads:
        Threads of llama.cpp; one less than there are processors by default, because they wait for each other and
        grind to a halt where something else takes the last one.

    Raises
    ------
    AttunementError
        ``MISSING_EXTRA`` where the package ``xllamacpp`` is not installed.
    Invalid
        ``bad-input`` where the file is no GGUF file or llama.cpp cannot load it.
    """

    place = ""

    def __init__(self, file: Path, *, timeout: float = 12.0, threads: int | None = None) -> None:
        self.name = file.stem
        self._timeout = timeout
        self._one = threading.Lock()
        self._server = _load(file, threads or max(1, (os.cpu_count() or 2) - 1))

    @classmethod
    def for_checks(cls) -> Iterator[LlamaCppBackend]:
        """None: there is no model without a file. Tests bring one, where it is installed."""
        return iter(())

    def generate(self, prompt: Prompt, n: int) -> list[str]:
        """Up to ``n`` different replies; those that were made in time where others were not."""
        until = time.monotonic() + self._timeout
        choices: list[Choice] = []
        failed = BackendFailed("the reply is empty")
        while len(choices) < n:
            pieces = self._begin(prompt, max(0.0, until - time.monotonic()))
            try:
                choices.append(Choice("".join(pieces), pieces.whole))
            except BackendFailed as why:
                failed = why
                break
        if not choices:
            raise failed
        return different(choices, prompt, n)

    def _begin(self, prompt: Prompt, seconds: float) -> Pieces:
        pieces = Pieces(seconds)
        threading.Thread(target=self._speak, args=(prompt, pieces), name="llama.cpp", daemon=True).start()
        return pieces

    def close(self) -> None:
        """Wait for a reply that is being made, and let go of the model."""
        with self._one:
            self._server = None

    def _speak(self, prompt: Prompt, pieces: Pieces) -> None:
        """Make one reply, in a thread of its own."""
        if not self._one.acquire(timeout=pieces.left):
            return  # whoever asked has been told by the clock

        def take(part: dict[str, Any]) -> bool:
            """Pass on what came; True ends it."""
            if "error" in part:
                pieces.end(BackendFailed(f"llama.cpp refused it ({part['error'].get('type')})"))
                return True
            pieces.put(*piece_of(part))
            return pieces.unwanted or pieces.left == 0

        try:
            asked = {"messages": messages_of(prompt), "max_tokens": MOST_TOKENS, "seed": secrets.randbelow(2**31)}
            self._server.handle_chat_completions({**asked, "stream": True}, take)
            pieces.end()
        except Exception as error:  # whatever llama.cpp or a chat template raises
            pieces.end(BackendFailed(f"llama.cpp failed ({type(error).__name__})"))
        finally:
            self._one.release()


def _load(file: Path, threads: int) -> Any:
    package = import_extra("xllamacpp")
    try:
        with file.open("rb") as opened:
            known = opened.read(4) == b"GGUF"
    except OSError:
        known = False
    if not known:
        raise Invalid(ErrorCode.BAD_INPUT, "ATTUNEMENT_LLM_FILE must be a GGUF file this process can read.")
    params = package.CommonParams()
    params.model.path = str(file)
    params.n_ctx, params.n_parallel, params.verbosity = WINDOW, 1, -1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.port, params.n_threads_http = 0, 1
    params.api_keys = [secrets.token_hex(32)]  # it also opens a port of this machine; nobody is to use that
    params.endpoint_slots = False
    try:
        return package.Server(params)
    except RuntimeError as error:
        raise Invalid(ErrorCode.BAD_INPUT, "llama.cpp cannot load ATTUNEMENT_LLM_FILE; try another file.") from error
