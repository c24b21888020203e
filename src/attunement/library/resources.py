"""Where the words (``content/``) and the trained artefacts (``models/``) are on this machine.

In a wheel they lie inside the package; in a checkout beside ``src/``.
"""

from __future__ import annotations

import os
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from attunement.domain.errors import ErrorCode, Invalid

MODELS = "ATTUNEMENT_MODELS"
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


def chosen_models(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The folder of somebody's own models that ``ATTUNEMENT_MODELS`` names, or None.

    Raises `Invalid` (``bad-input``) where there is no such folder.

    >>> chosen_models({}) is None
    True
    """
    named = environment.get(MODELS, "").strip()
    if named and not Path(named).is_dir():
        raise Invalid(
            ErrorCode.BAD_INPUT, "{setting} names '{folder}', which is no folder. Correct it, or leave it out.",
            setting=MODELS, folder=named,
        )  # fmt: skip
    return Path(named) if named else None
