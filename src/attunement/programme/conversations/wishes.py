"""Who a conversation should go to: a person, a team or a skill, as far as there is such a one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from attunement.domain.conversation import Speaker
from attunement.domain.conversation_events import Wanted
from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.ids import is_id
from attunement.programme.conversations.duty import Supporter, access_colleagues, check_short_name
from attunement.programme.house import House
from attunement.store.schema import accounts, turns


@dataclass(frozen=True, slots=True)
class Wishable:
    """Whom a member can wish for.

    ``names`` of supporters by account, and of them those ``known`` to the member, who wrote to them before; ``teams``,
    ``skills`` and ``languages`` (``pt``, without a country) that supporters entered, each in order.
    """

    names: dict[str, str]
    known: tuple[str, ...]
    teams: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]


def access_wishable(house: House, connection: Connection, member: str) -> Wishable:
    """Whom a member can wish for, whether or not they are on duty now."""
    everybody = access_colleagues(house, connection)
    wrote = select(turns.c.author).where(turns.c.member == member, turns.c.speaker == Speaker.SUPPORTER).distinct()
    known = set(connection.execute(wrote).scalars())
    return Wishable(
        names={one.account: one.name for one in everybody},
        known=tuple(one.account for one in everybody if one.account in known),
        teams=tuple(sorted({one.team for one in everybody if one.team})),
        skills=tuple(sorted({skill for one in everybody for skill in one.skills})),
        languages=tuple(sorted({code.split("-")[0] for one in everybody for code in one.languages})),
    )


def check_wanted(connection: Connection, wanted: Wanted) -> None:
    """Raise `Invalid` (``bad-input``) where it names a person who is no supporter here, or no short name."""
    for name in filter(None, (wanted.team, wanted.skill)):
        check_short_name(name)
    if wanted.person is None:
        return
    query = select(accounts.c.id).where(accounts.c.id == wanted.person, accounts.c.role == "supporter")
    if not is_id(wanted.person) or connection.execute(query).first() is None:
        raise Invalid(ErrorCode.BAD_INPUT, "There is no such supporter. Choose somebody else, a team or a skill.")


def fit(wanted: Wanted, language: str, supporter: Supporter) -> int:
    """How well a supporter fits, 0 to 4: two points for the language, one each for the skill and the team wanted.

    A wish that is not there fits everybody; whoever told no languages is taken to speak those of the programme.

    >>> grief = Supporter("a", "Noor", ("en",), ("grief",), None, 3, None, 0)
    >>> fit(Wanted(skill="grief"), "en-IE", grief), fit(Wanted(skill="grief", team="night"), "pt", grief)
    (4, 1)
    """
    spoken = {code.split("-")[0] for code in supporter.languages}
    return (
        2 * (not spoken or language.split("-")[0] in spoken)
        + (wanted.skill is None or wanted.skill in supporter.skills)
        + (wanted.team is None or wanted.team == supporter.team)
    )
