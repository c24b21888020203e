"""How long ``pip install .`` takes into a fresh environment, and how much it puts there."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).parent.parent


def install_s_and_mb() -> tuple[float, float]:
    """Seconds, and megabytes (10**6 bytes) by which the environment grew."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "venv"
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        before, begun = _size(place), time.perf_counter()
        subprocess.run([place / "bin" / "pip", "install", "--quiet", PROJECT], check=True, capture_output=True)
        return time.perf_counter() - begun, (_size(place) - before) / 1e6


def _size(folder: Path) -> int:
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file())
