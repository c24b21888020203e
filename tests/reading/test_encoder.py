"""A text has the same vector alone and among others."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.library.resources import models_folder
from attunement.reading.encoder import MAX_WINDOWS, SIZE, Encoder, windows_of

WORDS = st.lists(st.sampled_from(["I", "feel", "sad", "happy", "today", "because", "work", "rain"]), max_size=30)


@settings(max_examples=20, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_a_batch_equals_one_by_one(texts: list[list[str]]) -> None:
    encoder = SHARED
    written = [" ".join(words) for words in texts]
    alone = np.stack([encoder.encode([text])[0] for text in written])
    assert np.abs(encoder.encode(written) - alone).max() <= 1e-6


SHARED = Encoder()


def test_vectors_have_length_one_even_of_nothing(encoder: Encoder) -> None:
    lengths = np.linalg.norm(encoder.encode(["", "a", "word " * 500]), axis=1)
    assert np.allclose(lengths, 1, atol=1e-5)


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, SIZE)


def test_alike_texts_are_nearer_than_unlike_ones(encoder: Encoder) -> None:
    sad, sorry, bus = encoder.encode(["I feel very sad.", "I am so unhappy.", "The bus leaves at nine."])
    assert sad @ sorry > sad @ bus + 0.2


def test_every_token_of_a_text_of_few_windows_is_read() -> None:
    assert sorted({i for w in windows_of(range(300)) for i in w}) == list(range(300))


def test_of_too_many_windows_the_first_and_last_are_read() -> None:
    windows = windows_of(range(100_000))
    assert len(windows) == MAX_WINDOWS
    assert (windows[0][0], windows[-1][-1]) == (0, 99_999)


def test_threads_may_share_an_encoder() -> None:
    fresh = Encoder()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: fresh.encode(["shared"])[0], range(8)))
    assert all(np.array_equal(vector, found[0]) for vector in found)


@pytest.mark.parametrize("content", [None, b"", b"not a model"])
def test_a_missing_or_damaged_model_is_told_by_name(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "encoder.int8.onnx"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(AttunementError, match=r"encoder\.int8\.onnx.*training\.quantise") as caught:
        Encoder(folder=tmp_path).load()
    assert caught.value.code is ErrorCode.MODEL_BROKEN


@pytest.mark.parametrize("content", [None, "", "{}", "no json"])
def test_a_missing_or_damaged_tokenizer_is_told_by_name(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "tokenizer.json"
    shutil.copy(models_folder() / "minilm" / "encoder.int8.onnx", tmp_path)
    if content is not None:
        file.write_text(content)
    with pytest.raises(AttunementError, match="fetch_tokenizer") as caught:
        Encoder(folder=tmp_path).load()
    assert caught.value.code is ErrorCode.MODEL_BROKEN
