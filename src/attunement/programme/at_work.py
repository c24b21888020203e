"""A supporter's work from Python: the queue, their conversations, the coach, the alerts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from attunement.domain.alert import Done
from attunement.domain.coaching import Feedback
from attunement.domain.conversation_events import Wanted
from attunement.library.cases import Case
from attunement.programme.alerts.alert import Alert
from attunement.programme.alerts.owning import do_close_alert, do_pass_on_alert, do_take_alert
from attunement.programme.alerts.seeing import SeenAlert, access_alerts
from attunement.programme.alerts.staff import check_colleague
from attunement.programme.coaching import Seen, Shown, access_feedback, do_keep_use
from attunement.programme.conversations.closing import do_close_as_supporter
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import Supporter, access_supporter, do_go_on_duty
from attunement.programme.conversations.handing import (
    do_claim,
    do_give_back,
    do_go_off_duty,
    do_step_in,
    do_transfer,
)
from attunement.programme.conversations.insight import Insight, access_insight
from attunement.programme.conversations.lines import WrittenLine, access_lines_as_supporter
from attunement.programme.conversations.notes import Note, access_notes, do_write_note
from attunement.programme.conversations.queue import Queue, access_queue
from attunement.programme.conversations.searching import Found, access_search
from attunement.programme.conversations.second import do_ask_second, do_end_look_along, do_look_along
from attunement.programme.conversations.talks_had import (
    ReadAgain,
    TalkHad,
    access_talks_had,
    do_note_afterwards,
    do_read_again,
)
from attunement.programme.conversations.writing import access_was_sent, do_write_as_supporter
from attunement.programme.growth import Growth, Practised, access_growth, access_practised
from attunement.programme.house import House


class AtWork:
    """What one supporter does, under their account; `Attunement.at_work` gives it.

    Whatever is not theirs to do raises as the use case behind it: `Refused`, `NotFound` or `Conflict`, with a code.
    """

    def __init__(self, house: House, account: str) -> None:
        self._house, self._account = house, account

    def go_on_duty(self, until: datetime) -> Supporter:
        """Be there for talks until then; see `do_go_on_duty`."""
        return do_go_on_duty(self._house, self._account, until)

    def go_off_duty(self) -> int:
        """End the shift and pass on what is still theirs; returns how many conversations."""
        return do_go_off_duty(self._house, self._account)

    def queue(self) -> Queue:
        """Their own conversations, and what waits, the most urgent first; see `access_queue`."""
        return access_queue(self._house, self._account)

    def claim(self, conversation: str) -> Conversation:
        """Take over a conversation that waits; see `do_claim`."""
        return do_claim(self._house, self._account, conversation)

    def lines(self, conversation: str, *, after: int = 0) -> list[WrittenLine]:
        """Its lines after one, oldest first, as long as it waits, is theirs, or they look along in it."""
        with self._house.store.read() as connection:
            return access_lines_as_supporter(self._house, connection, self._account, conversation, after=after)

    def write_line(
        self, conversation: str, text: str, *, sent: str | None = None, seen: Sequence[Seen] | None = None
    ) -> WrittenLine:
        """Write a line in a conversation of theirs; see `do_write_as_supporter`.

        How it reads is kept for their growth, with what became of the suggestions ``seen`` while it was written (None:
        the coach was off); see `do_keep_use`.
        """
        again = access_was_sent(self._house, self._account, conversation, sent)
        line = do_write_as_supporter(self._house, self._account, conversation, text, sent=sent)
        if not again:
            do_keep_use(self._house, self._account, conversation, line.text, seen)
        return line

    def coach(self, conversation: str, draft: str) -> tuple[Feedback, Shown]:
        """What the coach says of a draft in a conversation of theirs, and what of it is shown there.

        See `access_feedback`.
        """
        return access_feedback(self._house, self._account, conversation, draft)

    def insight(self, conversation: str) -> Insight:
        """Its member as they let supporters see them, and a summary of it; see `access_insight`."""
        self._check_supporter()
        return access_insight(self._house, self._account, conversation)

    def search(self, words: str) -> list[Found]:
        """Lines that hold every word, in talks they can read, and in those they had; see `access_search`."""
        return access_search(self._house, self._account, words)

    def growth(self) -> Growth:
        """How their own lines read over time, and how far they lean on the coach; see `access_growth`."""
        self._check_supporter()
        return access_growth(self._house, self._account)

    def cases(self) -> tuple[Case, ...]:
        """The written cases to practise on."""
        return self._house.cases

    def practise(self, case: str, reply: str) -> Practised:
        """How a reply to a written case reads, of which nothing is kept; see `access_practised`."""
        return access_practised(self._house, case, reply)

    def transfer(self, conversation: str, wanted: Wanted | None = None, *, reason: str = "") -> Conversation:
        """Pass it on to a person, a team, a skill, or whoever can; see `do_transfer`."""
        return do_transfer(self._house, self._account, conversation, wanted, reason=reason)

    def give_back(self, conversation: str) -> Conversation:
        """Give it back to the companion."""
        return do_give_back(self._house, self._account, conversation)

    def close_conversation(self, conversation: str) -> Conversation:
        """End it."""
        return do_close_as_supporter(self._house, self._account, conversation)

    def notes(self, conversation: str) -> list[Note]:
        """Colleagues' notes about its member, newest first, as long as its lines can be read."""
        with self._house.store.read() as connection:
            return access_notes(self._house, connection, self._account, conversation)

    def write_note(self, conversation: str, text: str) -> Note:
        """Note something for colleagues; see `do_write_note`."""
        return do_write_note(self._house, self._account, conversation, text)

    def ask_second(self, conversation: str, *, asked: bool = True) -> Conversation:
        """Ask for a second person in a conversation of theirs, or no more; see `do_ask_second`."""
        return do_ask_second(self._house, self._account, conversation, asked=asked)

    def look_along(self, conversation: str) -> Conversation:
        """Be the second person in a colleague's conversation; see `do_look_along`."""
        return do_look_along(self._house, self._account, conversation)

    def end_look_along(self, conversation: str) -> Conversation:
        """Look along no more."""
        return do_end_look_along(self._house, self._account, conversation)

    def talks_had(self) -> list[TalkHad]:
        """The talks that were theirs and can be read again, the last on top; see `access_talks_had`."""
        return access_talks_had(self._house, self._account)

    def read_again(self, conversation: str, *, after: int | None = None) -> ReadAgain:
        """Read one of them, which is written down; see `do_read_again`."""
        return do_read_again(self._house, self._account, conversation, after=after)

    def note_afterwards(self, conversation: str, text: str) -> Note:
        """Note something on one of them; see `do_note_afterwards`."""
        return do_note_afterwards(self._house, self._account, conversation, text)

    def take_alert(self, alert: str) -> Alert:
        """Look after an alert; see `do_take_alert`."""
        return do_take_alert(self._house, self._account, alert)

    def step_in(self, alert: str) -> Conversation:
        """Take over the conversation it is about, also while the companion answers in it; see `do_step_in`."""
        return do_step_in(self._house, self._account, alert)

    def pass_on_alert(self, alert: str, *, to: str | None = None) -> Alert:
        """Pass it on to a colleague, or to whoever can; see `do_pass_on_alert`."""
        return do_pass_on_alert(self._house, self._account, alert, to=to)

    def close_alert(self, alert: str, done: Done, *, note: str = "") -> Alert:
        """Close it with what was done; see `do_close_alert`."""
        return do_close_alert(self._house, self._account, alert, done, note=note)

    def alerts(self, *, closed: bool = False) -> list[SeenAlert]:
        """Open alerts, the most urgent first, or those that are closed; see `access_alerts`."""
        with self._house.store.read() as connection:
            check_colleague(connection, self._account)
        return access_alerts(self._house, closed=closed)

    def _check_supporter(self) -> None:
        with self._house.store.read() as connection:
            access_supporter(self._house, connection, self._account)
