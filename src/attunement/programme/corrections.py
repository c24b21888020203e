"""What was read from a member's words, which words carried it, and what the member says it got wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from attunement.domain.consent import Category, Purpose
from attunement.domain.contracts import ExplainingReader
from attunement.domain.errors import ErrorCode, Invalid, NotFound
from attunement.domain.events import CheckedIn, ReadingCorrected, ReadingKept
from attunement.domain.ids import is_id
from attunement.domain.need import Need
from attunement.domain.reading import Attribution, RiskLevel
from attunement.programme.consents import access_permissions
from attunement.programme.house import House
from attunement.reading.language import can_read_feeling
from attunement.reading.why import AFFECT, DANGER, STRESS
from attunement.store.schema import members, moments

WORDS_SHOWN = 3
WORTH_SHOWING = 0.25
"""Words that did less than this share of what the strongest did are not shown: they would only puzzle."""
MIDDLE, HALF = 3.0, 0.5
"""The middle of affect (1 to 5) and of stress (0 to 1)."""
LEAST_DONE = {**dict.fromkeys(AFFECT, 0.1), STRESS: 0.3, DANGER: 0.5}
"""Of these, words that did less than this are not shown either: points of affect, log-odds of stress and danger."""


@dataclass(frozen=True, slots=True)
class CheckInRead:
    """One check-in with what was read from its words.

    ``words`` gives for each emotion found, and for the likeliest need, the words that carried it most, at most three,
    in the order of the text, and none that did little. ``other_words`` gives the same for valence, arousal, dominance
    and stress, of words that moved each to the side of its middle where it lies, and for risk where there was danger.
    Both are empty where the reading is by an older model than the one that would be asked, and of what was not read.
    """

    moment: str
    at: datetime
    text: str
    reading: ReadingKept
    correction: ReadingCorrected | None
    words: dict[str, tuple[Attribution, ...]]
    other_words: dict[str, tuple[Attribution, ...]]

    @property
    def was_read(self) -> bool:
        """Whether feeling was read in the text; of one in a language that is not read, only signs of danger are."""
        return can_read_feeling(self.text, self.reading.language)


@dataclass(frozen=True, slots=True)
class LearnableCorrection:
    """A text and what its writer says it holds, for training readers."""

    text: str
    emotions: tuple[str, ...]
    need: Need | None


def access_check_in(house: House, member: str, moment: str) -> CheckInRead:
    """What was read at a moment; for the member alone.

    Raises `NotFound` (``unknown-moment``) where there is none of theirs, or nothing was read then or may be now.
    """
    with house.store.read() as connection:
        event = access_read(house, connection, member, moment)
        correction = access_correction(house, connection, member, moment)
    if event is None or event.reading is None:
        raise _unknown()
    reader = _explaining(house, event.text, event.reading)
    words = _words(reader, event.text, event.reading) if reader else {}
    others = _other_words(reader, event.text, event.reading) if reader else {}
    return CheckInRead(moment, event.at, event.text, event.reading, correction, words, others)


def _explaining(house: House, text: str, reading: ReadingKept) -> ExplainingReader | None:
    """The reader that made a reading, where it can tell why, and there is something to tell."""
    reader = house.check_in_reader
    if not isinstance(reader, ExplainingReader) or reading.model != f"{reader.name}-{reader.version}":
        return None
    return reader if can_read_feeling(text, reading.language) else None


def _words(reader: ExplainingReader, text: str, reading: ReadingKept) -> dict[str, tuple[Attribution, ...]]:
    asked = [*reading.labels, str(max(reading.needs, key=lambda need: reading.needs[need]))]
    return {what: _strongest(reader.why(text, what)) for what in asked}


def _other_words(reader: ExplainingReader, text: str, reading: ReadingKept) -> dict[str, tuple[Attribution, ...]]:
    above = {
        **dict(zip(AFFECT, (v > MIDDLE for v in (reading.valence, reading.arousal, reading.dominance)), strict=True)),
        STRESS: reading.stress > HALF,
    }
    if RiskLevel(reading.risk).rank >= RiskLevel.INDIRECT.rank:
        above[DANGER] = True
    return {
        what: _strongest(reader.why(text, what), sign=1 if up else -1, least=LEAST_DONE[what])
        for what, up in above.items()
    }


def _strongest(words: Sequence[Attribution], *, sign: int = 1, least: float = 0.0) -> tuple[Attribution, ...]:
    """The words that did most, of those that moved a score up by ``least`` or more; down where ``sign`` is -1."""
    least = max(least, WORTH_SHOWING * max((sign * word.weight for word in words), default=0.0))
    carried = (word for word in words if sign * word.weight > 0 and sign * word.weight >= least)
    most = sorted(carried, key=lambda word: -sign * word.weight)[:WORDS_SHOWN]
    return tuple(sorted(most, key=lambda word: word.start))


def access_read(house: House, connection: Connection, member: str, moment: str | None) -> CheckedIn | None:
    """The check-in of a moment with what was read of its words; None where nothing was, or may be now."""
    if not access_permissions(house, connection, member).allows(Purpose.PERSONALISE, Category.TEXT):
        return None
    query = select(moments.c.seq).where(
        moments.c.id == moment, moments.c.member == member, moments.c.risk.is_not(None)
    )  # fmt: skip
    seq = connection.execute(query).scalar() if is_id(moment or "") else None
    return _checked_in(house, connection, member, seq) if seq else None


def do_correct_reading(
    house: House, member: str, moment: str, *, emotions: Sequence[str], need: Need | None = None
) -> ReadingCorrected:
    """Keep what a member says of a reading; the newest correction of a moment holds.

    Parameters
    ----------
    emotions:
        What they felt, as GoEmotions labels, maybe none.
    need:
        What they wanted; None where they leave that as it was read.

    Raises `NotFound` (``unknown-moment``), `Invalid` (``bad-input``: an emotion nobody reads).
    """
    read = access_check_in(house, member, moment)
    unknown = [name for name in emotions if name not in read.reading.emotions]
    if unknown:
        raise Invalid(ErrorCode.BAD_INPUT, "'{name}' is not one of the emotions that are read.", name=unknown[0])
    with house.store.write() as transaction:
        allowed = access_permissions(house, transaction.connection, member)
        event = ReadingCorrected(
            at=house.clock(), moment=moment, emotions=list(dict.fromkeys(emotions)),
            need=need, learnable=allowed.allows(Purpose.LEARN, Category.TEXT),
        )  # fmt: skip
        transaction.append(event, member=member)
    return event


def access_correction(house: House, connection: Connection, member: str, moment: str) -> ReadingCorrected | None:
    """The newest correction of a moment, or None."""
    found = house.store.events(connection, member=member, kinds=(ReadingCorrected.kind,), newest_first=True)
    for logged in found:
        if isinstance(logged.event, ReadingCorrected) and logged.event.moment == moment:
            return logged.event
    return None


def access_corrections(
    house: House, connection: Connection, member: str, *, after: int = 0
) -> dict[str, ReadingCorrected]:  # fmt: skip
    """The newest correction of each moment of a member that was corrected after an event, by the moment."""
    found = house.store.events(connection, member=member, kinds=(ReadingCorrected.kind,), after=after)
    return {one.event.moment: one.event for one in found if isinstance(one.event, ReadingCorrected)}


def access_learnable_corrections(house: House) -> Iterator[LearnableCorrection]:
    """Texts with what their writers say of them, of those who allowed it then and allow it now; no names, no ids."""
    with house.store.read() as connection:
        everyone = connection.execute(select(members.c.id).order_by(members.c.seq)).scalars().all()
        for member in everyone:
            if access_permissions(house, connection, member).allows(Purpose.LEARN, Category.TEXT):
                yield from _learnable_of(house, connection, member)


def _learnable_of(house: House, connection: Connection, member: str) -> Iterator[LearnableCorrection]:
    newest = access_corrections(house, connection, member)
    for moment, event in newest.items():
        if event.learnable:
            seq = connection.execute(select(moments.c.seq).where(moments.c.id == moment)).scalar_one()
            text = _checked_in(house, connection, member, seq).text
            yield LearnableCorrection(text, tuple(event.emotions), event.need)


def _checked_in(house: House, connection: Connection, member: str, seq: int) -> CheckedIn:
    logged = next(house.store.events(connection, member=member, after=seq - 1, limit=1))
    assert isinstance(logged.event, CheckedIn)
    return logged.event


def _unknown() -> NotFound:
    return NotFound(ErrorCode.UNKNOWN_MOMENT, "There is no check-in of yours here from which anything was read.")
