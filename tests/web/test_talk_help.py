"""Help in a talk: for whom it comes first, which lines stand first, and when it is folded away."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People
from tests.web.talking import SCRIPT, answer, begin, newest, post

from attunement.domain.ids import new_id
from attunement.domain.reading import RiskLevel
from attunement.programme.alerts.alert import find_open_alerts
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.house import House
from attunement.programme.members import do_change_profile
from attunement.web.access import Role

GRAVE = "I am going to kill myself tonight, I have the pills here."
HIT = "My husband hit me again last night."
ASKED = "I would rather ask than guess: is there any thought of suicide behind it?"
CARD, FOLD = "First: are you safe right now?", "Help is here whenever you want it"


@pytest.fixture
def rosa(clients: Clients, web_house: House, people: People) -> TestClient:
    """Rosa's browser, in Spain, whose line for violence is 016 and for suicide 024."""
    do_change_profile(web_house, people.rosa.member or "", country="ES")
    return clients[Role.MEMBER]


def _write(house: House, people: People, text: str, risk: RiskLevel) -> None:
    do_write_as_member(house, people.rosa.member or "", newest(house, people).id, text, risk=risk)


def _shown(page: str) -> tuple[bool, bool]:
    """Whether the card is there, and whether the fold is."""
    return CARD in page, FOLD in page


def test_who_tells_of_violence_at_home_sees_the_lines_for_that_first(
    rosa: TestClient, web_house: House, people: People
) -> None:
    """Whatever was read of danger: the card, with the line for violence before that for suicide; also later on."""
    begin(rosa, web_house, people)
    assert _shown(rosa.get("/talk").text) == (False, False)
    _write(web_house, people, HIT, RiskLevel.NONE)
    _write(web_house, people, "It was about the dinner.", RiskLevel.NONE)
    page = rosa.get("/talk").text
    assert _shown(page) == (True, False)
    assert 0 < page.index('href="tel:016"') < page.index('href="tel:024"')


def test_other_danger_shows_no_line_for_violence(rosa: TestClient, web_house: House, people: People) -> None:
    """Who tells of no violence sees the lines for their danger alone."""
    begin(rosa, web_house, people)
    _write(web_house, people, "I want it all to stop.", RiskLevel.INDIRECT)
    page = rosa.get("/talk").text
    assert (CARD in page, 'href="tel:016"' in page) == (True, False)


def test_words_of_violence_that_could_not_be_kept_show_the_lines_too(
    rosa: TestClient, web_house: House, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line too many in a minute: it is not written, and help for it stands there."""
    at = begin(rosa, web_house, people)
    monkeypatch.setattr("attunement.programme.conversations.hearing.LINES_A_MINUTE", 0)
    status, page = post(rosa, f"{at}/lines", text=HIT, sent=new_id())
    assert (status, 'href="tel:016"' in page) == (429, True)


def test_a_plain_no_folds_help_to_one_line(rosa: TestClient, web_house: House, people: People) -> None:
    """A guess, the question, a no: the card folds, in news as on the page, and the numbers stand in the fold."""
    at = begin(rosa, web_house, people)
    _write(web_house, people, "I just want it all to stop.", RiskLevel.INDIRECT)
    answer(web_house, people, ASKED)
    assert _shown(rosa.get("/talk").text) == (True, False)
    _write(web_house, people, "No, nothing like that.", RiskLevel.NONE)
    for page in (rosa.get("/talk").text, rosa.get(f"{at}/news?after=4", headers=SCRIPT).text):
        assert _shown(page) == (False, True)
        assert page.index(FOLD) < page.index('href="tel:024"')
    _write(web_house, people, "But some nights I wish I would not wake up.", RiskLevel.INDIRECT)
    assert _shown(rosa.get("/talk").text) == (True, False)


@pytest.mark.parametrize(
    ("first", "asked", "said"),
    [
        (RiskLevel.EXPLICIT, ASKED, "No, nothing like that."),
        (RiskLevel.INDIRECT, ASKED, "I don't know."),
        (RiskLevel.INDIRECT, "Are you safe right now?", "No."),
        (RiskLevel.INDIRECT, "What was hardest?", "No."),
    ],
    ids=["said plainly before", "neither yes nor no", "not safe", "not asked"],
)
def test_help_stays_where_a_no_does_not_answer_it(
    rosa: TestClient, web_house: House, people: People, first: RiskLevel, asked: str, said: str
) -> None:
    """What was said plainly, an answer that leaves it open, a no to being safe, and a no to something else."""
    begin(rosa, web_house, people)
    _write(web_house, people, "I just want it all to stop.", first)
    answer(web_house, people, asked)
    _write(web_house, people, said, RiskLevel.NONE)
    assert _shown(rosa.get("/talk").text) == (True, False)


def test_a_no_about_danger_does_not_fold_help_for_violence(rosa: TestClient, web_house: House, people: People) -> None:
    """To be hurt is danger too, and nobody asked about that."""
    begin(rosa, web_house, people)
    _write(web_house, people, HIT, RiskLevel.INDIRECT)
    answer(web_house, people, ASKED)
    _write(web_house, people, "No, nothing like that.", RiskLevel.NONE)
    assert _shown(rosa.get("/talk").text) == (True, False)


# words that could not be kept, and a talk that has ended ------------------------------------------------------------
def _alerted(house: House) -> list[RiskLevel]:
    with house.store.read() as connection:
        return [alert.level for alert in find_open_alerts(connection)]


@pytest.mark.parametrize("headers", [None, SCRIPT], ids=["page", "piece"])
@pytest.mark.parametrize(("text", "danger"), [(GRAVE, True), ("The kitchen is blue.", False)])
def test_danger_written_to_a_talk_that_has_ended_brings_help(
    rosa: TestClient, web_house: House, people: People, text: str, danger: bool, headers: dict[str, str] | None
) -> None:
    """Closed in another tab: it is refused and stands there to be copied; people are told, and help stands there."""
    at = begin(rosa, web_house, people)
    do_close(web_house, people.rosa.member or "", newest(web_house, people).id)
    status, page = post(rosa, f"{at}/lines", headers, text=text, sent=new_id())
    assert (status, CARD in page, bool(_alerted(web_house))) == (409, danger, danger)
    assert headers or text in page


@pytest.mark.parametrize("before", [True, False], ids=["in a talk", "beginning one"])
@pytest.mark.parametrize(("text", "danger"), [(GRAVE, True), ("", False)])
def test_danger_in_words_too_long_brings_help(
    rosa: TestClient, web_house: House, people: People, text: str, danger: bool, before: bool
) -> None:
    """The page says that they are too long and keeps them; people are told, and help stands there."""
    words = text + " word" * 1_000
    if before:
        status, page = post(rosa, f"{begin(rosa, web_house, people)}/lines", text=words, sent=new_id())
    else:
        status, page = post(rosa, "/talk", **{"with": "person", "words": words})
    assert (status, f"{words}</textarea>" in page) == (422, True)
    assert (CARD in page, bool(_alerted(web_house))) == (danger, danger)


@pytest.mark.parametrize(
    ("text", "risk"), [(GRAVE, RiskLevel.IMMINENT), (HIT, RiskLevel.NONE), ("Fine.", RiskLevel.NONE)]
)
def test_help_stays_when_the_talk_is_ended(
    rosa: TestClient, web_house: House, people: People, text: str, risk: RiskLevel
) -> None:
    """While the danger in it stands, or it told of violence these days; in any other talk there is none."""
    at = begin(rosa, web_house, people)
    _write(web_house, people, text, risk)
    assert post(rosa, f"{at}/end") == (303, f"{at}#last")
    page = rosa.get(at).text
    assert (CARD in page, "/talk#with-person" in page) == (text != "Fine.", text != "Fine.")
    web_house.clock.forward(days=4)  # type: ignore[attr-defined]
    assert (CARD in rosa.get(at).text) is (text == GRAVE)  # nobody has seen to it yet


# the pages one comes to after a talk --------------------------------------------------------------------------------
LATER = ["/talk", "/today"]
OPEN = re.compile(r'<details class="card care" open>')


def _ended(rosa: TestClient, house: House, people: People, *lines: tuple[str, RiskLevel]) -> None:
    """A talk with these lines of Rosa's, each after the plain question, that she ended."""
    at = begin(rosa, house, people)
    for text, risk in lines:
        _write(house, people, text, risk)
        answer(house, people, ASKED)
    post(rosa, f"{at}/end")


@pytest.mark.parametrize("path", LATER)
def test_after_a_talk_with_danger_help_stands_where_one_comes_next(
    rosa: TestClient, web_house: House, people: People, path: str
) -> None:
    """Open for a day, then folded, and gone with the third; nobody is said to be told."""
    _ended(rosa, web_house, people, (GRAVE, RiskLevel.IMMINENT))
    page = rosa.get(path).text
    assert (FOLD in page, bool(OPEN.search(page)), 'href="tel:024"' in page) == (True, True, True)
    assert "were told" not in page
    web_house.clock.forward(hours=25)  # type: ignore[attr-defined]
    page = rosa.get(path).text
    assert (FOLD in page, bool(OPEN.search(page))) == (True, False)
    web_house.clock.forward(days=2)  # type: ignore[attr-defined]
    assert FOLD not in rosa.get(path).text


@pytest.mark.parametrize("path", LATER)
def test_after_a_plain_no_help_is_folded_there_too(
    rosa: TestClient, web_house: House, people: People, path: str
) -> None:
    """As it is in the talk itself."""
    lines = [("I just want it all to stop.", RiskLevel.INDIRECT), ("No, nothing like that.", RiskLevel.NONE)]
    _ended(rosa, web_house, people, *lines)
    page = rosa.get(path).text
    assert (FOLD in page, bool(OPEN.search(page))) == (True, False)


@pytest.mark.parametrize("path", LATER)
def test_after_a_talk_of_violence_the_lines_for_that_stand_first_there(
    rosa: TestClient, web_house: House, people: People, path: str
) -> None:
    """Whatever else was read, and in another talk too; folded, for whoever hurts them may look on."""
    _ended(rosa, web_house, people, (HIT, RiskLevel.NONE))
    _ended(rosa, web_house, people, (GRAVE, RiskLevel.IMMINENT))
    page = rosa.get(path).text
    assert (FOLD in page, bool(OPEN.search(page))) == (True, False)
    assert 0 < page.index('href="tel:016"') < page.index('href="tel:024"')


@pytest.mark.parametrize("path", LATER)
def test_after_an_ordinary_talk_no_help_stands_there(
    rosa: TestClient, web_house: House, people: People, path: str
) -> None:
    """Nothing in it speaks of danger."""
    _ended(rosa, web_house, people, ("The kitchen is blue.", RiskLevel.NONE))
    assert FOLD not in rosa.get(path).text


def test_danger_in_an_older_talk_is_not_hidden_by_a_newer_one(
    rosa: TestClient, web_house: House, people: People
) -> None:
    """The newest three are looked at."""
    _ended(rosa, web_house, people, (GRAVE, RiskLevel.IMMINENT))
    _ended(rosa, web_house, people, ("The kitchen is blue.", RiskLevel.NONE))
    assert OPEN.search(rosa.get("/today").text)


def test_an_emergency_of_the_body_shows_the_emergency_number_alone(
    rosa: TestClient, web_house: House, people: People
) -> None:
    """A line for people in despair is no help there; where other danger was told too, it is shown."""
    begin(rosa, web_house, people)
    _write(web_house, people, "My chest hurts and my left arm is numb.", RiskLevel.IMMINENT)
    page = rosa.get("/talk").text
    assert _shown(page) == (True, False)
    assert 'href="tel:112"' in page
    assert 'href="tel:024"' not in page
    _write(web_house, people, "I want it all to stop.", RiskLevel.INDIRECT)
    assert 'href="tel:024"' in rosa.get("/talk").text
