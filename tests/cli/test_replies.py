"""``attune empathy`` and ``attune strategy``: one line out for each line in, whatever is on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from attunement.domain.reply import Mechanism, Strategy

if TYPE_CHECKING:
    from conftest import Attune

EXCHANGE = {"post": "I lost my job on Friday.", "reply": "I'm so sorry. What will you do now?"}
TALK = [{"role": "seeker", "text": "I lost my job."}, {"role": "supporter", "text": "When did it happen?"}]
GOOD: dict[str, dict[str, object]] = {
    "read": {"text": "Hello."}, "empathy": EXCHANGE, "strategy": {"conversation": TALK},
    "coach": {"post": "I lost my job on Friday.", "draft": "What will you do now?"},
    "reply": {"conversation": TALK[:1]},
}  # fmt: skip


def lines(*values: object) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def test_empathy_has_the_fields_others_rely_on(attune: Attune) -> None:
    """Three mechanisms, each with a level, three probabilities and spans of the reply."""
    result = attune("empathy", given=lines(EXCHANGE))
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    for mechanism in Mechanism:
        found = answer[mechanism]
        assert set(found) == {"level", "p", "spans"}
        assert sum(found["p"]) == pytest.approx(1, abs=1e-5)
        assert all(EXCHANGE["reply"][start:end] for start, end in found["spans"])
    assert answer["explorations"]["level"] > 0


def test_strategy_reads_the_last_turn_of_the_supporter(attune: Attune) -> None:
    """Whatever the seeker says after it does not matter."""
    result = attune("strategy", given=lines({"conversation": TALK}, {"conversation": [*TALK, TALK[0]]}))
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first == second
    assert first["strategy"] == Strategy.QUESTION == max(first["p"], key=first["p"].get)
    assert set(first["p"]) == set(Strategy)


def test_why_tells_what_each_word_did(attune: Attune) -> None:
    """Of a reply for each mechanism, concern and distress; of a turn for its strategy, its behaviour and skill."""
    given = {"empathy": EXCHANGE, "strategy": {"conversation": TALK}}
    for command, reply in (("empathy", EXCHANGE["reply"]), ("strategy", TALK[1]["text"])):
        plain = json.loads(attune(command, given=lines(given[command])).stdout)
        answer = json.loads(attune(command, "--why", given=lines(given[command])).stdout)
        why = answer.pop("why")
        assert answer == plain
        asked = {*Mechanism, "concern", "distress"} if command == "empathy" else {
            answer["strategy"], max(answer["behaviour"], key=answer["behaviour"].get), "skill"
        }  # fmt: skip
        assert set(why) == asked
        assert all([reply[start:end] for start, end, _ in words] == reply.split() for words in why.values())


@pytest.mark.parametrize(
    ("command", "bad", "says"),
    [
        ("empathy", {"post": "no reply"}, "'reply' is missing"),
        ("empathy", {"post": 3, "reply": "a"}, "'post' is a number"),
        ("empathy", {"post": None, "reply": "a"}, "'post' is null"),
        ("strategy", {"conversation": "hello"}, "'conversation' is text"),
        ("strategy", {"talk": TALK}, "'conversation' is missing"),
        ("reply", {"talk": TALK}, "'conversation' is missing"),
        ("reply", {"conversation": None}, "'conversation' is null"),
        ("coach", {"post": "no draft"}, "'draft' is missing"),
        ("strategy", {"conversation": TALK[:1]}, "no turn of a supporter"),
        ("strategy", {"conversation": [{"role": "boss", "text": "a"}]}, "Turn 0"),
        ("strategy", {"conversation": [TALK[1], "a"]}, "Turn 1"),
    ],
)
def test_a_bad_line_says_what_is_wrong_and_the_others_are_read(
    attune: Attune, command: str, bad: object, says: str
) -> None:
    """A bad line gives its code and its number, its neighbours are read, and the command ends with 3."""
    result = attune(command, given=lines(GOOD[command], bad, GOOD[command]))
    first, error, last = (json.loads(line) for line in result.stdout.splitlines())
    assert (result.exit_code, first) == (3, last)
    assert error["error"]["code"] == "bad-input"
    assert error["error"]["line"] == 2
    assert says in error["error"]["message"]


@pytest.mark.parametrize(
    ("turn", "reason"), [("", "words"), (" \n ", "words"), ("...", "words"), ("Was ist denn passiert?", "English")]
)
def test_a_turn_that_cannot_be_read_has_no_strategy(attune: Attune, turn: str, reason: str) -> None:
    """It is null with the reason, all strategies are alike, nothing is told by word, and the next line is read."""
    unread = {"conversation": [TALK[0], {"role": "supporter", "text": turn}]}
    result = attune("strategy", "--why", given=lines(unread, {"conversation": TALK}))
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert (result.exit_code, first["strategy"], first["why"], second["strategy"]) == (0, None, {}, Strategy.QUESTION)
    assert reason in first["reason"]
    assert set(first["p"].values()) == {1 / len(Strategy)}
    assert "reason" not in second


@pytest.mark.parametrize(("command", "given"), GOOD.items())
def test_other_fields_of_a_line_change_nothing(attune: Attune, command: str, given: dict[str, object]) -> None:
    """A labelled file may be read as it is: what the labels say makes no difference."""
    result = attune(command, given=lines(given, {"id": 7, **given, "label": "Others", "strategy": None}))
    assert result.exit_code == 0
    assert len(set(result.stdout.splitlines())) == 1
