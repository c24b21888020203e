"""What a supporter is shown of a member: only what the member allows, and only while the talk is theirs to see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from attunement.domain.affect import Affect
from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.errors import Conflict, NotFound
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy
from attunement.programme.check_ins import do_check_in
from attunement.programme.coaching import post_of
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.closing import do_close_as_supporter
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.handing import do_claim, do_transfer
from attunement.programme.conversations.insight import (
    NAMED_SINCE,
    Absent,
    InsightPart,
    Liked,
    Preference,
    access_insight,
    access_shared_points,
)
from attunement.programme.conversations.lines import access_lines_as_supporter
from attunement.programme.conversations.notes import do_rate_turn
from attunement.programme.conversations.searching import Found, access_search
from attunement.programme.conversations.second import access_second_wanted, do_ask_second
from attunement.programme.conversations.summary import Told
from attunement.programme.conversations.talk_settings import do_choose_talk
from attunement.programme.conversations.writing import (
    access_ticket,
    do_write_as_companion,
    do_write_as_member,
    do_write_as_supporter,
)
from attunement.programme.exports import access_export
from attunement.programme.house import House

SHARES = [Cell(Purpose.SUPPORTERS, c) for c in (Category.SELF_REPORT, Category.TEXT, Category.INTERACTIONS)]


@pytest.fixture
def claimed(house: House, talk: Conversation, noor: str) -> Conversation:
    """Rosa's talk, in which the companion helped once, in Noor's hands."""
    do_check_in(house, talk.member, affect=Affect(-0.5, 0.25))
    do_write_as_member(house, talk.member, talk.id, "I am so sad that my dog died.")
    with house.store.read() as connection:
        ticket = access_ticket(connection, talk.id)
    said = do_write_as_companion(house, ticket, "You miss your dog.", by="composer", strategy=Strategy.REFLECTION)
    do_rate_turn(house, talk.member, talk.id, said.id, helped=True)
    do_ask_for_human(house, talk.member, talk.id)
    return do_claim(house, noor, talk.id)


def test_without_a_yes_there_is_the_talk_alone(house: House, claimed: Conversation, noor: str) -> None:
    """The summary of what was said, without a feeling a computer would have read; nothing else."""
    seen = access_insight(house, noor, claimed.id)
    assert (seen.shares, seen.points, seen.before, seen.helped, seen.liked) == (frozenset(), (), None, (), ())
    assert [one.told for one in seen.summary] == [Told.BROUGHT, Told.TRIED]


def test_a_yes_to_older_words_opens_what_those_named_and_no_more(
    house: House, claimed: Conversation, noor: str
) -> None:
    """Their check-ins; not what a computer found in them, in their words, or in what helped."""
    before = replace(house, wording=house.wording.model_copy(update={"version": NAMED_SINCE - 1}))
    do_change_consent(before, claimed.member, grant=SHARES)
    seen = access_insight(house, noor, claimed.id)
    assert (len(seen.points), seen.before, seen.helped, seen.liked, seen.ideas) == (1, None, (), (), None)
    assert [one.told for one in seen.summary] == [Told.BROUGHT, Told.TRIED]


def test_each_yes_opens_its_own_part(house: House, claimed: Conversation, noor: str) -> None:
    """Self-report the points, text the feeling, interactions what helped; taken back, it is gone at once."""
    do_change_consent(house, claimed.member, grant=SHARES)
    seen = access_insight(house, noor, claimed.id)
    assert [(p.valence, p.arousal) for p in seen.points] == [(-0.5, 0.25)]
    assert access_shared_points(house, noor, claimed.id) == seen.points
    assert seen.liked == (Liked(Strategy.REFLECTION, 1, 1),)
    assert Told.FEELING in {one.told for one in seen.summary}
    do_change_consent(house, claimed.member, withdraw=SHARES[:2])
    seen = access_insight(house, noor, claimed.id)
    assert (seen.points, seen.shares) == ((), {Category.INTERACTIONS})
    assert access_shared_points(house, noor, claimed.id) == ()
    assert Told.FEELING not in {one.told for one in seen.summary}


def test_asking_for_a_person_is_no_feeling(house: House, claimed: Conversation, noor: str) -> None:
    """However strongly a computer reads curiosity in it; the feeling is of the line that tells of the dog."""
    do_change_consent(house, claimed.member, grant=SHARES)
    do_write_as_member(house, claimed.member, claimed.id, "Could I talk to somebody real about this?")
    told = access_insight(house, noor, claimed.id).summary
    assert [(one.is_, one.lines) for one in told if one.told is Told.FEELING] == [("sadness", (2,))]
    assert [one.quote for one in told if one.told is Told.ASKED] == ["Could I talk to somebody real about this?"]


def test_what_is_not_there_says_why(house: House, claimed: Conversation, noor: str) -> None:
    """Not shown, not named by the words they agreed to, too little known, nothing said; what may be seen has none."""
    assert access_insight(house, noor, claimed.id).absent == dict.fromkeys(InsightPart, Absent.NOT_SHARED)
    before = replace(house, wording=house.wording.model_copy(update={"version": NAMED_SINCE - 1}))
    do_change_consent(before, claimed.member, grant=SHARES)
    named = access_insight(house, noor, claimed.id).absent
    assert named == {part: Absent.NOT_NAMED for part in InsightPart if part is not InsightPart.POINTS}
    do_change_consent(house, claimed.member, withdraw=SHARES)
    do_change_consent(house, claimed.member, grant=SHARES)
    absent = access_insight(house, noor, claimed.id).absent
    assert absent == {InsightPart.BEFORE: Absent.TOO_FEW, InsightPart.PREFERS: Absent.NOT_TOLD}


@pytest.mark.parametrize(
    ("ideas", "prefers"), [(0.0, Preference.LISTENING), (0.45, None), (0.55, None), (0.7, Preference.IDEAS)]
)
def test_only_a_clear_wish_is_a_preference(
    house: House, claimed: Conversation, noor: str, ideas: float, prefers: Preference | None
) -> None:
    """Near the middle there is none, and that there is none is said as such."""
    do_change_consent(house, claimed.member, grant=SHARES)
    do_choose_talk(house, claimed.member, ideas=ideas, elsewhere=False)
    seen = access_insight(house, noor, claimed.id)
    assert (seen.prefers, InsightPart.PREFERS in seen.absent) == (prefers, prefers is None)


def test_insight_ends_with_the_talk_in_their_hands(house: House, claimed: Conversation, noor: str, ida: str) -> None:
    """A colleague cannot look while it is Noor's; Noor cannot once Ida has it."""
    with pytest.raises(NotFound):
        access_insight(house, ida, claimed.id)
    do_transfer(house, noor, claimed.id)
    do_claim(house, ida, claimed.id)
    with pytest.raises(NotFound):
        access_insight(house, noor, claimed.id)


def test_words_are_found_in_ones_own_talks_and_those_that_wait(
    house: House, claimed: Conversation, noor: str, ida: str
) -> None:
    """All words must be in the line, whatever their case; a colleague's talk is searched for nobody else."""
    assert [(one.name, one.line) for one in access_search(house, noor, "DOG sad")] == [("Rosa", 2)]
    assert access_search(house, noor, "dog cat") == []
    assert access_search(house, noor, " ") == []
    assert access_search(house, ida, "dog") == []
    do_transfer(house, noor, claimed.id)
    assert {one.line for one in access_search(house, ida, "dog")} == {2, 3}


def test_a_talk_is_found_by_the_name_of_its_member(house: House, claimed: Conversation, noor: str, ida: str) -> None:
    """By the beginning of a part of it, with what brought them; with other words, the lines that hold those."""
    assert [(one.line, one.text) for one in access_search(house, noor, "ros")] == [(2, "I am so sad that my dog died.")]
    assert [one.line for one in access_search(house, noor, "rosa miss")] == [3]
    assert access_search(house, noor, "osa") == []
    assert access_search(house, ida, "rosa") == []


def test_who_asked_without_words_is_found_by_name(house: House, noor: str, member: str) -> None:
    """At the first line there is, of which nothing is shown, as nobody said it; not by words of our own in it."""
    waits = do_open(house, member, human=True)
    assert access_search(house, noor, "rosa") == [Found(waits.id, "Rosa", 1, "")]
    assert access_search(house, noor, "rosa waiting") == []
    do_claim(house, noor, waits.id)
    do_write_as_supporter(house, noor, waits.id, "I am here.")
    assert [(one.line, one.text) for one in access_search(house, noor, "rosa")] == [(1, "")]


def test_a_talk_one_had_is_found_without_its_words_while_it_can_be_read(
    house: House, claimed: Conversation, noor: str, ida: str
) -> None:
    """By name and by words, for who wrote in it; its member is told of no reading, and after 14 days it is gone."""
    do_write_as_supporter(house, noor, claimed.id, "I am so sorry.")
    do_close_as_supporter(house, noor, claimed.id)
    assert access_search(house, noor, "dog") == []  # she does not let supporters read it again
    do_change_consent(house, claimed.member, grant=SHARES)
    assert access_search(house, noor, "dog sad") == [Found(claimed.id, "Rosa", 2, "", past=True)]
    assert [one.line for one in access_search(house, noor, "rosa")] == [2]
    assert access_search(house, ida, "dog") == []
    assert "talk-read-again" not in [one["kind"] for one in access_export(house, claimed.member)["events"]]
    house.clock.forward(days=14)  # type: ignore[attr-defined]
    assert access_search(house, noor, "rosa") == []


def test_what_they_want_more_of_is_shown_with_what_they_did(house: House, claimed: Conversation, noor: str) -> None:
    """Under interactions alone; who never chose prefers nothing."""
    do_change_consent(house, claimed.member, grant=SHARES)
    assert access_insight(house, noor, claimed.id).ideas is None
    do_choose_talk(house, claimed.member, ideas=0.0, elsewhere=False)
    assert access_insight(house, noor, claimed.id).ideas == 0.0
    do_change_consent(house, claimed.member, withdraw=SHARES[2:])
    assert access_insight(house, noor, claimed.id).ideas is None


def test_what_a_supporter_did_is_in_the_summary(house: House, claimed: Conversation, noor: str) -> None:
    """As a computer reads it, in English; with the line it is from."""
    do_write_as_supporter(house, noor, claimed.id, "What was your dog called?")
    do_write_as_supporter(house, noor, claimed.id, "Das tut mir wirklich sehr leid für dich.")
    wrote = [one for one in access_insight(house, noor, claimed.id).summary if one.told is Told.WROTE]
    assert [(one.who, one.lines, one.is_) for one in wrote] == [("Noor", (6,), Strategy.QUESTION), ("Noor", (7,), "")]


def test_of_a_long_talk_the_newest_lines_are_what_counts(
    house: House, claimed: Conversation, noor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With room for 16: the coach answers the newest, words are found in it; danger and the beginning stay told."""
    for number in range(30):
        do_write_as_member(house, claimed.member, claimed.id, f"This is line {number} of my day.")
        if number == 10:
            do_write_as_member(house, claimed.member, claimed.id, "I want to be dead.", risk=RiskLevel.EXPLICIT)
    do_write_as_member(house, claimed.member, claimed.id, "Now the neighbour shouts.", risk=RiskLevel.INDIRECT)
    monkeypatch.setattr("attunement.programme.conversations.lines.MOST", 16)
    monkeypatch.setattr(access_lines_as_supporter, "__kwdefaults__", {"after": None, "limit": 16})
    with house.store.read() as connection:
        read = access_lines_as_supporter(house, connection, noor, claimed.id)
    assert [line.text for line in read][-2:] == ["This is line 29 of my day.", "Now the neighbour shouts."]
    assert len(read) == 16
    assert post_of(read, house.words).endswith("Now the neighbour shouts.")
    assert [one.text for one in access_search(house, noor, "neighbour")] == ["Now the neighbour shouts."]
    told = access_insight(house, noor, claimed.id).summary
    assert [one.quote for one in told if one.told is Told.DANGER] == ["I want to be dead.", "Now the neighbour shouts."]
    assert [one.quote for one in told if one.told is Told.BROUGHT] == ["I am so sad that my dog died."]


def test_colleagues_see_that_a_second_person_is_wanted_until_it_changes_hands(
    house: House, claimed: Conversation, noor: str, ida: str
) -> None:
    """Who, and the danger read; not to oneself; one that only waits has nobody to be beside."""

    def wanted(supporter: str) -> list[tuple[str, RiskLevel]]:
        with house.store.read() as connection:
            return [(one.name, one.risk) for one in access_second_wanted(connection, supporter)]

    do_ask_second(house, noor, claimed.id)
    assert (wanted(ida), wanted(noor)) == ([("Noor", RiskLevel.NONE)], [])
    do_ask_second(house, noor, claimed.id, asked=False)
    assert wanted(ida) == []
    do_ask_second(house, noor, claimed.id)
    do_transfer(house, noor, claimed.id)
    assert wanted(ida) == []
    with pytest.raises(Conflict):
        do_ask_second(house, ida, claimed.id)
