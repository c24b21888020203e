"""The page that tells a member what was read in their words."""

from __future__ import annotations

import re

from tests.web.conftest import Clients, People

from attunement.programme.check_ins import do_check_in
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
