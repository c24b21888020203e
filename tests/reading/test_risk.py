"""Danger is read from many spellings, and not from figures of speech."""

from __future__ import annotations

import importlib.resources
import re
import threading
import time
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.reading import RiskLevel
from attunement.reading import risk_rules
from attunement.reading.risk import read_rules

OWN = Path(__file__).parents[2] / "training" / "data_risk.yaml"
SENTENCES = [
    (group["kind"], RiskLevel(group["level"]), text)
    for group in yaml.safe_load(OWN.read_text(encoding="utf-8"))
    for text in group["texts"]
]


@pytest.mark.parametrize(
    "text",
    ["I want to die", "i wanna dieeee", "I want to d1e", "kms", "thinking about sucide", "i want to unalive myself",
     "I’m suicidal", "I WANT TO KILL MYSELF", "im going 2 kill my self", "quiero morir", "ich will nicht mehr leben",
     "k m s", "catch me hanging from the fan",
     "wana di", "wnt 2 dy", "wnna die", "sucidal", "kil myslf", "I beg god every night to take me",
     "every night I ask the Lord that he takes me"],
)  # fmt: skip
def test_the_wish_to_die_is_explicit_however_it_is_spelt(text: str) -> None:
    assert read_rules(text).level is RiskLevel.EXPLICIT


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("life is pointless", True), ("my life's pointless", True), ("honestly life just feels so meaningless", True),
        ("my life is meaningless without her", True), ("my life is worthless if they leave", True),
        ("life is pointless without coffee", False), ("life is meaningless if you can't dance", False),
        ("this meeting is pointless", False), ("a life like his is never worthless", False),
    ],
)  # fmt: skip
def test_a_life_without_a_point_is_a_sign_and_one_without_coffee_is_none(text: str, found: bool) -> None:
    assert (read_rules(text).level is RiskLevel.INDIRECT) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("Will you miss me when I'm gone?", True), ("would any1 even miss me if i was dead", True),
     ("They won't miss me at all once I'm gone.", True), ("Will the cat miss me when I'm gone for a week?", False),
     ("will you miss me when I'm gone to Spain", False), ("Would you miss me?", False),
     ("will my team miss me if I'm gone Friday?", False), ("would they miss me if I was gone for good", True),
     ("will you miss me if I'm dead on the floor", True)],
)  # fmt: skip
def test_being_missed_once_one_is_gone_is_a_sign_unless_it_is_a_journey(text: str, found: bool) -> None:
    assert (read_rules(text).level is RiskLevel.INDIRECT) is found


@pytest.mark.parametrize(
    "text",
    ["tengo ganas de morirme", "no quiero seguir viviendo", "je voudrais mourir", "vorrei morire", "chci umřít",
     "uz nechci zit", "nechci už žít", "chcem zomrieť", "vreau să mor", "nu mai vreau sa traiesc",
     "meg akarok halni", "nem akarok élni",
     "hoću da umrem", "želim umrijeti", "искам да умра", "θέλω να πεθάνω", "saya mau mati", "aku ingin bunuh diri",
     "gusto ko nang mamatay", "tôi muốn chết", "อยากตาย", "nataka kufa", "ek wil dood", "می‌خواهم بمیرم",
     "מתחשק לי להתאבד", "আমি মরতে চাই", "میں مرنا چاہتی ہوں"],
)  # fmt: skip
def test_the_wish_to_die_is_explicit_in_the_plain_words_of_many_languages(text: str) -> None:
    assert read_rules(text).level is RiskLevel.EXPLICIT


@pytest.mark.parametrize(
    "text", ["nechci umřít", "nechcem zomrieť", "ne želim umrijeti", "saya tidak mau mati", "δεν θέλω να πεθάνω"]
)
def test_a_wish_to_live_and_a_sad_day_in_another_language_are_no_explicit_danger(text: str) -> None:
    assert read_rules(text).level.rank < RiskLevel.EXPLICIT.rank


@pytest.mark.parametrize(
    "text",
    ["This homework is killing me", "I'm dying for a coffee", "let's hang out", "I cut myself shaving",
     'My character says "I want to die" in the film', "wnna dy my hair", "we jump in the lake", "kk bye", "Bye bye!",
     "I pray to god he takes me to Paris", "I won't see the morning crew until Monday",
     "I'd rather die than eat sushi", "I would rather die than do that presentation haha",
     "I'm gonna kill my boss lol, he scheduled me for Christmas", "ok thx, see you tomorrow", ""],
)  # fmt: skip
def test_a_figure_of_speech_is_no_danger(text: str) -> None:
    assert read_rules(text).level is RiskLevel.NONE


@pytest.mark.parametrize(
    "text",
    ["No, not thinking of harming myself, only of a sandwich", "nah, im not gonna hurt myself", "Am I suicidal? Nope.",
     "urge to hurt myself: 0, urge to nap: 9", "She asked if I felt suicidal and I said no, and I don't.",
     "I've never once wanted to die", "Harming myself isn't on the table."],
)  # fmt: skip
def test_danger_that_is_denied_in_plain_words_is_no_alarm(text: str) -> None:
    assert (read_rules(text).level, read_rules(text).harmless) == (RiskLevel.DISTRESS, True)


@pytest.mark.parametrize(
    "text",
    ["He asked was I suicidal and I said no. I lied.", "not gonna kill myself yet", "trying so hard not to hurt myself",
     "I'm not just thinking about killing myself, I want it", "probably won't kill myself, I hope",
     "suicidal 7/10 today"],
)  # fmt: skip
def test_a_denial_that_is_none_hides_nothing(text: str) -> None:
    assert read_rules(text).level.rank >= RiskLevel.EXPLICIT.rank


@pytest.mark.parametrize(
    "text",
    ["I tried to end my life fifteen years ago. I'm sixty now and I mend bicycles.",
     "I used to cut myself as a student, haven't since.", "I tried to end my life at seventeen, now I train nurses"],
)  # fmt: skip
def test_what_is_long_over_is_no_alarm(text: str) -> None:
    found = read_rules(text)
    assert found.level is RiskLevel.DISTRESS
    assert not found.harmless, "the network reads it too"


@pytest.mark.parametrize(
    "text",
    ["I tried to end my life fifteen years ago and now I'm thinking of it again.", "I used to be suicidal",
     "At nineteen I wanted to die. I'm forty today and it never left.",
     "I used to cut myself as a student, haven't since. Lately the urge is there every day."],
)  # fmt: skip
def test_what_is_back_or_may_be_is_not_long_over(text: str) -> None:
    assert read_rules(text).level.rank >= RiskLevel.INDIRECT.rank


@pytest.mark.parametrize(
    "text",
    ["does the captain want to die in episode 9?", "The villain kills himself in act two and comes back as a puppet.",
     "my character wants to die and mr lee says i act it well", "The lyric goes 'I want to die' and we all sang it.",
     "Three suicidal callers on one shift, then toast.", "how do you ask somebody if they're suicidal, for the course"],
)  # fmt: skip
def test_stories_and_the_work_of_helping_are_no_danger(text: str) -> None:
    assert read_rules(text).level is RiskLevel.NONE


@pytest.mark.parametrize(
    "text",
    ["My cousin in the film club wants to die", "the heroine wants to die and same, honestly",
     "good episode. i want to die though", "I've been suicidal since that episode",
     "After the film he told me he wants to die", "a girl on my course wants to die"],
)  # fmt: skip
def test_no_story_hides_a_real_person(text: str) -> None:
    assert read_rules(text).level.rank >= RiskLevel.INDIRECT.rank


@pytest.mark.parametrize(
    "text",
    ["this riff is unaliving me", "had to unalive the boss twice", "my fern has been wanting to die since june",
     "wanna dye. my hair. green", "ending it all (my magazine subscription)", "i waved at a stranger kms",
     "can't do this any more without coffee", "giving away my sofa, we're moving", "no future in typewriters",
     "there's no way out of this lease", "I want to vanish from this meeting", "cut my knee shaving",
     "By the time you read this I'll be on the plane", "They'll be fine without me in goal",
     "they should jump off the sofa less"],
)  # fmt: skip
def test_what_is_said_of_a_thing_is_no_danger(text: str) -> None:
    assert read_rules(text).level is RiskLevel.NONE


@pytest.mark.parametrize(
    "text",
    ["wanna dye, not my hair", "can't do this any more without him", "giving away my things, nobody needs them now",
     "there's no way out of this for me", "I want to vanish from this world", "had to unalive myself in my head again",
     "by the time you read this i'll be gone"],
)  # fmt: skip
def test_the_same_words_of_oneself_stay_danger(text: str) -> None:
    assert read_rules(text).level.rank >= RiskLevel.INDIRECT.rank


@pytest.mark.parametrize(
    "text",
    ["been thinking of doing meself in", "I want to put an end to myself", "yesterday I cut again",
     "relapsed, the razor", "I bang my head against the wall so it goes quiet", "on the bridge I think about jumping",
     "I keep wishing it had worked", "wish a bus would hit me"],
)  # fmt: skip
def test_other_plain_words_for_it_are_explicit(text: str) -> None:
    assert read_rules(text).level is RiskLevel.EXPLICIT


@pytest.mark.parametrize(
    "text",
    ["swallowed the whole packet before lunch", "just took all of them", "I'm on the wrong side of the railing",
     "got the pills here, tonight", "the rope is ready, tell my brother", "the tablets are counted out on a tray",
     "note's done, when dad leaves", "the noose is up", "garage shut, engine running",
     "after work i'm doing it, it's all planned", "she texted goodbye and isn't picking up"],
)  # fmt: skip
def test_what_is_taken_or_made_ready_is_imminent(text: str) -> None:
    assert read_rules(text).level is RiskLevel.IMMINENT


@pytest.mark.parametrize(
    "text",
    ["the divorce took everything", "we took them all to the zoo", "my tablets make me sleepy, I take one tonight",
     "rope for the tent came, off on saturday", "left a note for the milkman", "doing it tomorrow, my driving test",
     "glue gun broke, sorry everyone", "don't jump the gun, results are only out on Thursday"],
)  # fmt: skip
def test_things_taken_and_made_ready_on_an_ordinary_day_are_not(text: str) -> None:
    assert read_rules(text).level is RiskLevel.NONE


@pytest.mark.parametrize("text", ["kk bye", "gn, bye", "bye bye :)"])
def test_leaving_a_chat_is_harmless_whatever_else_the_words_may_mean(text: str) -> None:
    assert read_rules(text).harmless


@pytest.mark.parametrize("text", ["bye forever", "goodbye", "bye all, I won't be here", "thanks for everything, bye"])
def test_a_farewell_that_may_be_one_is_not_set_aside(text: str) -> None:
    assert not read_rules(text).harmless


def test_a_denied_wish_is_distress_and_not_an_alarm() -> None:
    found = read_rules("I don't want to die, I want to sleep for a week")
    assert (found.level, found.harmless) == (RiskLevel.DISTRESS, True)


def test_a_denial_does_not_hide_a_wish_beside_it() -> None:
    assert read_rules("I am not suicidal. I just want to kill myself.").level.rank >= RiskLevel.EXPLICIT.rank


@pytest.mark.parametrize(
    "text",
    ["My friend says she wants to die, and honestly so do I, I want to die",
     "Years ago I wanted to kill myself. Then came the good years, with the shop and the children and the garden, and "
     "I thought that was behind me for good. Since her funeral I want to kill myself again."],
)  # fmt: skip
def test_what_is_past_or_of_others_hides_nothing_that_is_so_now(text: str) -> None:
    assert read_rules(text).level is RiskLevel.EXPLICIT


def test_what_somebody_passes_on_is_no_fiction() -> None:
    """A word such as "training" near it sets aside what a character says, and not what a brother wrote."""
    passed_on = 'After training my brother texted me "I am going to kill myself tonight"'
    assert read_rules(passed_on).level is RiskLevel.IMMINENT
    assert read_rules('In the training the actor says "I am going to kill myself"').level is RiskLevel.NONE


def test_beside_an_idiom_there_is_what_is_left() -> None:
    found = read_rules("This traffic is killing me. I gave the dog to Ana.")
    assert found.harmless
    assert found.left.endswith("i gave the dog to ana.")


@pytest.mark.parametrize(
    ("text", "harmless"),
    [("my cat scratches me until I bleed", True), ("these new boots rub my heels until they bleed", True),
     ("I scratch until it bleeds, the eczema is so bad", True), ("I scratch until it bleeds", False),
     ("the cat is out and I scratch my arm till it bleeds", False)],
)  # fmt: skip
def test_what_a_cat_or_a_boot_does_is_no_self_harm(text: str, harmless: bool) -> None:
    assert (read_rules(text).level is RiskLevel.NONE) == harmless


def test_what_is_left_and_what_was_matched_have_their_places() -> None:
    """In the normalised text, behind whatever was set aside before them."""
    plain = 'this traffic is killing me. in the film he says "i want to die". i gave the dog to ana for good.'
    found = read_rules(plain)
    where = {found.left[k]: plain[place] for k, place in enumerate(found.places)}
    assert where.pop(" ") in {" ", "k", '"'}
    assert all(left == stood for left, stood in where.items())
    assert [plain[found.places[found.left.index(word)] :][: len(word)] for word in ("film", "ana")] == ["film", "ana"]
    start, end = read_rules(f"not suicidal, lol. {plain} i want to kill myself").matched or (0, 0)
    assert f"not suicidal, lol. {plain} i want to kill myself"[start:end].endswith("kill myself")


def test_a_time_makes_it_imminent_and_the_past_indirect() -> None:
    assert read_rules("I am going to kill myself tonight").level is RiskLevel.IMMINENT
    assert read_rules("I used to be suicidal").level is RiskLevel.INDIRECT


def test_every_level_found_comes_with_a_reason() -> None:
    assert all(read_rules(text).why for _, level, text in SENTENCES if read_rules(text).level is not RiskLevel.NONE)


def test_own_sentences_of_danger_are_found_and_few_others() -> None:
    danger = [read_rules(text).level.rank >= 2 for _, level, text in SENTENCES if level.rank >= 2]
    others = [read_rules(text).level.rank >= 2 for _, level, text in SENTENCES if level.rank < 2]
    assert sum(danger) / len(danger) >= 0.97
    assert sum(others) / len(others) <= 0.05


@given(st.text(st.characters(), max_size=300))
def test_no_text_breaks_the_reading_of_danger(text: str) -> None:
    assert read_rules(text) == read_rules(text)


@pytest.mark.parametrize(
    "piece",
    [
        "I ",
        "a",
        "i want to ",
        "my my friend ",
        '"',
        "never ",
        "tonight ",
        "he ",
        "not ",
        "the rope ",
        "ages ago, in 1990, I tried to die, now ",
    ],
)
def test_a_hundred_kilobytes_are_read_within_seconds(piece: str) -> None:
    started = time.thread_time()  # other work on the machine does not count
    read_rules(piece * (100_000 // len(piece)))
    assert time.thread_time() - started < 5


def test_the_patterns_are_compiled_once_however_many_read_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads that ask at the same time get the same patterns, compiled by one of them."""
    compiled: list[int] = []
    both = threading.Barrier(2)

    def compiling() -> object:
        compiled.append(1)
        return "the patterns"

    def ask() -> None:
        both.wait()
        risk_rules.risk_rules()

    monkeypatch.setattr(risk_rules, "_compiled_rules", cache(compiling))
    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert compiled == [1]


def _branches(pattern: str) -> list[str]:
    """A pattern's branches, outside all brackets."""
    bare = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", lambda found: "." * len(found.group()), pattern)
    depth, ends = 0, [-1]
    for place, sign in enumerate(bare):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            ends.append(place)
    return [pattern[start + 1 : end] for start, end in pairwise([*ends, len(pattern)])]


def test_a_pattern_that_is_tried_where_words_begin_has_no_branch_that_begins_elsewhere() -> None:
    """A branch that could begin in a word, at a sign or at a space would never be found."""
    source = importlib.resources.files("attunement.reading").joinpath("risk_patterns.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(source)
    patterns = [p for group in data["rules"] for p in (*group["patterns"], *group.get("unless", ()))]
    patterns += [p for part in data.values() if isinstance(part, list) and isinstance(part[0], str) for p in part]
    for pattern in (p for p in patterns if p.startswith(r"\b")):
        for branch in _branches(pattern):
            assert branch.startswith(r"\b"), branch
            assert not re.match(r"\\b(?:\(\?:)?(?:[ ',.]|\\W|\[\^)|\\b\(\?:[^()]*\|[ ',.]", branch), branch
