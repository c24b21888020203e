"""Danger is found anywhere in a text of any length, as in a short one."""

from __future__ import annotations

import time

import pytest

from attunement.domain.reading import RiskLevel
from attunement.reading import long_risk
from attunement.reading.long_risk import OVERLAP, PIECE, read_rules_throughout
from attunement.reading.plain_text import left_out, normalise
from attunement.reading.risk import read_plain, read_rules
from attunement.reading.risk_why import words_left, words_matched

RAIN = "It rained again. "
SHORT = 3_000
EDGES = [0, SHORT - OVERLAP - 20, SHORT - OVERLAP, SHORT - OVERLAP // 2, SHORT - 20, SHORT, 7_000]


def within(said: str, at: int) -> str:
    """A text of about ten thousand characters with something said at a place in it."""
    before, after = RAIN * (at // len(RAIN)), RAIN * ((10_000 - at) // len(RAIN))
    return f"{before}{said} {after}"


@pytest.fixture
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of a seventh of their length, so that a text of a few pages has many."""
    monkeypatch.setattr(long_risk, "PIECE", SHORT)


@pytest.mark.usefixtures("short_pieces")
@pytest.mark.parametrize("at", EDGES)
def test_danger_anywhere_in_a_text_is_found_and_shown_at_its_place(at: int) -> None:
    said = "I am going to kill myself tonight."
    text = within(said, at)
    read = read_rules_throughout(text)
    assert read.level is RiskLevel.IMMINENT
    (words,) = words_matched(text, read)
    assert "kill myself" in text[words.start : words.end] in said


@pytest.mark.usefixtures("short_pieces")
@pytest.mark.parametrize("at", EDGES)
@pytest.mark.parametrize("said", ["I don't want to die.", "This homework is killing me.", "I want to diet.", RAIN])
def test_a_piece_is_read_like_the_whole(said: str, at: int) -> None:
    """What is harmless is set aside wherever it stands; what is left keeps its places, each once."""
    text = within(said, at)
    read, alone = read_rules_throughout(text), read_rules(said)
    assert (read.level, read.why, read.harmless) == (alone.level, alone.why, alone.harmless)
    plain = normalise(text)
    assert len(read.left) == len(read.places)
    assert list(read.places) == sorted(set(read.places))
    kept = [k for k, c in enumerate(read.left) if c != " "]
    assert "".join(read.left[k] for k in kept) == "".join(plain[read.places[k]] for k in kept)
    assert read.left.count("rained") == plain.count("rained")
    assert words_left(text, read, ()) == ()


def test_a_hundred_thousand_characters_before_and_after_hide_nothing() -> None:
    """A text of which models leave out the middle."""
    side = RAIN * 8_000
    assert left_out(side + side) is not None
    assert read_rules_throughout(f"{side}I am going to kill myself tonight. {side}").level is RiskLevel.IMMINENT


def test_a_short_text_is_read_as_ever() -> None:
    for text in ("", "I want to die", "This homework is killing me. I wrote letters to everyone."):
        assert read_rules_throughout(text) == read_rules(text)


def test_a_word_without_end_takes_no_more_than_its_length_is_worth() -> None:
    """Four times as long a word takes about four times as long, not sixteen times."""

    def seconds(length: int) -> float:
        started = time.process_time()
        read_rules_throughout("1a" * (length // 2))
        return time.process_time() - started

    assert seconds(80_000) < 9 * max(seconds(PIECE), 0.1)


@pytest.mark.parametrize("sign", ["1", "_"])
def test_a_word_without_end_costs_no_more_than_as_many_words(sign: str) -> None:
    """No pattern tries at each letter of it how far the word goes."""

    def seconds(text: str) -> float:
        started = time.process_time()
        read_rules(text[:PIECE])
        return time.process_time() - started

    assert seconds(sign * PIECE) < 3 * max(seconds(RAIN * (PIECE // len(RAIN))), 0.05)


@pytest.mark.usefixtures("short_pieces")
@pytest.mark.parametrize(("at", "pieces"), [(0, 1), (5_000, 4), (None, 9)])
def test_no_piece_is_read_after_the_highest_level_was_found(
    at: int | None, pieces: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing further on could be higher; a text that tells of nothing is read to its end, each piece once."""
    read: list[str] = []
    monkeypatch.setattr(long_risk, "read_plain", lambda plain: read.append(plain) or read_plain(plain))
    read_rules_throughout(within("I am going to kill myself tonight." if at is not None else RAIN, at or 0))
    assert len(read) == pieces
