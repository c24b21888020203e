"""Encodes texts once and keeps the vectors in a cache folder, so that a stopped run goes on where it was."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.progress import Progress

from attunement.reading.encoder import MODEL_SHA256, OVERLAP, WINDOW, Encoder, Vectors

CHUNK = 2048


def embed(texts: Sequence[str], *, cache: Path, name: str, encoder: Encoder) -> Vectors:
    """Vectors of the texts, ``(n_texts, 384) float32``, in order; ``name`` is shown beside the progress bar.

    Each chunk of 2,048 texts is a file named by a digest of the texts, the model and the windows: a changed text or
    model is encoded again, anything else is read back.
    """
    cache.mkdir(parents=True, exist_ok=True)
    parts = []
    with Progress() as progress:
        task = progress.add_task(f"encoding {name}", total=len(texts))
        for start in range(0, len(texts), CHUNK):
            chunk = texts[start : start + CHUNK]
            file = cache / f"{name}-{start:06d}-{_digest(chunk)}.npy"
            if file.exists():
                part = np.load(file)
            else:
                part = encoder.encode(chunk)
                unfinished = file.with_suffix(".part.npy")
                np.save(unfinished, part)
                unfinished.replace(file)
            parts.append(part)
            progress.advance(task, len(chunk))
    return np.concatenate(parts)


def _digest(texts: Sequence[str]) -> str:
    digest = hashlib.sha256(f"{MODEL_SHA256} {WINDOW} {OVERLAP}".encode())
    for text in texts:
        digest.update(text.encode("utf-8", "replace") + b"\0")
    return digest.hexdigest()[:16]
