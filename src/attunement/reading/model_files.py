"""Model files are opened only where they are what ``SHA256SUMS`` beside them says."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.library.resources import models_folder

MODEL, TOKENIZER, HEADS = "encoder.int8.onnx", "tokenizer.json", "heads.npz"
WORDINGS, DANGER_WORDS = "wordings.npz", "danger_words.npz"
SUMS = "SHA256SUMS"
"""``SHA256SUMS`` has a line for each of the others in its folder, so that files of two releases are not mixed."""


def checked(file: Path, *, made_by: str) -> bytes:
    """A file's content.

    Parameters
    ----------
    made_by:
        The command that makes the file again, for the error.

    Raises
    ------
    AttunementError
        ``MODEL_BROKEN`` where it or ``SHA256SUMS`` is missing, or the file is not what it says.
    """
    try:
        data = file.read_bytes()
        sums = (file.parent / SUMS).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise broken(file, "or the file SHA256SUMS beside it cannot be read", made_by=made_by) from error
    if line_of(file.name, data).strip() not in sums.splitlines():
        raise broken(file, "is damaged, or not of the same release as those beside it", made_by=made_by)
    return data


def line_of(name: str, data: bytes) -> str:
    """What ``SHA256SUMS`` says of a file.

    >>> line_of("empty", b"")[:16]
    'e3b0c44298fc1c14'
    """
    return f"{hashlib.sha256(data).hexdigest()}  {name}\n"


def model_name(name: str, version: str, models: Path | None) -> str:
    """Name and version of a reader, as they stand in every reading; of models of somebody's own, with their folder.

    >>> model_name("text-reader", "13", None), model_name("text-reader", "13", Path("ours"))
    ('text-reader-13', 'text-reader-13+ours')
    """
    own = models is not None and models.resolve() != models_folder().resolve()
    return f"{name}-{version}+{models.resolve().name}" if models and own else f"{name}-{version}"


def check_finite(arrays: Mapping[str, NDArray[np.generic]]) -> None:
    """Raise `ValueError` where an array holds a number that is none, with which any text would be read as anything."""
    for name, array in arrays.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise ValueError(f"'{name}' holds what is no number")


def broken(file: Path, what: str = "is missing or damaged", *, made_by: str) -> AttunementError:
    """The error for a model file that is not what it should be."""
    return AttunementError(
        ErrorCode.MODEL_BROKEN,
        "The model file '{file}' {what}: put it back from the release, or make it again with "
        "'python -m {made_by}'.",
        file=str(file), what=what, made_by=made_by,
    )  # fmt: skip
