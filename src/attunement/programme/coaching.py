"""The coach in a conversation: which of its features are shown, what it says of a draft, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from math import inf

import numpy as np
from sqlalchemy import Connection

from attunement.dialogue.safety.danger_asked import asks_for_a_yes
from attunement.domain.coach_events import CoachChancesSet, CoachUsed, SuggestionKept
from attunement.domain.coaching import Change, CoachFeature, DangerNotice, DangerOf, Feedback
from attunement.domain.conversation import Speaker
from attunement.domain.conversation_events import CoachDrawn
from attunement.domain.errors import Conflict, ErrorCode, Invalid, NotFound
from attunement.domain.reply import Mechanism
from attunement.library.companion_words import CompanionWords
from attunement.programme.conversations.beside_asking import FEWEST_WORDS, beside_asking
from attunement.programme.conversations.conversation import access_as_supporter
from attunement.programme.conversations.lines import WrittenLine, access_lines_as_supporter
from attunement.programme.house import House
from attunement.programme.suggestion_fate import fates_of
from attunement.reading.language import can_read
from attunement.store.errors import not_the_owner

Shown = frozenset[CoachFeature]
ALWAYS: Mapping[CoachFeature, float] = dict.fromkeys(CoachFeature, 1.0)
MOST_KEPT = 60
MOST_WORDS = 150
"""How far back what was told to the companion belongs to what a first reply answers."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A suggestion a supporter saw while writing: its words, what it would have changed and added, whether put away."""

    text: str
    change: Change
    adds: Mechanism
    dismissed: bool = False


def access_coach_chances(house: House, connection: Connection) -> Mapping[CoachFeature, float]:
    """With which probability each feature is shown in a conversation; 1 unless a steward said otherwise."""
    found = house.store.events(connection, kinds=(CoachChancesSet.kind,), newest_first=True, limit=1)
    newest = next((logged.event for logged in found), None)
    return {**ALWAYS, **newest.chances} if isinstance(newest, CoachChancesSet) else ALWAYS


def do_set_coach_chances(house: House, account: str | None, chances: Mapping[CoachFeature, float]) -> None:
    """Set them, 0 to 1 each; conversations that were drawn already stay as they are. Raises `Invalid`."""
    if not all(0 <= chance <= 1 for chance in chances.values()):
        raise Invalid(
            ErrorCode.BAD_INPUT,
            "A part of the coach can be shown in 0 to 100 of 100 conversations (as a probability: 0 to 1).",
        )
    with house.store.write() as transaction:
        transaction.append(CoachChancesSet(at=house.clock(), account=account, chances=dict(chances)))


def do_draw_coach(house: House, supporter: str, conversation: str, *, rng: np.random.Generator | None = None) -> Shown:
    """Which features are shown in a conversation of one's own: drawn at the first asking, and the same from then on.

    Raises `NotFound` (``unknown-conversation``), `Conflict` (``not-the-owner``).
    """
    with house.store.read() as connection:
        found = access_as_supporter(connection, supporter, conversation)
        if not found.is_of(supporter):
            raise not_the_owner()
        drawn = _drawn(house, connection, found.member, conversation)
    if drawn is not None:
        return frozenset(drawn.shown)
    with house.store.write() as transaction:
        transaction.hold(found.member)
        drawn = _drawn(house, transaction.connection, found.member, conversation)
        if drawn is not None:
            return frozenset(drawn.shown)
        chances = access_coach_chances(house, transaction.connection)
        draws = (rng or np.random.default_rng()).random(len(CoachFeature))
        shown = [f for f, draw in zip(CoachFeature, draws, strict=True) if draw < chances[f]]
        event = CoachDrawn(at=house.clock(), conversation=conversation, shown=shown, chances=dict(chances))
        transaction.append(event, member=found.member)
    return frozenset(shown)


def access_feedback(house: House, supporter: str, conversation: str, draft: str) -> tuple[Feedback, Shown]:
    """What the coach says of a draft after what the member wrote last, as far as its features are shown.

    Raises `NotFound`, `Conflict` (``not-the-owner``).
    """
    shown = do_draw_coach(house, supporter, conversation)
    with house.store.read() as connection:
        post = post_of(access_lines_as_supporter(house, connection, supporter, conversation), house.words)
    return _only(house.coach.feedback(post, draft), shown), shown


def plain_question(house: House, name: str, notice: DangerNotice | None) -> str:
    """The plain question about danger, as the supporter of this name would ask it; empty where there is none to ask.

    About suicide it is the programme's own opening, where one asks that.
    """
    if notice is None or not notice.asks or notice.of is not DangerOf.SUICIDE:
        return notice.asks if notice else ""
    return next((one.by(name) for one in house.openings if asks_for_a_yes(one.text)), notice.asks)


def post_of(lines: Sequence[WrittenLine], words: CompanionWords) -> str:
    """What a reply would answer: the member's lines since the last reply, and earlier ones where these say little.

    Until a supporter has written, what was told to the companion before is answered too. What merely asks for a person
    is left out, but where there is nothing else.
    """
    answered = any(line.speaker is Speaker.SUPPORTER for line in lines)
    enough = {Speaker.SUPPORTER: FEWEST_WORDS, Speaker.COMPANION: FEWEST_WORDS if answered else MOST_WORDS}
    told: list[str] = []
    for line in reversed(lines):
        if sum(len(text.split()) for text in told) >= enough.get(line.speaker, inf):
            break
        if line.speaker is Speaker.MEMBER:
            told.insert(0, beside_asking(line.text, words))
    theirs = [line.text for line in lines if line.speaker is Speaker.MEMBER]
    return "\n".join(filter(None, told)) or "\n".join(theirs[-1:])


def do_keep_use(house: House, supporter: str, conversation: str, sent: str, seen: Sequence[Seen] | None) -> None:
    """Keep how a line that was sent reads and what became of the suggestions seen, whoever's face it came through.

    ``seen`` is None where they had the coach off, or no coach; what it would show is drawn all the same, so that a
    trial holds every line. Where the talk ended or changed hands meanwhile, the line stands, and nothing is counted.
    """
    with suppress(NotFound, Conflict):
        drawn = do_draw_coach(house, supporter, conversation)
        shown: Shown = frozenset() if seen is None else drawn
        record_use(house, supporter, conversation, sent, shown, seen or () if shown else (), on=seen is not None)


def record_use(
    house: House, supporter: str, conversation: str, sent: str, shown: Shown, seen: Sequence[Seen], *, on: bool = True
) -> None:  # fmt: skip
    """Keep, without any words, how a line that was sent reads and what became of the suggestions shown.

    ``on`` is whether the supporter had the coach on, whatever of it was drawn.
    What was drawn for the conversation is kept with it: the draw itself goes with its member's erasure.
    """
    with house.store.read() as connection:
        member = access_as_supporter(connection, supporter, conversation).member
        drawn = _drawn(house, connection, member, conversation)
        lines = access_lines_as_supporter(house, connection, supporter, conversation)
    post = post_of(_before(lines, sent), house.words)
    reading = house.replies.read([(post, sent)])[0]
    levels = {m: found.level for m, found in reading.empathy.items()} if can_read(sent, reading.language) else {}
    fates = fates_of({one.text: one.dismissed for one in seen}, sent)
    kept = [
        SuggestionKept(change=one.change, adds=one.adds, fate=fates[one.text])
        for one in {one.text: one for one in seen}.values()
    ]
    event = CoachUsed(
        at=house.clock(), account=supporter, conversation=conversation, levels=levels,
        shown=sorted(shown), on=on, suggestions=kept[:MOST_KEPT], drawn=drawn.shown if drawn else [],
        chances=drawn.chances if drawn else {},
    )  # fmt: skip
    with house.store.write() as transaction:
        transaction.append(event)


def _before(lines: Sequence[WrittenLine], sent: str) -> Sequence[WrittenLine]:
    """The lines before the one that was sent."""
    places = [i for i, line in enumerate(lines) if line.speaker is Speaker.SUPPORTER and line.text == sent]
    return lines[: places[-1]] if places else lines


def _drawn(house: House, connection: Connection, member: str, conversation: str) -> CoachDrawn | None:
    for logged in house.store.events(connection, member=member, kinds=(CoachDrawn.kind,), newest_first=True):
        if isinstance(logged.event, CoachDrawn) and logged.event.conversation == conversation:
            return logged.event
    return None


def _only(feedback: Feedback, shown: Shown) -> Feedback:
    return replace(
        feedback, suggestions=feedback.suggestions if CoachFeature.SUGGESTIONS in shown else (),
        cautions=feedback.cautions if CoachFeature.CAUTIONS in shown else (),
    )  # fmt: skip
