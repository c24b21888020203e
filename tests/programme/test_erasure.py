"""Erasure: what goes, what stays, and that nothing of the erased is left in the shared policy."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from attunement.domain.affect import Affect
from attunement.domain.errors import ErrorCode, NotFound
from attunement.domain.need import Need
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_set_consent
from attunement.programme.decisions import do_answer, do_decide
from attunement.programme.erasure import access_erasure_preview, access_receipt, do_erase
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.journey import access_journey
from attunement.programme.learner import do_learn
from attunement.programme.members import do_enrol, do_set_breadth
from attunement.programme.outcomes import do_finish
from attunement.reading.reply_reader import ReplyReader
from attunement.reading.text_reader import TextReader
from attunement.store import schema


def _lives(house: House, name: str, *, loops: int = 3, first_seed: int = 0) -> str:
    member = do_enrol(house, name=name)
    do_set_consent(house, member, house.wording.asked)
    for seed in range(first_seed, first_seed + loops):
        do_check_in(house, member, affect=Affect(-0.4, 0.3), needs=[Need.CALM])
        decision = do_decide(house, member, seed=seed)
        do_finish(house, member, decision.id, rating=1 + seed % 5, affect_after=Affect(0.1, 0))
    do_decide(house, member, seed=first_seed)
    return member


def _wrapped_key(house: House, member: str) -> bytes:
    with house.store.read() as connection:
        query = select(schema.member_keys.c.wrapped).where(schema.member_keys.c.member == member)
        return bytes(connection.execute(query).scalar_one())


def _on_disk(file: Path) -> bytes:
    return b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))


def _served(house: House) -> tuple[bytes, bytes, int]:
    with house.store.read() as connection:
        seen = house.policies.newest(connection).pool
    return seen.sums.precision.tobytes(), seen.sums.shift.tobytes(), seen.outcomes


def test_the_preview_and_the_receipt_count_what_goes(house: House) -> None:
    """The counts before and on the receipt are those of the rows there were, and the receipt can be read again."""
    member = _lives(house, "Rosa")
    preview = access_erasure_preview(house, member)
    assert preview.counts == {
        "check_ins": 3, "offers": 4, "outcomes": 3, "conversations": 0, "lines": 0, "alerts": 0, "messages": 0,
        "addresses": 0,
        "consents": len(house.wording.asked), "accounts": 0,
        "body_readings": 0, "sealed_records": 1 + len(house.wording.asked) + 3 + 4 + 3, "lessons_in_the_policy": 3,
    }  # fmt: skip
    receipt = do_erase(house, member)
    assert receipt.counts == preview.counts
    assert access_receipt(house, receipt.id) == receipt


def test_every_derived_row_and_the_key_are_gone(house: House) -> None:
    """No table but the log and the receipts holds the member's id any more, and their records do not open."""
    member, other = _lives(house, "Rosa"), _lives(house, "Ida")
    do_erase(house, member)
    with house.store.read() as connection:
        for table in (*schema.DERIVED, schema.member_keys, schema.sessions, schema.requests):
            if table is not schema.erasures:
                assert member not in str(connection.execute(select(table)).all()), table.name
        assert list(house.store.events(connection, member=member)) == []
        sealed = schema.log.c
        kept = connection.execute(select(sealed.payload).where(sealed.member == member)).all()
        assert len(kept) > 5, "the sealed records stay, as the log is append-only"
        assert list(house.store.events(connection, member=other)) != []


def test_no_copy_of_the_key_stays_on_the_disk(house: House) -> None:
    """Right after the erasure the wrapped key's bytes are in no file of an SQLite database, the -wal among them."""
    if house.store.file is None:
        pytest.skip("PostgreSQL reuses its pages and its write-ahead log when it sees fit")
    member, other = _lives(house, "Rosa"), _lives(house, "Ida")
    key, others = _wrapped_key(house, member), _wrapped_key(house, other)
    assert key in _on_disk(house.store.file)
    do_erase(house, member)
    assert key not in _on_disk(house.store.file)
    assert others in _on_disk(house.store.file)


def test_an_erasure_inside_another_write_wipes_the_key_too(make_house: Callable[..., House], database_url: str) -> None:
    """Where the erasure is part of a larger write (a remembered request), the key is wiped when that commits."""
    house = make_house(database_url, busy_s=90.0)
    member = _lives(house, "Rosa", loops=1)
    key = _wrapped_key(house, member)
    started = time.monotonic()
    with house.store.write(alone=True):
        do_erase(house, member)
    assert time.monotonic() - started < 60, "it must not wait for its own transaction"
    if house.store.file is not None:
        assert key not in _on_disk(house.store.file)


def test_a_key_that_a_reader_kept_in_the_log_goes_at_the_next_opening(
    make_house: Callable[..., House], database_url: str
) -> None:
    """A reader in the way delays the wiping; the member is erased all the same, and the next opening wipes it."""
    house = make_house(database_url, busy_s=0.2)
    if house.store.file is None:
        pytest.skip("only SQLite empties a write-ahead log of its own")
    member = _lives(house, "Rosa", loops=1)
    key = _wrapped_key(house, member)
    with house.store.read() as connection:
        connection.execute(select(schema.members)).all()
        do_erase(house, member)
    assert key in _on_disk(house.store.file)
    make_house(database_url)
    assert key not in _on_disk(house.store.file)


def test_the_policy_equals_one_that_never_saw_them(make_house: Callable[..., House], house: House) -> None:
    """After an erasure the served sums equal, to the bit, those of a programme the member never joined."""
    _lives(house, "Ida", first_seed=10)
    do_learn(house)
    without = _served(house)
    member = _lives(house, "Rosa", loops=5, first_seed=20)
    do_learn(house)
    assert _served(house) != without
    do_erase(house, member)
    assert _served(house) == without
    again = make_house(str(house.store.url.render_as_string(hide_password=False)))
    assert _served(again) == without


def test_lessons_not_yet_learned_are_never_learned(house: House) -> None:
    """Outcomes that wait for the learner go with the member."""
    member = _lives(house, "Rosa")
    do_erase(house, member)
    assert do_learn(house) is None


def test_the_others_do_not_notice(house: House) -> None:
    """Another member's export, journey and rows are the same before and after."""
    member, other = _lives(house, "Rosa"), _lives(house, "Ida")
    before = access_export(house, other), access_journey(house, other)
    do_erase(house, member)
    assert (access_export(house, other), access_journey(house, other)) == before


def test_an_erased_member_is_unknown_everywhere(house: House) -> None:
    """Every use case answers as for somebody who never was, and none of them writes anything."""
    member = _lives(house, "Rosa", loops=1)
    decision = do_decide(house, member).id
    do_erase(house, member)
    with house.store.read() as connection:
        events = len(connection.execute(select(schema.log.c.seq)).all())
    attempts: list[Callable[[], object]] = [
        lambda: do_check_in(house, member, affect=Affect(0, 0)),
        lambda: do_decide(house, member),
        lambda: do_set_consent(house, member, []),
        lambda: do_set_breadth(house, member, 0.2),
        lambda: do_answer(house, member, decision, "started"),
        lambda: do_finish(house, member, decision),
        lambda: access_export(house, member),
        lambda: access_journey(house, member),
        lambda: access_erasure_preview(house, member),
        lambda: do_erase(house, member),
    ]
    for attempt in attempts:
        with pytest.raises(NotFound) as caught:
            attempt()
        assert caught.value.code is ErrorCode.UNKNOWN_MEMBER
    with house.store.read() as connection:
        assert len(connection.execute(select(schema.log.c.seq)).all()) == events


def test_an_erasure_that_breaks_off_erases_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last step fails, the member, their key and the policy are as before."""
    member = _lives(house, "Rosa")
    do_learn(house)
    before = access_export(house, member), _served(house), _wrapped_key(house, member)

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("attunement.programme.erasure.MemberErased", fails)
    with pytest.raises(RuntimeError):
        do_erase(house, member)
    assert (access_export(house, member), _served(house), _wrapped_key(house, member)) == before


def test_there_is_no_receipt_of_a_made_up_number(house: House) -> None:
    """An unknown receipt is not found."""
    with pytest.raises(NotFound) as caught:
        access_receipt(house, "00000000-0000-7000-8000-000000000000")
    assert caught.value.code is ErrorCode.NOT_FOUND


def test_a_store_says_nothing_of_a_scrub_it_did_not_need(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Without readers in the way the wiping is silent."""
    do_erase(house, _lives(house, "Rosa", loops=1))
    assert caplog.records == []


def test_readers_let_go_of_words_when_somebody_is_erased(house: House) -> None:
    """What was read lately is remembered, of texts, check-ins and replies; after an erasure none of it is."""
    assert isinstance(house.reader, TextReader)
    assert isinstance(house.check_in_reader, TextReader)
    assert isinstance(house.replies, ReplyReader)
    house.reader.read(["I can't sleep."])
    house.check_in_reader.why("I can't sleep, again.", "stress")
    house.replies.read([("I can't sleep.", "That sounds hard.")])
    encoder = house.check_in_reader._encoder
    assert len(encoder._recent.texts) > 0
    assert len(encoder._recent_parts) > 0
    assert house.replies._states.cache_info().currsize > 0
    do_erase(house, do_enrol(house))
    assert (len(encoder._recent.texts), len(encoder._recent_parts)) == (0, 0)
    assert house.reader._encoder is encoder
    assert house.replies._states.cache_info().currsize == 0
