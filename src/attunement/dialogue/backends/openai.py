"""Language models behind an OpenAI-compatible endpoint: vLLM, Ollama, llama.cpp's server, or hosted ones."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from attunement.dialogue.backends.background import Background
from attunement.dialogue.backends.extra import import_extra
from attunement.dialogue.backends.messages import messages_of
from attunement.dialogue.backends.pieces import LATE
from attunement.dialogue.backends.place import is_loopback, parse_endpoint
from attunement.dialogue.backends.spoken import MOST_TOKENS, Choice, different
from attunement.dialogue.backends.wire import choices_of
from attunement.domain.conversation import BackendFailed, Prompt
from attunement.domain.errors import ErrorCode, Invalid

if TYPE_CHECKING:
    import openai

RETRIES = 2
_LIMIT, _NEWER_LIMIT = {"max_tokens": MOST_TOKENS}, {"max_completion_tokens": MOST_TOKENS}
_CANNOT_GIVE_SEVERAL = frozenset({400, 422, 501})


class OpenAIBackend:
    """Asks one model of one endpoint, through the official client.

    Whatever goes wrong there is a `BackendFailed` with a plain cause, which never holds what anybody said. Replies are
    checked by `spoken`. It works from any thread, and no call takes longer than ``timeout``.

    Parameters
    ----------
    url:
        The address up to and with ``/v1``.
    model:
        The model's name, as the endpoint knows it; the name of the backend as well.
    key:
        The endpoint's key; empty where it needs none.
    timeout:
        Seconds for all of a call: connecting, trying again, and the last word of the answer.
    passed_on_to:
        The host that a server on this machine passes everything on to; empty where it answers itself.

    Raises
    ------
    AttunementError
        ``MISSING_EXTRA`` where the package ``openai`` is not installed.
    Invalid
        ``bad-input`` where the settings cannot work.

    >>> with OpenAIBackend("http://127.0.0.1:11434/v1", model="llama3.2:3b") as backend:
    ...     backend.name, backend.place
    ('llama3.2:3b', '')
    """

    def __init__(self, url: str, *, model: str, key: str = "", timeout: float = 12.0, passed_on_to: str = "") -> None:
        host = parse_endpoint(url).hostname or ""
        if not model.strip():
            raise Invalid(ErrorCode.BAD_INPUT, "ATTUNEMENT_LLM_MODEL must name the model, as the endpoint knows it.")
        if not key.isascii() or not key.isprintable() or " " in key:
            raise Invalid(ErrorCode.BAD_INPUT, "ATTUNEMENT_LLM_KEY must be plain characters without spaces.")
        self.name = model
        self.place = passed_on_to or (_cloud_of(model) if is_loopback(host) else host)
        self._timeout = timeout
        self._several = True
        self._limit = _LIMIT
        self._client = _client(url, key or "none", timeout, direct=is_loopback(host))
        self._background = Background()

    @classmethod
    def for_checks(cls) -> Iterator[OpenAIBackend]:
        """None: there is no model without an endpoint. Tests bring one."""
        return iter(())

    def __enter__(self) -> OpenAIBackend:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Call off what still runs and let go of connections."""
        self._background.start(self._client.close()).result()
        self._background.close()

    def generate(self, prompt: Prompt, n: int) -> list[str]:
        """Up to ``n`` different replies; those that came in time where others did not."""
        return different(self._background.start(self._replies(prompt, n)).result(), prompt, n)

    async def _replies(self, prompt: Prompt, n: int) -> list[Choice]:
        """All in one request where the endpoint can do that, else by as many as are missing."""
        until = asyncio.get_running_loop().time() + self._timeout
        said = await self._together(prompt, n, until) if self._several and n > 1 else []
        if len(said) >= min(n, 2):
            return said
        self._several = self._several and n == 1
        try:
            return said + await self._apart(prompt, n - len(said), until)
        except BackendFailed:
            if said:
                return said
            raise

    async def _together(self, prompt: Prompt, n: int, until: float) -> list[Choice]:
        try:
            async with asyncio.timeout_at(until):
                return await self._ask(prompt, n)
        except TimeoutError:
            raise BackendFailed(LATE) from None
        except _Refused as refused:
            if refused.status in _CANNOT_GIVE_SEVERAL:
                return []
            raise

    async def _apart(self, prompt: Prompt, n: int, until: float) -> list[Choice]:
        """By ``n`` requests at once; what came in time."""
        asked = [asyncio.create_task(self._ask(prompt, 1)) for _ in range(n)]
        try:
            await asyncio.wait(asked, timeout=max(0.0, until - asyncio.get_running_loop().time()))
        finally:
            for one in asked:
                one.cancel()
        results = await asyncio.gather(*asked, return_exceptions=True)
        came = [result for result in results if isinstance(result, list)]
        if not came:
            raise next((result for result in results if isinstance(result, BackendFailed)), BackendFailed(LATE))
        return [choice for result in came for choice in result]

    async def _ask(self, prompt: Prompt, n: int) -> list[Choice]:
        """One request for ``n`` replies."""
        try:
            answer = await self._request(prompt, {"n": n} if n > 1 else {})
            return choices_of(answer.content)
        except Exception as error:  # whatever another server makes the client raise
            raise _cause(error) from None

    async def _request(self, prompt: Prompt, more: dict[str, Any]) -> Any:
        """What the endpoint answers. Newer ones know the limit of tokens by another name, and say so once."""
        create: Any = self._client.chat.completions.with_raw_response.create
        limit = self._limit
        asked = {"model": self.name, "messages": messages_of(prompt), **more}
        try:
            return await create(**asked, **limit)
        except Exception as error:
            if limit is _NEWER_LIMIT or getattr(error, "param", None) != "max_tokens":
                raise
            self._limit = _NEWER_LIMIT
            return await create(**asked, **_NEWER_LIMIT)


class _Refused(BackendFailed):
    """The endpoint answered with an error."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the endpoint answered {status}")
        self.status = status


def _client(url: str, key: str, timeout: float, *, direct: bool) -> openai.AsyncOpenAI:
    """The official client, kept from going elsewhere: no redirects, and no proxy to this machine itself."""
    package = import_extra("openai")
    logging.getLogger("openai").setLevel(logging.WARNING)  # below, it logs what was said
    http = package.DefaultAsyncHttpxClient(follow_redirects=False, trust_env=not direct, timeout=timeout)
    client: openai.AsyncOpenAI = package.AsyncOpenAI(
        base_url=url, api_key=key, timeout=timeout, max_retries=RETRIES, http_client=http
    )
    return client


def _cloud_of(model: str) -> str:
    """Where Ollama sends what is said to a model it only passes on (``NAME:cloud``, ``NAME:20b-cloud``)."""
    tag = model.rpartition(":")[2]
    return "ollama.com" if ":" in model and (tag == "cloud" or tag.endswith("-cloud")) else ""


def _cause(error: Exception) -> BackendFailed:
    """What went wrong, in words for a log: never the endpoint's own, which may repeat what was said."""
    from openai import APIConnectionError, APIStatusError, APITimeoutError

    if isinstance(error, BackendFailed):
        return error
    if isinstance(error, APITimeoutError):
        return BackendFailed(LATE)
    if isinstance(error, APIConnectionError):
        return BackendFailed("the connection failed")
    if isinstance(error, APIStatusError):
        return _Refused(error.status_code)
    return BackendFailed(f"what came cannot be read ({type(error).__name__})")
