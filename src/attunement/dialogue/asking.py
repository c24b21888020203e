"""Which questions there are to ask after what a member said, the nearest to it first."""

from __future__ import annotations

import re

from attunement.dialogue.clauses import Kind
from attunement.dialogue.filling import Filler
from attunement.dialogue.gist import GLAD, UNCLEAR, Gist
from attunement.dialogue.talk import Talk
from attunement.dialogue.tone import is_plan
from attunement.library.companion_words import CompanionWords, Feelings

Questions = tuple[tuple[str, ...], dict[str, str]]
"""Patterns of questions, and what stands in their slots."""
_WONDERS = re.compile(
    r"^(?:but |and |so )?(?:what if|how do|how can|why (?:do|does|did|am|is|are|can't))\b", re.IGNORECASE
)
"""Asked, with or without its mark."""
_WORRIES = re.compile(r"^(?:but |and |so )?what if\b", re.IGNORECASE)
_OF_OFFICE = re.compile(r"\b(?:doctor|therapist|professor|teacher)$")
"""People one goes to: how things are between them and the member is no question."""
_OF_THEM = re.compile(r"\b(?:they|them|their)\b")


def questions_after(talk: Talk, words: CompanionWords, filler: Filler) -> list[Questions]:
    """Questions after the last line, in the order in which they should be tried."""
    now, parts = talk.now, words.parts
    if now.playful:
        return [(parts["ask_play"], {}), (parts["ask_light"], {})]
    if tells_plan(now):
        return [(parts["ask_plan"], {}), (parts["ask_light"], {})]
    if only_worries(now):
        return [(parts["ask_worry"], {}), (parts["ask_light"], {})]
    if only_asks(now):
        return [(parts["ask_back"], {}), (words.feelings[UNCLEAR].questions, {})]
    if not talk.weighs:
        topic = "grief" if talk.bereaved else talk.topic if now.bit else ""
        return [(_about(topic, talk, words), _named(talk)), (parts["ask_light"], {})]
    return [*_nearest(talk, words, filler), (words.feelings[UNCLEAR].questions, {})]


def only_asks(gist: Gist) -> bool:
    """Whether a line asks and tells nothing beside."""
    return not gist.clauses and ("?" in gist.text or bool(_WONDERS.match(gist.text.strip())))


def only_worries(gist: Gist) -> bool:
    """Whether a line asks what may come ("what if she laughs") and tells nothing beside."""
    return not gist.clauses and bool(_WORRIES.match(gist.text.strip()))


def tells_plan(gist: Gist) -> bool:
    """Whether what is told is chiefly what somebody means to do or could do."""
    told = [clause for clause in gist.clauses if clause.weight >= -1]
    angry = gist.group == "angry"  # then it may be a threat, and no step to be praised
    return bool(told) and not angry and is_plan(told[-1].said) and told[-1].kind is Kind.PLAIN


def feelings_of(gist: Gist, words: CompanionWords) -> Feelings:
    """What is said to the feeling of a line; where it is guessed and not sure, what can be said to any."""
    unsure = gist.guessed and gist.group not in {GLAD, "sad", "anxious"}
    return words.feelings[UNCLEAR if unsure else gist.group]


def _nearest(talk: Talk, words: CompanionWords, filler: Filler) -> list[Questions]:
    """About the topic, the person, the word for the feeling and the feeling, in this order or the topic last."""
    now, glad, slots = talk.now, talk.now.group == GLAD, _named(talk)
    found: list[Questions] = []
    if talk.topic and not glad:
        topic = "grief" if talk.bereaved and talk.topic in {"family", "pet", "parenting"} else talk.topic
        found.append((_about(topic, talk, words), slots))
    if slots["who"] and not glad:
        found.append((words.parts["ask_who"], slots))
    if now.feeling and not glad and not filler.holds(now.feeling):
        found.append((words.parts["ask_feeling"], {"feeling": now.feeling}))
    if not now.guessed or glad:
        found.append((feelings_of(now, words).questions, {}))
    return [*found[1:], found[0]] if len(found) > 1 and filler.chance(0.45) else found


def _named(talk: Talk) -> dict[str, str]:
    """Whom they spoke of, and who died; nobody is asked after as if alive where somebody did."""
    who = "" if talk.bereaved or _OF_OFFICE.search(talk.now.who) else talk.now.who
    return {"who": who, "lost": talk.lost}


def _about(topic: str, talk: Talk, words: CompanionWords) -> tuple[str, ...]:
    """The questions about a topic: of who died by name where it is known, and never of an unborn child."""
    questions = words.topics[topic].questions if topic else ()
    if topic != "grief" or not (talk.lost or talk.unborn):
        return questions
    return tuple(question for question in questions if not _OF_THEM.search(question))
