"""``attune reach``: why a member would or would not be reached now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from attunement.domain.affect import Affect
from attunement.domain.practice import AvoidWhen
from attunement.programme import house as houses
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_set_consent
from attunement.programme.house import House, open_house
from attunement.programme.members import do_enrol
from attunement.programme.reach.settings import do_set_reach

if TYPE_CHECKING:
    from conftest import Attune


@pytest.fixture
def stirred(tmp_path: Path) -> tuple[str, str]:
    """A member who wants to be reached, not quiet now, and was overwhelmed four hours ago; the address, and them."""
    url = f"sqlite:///{tmp_path / 'programme.db'}"
    house = open_house(url)
    member = do_enrol(house, name="Rosa")
    do_set_consent(house, member, house.wording.asked)
    night = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=12)
    until = night + timedelta(hours=1)
    do_set_reach(house, member, on=True, quiet_from=night.time(), quiet_until=until.time())
    do_check_in(house, member, affect=Affect(-1, 1), at=house.clock() - timedelta(hours=4))
    house.close()
    return url, member


def test_why_tells_all_that_weighing_would_hold_for(
    attune: Attune, stirred: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They could be reached; not where no practice fits how they are, nor once they stopped it."""
    url, member = stirred
    assert attune("reach", "why", member, "--url", url).stdout == "could be reached\n"

    def stirring(url: str) -> House:
        house = open_house(url)
        avoiding = tuple(replace(p, avoid_when=(AvoidWhen.OVERWHELMED,)) for p in house.library.practices)
        return replace(house, library=replace(house.library, practices=avoiding))

    with monkeypatch.context() as patched:
        patched.setattr(houses, "open_house", stirring)
        assert attune("reach", "why", member, "--url", url).stdout == "held back: nothing-fits\n"
    house = open_house(url)
    do_set_reach(house, member, on=False)
    house.close()
    assert attune("reach", "why", member, "--url", url).stdout == "held back: stopped\n"
