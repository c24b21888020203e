"""The companion at work: it answers what members wrote to it, while the conversation is its own."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from sqlalchemy import Connection, exists, select

from attunement.dialogue.answer import Answer
from attunement.dialogue.replying.reason import as_facts
from attunement.dialogue.replying.seed import seed_of
from attunement.dialogue.safety.assessment import ActionKind
from attunement.domain.conversation import Owner, Speaker
from attunement.domain.errors import Conflict, NotFound, StoreError
from attunement.programme.alerts.raising import do_raise_or_owe_alert
from attunement.programme.bell import ANSWERS
from attunement.programme.consents import access_permissions
from attunement.programme.conversations.asking import do_ask_for_human, do_hold_for_human
from attunement.programme.conversations.conversation import Conversation, find_conversation
from attunement.programme.conversations.lines import WrittenLine, access_lines_of_ticket
from attunement.programme.conversations.memory import access_remembered
from attunement.programme.conversations.partner import access_partner
from attunement.programme.conversations.talk_settings import access_talk_settings
from attunement.programme.conversations.writing import Ticket, access_ticket, do_write_as_companion
from attunement.programme.house import House
from attunement.programme.recurring import Recurring
from attunement.store.schema import conversations, turns

_log = logging.getLogger(__name__)
EVERY_S = 2.0
COMPOSING, ASKING = 2, 4
"""How many answers are made at once. Composing is work of this process: many at once would keep waiting what people
write. A language model mostly lets us wait, so more may be asked."""
MOST = 50
FAULT = "companion-fault"
_LATER = turns.alias()
_BY_A_PERSON = exists().where(
    _LATER.c.conversation == turns.c.conversation, _LATER.c.speaker == Speaker.SUPPORTER, _LATER.c.line > turns.c.line
)
IS_OWED = exists().where(
    turns.c.conversation == conversations.c.id, turns.c.speaker == Speaker.MEMBER,
    turns.c.line > conversations.c.answered, ~_BY_A_PERSON,
)  # fmt: skip
"""Whether a conversation of the companion's has a line it has not answered yet."""
_OWED = select(conversations.c.id).where(conversations.c.owner == Owner.COMPANION, IS_OWED)


def do_answer_talk(house: House, conversation: str) -> WrittenLine:
    """Answer what was said last in a conversation, and do what safety asks for.

    The companion takes a ticket, thinks outside any transaction, and its answer is written only if nothing changed
    hands meanwhile. Where the member asked for a person in words, it hands over as their button does, in the same
    transaction and after its last sentence. Raises `Conflict` (``not-the-owner``, ``already-answered``) or `NotFound`;
    then nothing was.
    """
    with house.store.read() as connection:
        ticket = access_ticket(connection, conversation)
        found = find_conversation(connection, conversation)
        lines = [line.as_line for line in access_lines_of_ticket(house, connection, conversation)]
        partner = access_partner(house, connection, found)
        may_ask_model = access_talk_settings(house, connection, found.member).elsewhere
    companion = house.voiced if house.voiced is not None and may_ask_model else house.companion
    seed = seed_of([line for line in lines if line.speaker is not Speaker.NOTICE], salt=conversation)
    answer = companion.reply(lines, partner=partner, rng=np.random.default_rng(seed))
    _alert(house, found, answer)
    try:
        return _say(house, ticket, found, answer)
    except _TakenOut:
        partner = replace(partner, remembered=())
        answer = house.companion.reply(lines, partner=partner, rng=np.random.default_rng(seed))
        return _say(house, ticket, found, answer)


class _TakenOut(Exception):
    """What an answer comes back to was taken out, or withdrawn, while the companion was thinking."""


def _say(house: House, ticket: Ticket, found: Conversation, answer: Answer) -> WrittenLine:
    """Write an answer, and do with it what it asks for: saying that a person comes, and asking for one."""
    with house.store.write() as transaction:
        if answer.remembered and answer.remembered not in _remembered(house, transaction.connection, found.member):
            raise _TakenOut
        written = do_write_as_companion(
            house, ticket, answer.text, by=answer.by, strategy=answer.strategy, probability=_probability(answer),
            why=_why(answer),
        )  # fmt: skip
        kinds = {action.kind for action in answer.actions}
        if ActionKind.HOLD in kinds:
            do_hold_for_human(house, found.id, "safety", reason=answer.step)
        elif ActionKind.HAND_OVER in kinds:
            do_ask_for_human(house, found.member, found.id)
    return written


def _remembered(house: House, connection: Connection, member: str) -> tuple[str, ...]:
    return access_remembered(house, connection, member, access_permissions(house, connection, member))


def _alert(house: House, conversation: Conversation, answer: Answer) -> None:
    """Tell people where the talk as a whole asks for it, whether or not the companion may still speak.

    Where that fails, the member is answered all the same.
    """
    for action in answer.actions:
        if action.kind is ActionKind.ALERT:
            do_raise_or_owe_alert(
                house, conversation.member, level=action.level, reason=action.reason, conversation=conversation.id
            )


class Answerer(Recurring):
    """Answers all that the companion owes, as soon as it is written; what a stopped process owed, another answers."""

    def __init__(self, house: House) -> None:
        super().__init__("companion", every_s=EVERY_S)
        self._house = house
        self._thinking: dict[str, Future[None]] = {}
        at_once = COMPOSING if house.voiced is None else ASKING
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="companion")
        self._deaf = house.bell.listen(ANSWERS, self.wake)

    def stop(self) -> None:
        """End after the answers under way."""
        self._deaf()
        super().stop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def round(self, number: int) -> None:
        """Begin an answer wherever one is owed and none is under way."""
        self._thinking = {c: future for c, future in self._thinking.items() if not future.done()}
        for conversation in access_owed(self._house):
            if conversation not in self._thinking:
                self._thinking[conversation] = self._pool.submit(self._answer, conversation)

    def _answer(self, conversation: str) -> None:
        try:
            do_answer_talk(self._house, conversation)
        except (Conflict, NotFound):
            return  # it changed hands, was answered, or the member is gone: the companion has nothing to say
        except StoreError as error:  # a busy database passes, and the answer is still owed then
            _log.warning("the companion waits: %s", error)
        except Exception:  # a fault of ours must not leave a person without an answer
            _log.exception("The companion failed in a conversation; it is held for a person.")
            self._hold(conversation)

    def _hold(self, conversation: str) -> None:
        try:
            do_hold_for_human(self._house, conversation, "companion", reason=FAULT)
        except (Conflict, NotFound):
            return  # it changed hands or ended meanwhile
        except StoreError as error:  # the answer is still owed, and so it is tried again
            _log.warning("the companion waits: %s", error)
        except Exception:  # as above
            _log.exception("A conversation that the companion failed in could not be held for a person.")


def access_owed(house: House) -> list[str]:
    """Conversations of the companion's in which it has not answered all that was said, the longest waiting first."""
    query = _OWED.order_by(conversations.c.last_at).limit(MOST)
    with house.store.read() as connection:
        return list(connection.execute(query).scalars())


def access_is_owed(connection: Connection, conversation: str) -> bool:
    """Whether the companion is about to answer in this one."""
    return connection.execute(_OWED.where(conversations.c.id == conversation)).first() is not None


def _probability(answer: Answer) -> float | None:
    return None if answer.choice is None else answer.choice.probabilities[answer.choice.strategy]


def _why(answer: Answer) -> dict[str, str | float]:
    """Reasons in order, and what else tells how the answer came about.

    ``refused`` are the codes of candidates the guard did not let pass; of a language model's reply, ``prompt`` is the
    version of what it was asked with.
    """
    facts = {
        "moment": answer.moment, "step": answer.step, "practice": answer.practice or "", "words": answer.words,
        "refused": " ".join(answer.refused), "prompt": answer.prompt,
    }  # fmt: skip
    return as_facts(answer.why) | {name: fact for name, fact in facts.items() if fact}
