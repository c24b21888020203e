"""The API against its own description: generated requests, fitting and not, through every built-in check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import available_timezones

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from tests.web.conftest import People

from attunement.domain.consent import ALL_CELLS, Category, Cell, Purpose
from attunement.programme.consents import do_change_consent
from attunement.programme.decisions import do_decide
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.reading.text_reader import TextReader

SUBSCRIPTION = '{"endpoint": "https://push.example.org/a", "keys": {"p256dh": "BA", "auth": "AA"}}'
TOO_LARGE = 413
NO_WORDS_OF_OURS = schemathesis.config.SchemathesisConfig.from_dict({"analysis": {"constants": {"enabled": False}}})
"""Words from our modules would be tried in every field, also where a format asks for the name of a time zone."""
LATELY = 1_777_622_400  # 1 May 2026, 08:00 UTC: four hours before the clock of these tests


def goemotions() -> list[str]:
    """The emotions that are read."""
    return list(TextReader().read([""])[0].emotion.emotions)


@pytest.fixture
def described(app: FastAPI, web_house: House) -> Any:
    """The description, with what JSON Schema cannot say: the names of time zones and the cells that are asked for."""
    asked = [str(cell) for cell in ALL_CELLS if cell in web_house.wording.asked]
    schemathesis.openapi.format("iana-time-zone", st.sampled_from(sorted(available_timezones())))
    schemathesis.openapi.format("emotion-label", st.sampled_from(goemotions()))
    schemathesis.openapi.format("consent-cell", st.sampled_from(asked))
    schemathesis.openapi.format("mail-address", st.sampled_from(["rosa@example.org", "i.d.a@mail.example.org"]))
    schemathesis.openapi.format("push-subscription", st.just(SUBSCRIPTION))
    return schemathesis.openapi.from_asgi("/api/openapi.json", app, config=NO_WORDS_OF_OURS)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_api_does_what_it_says(described: Any, web_house: House, people: People, subtests: pytest.Subtests) -> None:
    """As an integrator, no request, fitting or not, breaks a promise of the description in any built-in check."""
    for found in described.get_all_operations():
        operation = found.ok()
        with subtests.test(operation.label):
            _check(operation, web_house, people)


def _check(operation: Any, house: House, people: People) -> None:
    cases = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

    @settings(max_examples=25, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(cases))
    def check(case: Any) -> None:
        _make_real(case, house, people)
        response = case.call(headers={"Authorization": f"Bearer {people.key.key}"})
        if response.status_code != TOO_LARGE:  # which is as good an answer to what does not fit
            case.validate_response(response)

    check()


def _make_real(case: Any, house: House, people: People) -> None:
    """Aim at a member and a decision that are there, and mend what a schema cannot ask for."""
    if "member" in case.path_parameters:
        erases = case.method == "DELETE"
        case.path_parameters["member"] = do_enrol(house, keeper=people.key.id) if erases else people.kept
    if "moment" in case.path_parameters:
        case.path_parameters["moment"] = people.moments[people.kept]
    if "decision" in case.path_parameters:
        answered = case.method == "POST"
        case.path_parameters["decision"] = (
            do_decide(house, people.kept, seed=1).id if answered else people.decisions[people.kept]
        )
    if case.path.endswith(("/body", "/body/file")):  # requests before may have withdrawn it
        do_change_consent(house, people.kept, grant=[Cell(Purpose.PERSONALISE, Category.BODY)])
    if isinstance(case.body, dict):
        _mend(case.body)
    if case.path.endswith("/body/file") and isinstance(case.body, dict) and "file" in case.body:
        case.body["file"] = b"time,heart_rate\n%d,70\n" % LATELY


def _mend(body: dict[str, Any]) -> None:
    """Instants lie in the past; what points at something points at what is there; samples have each their time."""
    at = _instant(str(body.get("at")))
    if at is not None and not 1990 <= at.year < 2026:
        body["at"] = "2026-04-30T18:30:00+02:00"
    for pointing in ("ticked", "chosen"):
        if isinstance(body.get(pointing), list):
            body[pointing] = [what for what in body[pointing] if not _fits(what)]
    if isinstance(body.get("wanted"), dict) and isinstance(body["wanted"].get("person"), str):
        body["wanted"]["person"] = None
    if isinstance(body.get("channels"), list):
        for channel in body["channels"]:
            _mend_signal(channel)


def _mend_signal(channel: object) -> None:
    """As many times as values, all of them lately; what is no time, or no list of them, stays wrong."""
    if not isinstance(channel, dict) or not isinstance(channel.get("values"), list):
        return
    if _number(channel.get("start")):
        channel["start"] = LATELY
    times = channel.get("times")
    if isinstance(times, list) and times and all(_number(time) for time in times):
        channel["times"] = [LATELY + k for k, _ in enumerate(channel["values"])] or times


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fits(what: object) -> bool:
    numbers = list(what.values()) if isinstance(what, dict) and set(what) == {"turn", "choice"} else [what]
    return all(_number(n) and 0 <= n <= 99 for n in numbers)


def _instant(text: str) -> datetime | None:
    parse: Callable[[str], datetime] = datetime.fromisoformat
    try:
        return parse(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
