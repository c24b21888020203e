"""The page that tells a member what was read in their words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from tests.conftest import Clock
from tests.web.conftest import Clients, People

from attunement.domain.consent import Cell
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.corrections import access_check_in
from attunement.programme.house import House
from attunement.web.access import Role


def test_words_are_quoted_without_the_marks_around_them(web_house: House, clients: Clients, people: People) -> None:
    """What carried a reading is named by its words alone, whatever stands beside them in the text."""
    member = people.rosa.member or ""
    moment = do_check_in(web_house, member, text='I am so sad, "so lonely", and... afraid! Nobody, nobody calls.').id
    shown = clients[Role.MEMBER].get(f"/check-ins/{moment}").text
    quotes = [word for found in re.findall(r"<bdi>(.*?)</bdi>", shown) for word in found.split(", ")]
    assert quotes
    assert all(re.fullmatch(r"\w.*\w|\w", word) for word in quotes), quotes


def _shown(house: House, clients: Clients, people: People, text: str) -> tuple[str, str]:
    """The address and the words of the page on a new check-in."""
    address = f"/check-ins/{do_check_in(house, people.rosa.member or '', text=text).id}"
    return address, unescape(clients[Role.MEMBER].get(address).text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "Heute bin ich sehr müde und traurig.",
            "What you wrote seems to be in German, which this program cannot read",
        ),
        ("lorem ipsum dolor sit amet", "seems to be in no language this program can read, so it was not read"),
        ("asdkjh qwe zzz", "seems to be in no language this program can read, so it was not read"),
        ("🚌 12:30", "There are no words in what you wrote, so nothing was read."),
    ],
)
def test_what_cannot_be_read_is_said_and_not_guessed(
    web_house: House, clients: Clients, people: People, text: str, says: str
) -> None:
    """Neither a feeling, nor "none stood out", nor a need, nor anything else is told as read; the form is there."""
    _, page = _shown(web_house, clients, people, text)
    assert says in page
    for guess in ("Read as:", "No feeling stood out", "read with a chance", "What else was read", "Marked are"):
        assert guess not in page, guess
    assert page.count(" checked>") == 1  # "Leave it open"
    assert 'name="emotion" value="sadness"' in page


def test_what_was_not_read_can_be_told_and_stays_told(web_house: House, clients: Clients, people: People) -> None:
    """The correction is kept and ticked when the page is opened again, and still nothing is guessed beside it."""
    address, page = _shown(web_house, clients, people, "Heute bin ich sehr müde und traurig.")
    proof = re.search(r'name="csrf" value="([^"]+)"', page)
    assert proof is not None
    sent = {"csrf": proof[1], "emotion": "sadness", "need": "calm"}
    assert clients[Role.MEMBER].post(address, data=sent).status_code == 303
    correction = access_check_in(web_house, people.rosa.member or "", address.rpartition("/")[2]).correction
    assert correction is not None
    assert (correction.emotions, correction.need) == (["sadness"], "calm")
    again = clients[Role.MEMBER].get(address).text
    assert 'value="sadness" checked' in again
    assert "Read as:" not in again


def test_danger_in_a_language_that_is_not_read_leads_to_help(
    web_house: House, clients: Clients, people: People
) -> None:
    """A plain phrase of danger is found in it all the same, and the page says whom to call."""
    assert "are you safe right now?" in _shown(web_house, clients, people, "Ich will mich umbringen")[1]
    assert "are you safe right now?" not in _shown(web_house, clients, people, "Heute bin ich sehr müde.")[1]


def test_after_words_of_danger_help_and_their_own_words_come_first(
    web_house: House, clients: Clients, people: People
) -> None:
    """What a computer made of them is folded away below, and a person can be asked for."""
    _, page = _shown(web_house, clients, people, "I want to kill myself tonight. I have the pills here.")
    order = [
        "are you safe right now?",
        "Ask for a person here",
        "own-words",
        "What a computer read in",
        "It sounded like",
    ]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    folded = page.index("<summary>What a computer read in it")
    assert page.rindex("<details", 0, folded) > page.index("own-words")
    for told in ("It sounded like", "How much in control", "You seemed to want"):
        assert page.index(told) > folded, told
    assert page.count("own-words") == 1
    assert "<mark" not in page


def test_nothing_in_particular_never_stands_beside_a_feeling(
    web_house: House, clients: Clients, people: People
) -> None:
    """It is ticked where it was all that was read, and only offered where a feeling was read as well."""
    member = people.rosa.member or ""
    reader = web_house.reader
    read = reader.read(["I am so sad."])[0]
    for labels, ticked in ((("sadness", "neutral"), ["sadness"]), (("neutral",), ["neutral"])):
        reading = replace(read, emotion=replace(read.emotion, labels=labels))
        moment = do_check_in(web_house, member, text="I am so sad.", reading=reading).id
        page = clients[Role.MEMBER].get(f"/check-ins/{moment}").text
        assert re.findall(r'name="emotion" value="(\w+)" checked', page) == ticked
        assert 'name="emotion" value="neutral"' in page


def test_all_that_was_read_is_told_with_the_words_that_carried_it(
    web_house: House, clients: Clients, people: People
) -> None:
    """How low, how stirred up, how strained and whether danger stand on the page, in words and with the text's own."""
    _, page = _shown(web_house, clients, people, "I feel a bit sad today.")
    rows = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))
    assert {"How still or stirred up", "How much in control", "How strained"} < set(rows)
    assert rows["How low or bright"].startswith("rather low.")
    assert "<bdi>sad</bdi>" in rows["How low or bright"]
    assert rows["Danger"].endswith("found, which does not mean there is none.")
    _, page = _shown(web_house, clients, people, "I want to kill myself tonight")
    assert re.search(r"<dt>Danger</dt><dd>it speaks of danger.*<bdi>.*kill.*</bdi>", page)


def test_the_journey_leads_back_to_what_was_read(
    web_house: House, clients: Clients, people: People, clock: Clock
) -> None:
    """The newest ten check-ins whose words were read, newest first, as long as words may be read, and no others."""
    member = people.rosa.member or ""
    moments = []
    for k in range(11):
        clock.forward(hours=1)
        moments.append(do_check_in(web_house, member, text=f"A quiet hour, the {k}th of them.").id)
    clock.forward(hours=1)
    do_change_consent(web_house, member, withdraw=[Cell.parse("personalise:text")])
    unread = do_check_in(web_house, member, text="Not to be read.", at=clock() - timedelta(minutes=1)).id
    assert "/check-ins/" not in clients[Role.MEMBER].get("/journey").text
    do_change_consent(web_house, member, grant=[Cell.parse("personalise:text")])
    links = re.findall(r'href="/check-ins/([^"]+)"', clients[Role.MEMBER].get("/journey").text)
    assert links == moments[:0:-1]
    assert unread not in links
    assert clients[Role.MEMBER].get(f"/check-ins/{links[-1]}").status_code == 200
