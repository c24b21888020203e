"""What is said to somebody who asks for something: a sentence to say, an idea, a decision weighed, or who knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from attunement.dialogue.hearing.asked_for import Asked, is_practical
from attunement.dialogue.hearing.felt_words import GLAD
from attunement.dialogue.hearing.mirror import capital
from attunement.dialogue.hearing.talk import Talk
from attunement.dialogue.replying.filling import Filler, literal_of
from attunement.dialogue.replying.sayable import sayable
from attunement.domain.practice import Practice
from attunement.library.companion_words import CompanionWords, Topic
from attunement.reading.plain_text import normalise

ANYBODY = "the office that decides it or a free advice service near you"
A_LAWYER = "a lawyer or a free legal advice service"
ANYWHERE = "a free advice service, your doctor, or one of the numbers on the help page (/help)"
_OF_LAW = frozenset({"breakup", "home", "work", "job_loss", "move"})
"""Topics whose rules are known to those who are named for their facts."""
_PAPERS = re.compile(r"^your (?:contract, |tenancy agreement or )|, or the rules of your school,$")
"""Papers somebody can look into, and not turn to."""
_NEWS = re.compile(
    r"\b(?:how (?:do|should|can|could|would|am|shall) (?:i|we)|what (?:do|should|can|could) (?:i|we)|how to|help me"
    r"(?: to)?) (?:\w+ )?(?:(?:tell|explain (?:it|this|that) to|break (?:it|this|that|the news) to) "
    r"(?:him|her|them|(?:my|our|the|"
    r"his|her) (?:\w+ )?\w+|people|everyone|everybody|anyone|somebody)|(?:tell|say) (?:it|this|that) to \w+(?: \w+)?)"
    r"(?=[?.!,]|$| (?:(?:that )?(?:i|i'm|i've|we|my|our|it)|about|what|without)\b)"
)
"""They ask how something is told to somebody, not how somebody is told to do something."""
_HARD = re.compile(
    r"\b(?:(?:haven't|have not|didn't|never) (?:yet )?(?:told|tell)|(?:don't|doesn't|do not) know(?: yet| about| "
    r"anything|[.!?]|$)|(?:nobody|no one) knows|diagnos\w+|cancer|chemo\w*|ill|sick|disease|dying|died|dead|pregnan\w+|"
    r"miscarr\w+|gay|lesbian|trans|bisexual|divorc\w+|separat\w+|leaving (?:him|her|them)|lost (?:my|the|our)|fail\w*|"
    r"fired|laid off|quit|dropp?ed out|debts?|moving (?:out|away)|hiv|positive|relapsed|cheated)\b",
    re.IGNORECASE,
)
"""Something told in the talk that is hard to tell somebody else."""
_EVEN_LIGHT = frozenset({"small_child", "exam", "job_loss", "sleep"})
"""Topics whose ideas fit where nothing weighs, too."""
LEAD_IN = 0.5
PRACTICE = 0.3
"""How often a practice that fits is offered in the place of an idea; from the second time on, always."""
LINES_BACK = 8
"""Ideas that fit beside some words only are given where these were said in so many lines at most before."""
ENOUGH_WORDINGS = 2
"""After so many sentences to say, a practice that rehearses the talk is worth more than a third."""


def holds_idea(said: str, words: CompanionWords) -> bool:
    """Whether a reply held an idea, or an exercise."""
    ideas = (idea for topic in words.topics.values() for idea in topic.ideas)
    return any(idea in said for idea in (*words.parts["ideas"], *words.parts["exercise"], *ideas))


class Help:
    """Answers what was asked for in one talk, at once and honestly; never twice with the same.

    Parameters
    ----------
    talk, words, filler:
        The talk, what can be said, and what chooses.
    practice:
        One that may be offered.
    """

    def __init__(self, talk: Talk, words: CompanionWords, filler: Filler, practice: Practice | None = None) -> None:
        self._talk = talk
        self._words = words
        self._filler = filler
        self._practice = practice

    def answer(self, asked: Asked) -> str:
        """The answer; empty only where all that could be said was said."""
        if asked in {Asked.FACT, Asked.RIGHT}:
            return self._fact(of_law=asked is Asked.RIGHT)
        if asked is Asked.PLACE:
            knows = _PAPERS.sub("", self._knowing()[1]) or ANYWHERE
            told = self._filler.pick(self._words.parts["place"], {"knows": knows}, must=True)
            return f"{told} {self._pick('ask_place')}".strip()
        if is_practical(self._talk.now.text, self._talk.now.topic):
            return self._pick("no_idea")
        if asked is Asked.DECISION:
            return self._led(self._pick("decide") or self.idea())
        if asked is Asked.WORDS:
            enough = self._given("wording") >= ENOUGH_WORDINGS
            return self.offer(self._practice) if self._practice and enough else self._wording() or self.idea()
        if self._practice and (self._given("ideas") or self._filler.chance(PRACTICE)):
            return self.offer(self._practice)
        return self._led(self.idea())

    def offer(self, practice: Practice) -> str:
        """A practice, as a question that can be declined."""
        slots = {"practice": practice.title, "summary": practice.summary, "minutes": str(practice.minutes)}
        return self._filler.pick(self._words.parts["offer"], slots, must=True)

    def idea(self) -> str:
        """A thought to take or to leave, about what they speak of, with a question; or that there is none for that."""
        told = self._filler.pick(self._topical(), {})
        if told:
            return f"{told} {self._pick('ask_idea')}".strip()
        return self._pick("ideas" if self._weighs else "no_idea") or self._pick("ideas")

    @property
    def _weighs(self) -> bool:
        """Whether something in the talk does: a question by itself hardly ever does."""
        return not self._talk.bright and any(not gist.light for gist in self._talk.gists)

    @property
    def _is_news(self) -> bool:
        """Whether they ask how to tell somebody something hard."""
        told = (gist.text for gist in self._talk.gists[-LINES_BACK:])
        return bool(_NEWS.search(normalise(self._talk.now.text))) and any(_HARD.search(text) for text in told)

    def _topical(self) -> Sequence[str]:
        """Ideas about what they ask of or speak of most, the newest among even ones; none where everything is light."""
        hard = (g for g in reversed(self._talk.gists) if not g.light and g.group != GLAD and (g.clauses or g.bit))
        counts = Counter(g.topic for g in hard if g.topic and not self._talk.bright)
        first = ["grief"] * self._talk.mourning + [self._talk.now.topic] * bool(self._talk.now.topic)
        of_all = _EVEN_LIGHT.union(name for name, topic in self._words.topics.items() if topic.light)
        light = [g.topic for g in self._talk.gists[-3:-1] if g.topic in of_all and not self._talk.bright]
        names = (*first, *light[-1:], *(name for name, _ in counts.most_common()))
        return next((ideas for name in names if (ideas := self._fitting(self._words.topics[name]))), ())

    def _fitting(self, topic: Topic) -> Sequence[str]:
        """The ideas about a topic; none where nothing told calls for them: a flat may be quiet, and no rent is owed."""
        told = " ".join(gist.text for gist in self._talk.gists[-LINES_BACK:])
        return topic.ideas if topic.beside is None or topic.beside.search(told) else ()

    def _wording(self) -> str:
        if self._is_news and (told := self._pick("wording_news")):
            return told
        if not self._weighs:
            return self._pick("wording_light") or self._pick("wording_bare")
        of_theirs = sayable(self._talk)
        slots = {"situation": of_theirs.situation, "wish": of_theirs.wish}
        patterns = self._words.parts["wording"]
        wishing = tuple(pattern for pattern in patterns if of_theirs.wish and "{wish}" in pattern)
        told = self._filler.pick(wishing, slots) or self._filler.pick(patterns, slots)
        return told or self._pick("wording_bare")

    def _knowing(self) -> tuple[str, str]:
        """The topic a fact is asked of, and who knows facts of it; both empty where that is nobody in particular."""
        topic = next((g.topic for g in reversed(self._talk.gists) if g.topic and self._words.topics[g.topic].knows), "")
        here = self._talk.now.topic or topic
        return here, self._words.topics[here].knows if here else ""

    def _fact(self, *, of_law: bool) -> str:
        topic, knows = self._knowing()
        knows = A_LAWYER if of_law and topic not in _OF_LAW else knows or ANYBODY
        told = self._filler.pick(self._words.parts["fact"], {"knows": knows, "Knows": capital(knows)}, must=True)
        return f"{told} {self._pick('ask_fact')}".strip()

    def _led(self, idea: str) -> str:
        none = not idea or idea in self._words.parts["no_idea"]
        lead = self._pick("advice") if not none and self._filler.chance(LEAD_IN) else ""
        return f"{lead} {idea}".strip()

    def _given(self, part: str) -> int:
        """In how many replies there was something of this part, or of those that begin like it."""
        patterns = [pattern for name, lines in self._words.parts.items() if name.startswith(part) for pattern in lines]
        if part == "ideas":
            patterns += [idea for topic in self._words.topics.values() for idea in topic.ideas]
        literals = [literal_of(pattern).strip() for pattern in patterns]
        return sum(any(literal in said for literal in literals) for said in self._talk.said)

    def _pick(self, part: str) -> str:
        return self._filler.pick(self._words.parts[part], {})
