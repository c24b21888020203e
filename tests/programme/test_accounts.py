"""Setting up, joining, passphrases and staff."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from tests.conftest import Clock

from attunement.domain.errors import AttunementError, Conflict, Invalid, NotFound, NotSignedIn
from attunement.domain.programme_events import Role
from attunement.programme.accounts import (
    access_staff,
    do_change_passphrase,
    do_close_account,
    do_join,
    do_set_up,
)
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.invitations import access_invitations, do_make_invitation
from attunement.programme.rebuild import do_rebuild
from attunement.programme.sessions import access_account, do_open_session, do_sign_in
from attunement.store.schema import accounts, log, members, sessions

WORDS = "four words in a row"


def test_a_programme_is_set_up_once(house: House) -> None:
    """The first steward can be made only while there is none."""
    assert do_set_up(house, "Stella", WORDS).role == "steward"
    with pytest.raises(Conflict, match="already") as refused:
        do_set_up(house, "Another", WORDS)
    assert refused.value.code == "already-set-up"


def test_joining_is_one_transaction(house: House) -> None:
    """A taken name leaves the invitation unused and nobody enrolled."""
    code = do_make_invitation(house, "member", uses=2)
    do_join(house, code, "Rosa", WORDS)
    with pytest.raises(Conflict) as refused:
        do_join(house, code, "  ROSA ", WORDS)
    assert refused.value.code == "name-taken"
    assert [invitation.uses_left for invitation in access_invitations(house)] == [1]
    with house.store.read() as connection:
        assert len(connection.execute(select(members.c.id)).all()) == 1


def test_a_members_name_is_kept_sealed(house: House) -> None:
    """Neither the accounts table nor the log holds a member's name in the clear; signing in gives it back."""
    account = do_join(house, do_make_invitation(house, "member"), "Rosalind Marker", WORDS)
    with house.store.read() as connection:
        kept = repr(connection.execute(select(accounts)).all()) + repr(connection.execute(select(log)).all())
    assert "Rosalind" not in kept
    token = do_sign_in(house, "rosalind  marker", WORDS)
    assert access_account(house, token) == account


@pytest.mark.parametrize("code", ["", "0000-0000-0000-0000", "x" * 500, "ΩΩΩΩ"])
def test_a_code_that_was_never_given_does_not_work(house: House, code: str) -> None:
    """What is not an invitation is refused, whatever it looks like."""
    with pytest.raises(Invalid) as refused:
        do_join(house, code, "Rosa", WORDS)
    assert refused.value.code == "bad-invitation"


def test_a_code_works_however_it_is_typed(house: House) -> None:
    """Case, spaces, missing dashes, and O for 0, do not count."""
    code = do_make_invitation(house, "supporter")
    typed = f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "
    assert do_join(house, typed, "Sam", WORDS).role == "supporter"


def test_an_invitation_ends(house: House, clock: Clock) -> None:
    """It works as often and as long as it says, and no more."""
    once = do_make_invitation(house, "member")
    do_join(house, once, "Rosa", WORDS)
    brief = do_make_invitation(house, "member", days=1)
    clock.forward(days=1)
    for code in (once, brief):
        with pytest.raises(Invalid) as refused:
            do_join(house, code, "Oli", WORDS)
        assert refused.value.code == "bad-invitation"
    assert access_invitations(house) == []


@pytest.mark.parametrize("weak", ["short", "a" * 40, "Rosalind Marker", "rosalindmarker", "x" * 2000])
def test_weak_passphrases_are_refused(house: House, weak: str) -> None:
    """Short, endless, monotonous, or the name itself."""
    with pytest.raises(Invalid) as refused:
        do_join(house, do_make_invitation(house, "member"), "Rosalind Marker", weak)
    assert refused.value.code == "weak-passphrase"


def test_half_a_character_is_refused_in_a_passphrase(house: House) -> None:
    """A lone surrogate is an error to tell about, not a crash."""
    with pytest.raises(Invalid) as refused:
        do_set_up(house, "Stella", "four words in \ud800 row")
    assert refused.value.code == "bad-text"


@pytest.mark.parametrize("role", ["member", "steward"])
def test_another_passphrase_replaces_the_first(house: House, role: Role) -> None:
    """The old one stops working, the other sessions end, and a rebuild from the log knows the new one."""
    account = do_join(house, do_make_invitation(house, role), "Rosa", WORDS)
    here, elsewhere = (do_open_session(house, account.id, account.role) for _ in range(2))
    with pytest.raises(Invalid) as refused:
        do_change_passphrase(house, account, "not the old one", "quite another thing")
    assert refused.value.code == "bad-credentials"
    do_change_passphrase(house, account, WORDS, "quite another thing", token=here)
    do_rebuild(house)
    assert access_account(house, here).id == account.id
    with pytest.raises(NotSignedIn):
        access_account(house, elsewhere)
    with pytest.raises(Invalid):
        do_sign_in(house, "Rosa", WORDS)
    assert do_sign_in(house, "Rosa", "quite another thing")


def test_the_last_steward_stays(house: House) -> None:
    """A programme cannot lose its last steward, and a closed account loses its sessions at once."""
    first = do_set_up(house, "Stella", WORDS)
    with pytest.raises(Conflict) as refused:
        do_close_account(house, first.id)
    assert refused.value.code == "not-allowed"
    second = do_join(house, do_make_invitation(house, "steward"), "Stan", WORDS)
    token = do_open_session(house, first.id, first.role)
    do_close_account(house, first.id)
    with pytest.raises(NotSignedIn):
        access_account(house, token)
    assert [staff.id for staff in access_staff(house)] == [second.id]
    with pytest.raises(NotFound):
        do_close_account(house, first.id)


def test_an_erased_member_leaves_no_account(house: House) -> None:
    """Erasure takes the account and its sessions, and frees the name."""
    account = do_join(house, do_make_invitation(house, "member", uses=2), "Rosa", WORDS)
    token = do_open_session(house, account.id, account.role)
    do_erase(house, account.member or "")
    with pytest.raises(AttunementError):
        access_account(house, token)
    with house.store.read() as connection:
        assert connection.execute(select(sessions)).all() == connection.execute(select(accounts)).all() == []
    assert do_join(house, do_make_invitation(house, "member"), "Rosa", WORDS).member != account.member
