"""What danger a post points to, as the coach tells it: of which kind, with a plain question that fits it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from attunement.dialogue.coach import Coach, open_coach
from attunement.dialogue.safety.danger_asked import asks_about_danger, asks_for_a_yes
from attunement.domain.coaching import DangerOf
from attunement.library.coach_words import load_coach_words, read_coach_words
from attunement.library.resources import content_folder

USUAL = "I would look at it again in a week or two, these things often look quite different after some sleep."
NOTICES = load_coach_words(content_folder()).danger.notices


@pytest.fixture(scope="module")
def coach() -> Coach:
    """One coach for all."""
    return open_coach()


@pytest.mark.parametrize("post", [
    "He hits me when he drinks. I hide in the bathroom until he sleeps.",
    "My boyfriend hit me last night and then said it was my fault.",
    "My ex keeps turning up outside my work and I don't dare go home.",
    "My dad comes into my room at night. I'm 14.",
    "My girlfriend threatens to kill my dog if I leave her.",
    "My mother burns my hand with the iron when my marks are bad.",
    "The neighbour hits her little boy every evening, I hear it through the wall.",
    "My boss touches me every time we are alone in the store room.",
    "My wife throws things at me and nobody believes a man.",
    "My dad beat me as a child. Now my husband hits me.",
])  # fmt: skip
def test_violence_that_goes_on_is_told_as_danger(coach: Coach, post: str) -> None:
    """Read as the companion reads it; the plain question is whether they are safe, and nothing else is asked."""
    feedback = coach.feedback(post, USUAL)
    assert feedback.danger
    assert feedback.notice is not None
    assert feedback.notice.of is DangerOf.VIOLENCE
    assert "safe" in feedback.notice.asks
    assert feedback.suggestions
    for one in feedback.suggestions:
        assert "?" not in one.text
        assert not re.search(r"\b(?:hits?|burns?|touches|beat|threatens|heavy|infuriating|annoying)\b", one.text)


@pytest.mark.parametrize("post", [
    "I was beaten by my father as a child, that was thirty years ago.",
    "I was raped two years ago and my friends say I should be over it.",
    "My brother beat me at chess again and I was so cross.",
    "I watched a film where a man hits his wife and I can't get it out of my head.",
    "My brother punched me when we were six, we laugh about it now.",
    "My mother-in-law comments on everything I cook.",
])  # fmt: skip
def test_what_is_over_or_only_sounds_like_it_is_no_danger(coach: Coach, post: str) -> None:
    """Long ago, a game, a film, a quarrel."""
    assert coach.feedback(post, USUAL).notice is None


@pytest.mark.parametrize(("post", "kind"), [
    ("I want to kill myself tonight.", DangerOf.SUICIDE),
    ("My sister wants to kill herself tonight and she won't answer the phone.", DangerOf.ANOTHER),
    ("My father is lying on the floor and he is not breathing.", DangerOf.EMERGENCY),
    ("I want to stab my stepfather. I have the knife in my bag.", DangerOf.THREAT),
    ("I hit my son yesterday. I swore I would never be like my father.", DangerOf.CHILD),
])  # fmt: skip
def test_each_kind_of_danger_has_its_own_notice(coach: Coach, post: str, kind: DangerOf) -> None:
    """What is asked is asked once: a draft that asks it gets no question, and the notice stays."""
    notice = coach.feedback(post, USUAL).notice
    assert notice is not None
    assert (notice.of, notice.says, notice.asks) == (kind, NOTICES[kind].says, NOTICES[kind].asks)
    asked = coach.feedback(post, f"I'm here. {notice.asks}").notice
    assert asked is not None
    assert asked.asks == ""


def test_danger_at_the_end_of_a_long_post_is_seen(coach: Coach) -> None:
    """What is told back comes from its beginning; danger is looked for at both ends."""
    long = "The bus was late and the shop was full, as on every other day of this week. "
    for times in (60, 200):
        notice = coach.feedback(long * times + "I want to kill myself tonight.", USUAL).notice
        assert notice is not None
        assert notice.of is DangerOf.SUICIDE


def test_only_the_question_about_suicide_reads_as_that() -> None:
    """A yes to any other means something else; each that is asked is known as asked."""
    assert [kind for kind in DangerOf if asks_for_a_yes(NOTICES[kind].asks)] == [DangerOf.SUICIDE]
    for kind, words in NOTICES.items():
        other = words.asked is not None and words.asked.search(words.asks.lower())
        assert asks_about_danger(words.asks) or other, kind


def test_who_may_hurt_somebody_is_not_told_what_they_want(coach: Coach) -> None:
    """Nor asked what makes them want it: their pain is spoken to."""
    texts = [s.text for s in coach.feedback("I want to stab my stepfather. He is asleep.", USUAL).suggestions]
    assert texts
    assert not any(re.search(r"stab|you want|\?", text) for text in texts)


def test_where_it_is_a_matter_of_minutes_only_help_is_spoken_of(coach: Coach) -> None:
    """No suggestion stands beside the question whether help is on its way."""
    assert coach.feedback("My father is lying on the floor and he is not breathing.", USUAL).suggestions == ()


def test_no_kind_of_danger_may_be_left_out(tmp_path: Path) -> None:
    """A file of one's own that forgets one is a fault that names it."""
    shutil.copytree(content_folder() / "coach", tmp_path / "coach")
    file = tmp_path / "coach" / "danger.yaml"
    file.write_text(file.read_text("utf-8").split("  emergency:", 1)[0], "utf-8")
    words, faults = read_coach_words(tmp_path)
    assert words is None
    assert "missing: emergency" in str(faults[0])
