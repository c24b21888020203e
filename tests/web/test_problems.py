"""Errors as pages."""

from __future__ import annotations

import re
from html import unescape

import pytest
from tests.web.conftest import Clients

from attunement.web.access import Role


def test_a_crash_shows_the_number_it_was_logged_under(
    clients: Clients, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The page says that it was written down under a number below, and there the number stands; no details do."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("attunement.web.pages.privacy.access_erasure_preview", broken)
    answer = clients[Role.MEMBER].get("/privacy/erase")
    page = unescape(answer.text)
    assert answer.status_code == 500
    assert "secret" not in page
    number = re.search(r"It was written down under: <code>([0-9a-f]{32})</code>", page)
    assert number is not None
    assert page.index("under the number below") < number.start()
    assert f"internal error {number[1]} at GET /privacy/erase" in caplog.text


def test_an_error_that_was_foreseen_has_no_number(clients: Clients) -> None:
    """Only what was logged is said to be."""
    assert "It was written down under" not in clients[Role.MEMBER].get("/offer/none").text
