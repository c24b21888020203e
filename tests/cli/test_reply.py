"""``attune reply``: one answer for each conversation, in order, whatever is on the line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Attune


def test_each_line_is_answered_in_order(attune: Attune) -> None:
    """An answer has reply, strategy and risk; a line without a seeker's turn says what is wrong."""
    talk = {"conversation": [{"role": "seeker", "text": "I lost my job and I can't tell my wife."}]}
    wrong = {"conversation": [{"role": "supporter", "text": "hm"}]}
    result = attune("reply", given=b"".join(json.dumps(x).encode() + b"\n" for x in (talk, wrong, talk)))
    first, error, third = (json.loads(line) for line in result.stdout.splitlines())
    assert first == third
    assert first["reply"]
    assert first["strategy"]
    assert first["risk"] in {"none", "distress"}
    assert abs(sum(first["p"].values()) - 1) < 1e-9
    assert error["error"]["line"] == 2


def test_a_plain_request_for_a_person_is_something_to_do(attune: Attune) -> None:
    """Without a programme nobody can be called, so it is told as an action, to be done by whoever asked."""
    talk = {"conversation": [{"role": "seeker", "text": "Can I talk to a real person please"}]}
    (answer,) = (json.loads(x) for x in attune("reply", given=json.dumps(talk).encode()).stdout.splitlines())
    assert answer["moment"] == "hand_over"
    assert answer["actions"] == [{"kind": "hand-over", "level": "none", "reason": "asked"}]


def test_a_country_that_is_none_is_told(attune: Attune) -> None:
    """Helplines of nowhere cannot be shown: a coded error, and nothing is answered. Small letters do."""
    result = attune("reply", "--country", "XX", given=b"")
    assert (result.exit_code, result.stderr.split(":")[0], result.stdout) == (1, "bad-input", "")
    assert attune("reply", "--country", "ie", given=b"").exit_code == 0


def test_a_voice_that_is_not_there_is_said(attune: Attune) -> None:
    """Without a language model in the environment, ``--voice`` ends with a coded error and answers nothing."""
    result = attune("reply", "--voice", given=b"")
    assert result.exit_code != 0
    assert "ATTUNEMENT_LLM_URL" in result.stderr
    assert result.stdout == ""
