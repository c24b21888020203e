"""Which seal closes an event: the member's own, from their wrapped key, or the programme's."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, select

from attunement.domain.errors import ErrorCode, NotFound
from attunement.domain.ids import is_id
from attunement.privacy.programme_key import ProgrammeKey
from attunement.privacy.vault import Seal, Vault
from attunement.store.schema import member_keys

_WRAPPED = select(member_keys.c.wrapped).where(member_keys.c.member == bindparam("member"))
_WRAPPED_LOCKED = _WRAPPED.with_for_update()


class Sealer:
    """Looks up members' keys in the transaction that needs them, so that an erased key is never used again."""

    def __init__(self, key: ProgrammeKey) -> None:
        self._vault = Vault(key)
        self.fingerprint = key.fingerprint
        self.programme = self._vault.programme

    def make(self, connection: Connection, member: str) -> None:
        """Make and store a new member's key."""
        _, wrapped = self._vault.new_member(member)
        connection.execute(insert(member_keys), {"member": member, "wrapped": wrapped})

    def of(self, connection: Connection, member: str) -> Seal:
        """A member's seal for writing; on PostgreSQL the row stays locked, so that one member's writes queue up."""
        seal = self.find(connection, member, lock=True)
        if seal is None:
            raise NotFound(ErrorCode.UNKNOWN_MEMBER, "There is no such member. They may have erased themselves.")
        return seal

    def find(self, connection: Connection, member: str, *, lock: bool = False) -> Seal | None:
        """A member's seal, or None where the key is gone."""
        if not is_id(member):  # some texts no database takes as a parameter
            return None
        wrapped = connection.execute(_WRAPPED_LOCKED if lock else _WRAPPED, {"member": member}).scalar()
        return None if wrapped is None else self._vault.member(wrapped, member)
