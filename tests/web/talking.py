"""What the tests of talking share: a member's browser that sends forms, and what was written."""

from __future__ import annotations

import html
import re

from starlette.testclient import TestClient
from tests.web.conftest import People

from attunement.domain.conversation import Speaker
from attunement.domain.reply import Strategy
from attunement.programme.conversations.conversation import Conversation, access_conversations
from attunement.programme.conversations.lines import WrittenLine, access_lines
from attunement.programme.conversations.writing import access_ticket, do_write_as_companion
from attunement.programme.house import House

SCRIPT = {"HX-Request": "true"}


def proof(client: TestClient, at: str = "/talk") -> str:
    """What the forms of a page carry to prove that they are of it."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(at).text)
    assert found is not None
    return found[1]


def post(client: TestClient, path: str, headers: dict[str, str] | None = None, **form: str) -> tuple[int, str]:
    """The status, and where it led to or the text of the page."""
    answer = client.post(path, data={**form, "csrf": proof(client)}, headers=headers)
    return answer.status_code, answer.headers.get("location", html.unescape(answer.text))


def newest(house: House, people: People) -> Conversation:
    """Rosa's newest conversation."""
    with house.store.read() as connection:
        return access_conversations(connection, people.rosa.member or "")[0]


def said(house: House, people: People) -> list[WrittenLine]:
    """What was said in it, without notices."""
    with house.store.read() as connection:
        found = access_lines(house, connection, people.rosa.member or "", newest(house, people).id)
    return [line for line in found if line.speaker is not Speaker.NOTICE]


def begin(client: TestClient, house: House, people: People, **form: str) -> str:
    """The address of a conversation that was begun with the companion."""
    assert post(client, "/talk", **{"with": "companion", **form}) == (303, "/talk")
    return f"/talk/{newest(house, people).id}"


def answer(house: House, people: People, text: str = "What was hardest?", **more: object) -> WrittenLine:
    """What the companion says next."""
    with house.store.read() as connection:
        ticket = access_ticket(connection, newest(house, people).id)
    return do_write_as_companion(house, ticket, text, by="composer", strategy=Strategy.QUESTION, **more)  # type: ignore[arg-type]
