"""Old state + events == the state rebuilt from the log."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import time, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from attunement.delivery.courier import Gone, Message, NotNow
from attunement.delivery.outbound import Outbound
from attunement.domain import coach_events as k
from attunement.domain import events as e
from attunement.domain import programme_events as p
from attunement.domain.affect import Affect
from attunement.domain.alert import Done
from attunement.domain.alert_events import StaffBrowserGiven
from attunement.domain.body import BodySignal, Channel, Recording
from attunement.domain.channel import Channel as Way
from attunement.domain.coaching import Change, CoachFeature, Fate
from attunement.domain.conversation import Owner
from attunement.domain.errors import Conflict, NotFound, Refused, StoreError
from attunement.domain.ids import new_id
from attunement.domain.need import Need
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Mechanism
from attunement.policy.pooled import PooledPolicy
from attunement.policy.receptivity import ReceptivityPolicy
from attunement.policy.scales import Scales
from attunement.policy.statistics import Statistics
from attunement.programme.accounts import do_close_account
from attunement.programme.alerts.clock import do_escalate
from attunement.programme.alerts.owning import do_close_alert, do_pass_on_alert, do_take_alert
from attunement.programme.alerts.raising import do_raise_alert
from attunement.programme.alerts.settings import do_arrange_alerts
from attunement.programme.alerts.staff import do_choose_staff_address
from attunement.programme.alerts.telling import do_note_seen, do_tell
from attunement.programme.body import do_read_body
from attunement.programme.check_ins import do_check_in
from attunement.programme.coaching import do_draw_coach, do_set_coach_chances
from attunement.programme.consents import do_change_consent, do_expire_consents, do_set_consent
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.duty import do_describe_supporter, do_go_on_duty
from attunement.programme.conversations.handing import do_claim, do_give_back
from attunement.programme.conversations.notes import do_rate_turn, do_write_note
from attunement.programme.conversations.second import do_ask_second, do_end_look_along, do_look_along
from attunement.programme.conversations.talk_settings import do_choose_talk
from attunement.programme.conversations.writing import access_ticket, do_write_as_companion, do_write_as_member
from attunement.programme.decisions import do_answer, do_choose, do_decide
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.programme.members import do_change_profile, do_enrol, do_set_breadth
from attunement.programme.objectives import access_definition, do_change_objective
from attunement.programme.outcomes import do_correct_outcome, do_finish
from attunement.programme.policy_shelf import PolicyShelf, Served
from attunement.programme.reach.addresses import do_confirm_address, do_drop_address, do_give_address
from attunement.programme.reach.links import CONFIRM, link_token
from attunement.programme.reach.moments import NAMES
from attunement.programme.reach.outbox import do_deliver
from attunement.programme.reach.settings import do_set_reach
from attunement.programme.reach.weighing import do_weigh
from attunement.programme.rebuild import do_rebuild
from attunement.store.schema import policies, policy_cache

TEXTS = ("", "I feel sad and tired.", "What a day 😀", "Nobody listens to me.")


class Unreliable:
    """A courier that fails now and then, for now and for good by turns."""

    channel = Way.EMAIL

    def __init__(self) -> None:
        self._turns = itertools.cycle([None, NotNow("busy"), None, None, None, Gone("left")])

    def carry(self, _message: Message, _address: str) -> None:
        """Take it, or fail."""
        if (failure := next(self._turns)) is not None:
            raise failure


class Life:
    """Members doing at random what members do. What is refused (an outcome twice, say) is part of it."""

    def __init__(self, house: House) -> None:
        self.house = replace(house, outbound=Outbound("https://example.org", {Way.EMAIL: Unreliable()}))
        self.members = [do_enrol(house, name="First")]
        self.decisions: list[tuple[str, str]] = []
        self.done: list[tuple[str, str]] = []

    def step(self, what: str, r: random.Random) -> None:
        """One thing that happens; ``r`` chooses to whom and how."""
        getattr(self, what)(r, r.choice(self.members) if self.members else "")

    def enrol(self, r: random.Random, _: str) -> None:
        country, language = r.choice([None, "IE", "BR"]), r.choice(["en", "pt-BR"])
        self.members.append(do_enrol(self.house, name="Rosa", country=country, language=language))

    def allow(self, r: random.Random, member: str) -> None:
        do_change_consent(self.house, member, grant=self.house.wording.asked[: r.randint(1, 20)])

    def withdraw(self, r: random.Random, member: str) -> None:
        do_change_consent(self.house, member, withdraw=r.sample(self.house.wording.asked, 2))

    def set_consent(self, r: random.Random, member: str) -> None:
        do_set_consent(self.house, member, r.sample(self.house.wording.asked, 6))

    def check_in(self, r: random.Random, member: str) -> None:
        affect = Affect(r.uniform(-1, 1), r.uniform(-1, 1)) if r.random() < 0.7 else None
        do_check_in(self.house, member, affect=affect, needs=r.sample(list(Need), 2), text=r.choice(TEXTS))

    def sense(self, r: random.Random, member: str) -> None:
        times = self.house.clock().timestamp() - np.arange(120.0)
        heart = Channel(BodySignal.HEART_RATE, times, np.float32(r.choice([70, 100]) + np.arange(120) % 3))
        do_read_body(self.house, member, Recording((heart,), "made"), rest=r.random() < 0.5)

    def decide(self, r: random.Random, member: str) -> None:
        self.decisions.append((member, do_decide(self.house, member, seed=r.getrandbits(32)).id))

    def choose(self, r: random.Random, member: str) -> None:
        practice = r.choice(self.house.library.practices).id
        self.decisions.append((member, do_choose(self.house, member, practice).id))

    def answer(self, r: random.Random, _: str) -> None:
        do_answer(self.house, *r.choice(self.decisions), r.choice(["started", "less-like-this", "not-now"]))

    def finish(self, r: random.Random, _: str) -> None:
        member, decision = self.decisions.pop(r.randrange(len(self.decisions)))
        rating = r.choice([None, 1, 3, 5])
        do_finish(self.house, member, decision, finished=r.random() < 0.8, rating=rating, affect_after=Affect(0.5, 0.1))
        self.done.append((member, decision))

    def correct(self, r: random.Random, _: str) -> None:
        do_correct_outcome(self.house, *r.choice(self.done), rating=r.randint(1, 5))

    def aim(self, r: random.Random, _: str) -> None:
        weights = {part: round(r.random(), 2) for part in ("rating", "finishing", "affect", "skill")}
        definition = access_definition(self.house, r.randbytes(6).hex(), **weights, by_rank=r.random() < 0.5)
        do_change_objective(self.house, definition, why="We talked about it.")

    def learn(self, _: random.Random, __: str) -> None:
        do_learn(self.house)

    def erase(self, r: random.Random, member: str) -> None:
        if len(self.members) > 1:
            do_erase(self.house, member)
            self.members.remove(member)

    def settle(self, r: random.Random, member: str) -> None:
        do_set_breadth(self.house, member, r.random())
        do_change_profile(self.house, member, country="PT", time_zone=r.choice([None, "Europe/Lisbon"]))

    def reach(self, r: random.Random, member: str) -> None:
        on = r.random() < 0.9
        do_set_reach(self.house, member, on=on, channels=[Way.EMAIL], quiet_from=time(3), quiet_until=time(4), a_day=5)
        key = do_give_address(self.house, member, Way.EMAIL, f"{r.randrange(3)}@example.org")
        if r.random() < 0.7:
            token = link_token(self.house, member, CONFIRM, about=key)
            do_confirm_address(self.house, token, key)
        for _ in range(20):
            self.house.clock.forward(hours=2)
            do_weigh(self.house, member, ReceptivityPolicy(NAMES), seed=r.getrandbits(32))
        do_deliver(self.house, lambda message, _: message)
        if r.random() < 0.2:
            do_drop_address(self.house, member, key)

    def alert(self, r: random.Random, member: str) -> None:
        with self.house.store.write() as t:
            sam = p.StaffAccountMade(
                at=self.house.clock(), account=new_id(), role="supporter", name="Sam", handle=new_id(), secret="x"
            )
            t.append(sam)
            t.append(
                StaffBrowserGiven(
                    at=self.house.clock(), account=sam.account, browser=new_id(), key=new_id(), subscription="{}"
                )
            )
        do_choose_staff_address(self.house, sam.account, "sam@example.org")
        do_arrange_alerts(self.house, check_ins=r.random() < 0.5, indirect_min=r.randint(2, 9))
        level = r.choice([RiskLevel.INDIRECT, RiskLevel.EXPLICIT, RiskLevel.IMMINENT])
        found = do_raise_alert(self.house, member, level=level, reason="said-so")
        for _ in range(r.randint(1, 4)):
            do_tell(self.house, lambda message, _: message)
            self.house.clock.forward(minutes=r.choice([0.5, 3, 30]))
            do_escalate(self.house)
        do_note_seen(self.house, sam.account, [found])
        for work in r.sample([do_take_alert, do_pass_on_alert], r.randint(0, 2)):
            work(self.house, sam.account, found.id)
        if r.random() < 0.3:
            do_close_alert(self.house, sam.account, found.id, r.choice(list(Done)), note="We talked.")
        if r.random() < 0.3:
            do_close_account(self.house, sam.account)

    def wait(self, r: random.Random, _: str) -> None:
        self.house.clock.forward(days=r.choice([0.01, 1, 8, 200]))
        do_expire_consents(self.house)

    def drift(self, r: random.Random, _: str) -> None:
        at = self.house.clock()
        with self.house.store.write(alone=True) as t:
            served = self.house.policies.newest(t.connection).version
            number = r.randint(0, served) or None
            t.append(p.DriftFound(at=at, version=served, since=at, cause="version" if number else "world", good=number))
            if number is not None:
                through = select(policies.c.through).where(policies.c.version == number)
                policy = self.house.policies.at(t.connection, number)
                assert policy is not None
                good = Served(policy, t.connection.execute(through).scalar_one())
                self.house.policies.fall_back(t, good, at)
            if r.random() < 0.5:
                t.append(p.LearningResumed(at=at))

    def talk(self, r: random.Random, member: str) -> None:
        do_choose_talk(self.house, member, ideas=r.random(), elsewhere=r.random() < 0.5)
        talk = do_open(self.house, member, human=r.random() < 0.3)
        risk = r.choice([None, *RiskLevel])
        do_write_as_member(self.house, member, talk.id, r.choice(TEXTS[1:]), sent=new_id(), risk=risk)
        if talk.owner is Owner.COMPANION:
            with self.house.store.read() as connection:
                ticket = access_ticket(connection, talk.id)
            reply = do_write_as_companion(self.house, ticket, "What is it like?", by="composer", probability=0.5)
            do_rate_turn(self.house, member, talk.id, reply.id, helped=r.random() < 0.5)
        r.choice([do_ask_for_human, do_close])(self.house, member, talk.id)

    def support(self, r: random.Random, member: str) -> None:
        at, account = self.house.clock(), new_id()
        with self.house.store.write() as t:
            t.append(p.StaffAccountMade(at=at, account=account, role="supporter", name="N", handle=account, secret="x"))
        do_describe_supporter(self.house, account, languages=["en"], skills=["grief"], capacity=r.randint(1, 5))
        do_go_on_duty(self.house, account, at + timedelta(hours=8))
        talk = do_open(self.house, member, human=True)
        self.house.clock.forward(minutes=r.random())
        do_claim(self.house, account, talk.id)
        do_ask_second(self.house, account, talk.id, asked=r.random() < 0.7)
        self.second(r, talk.id)
        do_set_coach_chances(self.house, None, {feature: r.random() for feature in CoachFeature})
        shown = do_draw_coach(self.house, account, talk.id, rng=np.random.default_rng(r.getrandbits(32)))
        kept = [k.SuggestionKept(change=Change.INSERT, adds=m, fate=r.choice(list(Fate))) for m in Mechanism]
        with self.house.store.write() as t:
            t.append(k.CoachUsed(
                at=at, account=account, conversation=talk.id, shown=sorted(shown), suggestions=kept,
                levels={m: r.randrange(3) for m in Mechanism},
            ))  # fmt: skip
        if r.random() < 0.5:
            do_give_back(self.house, account, talk.id)

    def second(self, r: random.Random, talk: str) -> None:
        at, account = self.house.clock(), new_id()
        with self.house.store.write() as t:
            t.append(p.StaffAccountMade(at=at, account=account, role="supporter", name="M", handle=account, secret="x"))
        do_go_on_duty(self.house, account, at + timedelta(hours=8))
        with suppress(Conflict):  # nobody asks
            do_look_along(self.house, account, talk)
            do_write_note(self.house, account, talk, "Go slowly.")
            if r.random() < 0.5:
                do_end_look_along(self.house, account, talk)

    def staff(self, r: random.Random, member: str) -> None:
        at, code = self.house.clock(), new_id()  # drawn by ``r``, it would come twice where a life repeats itself
        with self.house.store.write() as t:
            account, key, invitation = new_id(), new_id(), new_id()
            t.append(p.StaffAccountMade(at=at, account=account, role="steward", name="S", handle=code, secret="x"))
            t.append(p.ApiKeyMade(at=at, key=key, secret=code, label="Integration"))
            t.append(p.InvitationMade(at=at, invitation=invitation, code=code, role="member", label="May", uses=3,
                                      expires=at + timedelta(days=9)))  # fmt: skip
            t.append(p.InvitationUsed(at=at, invitation=invitation))
            t.append(e.MemberAccountMade(at=at, account=new_id(), handle=code[::-1], secret="x", invitation=invitation),
                     member=member)  # fmt: skip
            if r.random() < 0.5:
                t.append(p.AccountClosed(at=at, account=account))
                t.append(p.ApiKeyRevoked(at=at, key=key))


OFTEN = ["check_in", "decide", "finish", "allow"] * 3
RARELY = ["withdraw", "set_consent", "choose", "answer", "learn", "erase", "settle", "wait", "staff", "sense", "reach",
          "correct", "aim", "drift", "talk", "support", "alert"]  # fmt: skip
STEPS = [*OFTEN, "enrol", *RARELY]


def _live(life: Life, steps: list[tuple[str, int]]) -> None:
    for what, seed in steps:
        with suppress(NotFound, Conflict, Refused, IndexError, ValueError):  # nobody there, nothing open, not allowed
            life.step(what, random.Random(seed))


def _served(house: House) -> tuple[int, bytes, bytes, int]:
    """The policy as a process that has just started serves it."""
    with house.store.read() as connection:
        policy = PolicyShelf(house.store, house.policies.features).newest(connection)
    pool = policy.pool
    return policy.version, pool.sums.precision.tobytes(), pool.sums.shift.tobytes(), pool.outcomes


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2**20)), min_size=15, max_size=40))
def test_rebuilding_changes_nothing(house: House, rows: Callable[[House], object], steps: list) -> None:
    """Whatever happened, every derived row and every digit of the policy is the same after a rebuild.

    Each example goes on with the database of the one before, so that its log grows long.
    """
    _live(Life(house), steps)
    before, served = rows(house), _served(house)
    do_rebuild(house)
    assert rows(house) == before
    assert _served(house) == served
    with house.store.read() as connection:
        assert house.policies.newest(connection).pool.sums.precision.tobytes() == served[1]


def test_the_random_lives_are_not_empty(house: House, rows: Callable[[House], object]) -> None:
    """A fixed long life fills every derived table, so that the comparison above compares something."""
    life = Life(house)
    r = random.Random(4)
    steps = [(r.choice(STEPS), r.randrange(2**20)) for _ in range(150)]
    _live(life, [("enrol", 1), ("erase", 2), *steps, ("support", 3), ("reach", 1), ("reach", 2), ("alert", 3)])
    filled = rows(house)
    assert [name for name, found in filled.items() if not found] == []
    do_rebuild(house)
    assert rows(house) == filled


def test_a_failed_rebuild_changes_nothing(
    house: House, rows: Callable[[House], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a rebuild breaks off half way, the tables are as they were."""
    _live(Life(house), [("allow", 1), ("check_in", 2), ("decide", 3)])
    before = rows(house)
    monkeypatch.setitem(e.KINDS, "decision-made", e.CheckedIn)  # as if a later version had written it
    with pytest.raises(StoreError, match="not one this version knows"):
        do_rebuild(house)
    assert rows(house) == before


def test_two_ways_to_the_same_policy(house: House) -> None:
    """Learning step by step, forgetting on the way, gives the sums of learning all that is left at once."""
    life = Life(house)
    _live(life, [("enrol", 1), *[(s, i) for i, s in enumerate(["set_consent", "allow", "decide", "finish"] * 12)]])
    do_learn(house)
    _live(life, [("erase", 3), *[(s, i) for i, s in enumerate(["allow", "choose", "finish", "learn", "correct"] * 6)]])
    with house.store.read() as connection:
        steps = house.policies.newest(connection).pool
        through = house.policies._newest_row(connection).through
        fresh = PolicyShelf(house.store, house.policies.features)._made_again(connection, through)
    assert steps.outcomes > 0
    assert np.array_equal(steps.sums.precision, fresh.sums.precision)
    assert np.array_equal(steps.sums.shift, fresh.sums.shift)
    assert (steps.people, steps.outcomes) == (fresh.people, fresh.outcomes)


@pytest.mark.parametrize("kept", ["earlier form", "other scales"])
def test_a_cache_that_does_not_fit_is_made_again(house: House, kept: str) -> None:
    """What an earlier version of Attunement cached, or one that took people to differ more, is not served."""
    life = Life(house)
    _live(life, [("enrol", 1), *[(s, i) for i, s in enumerate(["set_consent", "allow", "decide", "finish"] * 6)]])
    do_learn(house)
    before, features = _served(house), house.policies.features
    assert before[3] > 0
    other = PooledPolicy(features, scales=Scales.of(own=3.0, noise=0.5)).pool
    parameters = (Statistics.empty(features.names) if kept == "earlier form" else other).to_bytes()
    with house.store.write() as transaction:
        transaction.connection.execute(update(policy_cache).values(parameters=parameters))
    assert _served(house) == before
