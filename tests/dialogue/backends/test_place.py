"""Whether what a member writes leaves this machine: no is said only where it is sure."""

from __future__ import annotations

import socket

import pytest

from attunement.dialogue.backends.openai import OpenAIBackend
from attunement.dialogue.backends.place import is_loopback, place_of
from attunement.dialogue.backends.resting import RestingBackend
from attunement.domain.conversation import Prompt


class Unsaid:
    """A backend that does not say where it runs."""

    name = "unsaid"

    def generate(self, prompt: Prompt, n: int) -> list[str]:
        """Never asked."""
        raise NotImplementedError


@pytest.mark.parametrize(
    ("url", "model", "passed_on_to", "place"),
    [
        ("http://127.0.0.1:11434/v1", "llama3.2:3b", "", ""),
        ("http://127.8.8.8/v1", "m", "", ""),
        ("http://[::1]:8000/v1", "m", "", ""),
        ("http://LOCALHOST:8000/v1", "m", "", ""),
        ("http://10.0.0.5:8000/v1", "m", "", "10.0.0.5"),
        ("http://ollama:11434/v1", "m", "", "ollama"),
        ("https://api.example.org/v1", "m", "", "api.example.org"),
        ("https://127.0.0.1.example.org/v1", "m", "", "127.0.0.1.example.org"),
        ("https://localhost.example.org/v1", "m", "", "localhost.example.org"),
        ("https://0.0.0.0:8000/v1", "m", "", "0.0.0.0"),  # noqa: S104
        ("https://2130706433/v1", "m", "", "2130706433"),
        ("http://127.0.0.1:11434/v1", "gpt-oss:120b-cloud", "", "ollama.com"),
        ("http://127.0.0.1:11434/v1", "some-model:cloud", "", "ollama.com"),
        ("http://127.0.0.1:11434/v1", "cloud", "", ""),
        ("http://127.0.0.1:4000/v1", "m", "api.example.org", "api.example.org"),
    ],
)
def test_a_place_is_named_unless_it_is_surely_this_machine(url: str, model: str, passed_on_to: str, place: str) -> None:
    """Also through what rests in between."""
    with OpenAIBackend(url, model=model, passed_on_to=passed_on_to) as backend:
        assert place_of(backend) == place
        assert place_of(RestingBackend(backend)) == place


def test_a_backend_that_does_not_say_is_taken_to_leave() -> None:
    """Silence is not a promise."""
    assert place_of(Unsaid())
    assert place_of(RestingBackend(Unsaid()))


def test_localhost_counts_only_where_it_means_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hosts file can say otherwise."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert is_loopback("localhost")
    found.append((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.7", 0)))
    assert not is_loopback("localhost")
    found.clear()
    assert not is_loopback("localhost")
