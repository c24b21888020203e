"""A fine-tuned MiniLM in 8-bit integers on ONNX Runtime, and its tokenizer."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from attunement.reading.emojis import RUN_OF_SIGNS
from attunement.reading.model_files import MODEL, TOKENIZER, broken, checked
from attunement.reading.plain_text import clean, shortened

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Encoding, Tokenizer

Vectors = NDArray[np.float32]
SIZE = 384
CLS, SEP = 101, 102


class Network:
    """Texts to tokens, and tokens to their last hidden states, ``(n_tokens, 384) float32``.

    Each run reads one sequence in one thread: the network computes in 8-bit integers with a scale found for each run,
    so sequences that shared a run would change each other. Files are opened at the first use, and checked against
    ``SHA256SUMS`` beside them. Safe to share between threads.

    Parameters
    ----------
    folder:
        Where ``encoder.int8.onnx`` and ``SHA256SUMS`` are.
    tokenizer:
        Where ``tokenizer.json`` and its ``SHA256SUMS`` are; None for the same folder.
    made_by:
        The command that makes the files again, for the error where one is missing or damaged.

    Raises
    ------
    AttunementError
        ``MODEL_BROKEN`` at the first use, where a file is missing or is not what it should be.

    >>> from attunement.library.resources import models_folder
    >>> network = Network(models_folder() / "text", made_by="training.text_reader")
    >>> network.states([101, *network.tokens("A quiet evening.").ids, 102]).shape
    (6, 384)
    """

    def __init__(self, folder: Path, *, made_by: str, tokenizer: Path | None = None) -> None:
        self._folder = folder
        self._tokenizer = tokenizer or folder
        self._made_by = made_by
        self._lock = threading.Lock()
        self._loaded: tuple[InferenceSession, Tokenizer] | None = None

    def load(self) -> None:
        """Open the files now rather than at the first text."""
        self._opened()

    def tokens(self, text: str) -> Encoding:
        """Token ids of a text without marks, and where each stands in it; a very long one is `shortened`.

        Emojis are a piece of their own: typed onto a word, they would make it unknown.
        """
        return self._opened()[1].encode(clean(shortened(text)), add_special_tokens=False)

    def vocabulary(self) -> frozenset[str]:
        """The words the tokenizer knows whole, in lower case; only its file is opened for them."""
        pieces = json.loads(checked(self._tokenizer / TOKENIZER, made_by=self._made_by))["model"]["vocab"]
        return frozenset(piece for piece in pieces if piece.isalpha())

    def states(self, ids: Sequence[int]) -> Vectors:
        """The last hidden state of each token."""
        found = self._opened()[0].run(None, {"input_ids": np.array([ids], np.int64)})[0][0]
        return np.asarray(found, np.float32)

    def _opened(self) -> tuple[InferenceSession, Tokenizer]:
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = self._open()
        return self._loaded

    def _open(self) -> tuple[InferenceSession, Tokenizer]:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        file = self._folder / MODEL
        model = checked(file, made_by=self._made_by)
        try:
            session = onnxruntime.InferenceSession(
                model, options, providers=["CPUExecutionProvider"],
                disabled_optimizers=["SkipLayerNormFusion"],  # adding and normalising apart takes half the time
            )  # fmt: skip
            states = np.asarray(session.run(None, {"input_ids": np.array([[CLS, SEP]], np.int64)})[0])
        except Exception as error:  # its exceptions have no common class but this
            found = f"cannot be run by ONNX Runtime {onnxruntime.__version__}; 1.22 or newer runs what ships"
            raise broken(file, found, made_by=self._made_by) from error
        if states.shape != (1, 2, SIZE) or not np.isfinite(states).all():
            raise broken(file, "is a network of another kind", made_by=self._made_by)
        return session, self._open_tokenizer()

    def _open_tokenizer(self) -> Tokenizer:
        import tokenizers

        file = self._tokenizer / TOKENIZER
        data = checked(file, made_by=self._made_by)
        try:
            tokenizer = tokenizers.Tokenizer.from_str(data.decode())
        except Exception as error:  # its exceptions have no common class but this
            found = f"cannot be read by tokenizers {tokenizers.__version__}"
            raise broken(file, found, made_by=self._made_by) from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        apart = tokenizers.pre_tokenizers.Split(tokenizers.Regex(RUN_OF_SIGNS), "isolated")
        tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Sequence([apart, tokenizer.pre_tokenizer])
        return tokenizer
