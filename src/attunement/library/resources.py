"""Where the words (``content/``) and the trained artefacts (``models/``) are on this machine.

In a wheel they lie inside the package; in a checkout beside ``src/``.
"""

from __future__ import annotations

import tokenize
import zipfile
import zlib
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
UNREADABLE = (
    OSError, ValueError, LookupError, TypeError, EOFError, RuntimeError, SyntaxError, tokenize.TokenError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What reading arrays (``.npz``) raises where they are missing, damaged or of another form: each byte can be wrong."""


def _folder(name: str) -> Path:
    packed = PACKAGE / f"_{name}"
    return packed if packed.is_dir() else PACKAGE.parent.parent / name


def content_folder() -> Path:
    """The folder of practices, families, helplines and consent wordings."""
    return _folder("content")


def models_folder() -> Path:
    """The folder of trained artefacts and their cards."""
    return _folder("models")
