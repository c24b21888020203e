"""What a page says of a decision."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from attunement.domain.decision import Choice, Decision, Reason
from attunement.programme.house import House
from attunement.web.pages.offer_view import REASON_WORDS, offer_view


def test_reasons_worded_alike_are_told_once_and_their_weights_add_up(web_house: House) -> None:
    """Two parts of having met the like lately, as older decisions hold them, are one line; a weightless one is none."""
    offered = web_house.library.practices[0].id
    reasons = (
        Reason("tired:practice", -0.3, {"value": 1.0}),
        Reason("theme", 0.2, {"value": 0.1, "source": "read"}),
        Reason("tired:family", -0.1, {"value": 0.2}),
        Reason("breadth", 0.0, {"value": 0.012}),
    )
    choice = Choice(offered, {offered: 1.0}, (), reasons, 0.5, "p", 1)
    decision = Decision("d", "m", None, datetime(2026, 5, 1, tzinfo=UTC), choice, (), (), "Because.")
    told = offer_view(web_house, decision, str, help=None)["reasons"]
    assert [row["label"] for row in told] == [REASON_WORDS["tired"], REASON_WORDS["theme"]]
    assert [row["weight"] for row in told] == pytest.approx([-0.4 / 0.6, 0.2 / 0.6])
