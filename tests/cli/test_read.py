"""``attune read``: one line out for each line in, whatever is on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Attune

FACE = {
    "emotions", "labels", "valence", "arousal", "dominance", "stress", "need", "risk", "language", "model"
}  # fmt: skip
BAD = {
    b"": "bad-input",
    b"   ": "bad-input",
    b"\xff\xfe": "bad-text",
    b'{"text": NaN}': "bad-input",
    b'{"text": 3}': "bad-input",
    b'{"words": "no text"}': "bad-input",
    b'["a"]': "bad-input",
    b'{"text": "half': "bad-input",
    b'{"text": "a", "history": "before"}': "bad-input",
    b'{"text": "a", "history": [3]}': "bad-input",
    b'{"text": "a", "history": [' + b'"a", ' * 40 + b'"a"]}': "bad-input",
}


def answers(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def test_a_reading_has_the_fields_others_rely_on(attune: Attune) -> None:
    """Each line out has every field of the face, and the probabilities of needs sum to 1."""
    result = attune("read", given=b'{"text": "I miss my brother."}\n')
    (answer,) = answers(result.stdout)
    assert result.exit_code == 0
    assert set(answer) == FACE
    assert set(answer["risk"]) == {"level", "p"}  # type: ignore[call-overload]
    assert sum(answer["need"].values()) == pytest.approx(1)  # type: ignore[attr-defined]


def test_read_as_check_ins_more_is_heard(attune: Attune) -> None:
    line = b'{"text": "finally a day off"}\n'
    (comment,), (told,) = (answers(attune("read", *as_, given=line).stdout) for as_ in ((), ("--check-ins",)))
    assert (comment["labels"], told["labels"]) == ([], ["joy"])
    assert comment["risk"] == told["risk"]


def test_that_somebody_hurts_the_writer_is_a_sign_of_danger(attune: Attune) -> None:
    """It is told as violence, with the level a check-in of the same words has; of a game of chess nothing is."""
    result = attune("read", given=b'{"text": "He hit me again last night."}\n{"text": "She beat me at chess."}\n')
    hurt, chess = answers(result.stdout)
    assert (hurt["violence"], hurt["risk"]["level"]) == (True, "indirect")  # type: ignore[index]
    assert ("violence" in chess, chess["risk"]["level"]) == (False, "none")  # type: ignore[index]


def test_what_was_not_read_of_a_text_without_end_is_said(attune: Attune, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its place in the text; danger told there is found, and a text that was read whole has no such field."""
    monkeypatch.setattr("attunement.reading.plain_text.MAX_CHARACTERS", 1000)
    side = "It rained all day. " * 100
    lines = [json.dumps({"text": text}) for text in (f"{side}I am going to kill myself tonight. {side}", "It rained.")]
    long, short = answers(attune("read", given="\n".join(lines).encode()).stdout)
    assert (long["left_out"], long["risk"]["level"]) == ([500, 2 * len(side) - 465], "imminent")  # type: ignore[index]
    assert "left_out" not in short


def test_order_is_kept_over_many_batches(attune: Attune) -> None:
    """200 lines of two kinds come back in the order in which they went in."""
    lines = [b'{"text": "I am so happy today"}' if n % 3 else b'{"text": "I am scared"}' for n in range(200)]
    result = attune("read", given=b"\n".join(lines) + b"\n")
    happy = [answer["valence"] for answer in answers(result.stdout)]
    assert len(happy) == 200
    assert {happy[0], happy[1]} == set(happy)
    assert [v == happy[0] for v in happy] == [n % 3 == 0 for n in range(200)]


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_line_says_what_is_wrong_and_the_others_are_read(attune: Attune, bad: bytes) -> None:
    """A bad line gives its code and its number, its neighbours are read, and the command ends with 3."""
    good = b'{"text": "fine"}'
    result = attune("read", given=b"\n".join((good, bad, good)) + b"\n")
    first, error, last = answers(result.stdout)
    assert (result.exit_code, first, set(first)) == (3, last, FACE)
    assert (error["error"]["code"], error["error"]["line"]) == (BAD[bad], 2)  # type: ignore[index]


def test_a_byte_order_mark_is_no_error(attune: Attune) -> None:
    """A file that begins with a byte order mark is read like one without."""
    assert attune("read", given=b'\xef\xbb\xbf{"text": "fine"}\n').exit_code == 0


def test_a_file_gives_what_standard_input_gives(attune: Attune, tmp_path: Path) -> None:
    """Reading from a file and from standard input give the same bytes, and nothing in gives nothing out."""
    data = b'{"text": "one"}\n{"text": ""}\n'
    (tmp_path / "texts.jsonl").write_bytes(data)
    assert attune("read", tmp_path / "texts.jsonl").stdout == attune("read", given=data).stdout
    assert attune("read", given=b"").stdout == ""


def test_why_tells_the_words_of_all_that_was_read(attune: Attune) -> None:
    """Emotions found, affect, stress, the likeliest need and risk, each with the place and weight of every word."""
    text = "I am so grateful."
    answer = json.loads(attune("read", "--why", given=json.dumps({"text": text}).encode()).stdout)
    need = max(answer["need"], key=answer["need"].get)
    assert set(answer["why"]) == {*answer["labels"], "valence", "arousal", "dominance", "stress", need, "risk"}
    words = [text[start:end] for start, end, _ in answer["why"]["gratitude"]]
    assert words == ["I", "am", "so", "grateful."]


def test_risk_and_need_are_read_in_the_light_of_a_history_and_nothing_else(attune: Attune) -> None:
    """Each line with its own history; an empty one changes nothing."""
    sad, hint = "I'm so tired and sad tonight.", "Nobody would miss me if I was gone."
    lines = [{"text": sad} | more for more in ({}, {"history": [hint]}, {"history": []}, {"history": None})]
    given = b"\n".join(json.dumps(line).encode() for line in lines)
    alone, after, *same = answers(attune("read", given=given).stdout)
    assert same == [alone, alone]
    risk = after.pop("risk")
    assert (risk["level"], risk["raised_from"]) == ("indirect", "distress")  # type: ignore[index]
    assert alone.pop("risk")["level"] == "distress"  # type: ignore[index]
    assert after.pop("need") != alone.pop("need")
    assert after == alone


def test_half_an_emoji_costs_a_line_nothing_but_itself(attune: Attune) -> None:
    """A text cut in the midst of an emoji is read for danger as the whole one is."""
    result = attune("read", given=b'{"text": "I want to die \\ud83d"}\n{"text": "I want to die"}\n')
    half, whole = answers(result.stdout)
    assert result.exit_code == 0
    assert half["risk"]["level"] == whole["risk"]["level"] == "explicit"  # type: ignore[index]
