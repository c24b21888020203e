"""The reader of texts keeps the contract of a reader and is honest about what it cannot read."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from training.sums import write_sums

from attunement.domain.contracts import Reader
from attunement.domain.errors import AttunementError
from attunement.domain.need import Need
from attunement.domain.reading import Reading, RiskLevel
from attunement.library.resources import models_folder
from attunement.reading.heads import load_heads
from attunement.reading.risk import read_rules
from attunement.reading.text_reader import TextReader

DATA = Path(os.environ.get("ATTUNEMENT_DATA", "../shared/data"))
TEXTS = st.one_of(
    st.text(st.characters(), max_size=80),
    st.sampled_from(["I feel sad", "I want to die", "Ich bin müde", "", "thanks a lot!", "the bus is late", "kms"]),
)


def _check_ranges(reading: Reading) -> None:
    emotion = reading.emotion
    assert len(emotion.emotions) == 28
    assert all(0 <= p <= 1 for p in emotion.emotions.values())
    assert list(emotion.labels) == sorted(emotion.labels, key=lambda label: -emotion.emotions[label])
    assert all(1 <= x <= 5 for x in (emotion.valence, emotion.arousal, emotion.dominance))
    assert 0 <= emotion.stress <= 1
    assert sum(reading.need.p.values()) == pytest.approx(1, abs=1e-5)
    assert set(reading.need.p) == set(Need)
    assert 0 <= reading.risk.p <= 1


def test_the_reader_keeps_the_contract(reader: TextReader) -> None:
    assert isinstance(reader, Reader)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, max_size=6))
def test_a_batch_equals_one_by_one_in_the_same_order(reader: TextReader, texts: list[str]) -> None:
    together = reader.read(texts)
    alone = [reader.read([text])[0] for text in texts]
    for one, other in zip(together, alone, strict=True):
        assert (one.language, one.risk.level, one.emotion.labels) == (
            other.language,
            other.risk.level,
            other.emotion.labels,
        )
        assert one.emotion.emotions == pytest.approx(other.emotion.emotions, abs=1e-6)
        assert one.need.p == pytest.approx(other.need.p, abs=1e-6)
        assert one.risk.p == pytest.approx(other.risk.p, abs=1e-6)
        _check_ranges(one)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_the_same_text_gives_the_same_reading(reader: TextReader, text: str) -> None:
    assert reader.read([text]) == reader.read([text])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_read_as_a_check_in_only_feeling_is_read_otherwise(reader: TextReader, text: str) -> None:
    """Danger, need, affect and stress do not hang on what a text is known to be."""
    line, told = (one.read([text])[0] for one in (reader, reader.for_check_ins()))
    assert (line.risk, line.need, line.language) == (told.risk, told.need, told.language)
    assert replace(line.emotion, emotions=told.emotion.emotions, labels=told.emotion.labels) == told.emotion


@pytest.mark.parametrize("text", ["", "  \n", "🚌", "12:30"])
def test_a_text_without_words_is_neutral(reader: TextReader, text: str) -> None:
    reading = reader.read([text])[0]
    assert (reading.language, reading.emotion.labels, reading.risk.level) == ("und", ("neutral",), RiskLevel.NONE)
    assert (reading.emotion.valence, reading.emotion.stress, reading.risk.p) == (3.0, 0.0, 0.0)


def test_another_language_is_named_and_not_guessed_at(reader: TextReader) -> None:
    reading = reader.read(["Heute war ein sehr schwerer Tag und ich bin traurig."])[0]
    assert (reading.language, reading.emotion.labels, reading.emotion.valence) == ("de", (), 3.0)
    assert set(reading.need.p.values()) == {0.2}


@pytest.mark.parametrize("text", ["lorem ipsum dolor sit amet", "ჩემი ძაღლი", "xqzv wkjp ghtr bnml zzrt"])
def test_words_of_no_language_that_can_be_told_are_not_called_neutral(reader: TextReader, text: str) -> None:
    """Nothing is known of them: no emotion stands out, stress is even, and nothing speaks of danger."""
    reading = reader.read([text])[0]
    assert (reading.emotion.labels, reading.emotion.stress, reading.risk.level) == ((), 0.5, RiskLevel.NONE)


def test_plain_words_of_danger_are_seen_in_other_languages(reader: TextReader) -> None:
    assert reader.read(["Ich will nicht mehr leben."])[0].risk.level is RiskLevel.EXPLICIT


def test_feelings_and_needs_are_read(reader: TextReader) -> None:
    thanks, panic, alone = reader.read(
        [
            "Thank you so much for everything!",
            "My heart is racing and I can't calm down.",
            "I miss having friends here.",
        ]
    )
    assert "gratitude" in thanks.emotion.labels
    assert thanks.emotion.valence > 3 > panic.emotion.valence
    assert max(panic.need.p, key=panic.need.p.__getitem__) is Need.CALM
    assert max(alone.need.p, key=alone.need.p.__getitem__) is Need.CONNECT
    assert panic.emotion.stress > thanks.emotion.stress


@pytest.mark.parametrize(
    ("told", "feelings"),
    [
        ("My landlord came in without knocking again and I'm furious, I was in my towel!", {"anger"}),
        ("im so angry with dad for missing the play, and sad for my sister", {"anger", "sadness"}),
        ("Slipped up on Friday after five dry months. Ashamed. Told my group anyway, and cried.", {"embarrassment"}),
        ("The scan is clear, I can breathe again", {"relief"}),
        ("My hands won't stop shaking, interview is at three", {"nervousness"}),
    ],
)
def test_feelings_are_heard_in_check_ins(reader: TextReader, told: str, feelings: set[str]) -> None:
    """Where somebody tells of themselves, what they feel is told, by name or not."""
    assert feelings <= set(reader.read([told])[0].emotion.labels)


def test_where_it_is_known_to_be_a_check_in_more_is_heard(reader: TextReader) -> None:
    """Read as any text, no remorse is told of this one, which is a loss; in the application it is read as here."""
    told = "I feel guilty that I shouted at him, he was only trying to help"
    assert "remorse" in reader.for_check_ins().read([told])[0].emotion.labels


def test_an_idiom_hides_no_danger_beside_it(reader: TextReader) -> None:
    """What is left beside it is read for itself; an idiom alone, or beside a few words, is nothing."""
    risks = [reading.risk.level for reading in reader.read([
        "This traffic is killing me. I wrote letters to the kids for when I am gone and gave my dog to Ana.",
        "This traffic is killing me.",
        "This traffic is killing me, see you at eight.",
    ])]  # fmt: skip
    assert risks[0].rank >= RiskLevel.INDIRECT.rank
    assert all(risk.rank < RiskLevel.INDIRECT.rank for risk in risks[1:])


def test_danger_anywhere_in_a_long_text_is_seen(reader: TextReader) -> None:
    text = "We went to the market and bought bread. " * 60 + "I want to kill myself. " + "Then it rained. " * 60
    assert reader.read([text])[0].risk.level is RiskLevel.EXPLICIT


def test_the_middle_of_the_longest_text_a_member_can_send_is_read(reader: TextReader) -> None:
    """Danger that no pattern knows, in the middle of 20,000 characters of short words, moves what is read."""
    side = "Up at 6, tea at 7. " * 520
    signs = "I wrote letters to the kids for when I am gone and gave my dog to Ana. "
    assert read_rules(signs).level is RiskLevel.NONE
    quiet, told = reader.read([side + side, side + signs + side])
    assert told.left_out is None
    assert told.risk.p > quiet.risk.p + 0.02


def test_what_models_do_not_read_of_a_text_without_end_is_said(
    reader: TextReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And patterns of danger read that too."""
    monkeypatch.setattr("attunement.reading.plain_text.MAX_CHARACTERS", 1000)
    side = "It rained all day. " * 100
    reading = reader.read([f"{side}I am going to kill myself tonight. {side}"])[0]
    assert (reading.left_out, reading.risk.level) == ((500, 2 * len(side) - 465), RiskLevel.IMMINENT)


@pytest.mark.parametrize(
    "text",
    ["\ud800 lone", "\x00\x01\x02", "שלום עולם", "‮abc‬", "🙂" * 500, "a" * 100_000, "I feel sad. " * 9000, "\n" * 50],
    ids=["surrogate", "control", "right to left", "override", "emoji", "one word", "100 kB", "lines"],
)
def test_no_text_breaks_the_reader(reader: TextReader, text: str) -> None:
    _check_ranges(reader.read([text])[0])


def test_no_texts_give_no_readings(reader: TextReader) -> None:
    assert reader.read([]) == []


def test_a_missing_model_is_told_at_start(tmp_path: Path) -> None:
    with pytest.raises(AttunementError, match=r"heads\.npz"):
        TextReader(models=tmp_path).load()


def test_heads_of_another_release_than_the_network_are_refused(tmp_path: Path) -> None:
    """Whole in themselves, and not what ``SHA256SUMS`` says."""
    shutil.copytree(models_folder() / "text", tmp_path / "text")
    file = tmp_path / "text" / "heads.npz"
    with np.load(file) as arrays:
        kept = {key: arrays[key] for key in arrays.files}
    np.savez(file, **kept | {"version": np.array("another")})
    assert load_heads(file).version == "another"
    with pytest.raises(AttunementError, match=r"heads\.npz.*not of the same release.*training\.text_reader"):
        TextReader(models=tmp_path).load()
    write_sums(tmp_path / "text")
    TextReader(models=tmp_path).load()


@pytest.mark.skipif(not (DATA / "goemotions" / "dev.tsv").exists(), reason="the public data is not on this machine")
def test_few_everyday_comments_are_taken_for_danger(reader: TextReader) -> None:
    lines = (DATA / "goemotions" / "dev.tsv").read_text(encoding="utf-8").splitlines()[:400]
    readings = reader.read([line.split("\t")[0] for line in lines])
    assert sum(r.risk.level.rank >= RiskLevel.INDIRECT.rank for r in readings) <= 8
