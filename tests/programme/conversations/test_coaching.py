"""The coach in a conversation: drawn once, its chances on record, and no words kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime

import numpy as np
import pytest

from attunement.domain.coaching import Change, CoachFeature, DangerNotice, DangerOf, Fate
from attunement.domain.conversation import Speaker
from attunement.domain.conversation_events import CoachDrawn
from attunement.domain.errors import Conflict, Invalid
from attunement.domain.reply import Mechanism
from attunement.library.companion_words import load_companion_words
from attunement.library.openings import Opening
from attunement.library.resources import content_folder
from attunement.programme.coach_trial import access_coach_trial
from attunement.programme.coaching import (
    Seen,
    do_draw_coach,
    do_keep_use,
    do_set_coach_chances,
    plain_question,
    post_of,
    record_use,
)
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.handing import do_claim, do_give_back, do_transfer
from attunement.programme.conversations.lines import WrittenLine
from attunement.programme.erasure import do_erase
from attunement.programme.growth import access_growth
from attunement.programme.house import House
from attunement.programme.members import do_enrol

AT = datetime(2026, 5, 1, tzinfo=UTC)
WORDS = load_companion_words(content_folder())


@pytest.fixture
def mine(house: House, talk: Conversation, noor: str) -> Conversation:
    """A talk in Noor's hands."""
    do_ask_for_human(house, talk.member, talk.id)
    return do_claim(house, noor, talk.id)


def _draws(house: House, member: str) -> Iterator[CoachDrawn]:
    with house.store.read() as connection:
        for logged in house.store.events(connection, member=member, kinds=(CoachDrawn.kind,)):
            assert isinstance(logged.event, CoachDrawn)
            yield logged.event


def test_it_is_drawn_once_and_the_chances_are_on_record(house: House, mine: Conversation, noor: str) -> None:
    """Asked twice there is one draw; it holds the chances of that moment, whatever they are later."""
    do_set_coach_chances(house, None, {CoachFeature.SPANS: 0.25})
    first = do_draw_coach(house, noor, mine.id, rng=np.random.default_rng(1))
    do_set_coach_chances(house, None, dict.fromkeys(CoachFeature, 0.0))
    assert do_draw_coach(house, noor, mine.id) == first
    (drawn,) = _draws(house, mine.member)
    assert drawn.chances == {CoachFeature.SPANS: 0.25, CoachFeature.SUGGESTIONS: 1.0, CoachFeature.CAUTIONS: 1.0}
    assert set(drawn.shown) == first >= {CoachFeature.SUGGESTIONS, CoachFeature.CAUTIONS}


def test_each_feature_comes_as_often_as_its_chance(house: House, noor: str) -> None:
    """Of sixty conversations about a half have suggestions, none has cautions, all have marks."""
    do_set_coach_chances(house, None, {CoachFeature.SUGGESTIONS: 0.5, CoachFeature.CAUTIONS: 0})
    rng, shown = np.random.default_rng(7), []
    for _ in range(60):
        talk = do_open(house, do_enrol(house), human=True)
        do_claim(house, noor, talk.id)
        shown.append(do_draw_coach(house, noor, talk.id, rng=rng))
        do_erase(house, talk.member)
    counts = {feature: sum(feature in one for one in shown) for feature in CoachFeature}
    assert 18 <= counts[CoachFeature.SUGGESTIONS] <= 42  # 3.1 standard deviations each way
    assert (counts[CoachFeature.CAUTIONS], counts[CoachFeature.SPANS]) == (0, 60)


def test_only_who_has_the_talk_is_coached(house: House, noor: str) -> None:
    """One that only waits is nobody's to write in; chances that are none are refused."""
    waiting = do_open(house, do_enrol(house), human=True)
    with pytest.raises(Conflict):
        do_draw_coach(house, noor, waiting.id)
    for chance in (-0.1, 1.1, float("nan")):
        with pytest.raises(Invalid):
            do_set_coach_chances(house, None, {CoachFeature.SPANS: chance})


def test_no_words_are_kept_and_erasure_leaves_counts(
    house: House,
    mine: Conversation,
    noor: str,
) -> None:
    """The log holds kinds and levels alone; a member's erasure takes the draw along, not the supporter's counts."""
    seen = [Seen("You miss her.", Change.INSERT, Mechanism.INTERPRETATIONS)]
    record_use(house, noor, mine.id, "You miss her. Tell me more.", do_draw_coach(house, noor, mine.id), seen)
    with house.store.read() as connection:
        (used,) = house.store.events(connection, kinds=("coach-used",))
    assert "miss" not in used.event.model_dump_json()
    do_erase(house, mine.member)
    assert list(_draws(house, mine.member)) == []
    assert (access_growth(house, noor).lines, access_growth(house, noor).coached) == (1, 1)


def test_a_trial_of_the_coach_can_be_evaluated_after_an_erasure(house: House, mine: Conversation, noor: str) -> None:
    """What was drawn, with which probability, and what came of it is still told once its member is gone; of nobody."""
    do_set_coach_chances(house, None, {CoachFeature.SPANS: 0.25, CoachFeature.SUGGESTIONS: 0.5})
    shown = do_draw_coach(house, noor, mine.id, rng=np.random.default_rng(1))  # draws 0.51, 0.95, 0.14
    record_use(house, noor, mine.id, "You miss her.", shown, [Seen("No.", Change.INSERT, Mechanism.EXPLORATIONS, True)])
    record_use(house, noor, mine.id, "Tell me more.", frozenset(), [], on=False)
    do_erase(house, mine.member)
    first, second = access_coach_trial(house)
    assert first.drawn == {feature: feature in shown for feature in CoachFeature}
    assert first.chances == {CoachFeature.SPANS: 0.25, CoachFeature.SUGGESTIONS: 0.5, CoachFeature.CAUTIONS: 1.0}
    assert first.probability == pytest.approx(0.75 * 0.5)
    assert (first.talk, first.on, first.fates[Fate.DISMISSED]) == (1, True, 1)
    assert (second.talk, second.on, second.drawn) == (1, False, first.drawn)
    told = json.dumps([asdict(first), asdict(second)])
    assert not any(private in told for private in (noor, mine.id, mine.member, "You"))


def test_a_line_without_the_coach_is_in_the_trial_with_what_would_have_been_shown(
    house: House, mine: Conversation, noor: str
) -> None:
    """Drawn at the line where nobody asked before: what was drawn is kept, that it was off, and no suggestion."""
    do_set_coach_chances(house, None, {CoachFeature.SPANS: 0.5, CoachFeature.CAUTIONS: 0})
    do_keep_use(house, noor, mine.id, "You miss her.", None)
    (line,) = access_coach_trial(house)
    (drawn,) = _draws(house, mine.member)
    assert line.drawn == {feature: feature in drawn.shown for feature in CoachFeature}
    assert (line.on, line.probability, sum(line.fates.values())) == (False, pytest.approx(0.5), 0)
    assert access_growth(house, noor).coached == 0


@pytest.mark.parametrize("left", [do_give_back, do_transfer])
def test_what_left_their_hands_before_it_was_kept_is_not_counted(
    house: House, mine: Conversation, noor: str, left: Callable[[House, str, str], object]
) -> None:
    """Given back or passed on meanwhile: the line stands, and nothing fails."""
    left(house, noor, mine.id)
    do_keep_use(house, noor, mine.id, "You miss her.", [Seen("No.", Change.INSERT, Mechanism.EXPLORATIONS)])
    assert access_growth(house, noor).lines == 0


def test_the_plain_question_is_in_the_supporters_name_until_the_draft_asks_one(house: House) -> None:
    """One of the openings; none where the draft asks already; where there is no such opening, the coach's own."""
    hello = Opening("when beginning", "Hello, I am {me}.")
    plain = Opening("where there may be danger", "I'm {me}. Are you thinking about ending your life?")
    house = replace(house, openings=(hello, plain))
    notice = DangerNotice(DangerOf.SUICIDE, "It may point to danger.", "Are you thinking of ending your life?")
    assert plain_question(house, "Noor", notice) == "I'm Noor. Are you thinking about ending your life?"
    assert plain_question(house, "Noor", replace(notice, asks="")) == ""
    assert plain_question(house, "Noor", None) == ""
    assert plain_question(replace(house, openings=(hello,)), "Noor", notice) == notice.asks


def _line(number: int, speaker: Speaker, text: str) -> WrittenLine:
    return WrittenLine(number, f"id-{number}", AT, speaker, text)


def _post(talk: list[WrittenLine]) -> str:
    return post_of(talk, WORDS)


def test_a_reply_answers_what_came_since_the_last_one() -> None:
    """All lines since then; where these say little, the ones before as well; notices and replies never."""
    talk = [
        _line(1, Speaker.SUPPORTER, "Hello, I am Noor."),
        _line(2, Speaker.MEMBER, "My sister left and I miss her."),
        _line(3, Speaker.COMPANION, "What happened?"),
        _line(4, Speaker.NOTICE, "A person will take over."),
        _line(5, Speaker.MEMBER, "We fought about the house."),
        _line(6, Speaker.MEMBER, "And I said something awful."),
        _line(7, Speaker.SUPPORTER, "I see."),
        _line(8, Speaker.MEMBER, "yes"),
    ]
    assert _post(talk[:6]) == "We fought about the house.\nAnd I said something awful."
    assert _post(talk) == "We fought about the house.\nAnd I said something awful.\nyes"
    assert _post(talk[3:4]) == ""


def test_the_first_reply_of_a_person_answers_what_was_told_to_the_companion() -> None:
    """Not the asking for a person, by which it came to them; that only where nothing else was said."""
    talk = [
        _line(1, Speaker.MEMBER, "My sister left and I miss her."),
        _line(2, Speaker.COMPANION, "What happened?"),
        _line(3, Speaker.MEMBER, "We fought about the house."),
        _line(4, Speaker.COMPANION, "That hurts."),
        _line(5, Speaker.MEMBER, "can I talk to a human please"),
        _line(6, Speaker.COMPANION, "I am asking for a person now."),
    ]
    assert _post(talk) == "My sister left and I miss her.\nWe fought about the house."
    assert _post(talk[4:]) == "can I talk to a human please"


def test_of_what_was_told_to_the_companion_for_long_the_newest_is_answered() -> None:
    """Lines of fifty words each: as many as make at least 150, and none before."""
    telling = [_line(2 * number, Speaker.MEMBER, f"{number} " + "and " * 49) for number in range(6)]
    talk = [one for line in telling for one in (line, _line(line.line + 1, Speaker.COMPANION, "Tell me more."))]
    assert [line.split()[0] for line in _post(talk).splitlines()] == ["3", "4", "5"]


def test_alike_suggestions_are_counted_by_what_became_of_each(house: House, mine: Conversation, noor: str) -> None:
    """One taken, one put away, one untouched, all of the same words: one of each is counted, and nothing adapted."""
    texts = ("You miss your sister since she left.", "Do you miss your sister?", "Since she left you miss your sister.")
    seen = [Seen(text, Change.INSERT, Mechanism.EXPLORATIONS, text.startswith("Do")) for text in texts]
    record_use(house, noor, mine.id, f"Oh. {texts[0]}", do_draw_coach(house, noor, mine.id), seen)
    (line,) = access_coach_trial(house)
    assert line.fates == {Fate.TAKEN: 1, Fate.DISMISSED: 1, Fate.UNUSED: 1, Fate.ADAPTED: 0}
