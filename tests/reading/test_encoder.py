"""A text has the same vector alone and among others."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from training.sums import write_sums

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.library.resources import models_folder
from attunement.reading.encoder import AT_ONCE, REMEMBERED_WINDOWS, WIDTH, Encoder, windows_of
from attunement.reading.network import Vectors
from attunement.reading.text_reader import TextReader

WORDS = st.lists(st.sampled_from(["I", "feel", "sad", "happy", "today", "because", "work", "rain"]), max_size=30)


@settings(max_examples=20, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_a_batch_equals_one_by_one(texts: list[list[str]]) -> None:
    encoder = SHARED
    written = [" ".join(words) for words in texts]
    alone = np.stack([encoder.encode([text])[0] for text in written])
    assert np.abs(encoder.encode(written) - alone).max() <= 1e-6


SHARED = Encoder()


def test_a_part_is_what_goes_without_the_word(encoder: Encoder) -> None:
    """The whole vector less the one of the text as it would be without the word."""
    parts = encoder.parts("A quiet evening and rain")
    assert [("A quiet evening and rain"[a:b]) for a, b in parts.spans] == ["A", "quiet", "evening", "and", "rain"]
    whole, without = encoder.encode(["A quiet evening and rain", "A evening and rain"])
    assert np.abs(parts.vectors[1] - (whole - without)).max() <= 1e-6


@pytest.mark.parametrize(("words", "parts", "read"), [(0, 0, 0), (1, 1, 2), (62, 4, 5), (1000, 50, 50), (6000, 64, 64)])
def test_parts_cover_a_text_in_few_runs(
    monkeypatch: pytest.MonkeyPatch, encoder: Encoder, words: int, parts: int, read: int
) -> None:
    """Spans are in order, from the first word to the last; a long one has a part for 20, or 64."""
    text, runs, run = "word " * words, list[int](), Encoder._run
    monkeypatch.setattr(Encoder, "_run", lambda self, all: runs.append(len(all)) or run(self, all))
    spans = encoder.parts(text).spans
    assert (len(spans), sum(runs)) == (parts, read)
    assert (spans[0][0], spans[-1][1]) == (0, len(text.rstrip())) if text else spans == ()
    assert all(a < b <= c for (a, b), (c, _) in pairwise(spans))


def test_small_words_of_a_longer_text_go_with_what_they_belong_to(encoder: Encoder) -> None:
    """So that a reason is a word that tells something; what denies or doubts stands alone."""
    text = "I was never told that the results of my exam were lost by the office and I cannot sleep"
    assert [text[a:b] for a, b in encoder.parts(text).spans] == [
        "I was never", "told", "that the results", "of my exam", "were lost", "by the office", "and I cannot", "sleep",
    ]  # fmt: skip


def test_a_word_without_end_is_taken_in_pieces(encoder: Encoder) -> None:
    """Two hundred marks without a space between them are one word, and still ten pieces."""
    spans = encoder.parts("!" * 200).spans
    assert [end - start for start, end in spans] == [20] * 10


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, WIDTH)


@pytest.mark.parametrize("n", [300, 5000, 60_000])
def test_every_token_of_what_a_member_can_send_is_read(n: int) -> None:
    """Twenty thousand characters are sixty thousand tokens at most."""
    assert sorted({i for w in windows_of(range(n)) for i in w}) == list(range(n))


def test_many_long_texts_are_read_and_remembered_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows are read some hundreds at once, and of what was read only so many are kept."""
    fresh, runs = Encoder(), list[int]()

    def run(_: Encoder, windows: list[list[int]]) -> Vectors:
        runs.append(len(windows))
        return np.array([[len(window)] * WIDTH for window in windows], np.float32)

    monkeypatch.setattr(Encoder, "_run", run)
    found = fresh.encode_windows([*(f"{k} " + "word " * 20_000 for k in range(22)), "short"])
    assert [len(one.windows) for one in found] == [213] * 22 + [1]
    assert found[-1].whole[0] == 1
    assert max(runs) < AT_ONCE + 213
    kept = [len(one.windows) for one in fresh._recent.texts.values()]
    assert REMEMBERED_WINDOWS - 213 <= sum(kept) <= REMEMBERED_WINDOWS
    assert kept[-1] == 1


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
    with pytest.raises(AttunementError, match=r"encoder\.int8\.onnx.*training\.text_reader") as caught:
        Encoder(folder=tmp_path).load()
    assert caught.value.code is ErrorCode.MODEL_BROKEN


@pytest.mark.parametrize("file", ["tokenizer.json", "SHA256SUMS"])
@pytest.mark.parametrize("content", [None, "", "{}", "\udcff"])
def test_a_missing_or_damaged_file_beside_it_is_told_by_name(tmp_path: Path, file: str, content: str | None) -> None:
    shutil.copytree(models_folder() / "text", tmp_path / "text")
    (tmp_path / "text" / file).unlink()
    if content is not None:
        (tmp_path / "text" / file).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(AttunementError, match=r"training\.text_reader") as caught:
        Encoder(folder=tmp_path / "text").load()
    assert caught.value.code is ErrorCode.MODEL_BROKEN


@pytest.mark.parametrize("content", ['{"version": "9.9"}', "[]", '{"model": {"type": "Unheard"}}'])
def test_a_tokenizer_this_version_of_the_library_cannot_read_is_told_by_name(tmp_path: Path, content: str) -> None:
    """Whole by its checksum, as one written by a newer version would be."""
    shutil.copytree(models_folder() / "text", tmp_path / "text")
    (tmp_path / "text" / "tokenizer.json").write_text(content)
    write_sums(tmp_path / "text")
    with pytest.raises(AttunementError, match=r"tokenizer\.json.*read by tokenizers.*training\.text_reader") as caught:
        Encoder(folder=tmp_path / "text").load()
    assert caught.value.code is ErrorCode.MODEL_BROKEN


def test_a_network_of_another_kind_is_told_by_name(tmp_path: Path) -> None:
    """Whole by its checksum, and one that takes other inputs: told when it is opened, and not at the first text."""
    shutil.copytree(models_folder() / "text", tmp_path / "text")
    file = tmp_path / "text" / "encoder.int8.onnx"
    file.write_bytes(file.read_bytes().replace(b"input_ids", b"other_ids"))
    write_sums(tmp_path / "text")
    with pytest.raises(AttunementError, match=r"encoder\.int8\.onnx.*training\.text_reader") as caught:
        Encoder(folder=tmp_path / "text").load()
    assert caught.value.code is ErrorCode.MODEL_BROKEN


@pytest.mark.parametrize("along", ["encoder.int8.onnx", "SHA256SUMS"])
def test_a_network_of_another_reader_is_refused(tmp_path: Path, along: str) -> None:
    """The network of replies in the place of that of texts, with its checksums beside it or without."""
    shutil.copytree(models_folder() / "text", tmp_path / "text")
    for name in {"encoder.int8.onnx", along}:
        shutil.copy(models_folder() / "replies" / name, tmp_path / "text")
    with pytest.raises(AttunementError, match="not of the same release"):
        TextReader(models=tmp_path).load()


@pytest.mark.parametrize("written", [lambda sums: sums.rstrip("\n"), lambda sums: sums.replace("\n", "\r\n")])
def test_how_lines_of_checksums_end_does_not_matter(tmp_path: Path, written: Callable[[str], str]) -> None:
    """A list that an editor saved again still says what it said."""
    shutil.copytree(models_folder() / "text", tmp_path / "text")
    sums = tmp_path / "text" / "SHA256SUMS"
    sums.write_bytes(written(sums.read_text()).encode())
    Encoder(folder=tmp_path / "text").load()
