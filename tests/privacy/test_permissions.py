"""The chain of consents: any change to any link shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.consent import ALL_CELLS, Category, Cell, Purpose
from attunement.domain.events import ConsentChanged
from attunement.privacy.permissions import FIRST, Permissions, chain_hash, chained, verify_chain

AT = datetime(2026, 5, 1, tzinfo=UTC)
TIMES = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
CHANGES = st.lists(
    st.tuples(TIMES, st.sampled_from(ALL_CELLS), st.booleans(), st.integers(1, 9), st.none() | TIMES),
    min_size=1, max_size=8,
)  # fmt: skip


def _chain(changes: list[tuple[datetime, Cell, bool, int, datetime | None]]) -> list[ConsentChanged]:
    links: list[ConsentChanged] = []
    for at, cell, granted, wording, expires in changes:
        previous = links[-1].hash if links else FIRST
        links.append(chained(previous, at=at, cell=cell, granted=granted, wording=wording, expires=expires))
    return links


@given(CHANGES)
def test_an_untouched_chain_is_whole(changes: list) -> None:
    """Links made one after the other verify, also after a round trip through JSON."""
    links = _chain(changes)
    assert verify_chain(links) is None
    assert verify_chain([ConsentChanged.model_validate_json(link.model_dump_json()) for link in links]) is None


@given(CHANGES, st.data())
def test_a_changed_link_is_found_at_its_place(changes: list, data: st.DataObject) -> None:
    """Whichever field of whichever link is changed, the chain breaks right there."""
    links = _chain(changes)
    i = data.draw(st.integers(0, len(links) - 1))
    link = links[i]
    other = data.draw(st.sampled_from([
        {"granted": not link.granted}, {"wording": link.wording + 1}, {"at": link.at + timedelta(microseconds=1)},
        {"purpose": next(p for p in Purpose if p != link.purpose)},
        {"category": next(c for c in Category if c != link.category)},
        {"expires": AT + timedelta(days=999)}, {"previous": "1" * 64}, {"hash": "1" * 64},
    ]))  # fmt: skip
    links[i] = link.model_copy(update=other)
    assert verify_chain(links) == i


@given(CHANGES.filter(lambda c: len(c) > 2), st.data())
def test_a_missing_link_is_found(changes: list, data: st.DataObject) -> None:
    """A link taken out, or two swapped, breaks the chain where it was; the last one's loss alone cannot show."""
    links = _chain(changes)
    i = data.draw(st.integers(0, len(links) - 2))
    assert verify_chain(links[:i] + links[i + 1 :]) == i
    assert verify_chain([*links[:i], links[i + 1], links[i], *links[i + 2 :]]) == i


def test_a_link_forged_with_a_fitting_hash_breaks_the_next() -> None:
    """Who forges a link together with its hash is found at the link after it."""
    links = _chain([(AT, ALL_CELLS[0], True, 1, None), (AT, ALL_CELLS[1], True, 1, None)])
    forged = links[0].model_copy(update={"granted": False})
    links[0] = forged.model_copy(update={"hash": chain_hash(forged)})
    assert verify_chain(links) == 1


def test_the_same_instant_in_another_zone_is_another_text() -> None:
    """The hash is over the text of the time, so a link must be kept as it was made."""
    elsewhere = AT.astimezone(timezone(timedelta(hours=2)))
    assert elsewhere == AT
    hashes = {_chain([(at, ALL_CELLS[0], True, 1, None)])[0].hash for at in (AT, elsewhere)}
    assert len(hashes) == 2


def test_nothing_is_allowed_unless_it_was_granted() -> None:
    """No permissions allow nothing; everything allows all; one cell allows itself only."""
    for cell in ALL_CELLS:
        assert not Permissions().allows(*cell)
        assert Permissions.everything().allows(*cell)
        assert [other for other in ALL_CELLS if Permissions(frozenset({cell})).allows(*other)] == [cell]
