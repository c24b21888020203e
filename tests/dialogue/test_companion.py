"""The companion answers anything, from what was said, without repeating itself."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.good_signs import GOOD
from attunement.dialogue.hearing.talk import opener
from attunement.dialogue.partner import Partner
from attunement.dialogue.replying.seed import seed_of
from attunement.domain.conversation import Allow, BackendFailed, Candidate, Line, Prompt, Speaker
from attunement.domain.errors import Invalid
from attunement.domain.reading import Reading, RiskLevel
from attunement.domain.reply import ReplyReading, Strategy
from attunement.library.companion_matter import speaks_as_a_person
from attunement.library.companion_words import load_companion_words
from attunement.library.helplines import load_helplines
from attunement.library.resources import content_folder
from attunement.reading.reply_reader import ReplyReader
from attunement.reading.text_reader import TextReader

LONG = (
    "hi",
    "not great tbh. i had a fight with my sister",
    "she says i never help with our dad",
    "yes",
    "I feel guilty every time the phone rings",
    "idk",
    "what should I do?",
    "she doesn't listen to me though",
    "our dad was always proud of her and not of me",
    "are you a real person?",
    "ok",
    "i'm so tired of being the bad one",
    "no",
    "I want her to say thank you just once",
    "can we talk about something else",
    "I got a plant yesterday",
    "idk",
    "i slept better last night",
    "thanks, this helped",
    "I have to go now, bye",
)


@dataclass
class Said:
    """A language model that says what it was given, or fails."""

    texts: Sequence[str] | None
    name: str = "some-model"

    def generate(self, prompt: Prompt, n: int) -> list[str]:
        if self.texts is None:
            raise BackendFailed("hung")
        return list(self.texts)[:n]


def asked(lines: Sequence[Line], strategy: Strategy, remembered: Sequence[str], language: str) -> Prompt:
    return Prompt("be kind", tuple(lines), "test-1")


def member(text: str) -> list[Line]:
    return [Line(Speaker.MEMBER, text)]


def test_twenty_turns_hold_no_reply_twice_and_no_opening_line_twice(companion: Companion) -> None:
    """A long talk with short and odd messages does not sound like a form, and ends without an alarm."""
    lines: list[Line] = []
    for text in LONG:
        lines.append(Line(Speaker.MEMBER, text))
        answer = companion.reply(lines)
        assert not answer.actions, (text, answer.text)
        lines.append(Line(Speaker.COMPANION, answer.text))
    said = [line.text for line in lines if line.speaker is Speaker.COMPANION]
    assert len(set(said)) == len(said)
    openers = [opener(text) for text in said]
    assert len(set(openers)) == len(openers)


def test_the_same_talk_gets_the_same_answer(companion: Companion) -> None:
    """Nothing but the lines decides, so that a reply can be replayed."""
    assert (
        companion.reply(member("I lost my keys and cried")).text
        == companion.reply(member("I lost my keys and cried")).text
    )


@pytest.mark.parametrize(
    ("text", "holds"), [("My brother left us in May.", "your brother left you"), ("I feel lonely.", "lonely")]
)
def test_the_members_own_words_come_back(companion: Companion, text: str, holds: str) -> None:
    """What was said is in the reply, turned round."""
    assert holds in companion.reply(member(text)).text.lower()


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_gets_an_answer_the_guard_lets_pass(companion: Companion, text: str) -> None:
    """Emoji, control characters, other scripts, nothing at all: there is a reply, and nothing is wrong with it."""
    lines = member(text)
    answer = companion.reply(lines)
    assert isinstance(
        companion.guard(None).check(lines, Candidate(answer.text, answer.strategy, answer.by), RiskLevel.NONE), Allow
    )


@pytest.mark.parametrize("lines", [[], [Line(Speaker.COMPANION, "hello")]])
def test_only_a_member_is_answered(companion: Companion, lines: list[Line]) -> None:
    """A talk that does not end with the member is refused."""
    with pytest.raises(Invalid):
        companion.reply(lines)


class Listening:
    """Reads replies as the one that ships does, and remembers which."""

    name, version = "listening", "1"

    def __init__(self) -> None:
        self.read_of = list[str]()
        self._reader = ReplyReader()

    def read(self, exchanges: Sequence[tuple[str, str]]) -> list[ReplyReading]:
        self.read_of += [reply for _, reply in exchanges]
        return self._reader.read(exchanges)


def test_what_might_be_said_is_read_for_empathy_and_a_goodbye_is_not() -> None:
    """What is said was among what was read; whoever leaves is not answered by what would ask more."""
    folder, heard = content_folder(), Listening()
    talker = Companion(
        words=load_companion_words(folder), helplines=load_helplines(folder), reader=TextReader(), replies=heard
    )
    answer = talker.reply(member("My brother left us in May."))
    assert answer.text in heard.read_of
    assert len(set(heard.read_of)) > 1
    heard.read_of.clear()
    assert talker.reply([*member("My brother left us in May."), *member("thank you, bye")]).moment == "goodbye"
    assert heard.read_of == []


def test_a_model_that_hangs_is_replaced_in_the_same_turn(companion: Companion) -> None:
    """The composer answers where the language model fails."""
    answer = Companion.shipped(backend=Said(None), prompter=asked).reply(member("My brother left us in May."))
    assert answer.by == "composer"


def test_a_model_is_guarded_and_never_asked_in_danger() -> None:
    """A harmful candidate is refused and its reason kept; where there is danger the model is not asked at all."""
    talker = Companion.shipped(
        backend=Said(["You should just get over it.", "It sounds like May was hard. What happened?"]), prompter=asked
    )
    answer = talker.reply(member("My brother left us in May."))
    assert (answer.by, answer.text) == ("some-model", "It sounds like May was hard. What happened?")
    assert talker.reply(member("I want to kill myself")).by == "composer"


def test_a_practice_is_offered_where_it_is_asked_for(companion: Companion) -> None:
    """The answer names a practice and its id."""
    from attunement.library.library import load_library

    practices = load_library(content_folder()).practices
    answer = companion.reply(member("can you give me a breathing exercise"), partner=Partner(practices=practices))
    assert answer.practice in {p.id for p in practices}


def test_forgotten_means_forgotten_even_by_what_is_being_read() -> None:
    """After `forget` nothing read before is kept, nor what was being read at that moment."""
    companion = Companion.shipped()
    reader = companion._reader

    class Forgetting:
        def read(self, texts: Sequence[str]) -> list[Reading]:
            companion.forget()
            return list(reader.read(texts))

    companion._reader = Forgetting()  # type: ignore[assignment]
    companion.reply([Line(Speaker.MEMBER, "I lost my job.")])
    assert not companion._readings


def test_a_reading_found_is_not_dropped_by_another_talk_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where room is short, another talk's readings wait until those of this one are taken."""
    monkeypatch.setattr("attunement.dialogue.companion.READINGS_KEPT", 1)
    companion = Companion.shipped()
    reading = companion._reader.read(["Hello."])[0]
    others: list[threading.Thread] = []

    class Instant:
        def read(self, texts: Sequence[str]) -> list[Reading]:
            return [reading for _ in texts]

    class Crowded(OrderedDict[bytes, Reading]):
        def __contains__(self, key: object) -> bool:
            found = super().__contains__(key)
            if found and not others:
                others.append(threading.Thread(target=companion._read, args=(["Another talk."],)))
                others[0].start()
                others[0].join(0.5)
            return found

    companion._reader, companion._readings = Instant(), Crowded()  # type: ignore[assignment]
    assert companion._read(["Hello."]) == companion._read(["Hello."]) == [reading]
    others[0].join()


HEAVY = (
    "My mother is in hospital and I am scared.",
    "I was left out again and I feel so lonely.",
    "My brother died in spring and the house is silent.",
    "I failed my exam and I feel ashamed.",
)


def spoken(text: str, companion: Companion, salt: str) -> str:
    """What is said to a first message, by one of several chances."""
    lines = member(text)
    return companion.reply(lines, rng=np.random.default_rng(seed_of(lines, salt=salt))).text


@pytest.mark.parametrize("text", HEAVY)
def test_what_is_heavy_meets_warmth_the_members_words_and_at_most_one_question(companion: Companion, text: str) -> None:
    """A line of warmth, something of what they said, and no interrogation, whatever the chance."""
    words = load_companion_words(content_folder())
    warm = {line for feelings in words.feelings.values() for line in (*feelings.warm, *feelings.grave)}
    warm |= {*words.parts["kind"], *words.parts["kind_bereaved"]}
    theirs = set(re.findall(r"[a-z]{4,}", text.lower()))
    for salt in "abcdefgh":
        said = spoken(text, companion, salt)
        assert any(line in said for line in warm), said
        assert theirs & set(re.findall(r"[a-z]{4,}", said.lower())), said
        assert said.count("?") <= 1, said
        assert not speaks_as_a_person(said), said


@pytest.mark.parametrize("text", ["I baked bread today.", "My cat is so silly haha", "I passed my driving test!!"])
def test_what_is_light_or_glad_is_not_pitied(companion: Companion, text: str) -> None:
    """No comfort is given to somebody who needs none."""
    words = load_companion_words(content_folder())
    pity = {line for name, one in words.feelings.items() if name not in GOOD for line in (*one.warm, *one.grave)} | {
        *words.parts["kind"]
    }
    for salt in "abcdefgh":
        said = spoken(text, companion, salt)
        assert not [line for line in pity if line in said], said


def test_good_news_meets_gladness_for_the_member(companion: Companion) -> None:
    """It is theirs, and it is welcome."""
    words = load_companion_words(content_folder())
    for salt in "abcdefgh":
        said = spoken("I got the job, I'm so happy!", companion, salt)
        assert any(line in said for name in GOOD for line in words.feelings[name].warm), said
