"""``attune coach``: one line out for each line in, whatever is on it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from attunement.domain.coach_events import CoachUsed
from attunement.domain.coaching import CoachFeature
from attunement.domain.ids import new_id
from attunement.domain.reply import Mechanism
from attunement.programme.accounts import do_make_staff
from attunement.programme.house import open_house

if TYPE_CHECKING:
    from conftest import Attune

LINE = {"post": "My cat died on Sunday.", "draft": "Cheer up. You can always get another one some day."}


def lines(*values: object) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def test_coach_has_the_fields_others_rely_on(attune: Attune) -> None:
    """The fields of ``attune empathy``, suggestions best first, cautions with their places."""
    result = attune("coach", given=lines(LINE))
    empathy = json.loads(attune("empathy", given=lines({"post": LINE["post"], "reply": LINE["draft"]})).stdout)
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert answer | empathy == answer
    assert answer["mostly"] in {"asks", "reflects", "informs", None}
    asking = attune("coach", given=lines(LINE | {"draft": "What happened then? How did you feel?"}))
    assert json.loads(asking.stdout)["mostly"] == "asks"
    assert {"kind", "start", "end", "text", "reason"} <= set(answer["suggestions"][0])
    assert "your cat" in answer["suggestions"][0]["text"]
    caution = answer["cautions"][0]
    assert (caution["kind"], LINE["draft"][caution["start"] : caution["end"]]) == ("minimising", "Cheer up")
    assert answer["danger"] is False
    assert answer["danger_of"] is answer["notice"] is answer["asks"] is None


def test_what_is_not_said_of_a_line(attune: Attune) -> None:
    """No verdict tells back what was understood; a draft in German is in German, and not cold; danger is told."""
    drafts = ["You are a bad parent.", "Das tut mir leid.", "Please don't say that."]
    result = attune("coach", given=lines(*({"post": "I want to kill myself tonight.", "draft": one} for one in drafts)))
    verdict, german, plea = (json.loads(line) for line in result.stdout.splitlines())
    assert (verdict["mostly"], german["mostly"], german["language"]) == (None, None, "de")
    assert [one["danger"] for one in (verdict, german, plea)] == [True] * 3
    assert [one["cautions"][0]["kind"] for one in (verdict, plea)] == ["judging", "minimising"]


def test_danger_comes_with_its_kind_and_the_plain_question(attune: Attune) -> None:
    """In the words the page has, until the draft asks; violence that goes on is danger, and is asked about as that."""
    suicide, violence = "I want to kill myself tonight.", "My husband hits me when he drinks."
    asked = "I'm so sorry. Are you thinking about suicide?"
    pairs = [(suicide, "It gets better."), (suicide, asked), (violence, "He will calm down."), (violence, asked)]
    result = attune("coach", given=lines(*({"post": post, "draft": draft} for post, draft in pairs)))
    plain, done, hurt, beside = (json.loads(line) for line in result.stdout.splitlines())
    assert [one["danger"] for one in (plain, done, hurt, beside)] == [True] * 4
    assert [one["danger_of"] for one in (plain, done, hurt)] == ["suicide", "suicide", "violence"]
    assert "ending your life" in plain["asks"]
    assert done["asks"] is None
    assert "safe" in hurt["asks"]
    assert "hurting" in hurt["notice"]


@pytest.mark.parametrize("bad", [{"post": "no draft"}, {"post": 3, "draft": "a"}, {"post": "a", "draft": None}, 7])
def test_a_bad_line_says_what_is_wrong_and_the_others_are_read(attune: Attune, bad: object) -> None:
    """A bad line gives its code and its number, its neighbours are read, and the command ends with 3."""
    result = attune("coach", given=lines(LINE, bad, LINE))
    first, error, last = (json.loads(line) for line in result.stdout.splitlines())
    assert result.exit_code == 3
    assert first == last
    assert (error["error"]["code"], error["error"]["line"]) == ("bad-input", 2)


def test_a_trial_comes_as_lines_with_what_was_drawn(attune: Attune, tmp_path: Path) -> None:
    """Whether each feature was drawn, with which chance, and what came of it; without a programme it says so."""
    url = f"sqlite:///{tmp_path}/ours.db"
    assert attune("coach", "--trial", "--url", url).exit_code == 1
    house = open_house(url)
    with house.store.write() as transaction:
        noor = do_make_staff(house, transaction, "supporter", "Noor", "x").id
    used = CoachUsed(
        at=datetime(2026, 5, 1, tzinfo=UTC), account=noor, conversation=new_id(), shown=[CoachFeature.SPANS],
        levels={Mechanism.EXPLORATIONS: 2}, drawn=[CoachFeature.SPANS],
        chances={CoachFeature.SPANS: 0.25, CoachFeature.CAUTIONS: 0.5},
    )  # fmt: skip
    with house.store.write() as transaction:
        transaction.append(used)
        transaction.append(used.model_copy(update={"chances": {}}))  # from before chances were kept with it
        transaction.append(used.model_copy(update={"shown": [], "drawn": [], "on": True}))  # on, and nothing drawn
    house.close()
    result = attune("coach", "--trial", "--url", url)
    line, nothing_drawn = [json.loads(one) for one in result.stdout.splitlines()]
    assert (nothing_drawn["on"], nothing_drawn["drawn"]) == (True, {"spans": False, "cautions": False})
    assert line["drawn"] == {"spans": True, "cautions": False}
    assert (line["chances"], line["probability"]) == ({"spans": 0.25, "cautions": 0.5}, 0.125)
    assert (line["talk"], line["on"], line["levels"]["explorations"]) == (1, True, 2)
    assert used.account not in result.stdout
    assert used.conversation not in result.stdout
