"""The settings of a language model: what they choose, and what is refused at start."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.dialogue.backends.endpoint import SAID, Endpoint

from attunement.dialogue.backends.chosen import backend_from_environment
from attunement.domain.conversation import Line, Prompt, Speaker
from attunement.domain.errors import ErrorCode, Invalid

URL = {"ATTUNEMENT_LLM_URL": "http://127.0.0.1:9/v1", "ATTUNEMENT_LLM_MODEL": "plain"}


def test_without_settings_there_is_none() -> None:
    """Nor with empty ones."""
    assert backend_from_environment({}) is None
    assert backend_from_environment({"ATTUNEMENT_LLM_URL": " ", "ATTUNEMENT_LLM_FILE": ""}) is None


def test_an_endpoint_is_asked_as_the_settings_say(endpoint: Endpoint) -> None:
    """Address, model and key all take part."""
    told = {"ATTUNEMENT_LLM_URL": endpoint.url, "ATTUNEMENT_LLM_MODEL": "plain", "ATTUNEMENT_LLM_KEY": "k-1"}
    backend = backend_from_environment(told)
    assert backend is not None
    assert backend.generate(Prompt("Be kind.", (Line(Speaker.MEMBER, "Hi."),), "x-1"), 1) == [SAID["plain"]]
    assert (backend.name, backend.place, endpoint.keys) == ("plain", "", ["Bearer k-1"])
    backend.close()


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ({**URL, "ATTUNEMENT_LLM_MODEL": ""}, "ATTUNEMENT_LLM_MODEL"),
        ({**URL, "ATTUNEMENT_LLM_FILE": "/model.gguf"}, "not both"),
        ({**URL, "ATTUNEMENT_LLM_TIMEOUT": "soon"}, "ATTUNEMENT_LLM_TIMEOUT"),
        ({**URL, "ATTUNEMENT_LLM_TIMEOUT": "nan"}, "ATTUNEMENT_LLM_TIMEOUT"),
        ({**URL, "ATTUNEMENT_LLM_TIMEOUT": "0"}, "ATTUNEMENT_LLM_TIMEOUT"),
        ({**URL, "ATTUNEMENT_LLM_TIMEOUT": "1e9"}, "ATTUNEMENT_LLM_TIMEOUT"),
        ({"ATTUNEMENT_LLM_KEY": "k"}, "ATTUNEMENT_LLM_KEY needs ATTUNEMENT_LLM_URL"),
        ({"ATTUNEMENT_LLM_MODEL": "m"}, "ATTUNEMENT_LLM_MODEL needs ATTUNEMENT_LLM_URL"),
    ],
)
def test_settings_that_cannot_work_are_refused(told: dict[str, str], names: str) -> None:
    """By a coded error that says which."""
    with pytest.raises(Invalid, match=names) as raised:
        backend_from_environment(told)
    assert raised.value.code is ErrorCode.BAD_INPUT


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Naming the setting."""
    pytest.importorskip("xllamacpp", reason="llama.cpp is not installed: pip install 'attunement[llm]'")
    with pytest.raises(Invalid, match="ATTUNEMENT_LLM_FILE"):
        backend_from_environment({"ATTUNEMENT_LLM_FILE": str(tmp_path / "none.gguf")})
