"""A steward's page on alerts: when they are raised, how soon somebody is to answer, and where people are told."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from attunement.domain.channel import Channel
from attunement.domain.errors import AttunementError
from attunement.programme.alerts.settings import LONGEST_MIN, access_alert_settings, do_arrange_alerts
from attunement.programme.alerts.staff import access_colleagues, access_staff_address, do_choose_staff_address
from attunement.web.pages.alerts import said_of_address
from attunement.web.pages.forms import number_of, text_of
from attunement.web.pages.page import Page
from attunement.web.pages.steward import StewardPage

router = APIRouter(include_in_schema=False)
MINUTES = ("indirect_min", "explicit_min")


@router.get("/steward/alerts")
def settings(page: StewardPage) -> Response:
    """How it is arranged."""
    return _settings(page)


@router.post("/steward/alerts")
def arrange(page: StewardPage) -> Response:
    """Arrange it so."""
    checked = bool(page.form.get("check_ins"))
    try:
        minutes = {name: int(number_of(page.form, name)) for name in MINUTES}
        do_arrange_alerts(page.house, check_ins=checked, account=page.caller.id, **minutes)
    except AttunementError as error:
        typed = {"check_ins": checked, **{name: text_of(page.form, name) for name in MINUTES}}
        return _settings(page, status=error.status, chosen=typed, errors={"indirect_min": page.words_of(error)})
    return page.redirect("/steward/alerts", said="alerts-arranged")


@router.post("/steward/alerts/addresses/{account}")
def choose_address(page: StewardPage, account: str) -> Response:
    """Where a colleague is told by letter."""
    email = text_of(page.form, "email")
    try:
        do_choose_staff_address(page.house, account, email)
    except AttunementError as error:
        return _settings(page, status=error.status, emails={account: email}, errors={account: page.words_of(error)})
    return page.redirect("/steward/alerts", said=said_of_address(page, email))


def _settings(page: Page, *, status: int = 200, emails: dict[str, str] | None = None, **shown: Any) -> Response:
    with page.house.store.read() as connection:
        chosen = access_alert_settings(connection)
        people = [
            {"row": one, "email": (emails or {}).get(one.id, access_staff_address(page.house, connection, one.id))}
            for one in access_colleagues(page.house, connection)
        ]
    couriers = page.house.outbound.couriers
    return page.render(
        "alert_settings.html", status=status, at="/alerts", people=people, longest=LONGEST_MIN,
        mail=Channel.EMAIL in couriers, hook=Channel.WEBHOOK in couriers, **{"chosen": chosen, "errors": {}, **shown},
    )  # fmt: skip
