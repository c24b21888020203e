"""Replies are read after what they answer; what carries a level stands in the reply."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.domain.reply import Behaviour, Mechanism, Strategy
from attunement.library.resources import models_folder
from attunement.reading.network import Network, Vectors
from attunement.reading.reply_heads import load_reply_heads
from attunement.reading.reply_reader import ReplyReader
from attunement.reading.reply_spans import smoothed, spans_of
from attunement.reading.reply_windows import BEFORE, MAX_WINDOWS, OVERLAP, REPLY, reply_windows

READER = ReplyReader()
POST = "My sister has stopped talking to me and I don't know what I did."
WARM = "I'm so sorry, that sounds really painful."
ASKS = "When did she stop talking to you? What was the last thing she said?"
UNDERSTANDS = "You must feel so shut out, not even knowing what you did. I went through this with my brother."
WEATHER = (
    "It rained here all morning. The bus was late again. They painted the hall green, and the lift still smells of it."
)
FLAT = "The library opens at nine on Mondays."


def level(reply: str, mechanism: Mechanism, post: str = POST) -> int:
    return READER.read([(post, reply)])[0].empathy[mechanism].level


@pytest.mark.parametrize(
    ("reply", "mechanism"),
    [
        (WARM, Mechanism.EMOTIONAL_REACTIONS), (ASKS, Mechanism.EXPLORATIONS),
        (UNDERSTANDS, Mechanism.INTERPRETATIONS),
    ],
)  # fmt: skip
def test_each_mechanism_is_found_where_it_is_and_not_in_a_flat_reply(reply: str, mechanism: Mechanism) -> None:
    assert level(reply, mechanism) > 0
    assert level(FLAT, mechanism) == 0


def test_spans_point_at_what_carries_it() -> None:
    """The questions are marked from the first word to the last, and little of the weather before them."""
    reply = f"{WEATHER} {ASKS}"
    spans = READER.read([(POST, reply)])[0].empathy[Mechanism.EXPLORATIONS].spans
    assert any(start <= len(WEATHER) + 1 and end >= len(reply) - 1 for start, end in spans)
    assert sum(max(0, min(end, len(WEATHER)) - start) for start, end in spans) < 0.3 * len(WEATHER)


@pytest.mark.parametrize(
    ("turn", "strategy"),
    [
        ("How long have you felt like this?", Strategy.QUESTION),
        ("You could try writing her a short letter.", Strategy.SUGGESTION),
        ("I went through the same with my own brother two years ago.", Strategy.SELF_DISCLOSURE),
        ("You're welcome, take care and good night!", Strategy.OTHER),
    ],
)
def test_plain_turns_are_told_by_what_they_do(turn: str, strategy: Strategy) -> None:
    assert READER.read([(POST, turn)])[0].likeliest_strategy is strategy


def test_reflections_and_questions_are_told_apart() -> None:
    question, reflection = READER.read([
        (POST, "What do you want to do next?"), (POST, "So you're feeling left in the dark by her."),
    ])  # fmt: skip
    asked = question.behaviour[Behaviour.OPEN_QUESTION] + question.behaviour[Behaviour.CLOSED_QUESTION]
    assert asked > 0.5 > question.reflection
    assert reflection.reflection > question.reflection
    assert (reflection.reflects, question.reflects) == (True, False)


def test_a_long_reply_is_read_to_its_end() -> None:
    """A question after six hundred words of something else is still found, and so is where it stands."""
    long = "The bus goes at ten and the shop is shut. " * 60
    found = READER.read([(POST, long + ASKS)])[0].empathy[Mechanism.EXPLORATIONS]
    assert found.level > 0
    assert any(start >= len(long) for start, _ in found.spans)


@pytest.mark.parametrize("reply", ["", "   ", "😀😀", "Das tut mir so leid, wie geht es dir denn heute damit?"])
def test_what_cannot_be_read_is_said_and_not_guessed(reply: str) -> None:
    """Nothing is shown by a reply without words or in another language, and no strategy is likelier than another."""
    reading = READER.read([(POST, reply)])[0]
    assert all(found.level == 0 and found.spans == () for found in reading.empathy.values())
    assert len(set(reading.strategy.values())) == 1
    assert reading.mostly is None
    assert reading.language == ("de" if reply.startswith("Das") else "und")


def test_of_a_long_reply_that_is_being_written_only_its_end_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The windows before it are known, and the reading is that of a reader that never saw the reply shorter."""
    runs, states = list[int](), Network.states

    def counted(self: Network, ids: Sequence[int]) -> Vectors:
        runs.append(len(ids))
        return states(self, ids)

    monkeypatch.setattr(Network, "states", counted)
    reader, written = ReplyReader(), WARM * 40
    reader.read([(POST, written)])
    before = len(runs)
    longer = reader.read([(POST, written + " How")])
    assert before > 2
    assert len(runs) == before + 1
    assert longer == READER.read([(POST, written + " How")])


def test_threads_may_share_a_reader() -> None:
    fresh = ReplyReader()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: fresh.read([(POST, WARM)])[0], range(8)))
    assert all(reading == found[0] for reading in found)


@given(st.integers(0, 100), st.integers(0, 6000))
def test_windows_cover_a_reply_and_fit_the_network(before: int, reply: int) -> None:
    """Every token of a reply of up to 40 windows is read; no window is longer than what the network learned from."""
    windows = reply_windows(range(200, 200 + before), range(1000, 1000 + reply))
    assert len(windows) <= MAX_WINDOWS
    seen = {token for w in windows for token in w.ids[w.first : w.first + w.n_reply]}
    if reply <= REPLY + (MAX_WINDOWS - 1) * (REPLY - OVERLAP):
        assert seen == set(range(1000, 1000 + reply))
    assert all(len(w.ids) <= 64 + REPLY + 3 for w in windows)


def test_spans_join_neighbours_and_leave_out_bare_marks() -> None:
    """Words beside each other, and holes of up to two, are one span; a span without a letter is none."""
    offsets = [(0, 2), (3, 5), (6, 7), (8, 9)]
    assert spans_of(np.array([0.9, 0.1, 0.1, 0.9], np.float32), 0.5, offsets, "ab cd e f") == ((0, 9),)
    assert spans_of(np.array([0.2, 0.1, 0.1, 0.9], np.float32), 0.5, offsets, "ab cd e !") == ((0, 2),)
    assert spans_of(np.array([0.9, 0.9, 0.1, 0.9], np.float32), 0.5, offsets, "ab cd e !") == ((0, 5),)
    assert spans_of(np.array([0.1, 0.3, 0.1, 0.1], np.float32), 0.5, offsets, "ab cd e !") == ((3, 5),)
    assert spans_of(np.array([0.25, 0.3, 0.1, 0.1], np.float32), 0.5, offsets, "ab cd e !") == ((0, 5),)


def test_a_stray_word_is_not_marked_beside_a_longer_span() -> None:
    """Of two spans three words apart a single word is left out; two long ones both stay; alone a single word stays."""
    text = "a b c d e f g h i"
    offsets = [(k, k + 1) for k in range(0, 17, 2)]
    stray, both, alone = [1, 1, 1, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 0, 1, 1, 1], [0, 0, 0, 0, 0, 0, 0, 1, 0]
    found = [spans_of(np.array(c, np.float32), 0.5, offsets, text) for c in (stray, both, alone)]
    assert found == [((0, 5),), ((0, 5), (12, 17)), ((14, 15),)]


def test_a_sentence_is_carried_as_one() -> None:
    """A weak word in a strong sentence gains, one beside it loses nothing to another sentence; the mean stays."""
    carried = np.array([[0.9], [0.1], [0.8], [0.0], [0.1]], np.float32)
    offsets, text = [(0, 1), (2, 4), (4, 5), (6, 8), (8, 9)], "I do. Go!"
    found = smoothed(carried, offsets, text)[:, 0]
    assert found[1] > 0.1
    assert found[3:].max() < 0.2
    assert found.mean() == pytest.approx(carried.mean(), abs=1e-6)


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 torn"])
@pytest.mark.parametrize("file", ["heads.npz", "wordings.npz", "encoder.int8.onnx", "SHA256SUMS"])
def test_a_missing_or_damaged_file_is_told_by_name(tmp_path: Path, file: str, content: bytes | None) -> None:
    for folder in ("text", "replies"):
        shutil.copytree(models_folder() / folder, tmp_path / folder)
    (tmp_path / "replies" / file).unlink()
    if content is not None:
        (tmp_path / "replies" / file).write_bytes(content)
    with pytest.raises(AttunementError, match=r"training\.reply_reader") as caught:
        ReplyReader(models=tmp_path).load()
    assert caught.value.code is ErrorCode.MODEL_BROKEN


def test_heads_of_another_shape_are_refused(tmp_path: Path) -> None:
    with np.load(models_folder() / "replies" / "heads.npz") as arrays:
        kept = {name: arrays[name] for name in arrays.files}
    kept["levels"] = kept["levels"][:2]
    np.savez(tmp_path / "heads.npz", **kept)
    with pytest.raises(AttunementError, match="missing or damaged"):
        load_reply_heads(tmp_path / "heads.npz")


@pytest.mark.parametrize("name", ["levels", "cut", "strategy_weight"])
def test_heads_with_numbers_that_are_none_are_refused(tmp_path: Path, name: str) -> None:
    with np.load(models_folder() / "replies" / "heads.npz") as arrays:
        kept = {key: arrays[key].copy() for key in arrays.files}
    kept[name].flat[0] = np.nan
    np.savez(tmp_path / "heads.npz", **kept)
    with pytest.raises(AttunementError, match=r"missing or damaged.*training\.reply_reader") as caught:
        load_reply_heads(tmp_path / "heads.npz")
    assert caught.value.code is ErrorCode.MODEL_BROKEN


def test_heads_of_another_release_than_the_network_are_refused(tmp_path: Path) -> None:
    """Whole in themselves, and not what ``SHA256SUMS`` says."""
    for folder in ("text", "replies"):
        shutil.copytree(models_folder() / folder, tmp_path / folder)
    with np.load(models_folder() / "replies" / "heads.npz") as arrays:
        kept = {key: arrays[key] for key in arrays.files}
    np.savez(tmp_path / "replies" / "heads.npz", **kept | {"version": np.array("another")})
    load_reply_heads(tmp_path / "replies" / "heads.npz")
    with pytest.raises(AttunementError, match=r"heads\.npz.*not of the same release.*training\.reply_reader"):
        ReplyReader(models=tmp_path).load()


def test_the_card_says_how_much_of_the_post_is_read() -> None:
    card = (models_folder() / "replies" / "card.md").read_text(encoding="utf-8")
    assert f"the last {BEFORE} tokens" in card


@pytest.mark.parametrize("reply", ["I'm so sorry", "I'm so sorry.\n\nWhat happened?", "I’m sorry. How are you?"])
def test_no_mark_cuts_a_word(reply: str) -> None:
    """Of "I'm" not the "m" alone; a short word of sympathy is marked as a whole."""
    (start, end), *_ = READER.read([("My dog died", reply)])[0].empathy[Mechanism.EMOTIONAL_REACTIONS].spans
    assert (start, reply[start:end].split()[-1].strip(".")) == (0, "sorry")
