"""Made-up conversations for the demonstration: some that a person took over and ended, and two that wait for one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from attunement.programme.conversations.answering import do_answer_talk
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.closing import do_close_as_supporter
from attunement.programme.conversations.duty import do_describe_supporter, do_go_on_duty
from attunement.programme.conversations.handing import do_claim
from attunement.programme.conversations.hearing import read_danger
from attunement.programme.conversations.writing import do_write_as_member, do_write_as_supporter
from attunement.programme.house import House

SHIFT = timedelta(hours=8)
ENDED: tuple[tuple[tuple[str, ...], float, str], ...] = (
    (("My flatmate moved out without a word and I feel so stupid for not seeing it.",), 4.0,
     "No word at all, after living together. I can see why that stings. What did you find when you came home?"),
    (("I shouted at my daughter this morning.", "She just looked at me and went to school."), 7.0,
     "That look is staying with you. It sounds as if you wish you could have this morning back. How is it now?"),
    (("New job, third week. Everybody is nice and I still eat my lunch in the car.",), 2.5,
     "Nice people and lunch in the car: that can be a lonely mix. What would make the canteen a little easier?"),
)  # fmt: skip
"""What a member wrote to the companion, after how many minutes a person came, and what that person said."""
WAITING: tuple[tuple[tuple[str, ...], str], ...] = (
    (("My mum is back in hospital and I am the one everybody phones.", "I have not slept properly since Sunday.",
      "I keep smiling at work and then I cry in the stairwell."), "Could I talk to somebody real about this?"),
    (("I cannot see how this month is going to work out. The rent went up again.",), ""),
)  # fmt: skip
"""What they wrote, and with which words they asked for a person, if any."""


def seed_talks(house: House, supporter: str, members: Sequence[str]) -> None:
    """Play the conversations of as many synthetic members, the last minutes before ``house.clock()``."""
    now = house.clock()
    begin = _ago(house, hours=3)
    do_describe_supporter(begin, supporter, languages=("en",), skills=("family", "work"), capacity=4)
    do_go_on_duty(begin, supporter, now + SHIFT)
    for k, (said, waited, answer) in enumerate(ENDED):
        then = _ago(house, hours=2.5 - k / 2)
        talk = _told(then, members[k], said)
        do_ask_for_human(then, members[k], talk)
        later = _ago(then, minutes=-waited)
        do_claim(later, supporter, talk)
        do_write_as_supporter(later, supporter, talk, answer)
        do_close_as_supporter(later, supporter, talk)
    for k, (said, words) in enumerate(WAITING, len(ENDED)):
        then = _ago(house, minutes=9 * k - 20)
        do_ask_for_human(then, members[k], _told(then, members[k], said), words=words)


def _told(house: House, member: str, said: Sequence[str]) -> str:
    """A conversation in which these lines were written, each answered by the companion."""
    talk = do_open(house, member).id
    for text in said:
        do_write_as_member(house, member, talk, text, risk=read_danger(house, member, talk, text))
        do_answer_talk(house, talk)
    return talk


def _ago(house: House, **back: float) -> House:
    then = house.clock() - timedelta(**back)
    return house.at(lambda: then)
