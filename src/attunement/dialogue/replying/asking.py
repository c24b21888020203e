"""Which questions there are to ask after what a member said, the nearest to it first."""

from __future__ import annotations

import re

from attunement.dialogue.hearing.asked_for import open_question
from attunement.dialogue.hearing.clauses import Clause, Kind
from attunement.dialogue.hearing.facts import Fact, fact_in
from attunement.dialogue.hearing.felt import UNCLEAR
from attunement.dialogue.hearing.felt_words import GLAD
from attunement.dialogue.hearing.gist import Gist
from attunement.dialogue.hearing.loss import is_distant
from attunement.dialogue.hearing.plain import sentences
from attunement.dialogue.hearing.spans import is_span
from attunement.dialogue.hearing.talk import Talk
from attunement.dialogue.hearing.tense import tense_of
from attunement.dialogue.hearing.tone import is_mischief, is_plan
from attunement.dialogue.replying.filling import Filler
from attunement.dialogue.replying.several import three_of
from attunement.library.coach_words import Tense
from attunement.library.companion_words import CompanionWords, Feelings
from attunement.reading.plain_text import normalise

Questions = tuple[tuple[str, ...], dict[str, str]]
"""Patterns of questions, and what stands in their slots."""
_WONDERS = re.compile(
    r"^(?:but |and |so )?(?:what if|how do|how can|why (?:do|does|did|am|is|are|can't)|"
    r"will (?:i|he|she|it|they|this) (?:ever|even|still|end|be|get|come|go|have|lose|find|make|stop|always)|"
    r"am i (?:going to|gonna|ever)|is (?:it|this) ever)\b",
    re.IGNORECASE,
)
"""Asked, with or without its mark."""
_WORRIES = re.compile(r"^(?:but |and |so )?what if\b", re.IGNORECASE)
_OF_OFFICE = re.compile(r"\b(?:doctor|therapist|professor|teacher)$")
"""People one goes to: how things are between them and the member is no question."""
_OVER = re.compile(r"\b(?:was|were|would have been|used to)\b", re.IGNORECASE)
_LASTS_ON = re.compile(
    r"\b(?:always|never|every|keeps?|usually|often|again|all the time|still|(?:can't|doesn't|don't|won't) \w+|any ?"
    r"more|these days|most(?:ly)?|ever since)\b"
)
"""What goes on or comes again and again: how long it has been so may be asked."""
_OF_THE_LOST = frozenset({"family", "pet", "parenting", "small_child", "baby"})
"""Topics that are of who died, where somebody did."""
_MEANT = re.compile(
    r"^you(?:'ve| have)? (?:finally |just |even |then )?(?:wrote|written|told|asked|called|went|made|bought|cooked|"
    r"finished|tried|said|"
    r"sent|started|signed|booked|painted|planted|cleaned|invited|joined|applied|took|gave|put|baked|moved|talked|"
    r"spoke|ran|walked|swam|climbed|cycled|read|learned|learnt|drew|sang|"
    r"visited|met|helped|fixed|built|sold|ordered|opened|answered)\b"
)
"""What somebody does of their own accord, and does not just happen to them."""
_ASKED = {
    "long": re.compile(r"(?:And )?(?:How long|Since when|When (?:did|was))\b"),
    "when": re.compile(r"(?:And )?When\b"),
    "who": re.compile(r"(?:And )?(?:Who|Whom|Whose)\b"),
    "which": re.compile(r"Which\b|.*\bor\b"),
    "what": re.compile(r"(?:And )?What (?!happened|came|then\b|about\b)"),
    "how": re.compile(r"(?:And )?How\b"),
}
"""What a question asks for, by how it begins."""
_LASTS = re.compile(
    r"(?:since|for|ever since|about) (?:\w+ )*?(?:\d+|years?|months?|weeks?|days?|ages|long|[A-Z]\w+)\b"
)
_A_TIME = re.compile(
    r"\b(?:years?|months?|weeks?|days?|hours?|ages|long|always|ever|ago|last|yesterday|since|birth|child\w*|school|"
    r"summer|winter|spring|autumn|\d{4}|[A-Z][a-z]+day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b"
)
_WAY = re.compile(
    r"\b(?:good|well|bad|badly|ok(?:ay)?|fine|awful|terrible|better|worse|great|rubbish|tired|rough|hard|slow|quiet|lonely|"
    r"weird|strange|lousy|so-so|mixed|tense|cold|warm|distant|close|complicated|difficult|easy|empty|heavy|low|not)\b",
    re.IGNORECASE,
)
"""How something may be."""
_SOMEBODY = re.compile(
    r"\b(?:you|your|no ?one|nobody|some(?:one|body)|he|she|they|him|her|them|everyone|everybody|(?-i:[A-Z]\w+))\b", re.I
)
_OF_THEM = re.compile(r"\b(?:they|them|their)\b")


def questions_after(talk: Talk, words: CompanionWords, filler: Filler) -> list[Questions]:
    """Questions after the last line, in the order in which they should be tried."""
    now, parts = talk.now, words.parts
    if now.playful or now.trifle:
        return [(parts["ask_play" if now.playful else "ask_nuisance"], {}), (parts["ask_light"], {})]
    if fact := fact_in(now):
        return _of_a_fact(fact, talk, words)
    if tells_plan(now) and now.group != GLAD:
        return [(parts["ask_treat" if talk.bright else "ask_plan"], {}), (parts["ask_light"], {})]
    if only_worries(now):
        return [(parts["ask_worry"], {}), (parts["ask_light"], {})]
    if only_asks(now):
        kind = open_question(now.text)
        after = [(_about("grief", talk, words), _named(talk))] if talk.mourning and kind == "why" else []
        return [*after, (parts[f"after_{kind}" if kind else "ask_back"], {}), (parts["ask_back"], {})]
    if now.own:
        return [(parts["ask_own"], {"own": now.own}), (parts["ask_light"], {})]
    if turns_well(talk):
        turned: list[Questions] = [(parts["ask_turned"], {})] if now.good in {"deed", "eased"} else []
        return [*turned, (feelings_of(now, words).questions, {}), (parts["ask_bright"], {})]
    tied: list[Questions] = [(parts[f"answer_{kind}"], {})] if (kind := answered_with(talk)) else []
    if not talk.weighs:
        lightly = _lightly(talk, words)
        near = [*lightly, *tied] if kind == "what" and now.topic else [*tied, *lightly]
        return [*near, (parts["ask_light"], {})]
    which: list[Questions] = [(parts["ask_three"], {})] if three_of(now) else []
    nearest = [*tied, *which, *_nearest(talk, words, filler)]
    if now.mild and now.clauses and now.group != GLAD and talk.turn > 1 and filler.chance(0.6):
        nearest = [(parts[_after(now.best[0], talk)], {}), *nearest]
    return [*nearest, (words.feelings[UNCLEAR].questions, {})]


def _of_a_fact(fact: Fact, talk: Talk, words: CompanionWords) -> list[Questions]:
    """What is asked after a bare fact: after who died, what they were like, after the living, what they are like."""
    more: Questions = (words.parts["ask_more"], {})
    if talk.mourning:
        return [(_about("grief", talk, words), _named(talk)), more] if _OVER.search(talk.now.text) else [more]
    return [(words.parts["ask_person"], {"she": fact.of}), more] if fact.of else [more]


def answered_with(talk: Talk) -> str:
    """What a bare answer answers: when, who, which or what was asked last, how something is, or how long; else empty.

    Beside a loss, and where the answer itself weighs, nothing is asked further.
    """
    now, asked = talk.now, re.split(r"(?<=[.?]) ", talk.last_said)[-1]
    lasts = bool(_LASTS.match(now.bit)) or is_span(normalise(now.text))  # it weighs nothing by itself
    if not now.bit or now.feeling or not (now.light or lasts) or talk.mourning or not asked.endswith("?"):
        return ""
    if now.bit.lower() in {"both", "both of them", "a bit of both"}:
        return "both"
    kind = next((kind for kind, pattern in _ASKED.items() if pattern.match(asked)), "")
    if lasts:
        return "long"
    if (kind == "how" and " " in now.bit and not _WAY.search(now.bit)) or (
        kind == "who" and not _SOMEBODY.search(now.bit)
    ):
        return ""
    return "" if kind == "long" and not _A_TIME.search(now.bit) else kind


def only_asks(gist: Gist) -> bool:
    """Whether a line asks and tells nothing beside; what an open question is about ("that I cried") is no telling."""
    asks = "?" in gist.text or bool(_WONDERS.match(gist.text.strip())) or open_question(gist.text) == "opinion"
    within = all(part.endswith("?") for part in sentences(gist.text)) and bool(open_question(gist.text))
    return asks and (not gist.clauses or within)


def part_for_question(talk: Talk) -> str:
    """The part of ``replies.yaml`` that meets a line that only asks: what kind of answer there can be to it."""
    kind = open_question(talk.now.text)
    if not kind:
        return "open_question_light" if not talk.weighs or talk.turn > 1 else "open_question"
    return "ask_why_bereaved" if kind == "why" and talk.mourning else f"ask_{kind}"


def turns_well(talk: Talk) -> bool:
    """Whether something good is told after what was hard."""
    before = talk.gists[-8:-1]
    hard = any(not (gist.light or gist.mild) and gist.group != GLAD and gist.clauses for gist in before)
    return talk.now.group == GLAD and not talk.now.playful and hard


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
    unsure = gist.guessed and not gist.cued and gist.group not in {GLAD, "sad", "anxious"}
    return words.feelings[UNCLEAR if unsure else gist.good or gist.group]


def _lightly(talk: Talk, words: CompanionWords) -> list[Questions]:
    """About who died, an animal, the topic of a bare answer, or by what was told: who did it, and when."""
    now, parts = talk.now, words.parts
    if talk.about_loss and not is_distant(now.text):
        return [(_about("grief", talk, words), _named(talk))]
    if talk.pet and is_mischief(now.text):
        return [(parts["ask_pet"], {"pet": talk.pet}), (parts["ask_they_did"], {})]
    if now.bit and (talk.tender or now.topic):
        return [(_about(talk.topic, talk, words), _named(talk))]
    if talk.bright:
        return [(feelings_of(now, words).questions if now.group == GLAD else parts["ask_bright"], {})]
    return [*_everyday(talk, words), *_after_clause(talk, words)]


def _everyday(talk: Talk, words: CompanionWords) -> list[Questions]:
    """About the everyday thing a line is of, where its questions fit what does not weigh."""
    if talk.unborn:
        return []
    of = (topic for topic in words.topics.values() if topic.light and topic.pattern.search(talk.now.text))
    return [(topic.questions, _named(talk)) for topic in of]


def _after_clause(talk: Talk, words: CompanionWords) -> list[Questions]:
    now, parts = talk.now, words.parts
    return [(parts[_after(now.best[0], talk)], {})] if now.clauses else []


def _after(told: Clause, talk: Talk) -> str:
    """The part that asks on after a clause, by who did it and when."""
    over = tense_of(told.said) in {Tense.PAST, Tense.PERFECT} and not told.said.startswith("you've got ")
    if _MEANT.match(told.said):
        return "ask_did"
    if talk.tender and not talk.now.fair:
        return "ask_tender"
    lasts = bool(_LASTS_ON.search(told.said))
    if told.said.startswith(("you ", "you'")):
        return "ask_got" if over else "ask_keep" if lasts else "ask_do"
    return "ask_they_did" if over else "ask_they_keep" if lasts else "ask_they_do"


def _nearest(talk: Talk, words: CompanionWords, filler: Filler) -> list[Questions]:
    """About the topic, the person, the word for the feeling and the feeling, in this order or the topic last."""
    now, glad, slots = talk.now, talk.now.group == GLAD, _named(talk)
    found: list[Questions] = []
    if now.cued and now.group not in {GLAD, "angry"}:
        return [(feelings_of(now, words).questions, {})]
    if talk.topic and not glad and not is_distant(now.text):
        topic = "grief" if talk.about_loss and talk.topic in _OF_THE_LOST else talk.topic
        found.append((_about(topic, talk, words), slots))
    if slots["who"] and not glad:
        found.append((words.parts["ask_who"], slots))
    if now.feeling and not glad and not filler.holds(now.feeling):
        found.append((words.parts["ask_feeling"], {"feeling": now.feeling}))
    if not now.guessed or now.cued or glad:
        found.append((feelings_of(now, words).questions, {}))
    return [*found[1:], found[0]] if len(found) > 1 and filler.chance(0.45) else found


def _named(talk: Talk) -> dict[str, str]:
    """Whom they spoke of, an animal of theirs, and who died; nobody is asked after as if alive where somebody did."""
    who = "" if talk.bereaved or _OF_OFFICE.search(talk.now.who) else talk.now.who
    return {"who": who, "lost": talk.lost, "pet": "" if talk.bereaved else talk.pet}


def _about(topic: str, talk: Talk, words: CompanionWords) -> tuple[str, ...]:
    """The questions about a topic: of who died by name where it is known, and never of an unborn child."""
    questions = words.topics[topic].questions if topic else ()
    if topic != "grief" or not (talk.lost or talk.unborn):
        return questions
    return tuple(question for question in questions if not _OF_THEM.search(question))
