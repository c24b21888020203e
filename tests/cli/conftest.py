"""Runs commands, in this process where that is enough and in one of their own where it is not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

COMMAND = (sys.executable, "-m", "attunement.cli")
Attune = Callable[..., Result]


@pytest.fixture
def attune() -> Attune:
    """Runs ``attune`` with arguments and bytes on standard input; standard output and error are kept apart."""
    from attunement.cli.app import app

    def run(*arguments: str | Path, given: bytes = b"") -> Result:
        return CliRunner().invoke(app, [str(a) for a in arguments], input=given)

    return run


@pytest.fixture
def process() -> Callable[..., subprocess.Popen[bytes]]:
    """Starts ``attune`` as a process of its own, with pipes."""

    def start(*arguments: str | Path) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        return subprocess.Popen([*COMMAND, *(str(a) for a in arguments)], stdin=pipe, stdout=pipe, stderr=pipe)

    return start


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """Six posts of two authors, as a file."""
    file = tmp_path / "posts.jsonl"
    told = ("I keep going over that meeting.", "Quiet evening, nothing much.", "We argued about the dishes again.")
    lines = [
        {"member": author, "time": f"2026-03-0{day}T18:00:00Z", "text": text}
        for author in ("ida", "ben") for day, text in enumerate(told, start=1)
    ]  # fmt: skip
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


def lines_of(text: str) -> list[dict[str, Any]]:
    """JSON lines, parsed; fails where one is not whole."""
    return [json.loads(line) for line in text.splitlines()]
