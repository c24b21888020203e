"""Texts read on the spot, over HTTP."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


def test_what_was_not_read_of_a_text_is_said(integrator: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its place in the text; null where it was read whole, as all that can be sent here is."""
    side = ("It rained all day. " * 100).strip()
    sent = {"texts": [side, "It rained."]}
    whole = integrator.post("/api/read", json=sent).json()["readings"]
    assert [reading["left_out"] for reading in whole] == [None, None]
    monkeypatch.setattr("attunement.reading.plain_text.MAX_CHARACTERS", 1000)
    cut = integrator.post("/api/read", json=sent).json()["readings"]
    assert [reading["left_out"] for reading in cut] == [[500, len(side) - 500], None]
