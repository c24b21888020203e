"""A supporter's work from Python: the queue, their conversations, the alerts."""

from __future__ import annotations

from datetime import datetime

from attunement.domain.alert import Done
from attunement.domain.conversation_events import Wanted
from attunement.programme.alerts.alert import Alert
from attunement.programme.alerts.owning import do_close_alert, do_pass_on_alert, do_take_alert
from attunement.programme.alerts.seeing import SeenAlert, access_alerts
from attunement.programme.alerts.staff import check_colleague
from attunement.programme.conversations.closing import do_close_as_supporter
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import Supporter, do_go_on_duty
from attunement.programme.conversations.handing import (
    do_claim,
    do_give_back,
    do_go_off_duty,
    do_step_in,
    do_transfer,
)
from attunement.programme.conversations.lines import WrittenLine, access_lines_as_supporter
from attunement.programme.conversations.notes import Note, access_notes, do_write_note
from attunement.programme.conversations.queue import Queue, access_queue
from attunement.programme.conversations.second import do_ask_second, do_end_look_along, do_look_along
from attunement.programme.conversations.talks_had import (
    ReadAgain,
    TalkHad,
    access_talks_had,
    do_note_afterwards,
    do_read_again,
)
from attunement.programme.conversations.writing import do_write_as_supporter
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

    def write_line(self, conversation: str, text: str, *, sent: str | None = None) -> WrittenLine:
        """Write a line in a conversation of theirs; see `do_write_as_supporter`."""
        return do_write_as_supporter(self._house, self._account, conversation, text, sent=sent)

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
