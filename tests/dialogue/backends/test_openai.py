"""An OpenAI-compatible endpoint, over real HTTP: what it says arrives; what it does wrong is a plain failure."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from tests.dialogue.backends.endpoint import SAID, Endpoint

from attunement.checks.run import checks_for
from attunement.dialogue.backends.openai import OpenAIBackend
from attunement.dialogue.backends.resting import RestingBackend
from attunement.domain.conversation import BackendFailed, Line, Prompt, Speaker
from attunement.domain.errors import AttunementError, ErrorCode, Invalid

RULES = "Be kind. Never argue\nanybody out of a feeling that they have."
PROMPT = Prompt(RULES, (Line(Speaker.MEMBER, "My secret is a lighthouse."),), "companion-1")
ALLOWED_S, IN_TIME_S = 1.0, 3.5
"""The time-out, and what it may take on a machine with other work; three tries and the rests between take longer."""
UNREADABLE = "what came cannot be read (ValidationError)"
Make = Callable[..., OpenAIBackend]


@pytest.fixture
def backend(endpoint: Endpoint) -> Iterator[Make]:
    """Makes a backend that asks a model of the endpoint."""
    with ExitStack() as opened:
        yield lambda model, *, timeout=10.0, **more: opened.enter_context(
            OpenAIBackend(endpoint.url, model=model, timeout=timeout, **more)
        )


# what works ---------------------------------------------------------------------------------------------------------
def test_a_reply_arrives(backend: Make, endpoint: Endpoint) -> None:
    """It is given the system prompt, the line and the limit, and its words come back."""
    assert backend("plain").generate(PROMPT, 1) == [SAID["plain"]]
    (asked,) = endpoint.asked
    assert [(m["role"], m["content"]) for m in asked["messages"]] == [
        ("system", RULES), ("user", "My secret is a lighthouse.")
    ]  # fmt: skip
    assert asked["max_tokens"] == 160


def test_several_replies_come_by_one_request_where_the_endpoint_can(backend: Make, endpoint: Endpoint) -> None:
    """Three choices, one request."""
    assert len(backend("plain").generate(PROMPT, 3)) == 3
    assert [asked["n"] for asked in endpoint.asked] == [3]


def test_an_endpoint_that_refuses_several_is_asked_several_times(backend: Make, endpoint: Endpoint) -> None:
    """And from then on it is not asked for several again."""
    asking = backend("refuses-several")
    assert len(asking.generate(PROMPT, 3)) == 3
    assert len(asking.generate(PROMPT, 3)) == 3
    assert ["n" in asked for asked in endpoint.asked] == [True] + 6 * [False]


def test_an_endpoint_that_gives_one_is_asked_for_what_is_missing(backend: Make, endpoint: Endpoint) -> None:
    """It overlooked `n`; the two that are missing are asked for, and replies that are the same count once."""
    assert backend("one-only").generate(PROMPT, 3) == [SAID["plain"]]
    assert [asked.get("n") for asked in endpoint.asked] == [3, None, None]


def test_the_newer_name_of_the_limit_is_used_where_asked_for(backend: Make, endpoint: Endpoint) -> None:
    """A refusal of `max_tokens` is answered with `max_completion_tokens`, once and for all."""
    asking = backend("newer")
    assert asking.generate(PROMPT, 1) == asking.generate(PROMPT, 1) == [SAID["plain"]]
    assert [asked.get("max_completion_tokens") for asked in endpoint.asked] == [None, 160, 160]


def test_a_busy_endpoint_is_asked_again(backend: Make, endpoint: Endpoint) -> None:
    """503 once, then a reply: two requests."""
    assert backend("busy-once").generate(PROMPT, 1) == [SAID["plain"]]
    assert len(endpoint.asked) == 2


def test_what_comes_in_time_is_used(backend: Make) -> None:
    """Of four requests two hang, for a minute: the two that came are the replies, when time is up."""
    begun = time.monotonic()
    replies = backend("half-in-time", timeout=2.0).generate(PROMPT, 4)
    assert len(replies) in (2, 3)
    assert time.monotonic() - begun < 30


def test_thoughts_are_left_out_and_a_cut_reply_ends_with_a_sentence(backend: Make) -> None:
    """Only what is for the person, and only whole sentences."""
    assert backend("thinks").generate(PROMPT, 1) == ["That sounds hard."]
    assert backend("cut").generate(PROMPT, 1) == ["That sounds hard."]


def test_the_key_goes_to_the_endpoint_and_nowhere_else(backend: Make, endpoint: Endpoint) -> None:
    """As a bearer token; a look at the backend does not show it."""
    asking = backend("plain", key="k-12345")
    asking.generate(PROMPT, 1)
    assert endpoint.keys == ["Bearer k-12345"]
    assert "k-12345" not in repr(asking)


def test_a_key_meant_for_another_program_is_not_sent(
    backend: Make, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client would take keys and addresses of its own from the environment; ours come from our settings alone."""
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "k-of-another")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    backend("plain").generate(PROMPT, 1)
    assert endpoint.keys == ["Bearer none"]


def test_many_threads_may_ask_at_once(backend: Make) -> None:
    """Ten threads, ten replies."""
    asking, replies = backend("plain"), []
    threads = [threading.Thread(target=lambda: replies.extend(asking.generate(PROMPT, 1))) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert replies == [SAID["plain"]] * 10


@pytest.mark.parametrize("model", ["plain", "one-only", "refuses-several"])
def test_the_contract_is_kept(backend: Make, model: str) -> None:
    """By itself, and through what rests in between."""
    asking = backend(model)
    for kept in (asking, RestingBackend(asking)):
        checks = dict(checks_for(kept))
        assert len(checks) == 3
        for check in checks.values():
            check()


# what does not ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("model", "cause"),
    [
        ("empty", "the reply is empty"), ("null", "the reply is empty"), ("nothing", "the reply is empty"),
        ("thinks-only", "the reply is empty"), ("cut-at-once", "the reply is empty"),
        ("german", "the reply is in another language (de)"), ("binary", "the reply is not text"),
        ("replaced", "the reply is not text"), ("symbols", "the reply has hardly a letter"),
        ("loops", "the reply goes round in circles"), ("marks", "the reply holds marks of prompts"),
        ("rules", "the reply repeats its rules"), ("fence", "the reply holds marks of prompts"),
        ("long", "the reply is too long"),
        ("html", UNREADABLE), ("no-choices", UNREADABLE), ("garbled", UNREADABLE),
        ("breaks-off", "the connection failed"), ("unauthorised", "the endpoint answered 401"),
        ("repeats-back", "the endpoint answered 500"), ("redirects", "the endpoint answered 307"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_a_failure_with_a_plain_cause(backend: Make, model: str, cause: str) -> None:
    """Each is told for what it is."""
    with pytest.raises(BackendFailed) as raised:
        backend(model).generate(PROMPT, 1)
    assert str(raised.value) == cause


@pytest.mark.parametrize("model", ["hangs", "drips", "come-back-later"])
@pytest.mark.parametrize("n", [1, 3])
def test_nothing_takes_longer_than_it_was_set_to(backend: Make, model: str, n: int) -> None:
    """Neither silence, nor drops of an answer that never ends, nor being told to come back later."""
    begun = time.monotonic()
    with pytest.raises(BackendFailed, match="no whole answer in time"):
        backend(model, timeout=ALLOWED_S).generate(PROMPT, n)
    assert time.monotonic() - begun < IN_TIME_S


def test_what_is_not_waited_for_is_called_off(backend: Make, endpoint: Endpoint) -> None:
    """The endpoint sees us leave, so it need not go on for nobody."""
    with pytest.raises(BackendFailed):
        backend("drips", timeout=ALLOWED_S).generate(PROMPT, 1)
    until = time.monotonic() + 30
    while not endpoint.left and time.monotonic() < until:
        time.sleep(0.01)
    assert endpoint.left == 1


def test_nobody_there_is_a_failure(endpoint: Endpoint) -> None:
    """A port nobody listens at."""
    with (
        OpenAIBackend("http://127.0.0.1:9/v1", model="plain", timeout=5.0) as backend,
        pytest.raises(BackendFailed, match="the connection failed"),
    ):
        backend.generate(PROMPT, 1)


def test_a_redirect_is_not_followed(backend: Make, endpoint: Endpoint) -> None:
    """What a member wrote goes where the settings say, and nowhere else."""
    with pytest.raises(BackendFailed):
        backend("redirects").generate(PROMPT, 1)
    assert not endpoint.of("elsewhere")


def test_a_proxy_is_not_used_for_this_machine(backend: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy set for all programs would see what is meant to stay here."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert backend("plain").generate(PROMPT, 1) == [SAID["plain"]]


def test_neither_a_failure_nor_a_log_holds_what_was_said(backend: Make, caplog: pytest.LogCaptureFixture) -> None:
    """Even where the endpoint repeats it, and everything is logged."""
    caplog.set_level(logging.DEBUG)
    asking = backend("repeats-back", key="k-12345")
    with pytest.raises(BackendFailed) as raised:
        asking.generate(PROMPT, 1)
    chain = [raised.value, raised.value.__cause__]
    assert not any("lighthouse" in str(error) for error in chain)
    assert raised.value.__suppress_context__
    assert "lighthouse" not in caplog.text
    assert "k-12345" not in caplog.text


# settings -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("url", "model", "key", "names"),
    [
        ("", "m", "", "ATTUNEMENT_LLM_URL"), ("localhost:11434", "m", "", "ATTUNEMENT_LLM_URL"),
        ("ftp://127.0.0.1/v1", "m", "", "ATTUNEMENT_LLM_URL"), ("http://127.0.0.1:x/v1", "m", "", "ATTUNEMENT_LLM_URL"),
        ("https://user:word@example.org/v1", "m", "", "ATTUNEMENT_LLM_KEY"),
        ("http://[::1/v1", "m", "", "ATTUNEMENT_LLM_URL"),
        ("https://example.org/v1?key=1", "m", "", "ATTUNEMENT_LLM_KEY"), ("http://example.org/v1", "m", "", "https://"),
        ("http://8.8.8.8/v1", "m", "", "https://"), ("http://134744072/v1", "m", "", "https://"),
        ("http://127.0.0.1/v1", " ", "", "ATTUNEMENT_LLM_MODEL"),
        ("https://example.org/v1", "m", "a\nb", "ATTUNEMENT_LLM_KEY"),
        ("https://example.org/v1", "m", "ä", "ATTUNEMENT_LLM_KEY"),
    ],
)  # fmt: skip
def test_settings_that_cannot_work_are_refused_at_once(url: str, model: str, key: str, names: str) -> None:
    """Each by a coded error that names the setting."""
    with pytest.raises(Invalid) as raised:
        OpenAIBackend(url, model=model, key=key)
    assert raised.value.code is ErrorCode.BAD_INPUT
    assert names in str(raised.value)


@pytest.mark.parametrize("url", ["http://ollama:11434/v1", "http://10.0.0.5/v1", "http://gpu.lan:8000/v1"])
def test_plain_http_is_for_private_networks(url: str) -> None:
    """Names of containers, private addresses and names that only home networks have."""
    with OpenAIBackend(url, model="m") as backend:
        assert backend.place


def test_without_the_extra_the_error_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """`MISSING_EXTRA`, as for other extras."""
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(AttunementError) as raised:
        OpenAIBackend("http://127.0.0.1/v1", model="m")
    assert raised.value.code is ErrorCode.MISSING_EXTRA
    assert "pip install 'attunement[llm]'" in str(raised.value)
