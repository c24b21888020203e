"""However the steps of members, machines and people fall between one another, the machine falls silent."""

from __future__ import annotations

import base64
import os
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from attunement.checks.ownership import turns_out_of_turn
from attunement.domain.conversation import Owner, Speaker
from attunement.domain.conversation_events import TurnWritten, Wanted
from attunement.domain.errors import AttunementError, Conflict, ErrorCode, NotFound
from attunement.privacy.programme_key import ENVIRONMENT
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.asking import do_ask_for_human, do_hold_for_human, do_open, do_stop_waiting
from attunement.programme.conversations.closing import do_close, do_close_as_supporter
from attunement.programme.conversations.conversation import Conversation, find_conversation
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.handing import do_claim, do_give_back, do_go_off_duty, do_transfer
from attunement.programme.conversations.second import do_ask_second, do_look_along
from attunement.programme.conversations.writing import (
    Ticket,
    access_ticket,
    do_write_as_companion,
    do_write_as_member,
    do_write_as_supporter,
)
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.store.schema import conversations, turns

STEPS = st.lists(
    st.tuples(
        st.sampled_from([
            "write", "write", "ticket", "ticket", "say", "say", "ask", "hold", "claim", "claim", "answer", "give_back",
            "transfer", "stop_waiting", "close", "close_as_supporter", "withdraw", "off_duty", "second", "look_along",
        ]),
        st.integers(0, 5),
    ),
    min_size=8, max_size=40,
)  # fmt: skip


def _logged(house: House, member: str) -> list:
    with house.store.read() as connection:
        return [logged.event for logged in house.store.events(connection, member=member)]


class Talk:
    """A conversation in which all happens in a generated order, between two supporters and any number of machines."""

    def __init__(self, house: House, supporters: tuple[str, str]) -> None:
        self.house, self.supporters = house, supporters
        self.member = do_enrol(house)
        do_change_consent(house, self.member, grant=house.wording.asked)
        self.talk = do_open(house, self.member)
        self.tickets: list[Ticket] = []
        self.said: Counter[str] = Counter()

    def stands(self, conversation: str) -> Conversation:
        with self.house.store.read() as connection:
            return find_conversation(connection, conversation)

    def step(self, what: str, which: int) -> None:
        """One step; ``which`` says which supporter, or which ticket."""
        getattr(self, what)(self.supporters[which % 2], which)

    def write(self, _: str, which: int) -> None:
        do_write_as_member(self.house, self.member, self.talk.id, f"line {which}")

    def ticket(self, _: str, __: int) -> None:
        with self.house.store.read() as connection:
            self.tickets.append(access_ticket(connection, self.talk.id))

    def say(self, _: str, which: int) -> None:
        """With the newest ticket or the one before; whether it is let through is foretold from what is seen."""
        if not self.tickets:
            return
        ticket = self.tickets[-1 - which // 3 % len(self.tickets)]
        now = self.stands(ticket.conversation)
        may = now.owner is Owner.COMPANION and now.epoch == ticket.epoch and ticket.answers > self._answered(now.id)
        try:
            do_write_as_companion(self.house, ticket, "I am with you.", by="composer")
        except Conflict:
            self.said["refused"] += 1
            assert not may
        else:
            self.said["said"] += 1
            assert may

    def _answered(self, conversation: str) -> int:
        query = select(conversations.c.answered).where(conversations.c.id == conversation)
        with self.house.store.read() as connection:
            return int(connection.execute(query).scalar_one())

    def ask(self, _: str, which: int) -> None:
        wanted = Wanted(skill="grief") if which % 3 == 2 else None
        do_ask_for_human(self.house, self.member, self.talk.id, words="Please." if which % 2 else "", wanted=wanted)

    def hold(self, _: str, __: int) -> None:
        do_hold_for_human(self.house, self.talk.id, "safety")

    def claim(self, supporter: str, _: int) -> None:
        do_go_on_duty(self.house, supporter, self.house.clock() + timedelta(hours=2))
        do_claim(self.house, supporter, self.talk.id)

    def answer(self, supporter: str, _: int) -> None:
        do_write_as_supporter(self.house, supporter, self.talk.id, "I am here.")

    def give_back(self, supporter: str, _: int) -> None:
        do_give_back(self.house, supporter, self.talk.id)

    def transfer(self, supporter: str, _: int) -> None:
        do_transfer(self.house, supporter, self.talk.id)

    def stop_waiting(self, _: str, __: int) -> None:
        do_stop_waiting(self.house, self.member, self.talk.id)

    def close(self, _: str, __: int) -> None:
        do_close(self.house, self.member, self.talk.id)
        self.talk = do_open(self.house, self.member)

    def close_as_supporter(self, supporter: str, _: int) -> None:
        do_close_as_supporter(self.house, supporter, self.talk.id)
        self.talk = do_open(self.house, self.member)

    def withdraw(self, _: str, __: int) -> None:
        cells = [cell for cell in self.house.wording.asked if cell.purpose == "companion"]
        do_change_consent(self.house, self.member, withdraw=cells)
        do_change_consent(self.house, self.member, grant=cells)
        self.talk = do_open(self.house, self.member)

    def off_duty(self, supporter: str, _: int) -> None:
        do_go_off_duty(self.house, supporter)

    def second(self, supporter: str, which: int) -> None:
        do_ask_second(self.house, supporter, self.talk.id, asked=which < 4)

    def look_along(self, supporter: str, _: int) -> None:
        """Whose the talk is stays, and nothing that was under way is let through or refused for it."""
        do_go_on_duty(self.house, supporter, self.house.clock() + timedelta(hours=2))
        before = self.stands(self.talk.id)
        now = do_look_along(self.house, supporter, self.talk.id)
        assert (now.owner, now.supporter, now.epoch) == (before.owner, before.supporter, before.epoch)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_order_of_steps_lets_the_machine_speak_out_of_turn(
    house: House, noor: str, ida: str, steps: list[tuple[str, int]]
) -> None:
    """A reply is let through exactly where nothing changed hands since its ticket, and the log agrees with the rows."""
    talk = Talk(house, (noor, ida))
    for what, which in steps:
        with suppress(Conflict, NotFound):
            talk.step(what, which)
    events = _logged(house, talk.member)
    assert turns_out_of_turn(events) == []
    with house.store.read() as connection:
        of_member = select(func.count()).where(turns.c.member == talk.member, turns.c.speaker == Speaker.COMPANION)
        assert connection.execute(of_member).scalar() == talk.said["said"]
    do_go_off_duty(house, noor)  # so that nobody is over capacity in the next example
    do_go_off_duty(house, ida)
    with house.store.read() as connection:
        waits = connection.execute(select(conversations.c.id).where(conversations.c.member == talk.member)).scalars()
        for conversation in list(waits):
            do_close(house, talk.member, conversation)


def test_the_generated_orders_are_not_empty(house: House, noor: str, ida: str) -> None:
    """Among fixed random steps replies are said and replies are refused, so that the law above says something."""
    r = random.Random(1)
    talk = Talk(house, (noor, ida))
    names = [*["write", "ticket", "say"] * 3, "ask", "claim", *["give_back"] * 6]
    for _ in range(200):
        with suppress(Conflict, NotFound):
            talk.step(r.choice(names), r.randrange(6))
    assert talk.said["said"] >= 3
    assert talk.said["refused"] >= 10


def test_two_supporters_at_once_and_one_gets_it(
    make_house: Callable[[str], House], database_url: str, house: House, noor: str, ida: str
) -> None:
    """Ten times, eight claims in the same instant over two servers: one is let through, seven are told so."""
    houses = (house, make_house(database_url))
    for _ in range(10):
        talk = do_open(house, do_enrol(house), human=True)
        tasks = [lambda i=i, t=talk: do_claim(houses[i % 2], (noor, ida)[i // 2 % 2], t.id) for i in range(8)]
        got = _together(tasks)
        owners = {one.supporter for one in got if isinstance(one, Conversation)}
        assert len(owners) == 1
        assert {one for one in got if isinstance(one, ErrorCode)} == {ErrorCode.NOT_THE_OWNER}
        events = [type(event).__name__ for event in _logged(house, talk.member)]
        assert events.count("ConversationClaimed") == 1
        do_close(house, talk.member, talk.id)


def test_of_two_who_would_look_along_at_once_one_does(
    make_house: Callable[[str], House], database_url: str, house: House, noor: str, make_supporter: Callable[..., str]
) -> None:
    """Four colleagues in the same instant over two servers: one is let through, and the member is told of one."""
    houses, talk = (house, make_house(database_url)), do_open(house, do_enrol(house), human=True)
    do_claim(house, noor, talk.id)
    do_ask_second(house, noor, talk.id)
    colleagues = [make_supporter(f"Colleague {i}") for i in range(4)]
    got = _together([lambda i=i, c=c: do_look_along(houses[i % 2], c, talk.id) for i, c in enumerate(colleagues)])
    assert Counter(one for one in got if isinstance(one, ErrorCode)) == {ErrorCode.NOT_ALLOWED: 3}
    assert [type(event).__name__ for event in _logged(house, talk.member)].count("SecondPersonCame") == 1


def test_two_talks_at_once_do_not_go_over_capacity(
    make_house: Callable[[str], House], database_url: str, house: House, make_supporter: Callable[..., str]
) -> None:
    """Six claims of one supporter in the same instant, who said that two are not too many: two are let through."""
    houses, two = (house, make_house(database_url)), make_supporter("Two", capacity=2)
    talks = [do_open(house, do_enrol(house), human=True) for _ in range(6)]
    got = _together([lambda i=i, t=talk: do_claim(houses[i % 2], two, t.id) for i, talk in enumerate(talks)])
    assert Counter(one for one in got if isinstance(one, ErrorCode)) == {ErrorCode.AT_CAPACITY: 4}


def _together(tasks: list[Callable[[], object]]) -> list[object]:
    gate, got = threading.Barrier(len(tasks)), [None] * len(tasks)

    def run(i: int) -> None:
        gate.wait()
        try:
            got[i] = tasks[i]()
        except AttunementError as error:
            got[i] = error.code

    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


@contextmanager
def _machines(house: House, talks: list[Conversation], count: int) -> Iterator[None]:
    """Processes that answer in these conversations, ended afterwards."""
    script = Path(__file__).parent / "machine_that_answers.py"
    url = house.store.url.render_as_string(hide_password=False)
    environment = {**os.environ, ENVIRONMENT: base64.b64encode(house.key.secret).decode()}
    command = [sys.executable, str(script), url, *(talk.id for talk in talks)]
    with ExitStack() as running:
        machines = []
        for _ in range(count):
            machine = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
            running.enter_context(machine)
            running.callback(machine.terminate)
            machines.append(machine)
        for machine in machines:
            assert machine.stdout is not None
            assert machine.stdout.readline() == "ready\n"
        yield


def test_machines_in_processes_of_their_own_fall_silent(house: House, noor: str, ida: str) -> None:
    """Two processes answer as fast as they can while people, 80 times and more, ask, claim, answer and give back."""
    talks, r = [do_open(house, do_enrol(house)) for _ in range(4)], random.Random(2)
    with _machines(house, talks, 2):
        spoke: Counter[Speaker] = Counter()
        for rounds in range(400):
            if rounds >= 80 and min(spoke[Speaker.COMPANION], spoke[Speaker.SUPPORTER]) > 3:
                break
            _live(house, r.choice(talks), r.choice([noor, ida]), hand_over=r.random() < 0.6)
            if rounds % 20 == 19:
                spoke = _spoken(house, talks)
    events = [event for talk in talks for event in _logged(house, talk.member)]
    assert turns_out_of_turn(events) == []
    assert min(spoke[Speaker.COMPANION], spoke[Speaker.SUPPORTER]) > 3, spoke


def _spoken(house: House, talks: list[Conversation]) -> Counter[Speaker]:
    """How many lines each speaker has written so far."""
    logged = (event for talk in talks for event in _logged(house, talk.member))
    return Counter(event.speaker for event in logged if isinstance(event, TurnWritten))


def _live(house: House, talk: Conversation, supporter: str, *, hand_over: bool) -> None:
    with suppress(Conflict, NotFound):
        do_write_as_member(house, talk.member, talk.id, "And?")
        if hand_over:
            do_ask_for_human(house, talk.member, talk.id)
            do_claim(house, supporter, talk.id)
            do_write_as_supporter(house, supporter, talk.id, "I am here.")
            do_give_back(house, supporter, talk.id)
