"""Composes replies without a language model: warmth, what was understood in the member's own terms, a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from numpy.random import Generator

from attunement.dialogue.hearing.asked_for import Asked, asked_for
from attunement.dialogue.hearing.danger_words import HINTS
from attunement.dialogue.hearing.facts import fact_in
from attunement.dialogue.hearing.gist import Gist
from attunement.dialogue.hearing.recap import told_before
from attunement.dialogue.hearing.talk import Talk
from attunement.dialogue.replying.asking import only_asks
from attunement.dialogue.replying.filling import Filler
from attunement.dialogue.replying.parts import Parts
from attunement.dialogue.replying.remembering import Memory
from attunement.dialogue.replying.resting import is_silent, may_rest, p_rest, rested, spoke_of_danger
from attunement.domain.conversation import Candidate
from attunement.domain.practice import Practice
from attunement.domain.reply import Strategy
from attunement.library.companion_words import CompanionWords, Moment
from attunement.reading.plain_text import normalise

COMPOSER = "composer"
Shape = tuple[str, ...]
_THANKS = re.compile(r"\b(?:thank\w*|thx|ty|ta|cheers)\b", re.IGNORECASE)

_SHAPES: dict[Strategy, tuple[Shape, ...]] = {
    Strategy.QUESTION: (
        ("warm", "reflect", "question"), ("reflect", "kind", "question"), ("recall", "reflect", "question"),
    ),
    Strategy.RESTATEMENT: (
        ("reflect", "question"), ("warm", "reflect", "question"), ("reflect", "recall", "question"),
    ),
    Strategy.REFLECTION: (
        ("warm", "reflect", "feel", "question"), ("reflect", "feel", "invite"), ("feel", "reflect", "question"),
    ),
    Strategy.AFFIRMATION: (
        ("warm", "reflect", "affirm", "question"), ("reflect", "affirm", "invite"), ("affirm", "reflect", "people"),
    ),
    Strategy.SUGGESTION: (("warm", "reflect", "offer"), ("reflect", "offer")),
}  # fmt: skip
_FIRST: dict[Strategy, Shape] = {
    Strategy.QUESTION: ("feel", "reflect", "kind", "question"),
    Strategy.RESTATEMENT: ("reflect", "feel", "kind", "question"),
    Strategy.REFLECTION: ("warm", "reflect", "feel", "question"),
    Strategy.AFFIRMATION: ("feel", "reflect", "affirm", "question"),
    Strategy.SUGGESTION: ("warm", "reflect", "feel", "offer"),
}


class Composer:
    """Makes candidate replies of the patterns of ``content/companion``.

    Each turn is a shape (which parts, in which order) of the strategy; parts that have nothing to go on are left out.

    Parameters
    ----------
    words:
        The patterns.
    """

    name = COMPOSER

    def __init__(self, words: CompanionWords) -> None:
        self._words = words

    def candidates(
        self, talk: Talk, strategy: Strategy, *, n: int, rng: Generator, practice: Practice | None = None,
        careful: bool = False,
    ) -> list[Candidate]:  # fmt: skip
        """Up to ``n`` different replies to an ordinary message with this strategy; at least one.

        ``careful`` asks how bad it gets, where there is a faint sign of danger.
        """
        resting = not careful and may_rest(talk, strategy, self._words) and rng.random() < p_rest(talk)
        compose = partial(self._compose, talk, strategy, rng, practice)
        texts = [compose(careful=careful, resting=resting) for _ in range(n)]
        return [Candidate(text, strategy, COMPOSER) for text in dict.fromkeys(texts)]

    def to_memory(self, talk: Talk, memory: Memory, *, n: int, rng: Generator) -> list[Candidate]:
        """Up to ``n`` different replies that come back to a remembered line; at least one."""
        texts = [self._come_back_to(talk, memory, rng) for _ in range(n)]
        return [Candidate(text, Strategy.QUESTION, COMPOSER) for text in dict.fromkeys(texts)]

    def to_moment(
        self, talk: Talk, moment: Moment, *, n: int, rng: Generator, practice: Practice | None = None,
        remembered: Sequence[str] = (),
    ) -> list[Candidate]:  # fmt: skip
        """Up to ``n`` different replies to a short or special message; at least one.

        ``remembered`` is what lines tell that the member let be remembered, where they ask after it.
        """
        texts = [self._answer(talk, moment, rng, practice, remembered) for _ in range(n)]
        return [Candidate(text, moment.strategy, COMPOSER) for text in dict.fromkeys(texts)]

    def _compose(
        self, talk: Talk, strategy: Strategy, rng: Generator, practice: Practice | None, *, careful: bool, resting: bool
    ) -> str:
        parts = Parts(talk, self._words, Filler(talk, rng=rng), practice)
        asked = asked_for(talk.now.text)
        shape = self._shape(talk, strategy, parts, rng, careful=careful, asked=asked is not None)
        shape = rested(shape) if resting else shape
        texts = [text for text in (_make(parts, name, asked, first=k == 0) for k, name in enumerate(shape)) if text]
        if careful and asked:  # one question a reply: the careful one
            texts = [one for text in texts[:-1] for one in sentences_of(text) if "?" not in one] + texts[-1:]
        if not any("?" in text for text in texts) and shape[-1] != "invite":
            texts.append(parts.question())
        return self._said(talk, " ".join(text for text in texts if text), parts)

    def _said(self, talk: Talk, text: str, parts: Parts) -> str:
        """The text without what was said word for word before and, where they want none, without questions."""
        kept = [one for one in sentences_of(text) if not talk.was_said(one) and not (talk.unasked and "?" in one)]
        if not kept or (len(kept) == 1 and talk.unasked):
            kept.append(parts.invite() or parts.noted())
        return " ".join(one for one in kept if one) or text

    def _come_back_to(self, talk: Talk, memory: Memory, rng: Generator) -> str:
        filler = Filler(talk, rng=rng)
        parts = Parts(talk, self._words, filler)
        greeting = self._words.moments.get("greeting")
        if greeting is not None and talk.turn == 1:
            taken = " ".join(filler.pick(lines, {}, must=True) for lines in greeting.say[:2])
        else:
            taken = parts.reflect(first=True) if talk.now.clauses else parts.noted()
        patterns = self._words.parts["remember_plan" if memory.plan else "remember"]
        return self._said(talk, f"{taken} {filler.pick(patterns, {'kept': memory.kept}, must=True)}".strip(), parts)

    def _shape(
        self, talk: Talk, strategy: Strategy, parts: Parts, rng: Generator, *, careful: bool, asked: bool
    ) -> Shape:
        """Which parts a reply has: a plain answer for who asks for something, else by strategy and chance."""
        if careful and not asked and (parts.glad or HINTS.search(normalise(talk.now.text))):
            if parts.glad or talk.now.light:
                return ("noted", *(() if parts.glad else ("kind",)), "gentle")  # no joy is guessed at there
            return ("warm", "feel", "gentle")  # nor are dark words said back
        if careful or asked:
            taken: Shape = ("warm", "reflect") if talk.now.clauses or not asked else ("warm",) if talk.turn == 1 else ()
            return (*taken, *(("help",) if asked else ()), *(("gentle",) if careful else ()))
        if special := _special(talk.now, rng):
            return special
        shapes = _SHAPES[strategy] if talk.turn > 1 else (_FIRST[strategy],)
        shape = shapes[int(rng.integers(len(shapes)))]
        silent = is_silent(talk)
        asks = silent or parts.glad or not talk.now.clauses or spoke_of_danger(talk, self._words)
        if shape[-1] == "invite" and asks:
            shape = (*shape[:-1], "question")
        if silent:
            shape = tuple("noted" if name == "reflect" else name for name in shape)
        if parts.good or (talk.now.cued and talk.now.bit):
            return _warm_first(shape)
        return _warmed(_unpitied(shape) if talk.now.light else shape) if parts.heavy or talk.turn == 1 else shape

    def _answer(
        self, talk: Talk, moment: Moment, rng: Generator, practice: Practice | None, remembered: Sequence[str]
    ) -> str:
        filler = Filler(talk, rng=rng)
        parts = Parts(talk, self._words, filler, practice)
        if not moment.say:  # asked for a practice
            return " ".join(
                text for text in (parts.warm() if talk.now.clauses else "", parts.exercise() or parts.idea()) if text
            )
        returned = parts.come_back() if rng.random() < _p_return(talk) else ""
        slots = {"return": returned, "keep": parts.keep(), "told": told_before(talk)}
        slots["kept"] = "" if slots["told"] and moment is self._words.moments.get("recap") else "; ".join(remembered)
        if practice is not None:
            slots |= {"practice": practice.title, "minutes": str(practice.minutes)}
        if any("{idea}" in line for lines in moment.say for line in lines):
            slots["idea"] = parts.idea()
        say = [_telling(lines, slots) for lines in moment.say]
        texts = [filler.pick(lines, slots, first=k == 0, must=True) for k, lines in enumerate(say)]
        if returned and any("{return}" in line for line in moment.say[-1]):
            texts[-1] = returned
        if moment is self._words.moments.get("goodbye") and _THANKS.search(talk.now.text):
            texts[0] = self._words.moments["thanks"].say[0][0]
        if moment is self._words.moments.get("other_language"):
            return " ".join(texts)  # said again rather than an English sentence that answers nothing
        return self._said(talk, " ".join(texts), parts)


def sentences_of(text: str) -> list[str]:
    """The sentences of a reply.

    >>> sentences_of("I see. What then?")
    ['I see.', 'What then?']
    """
    return re.split(r"(?<=[.?]) (?=[A-Z\"])", text)


def _p_return(talk: Talk) -> float:
    """How likely something said before is taken up again where a message gives nothing to go on."""
    return 0.4 if talk.turn > 3 and talk.earlier() else 0.0


def _special(now: Gist, rng: Generator) -> Shape:
    """The parts of a reply to a correction, a joke, an own word or a small mishap; none to all else."""
    if now.right:
        return ("corrected", "reflect", "question")
    if now.playful:
        return ("play", "question") if rng.random() < 0.25 or not now.clauses else ("reflect", "question")
    if now.own:
        return ("reflect", "question")
    if fact_in(now) or (now.light and only_asks(now)):
        return ("reflect", "question")
    if only_asks(now):
        return ("reflect", "kind", "question")
    if now.trifle:
        return ("nuisance", "question") if rng.random() < 0.4 else ("nuisance", "reflect", "question")
    return ()


def _warmed(shape: Shape) -> Shape:
    """A shape in which what is heavy meets warmth: a kind word beside what is said back, where there is none.

    >>> _warmed(("recall", "reflect", "question")), _warmed(("warm", "reflect", "offer"))
    (('recall', 'reflect', 'kind', 'question'), ('warm', 'reflect', 'offer'))
    """
    if "warm" in shape or "kind" in shape:
        return shape
    at = shape.index("reflect") + 1
    return (*shape[:at], "kind", *shape[at:])


def _warm_first(shape: Shape) -> Shape:
    """A shape for something good, or heavy in a word or two: it is met first, in words of its own, and not comforted.

    >>> _warm_first(("reflect", "kind", "question"))
    ('warm', 'reflect', 'question')
    """
    rest = tuple(name for name in shape if name not in {"warm", "kind", "feel", "affirm", "recall"})
    return ("warm", *rest)


def _unpitied(shape: Shape) -> Shape:
    """A shape for what does not weigh: nothing is comforted, and no feeling guessed at.

    >>> _unpitied(("warm", "reflect", "feel", "question"))
    ('reflect', 'question')
    """
    return tuple(name for name in shape if name not in {"warm", "feel", "affirm"})


def _telling(lines: tuple[str, ...], slots: Mapping[str, str]) -> tuple[str, ...]:
    """The lines that tell what was asked for, where it is known; all, where none does."""
    known = [f"{{{name}}}" for name in ("told", "kept", "practice") if slots.get(name)]
    return tuple(line for line in lines if any(slot in line for slot in known)) or lines


def _make(parts: Parts, name: str, asked: Asked | None, *, first: bool) -> str:
    making: dict[str, Callable[[], str]] = {
        "warm": lambda: parts.warm(first=first),
        "kind": parts.kind,
        "reflect": lambda: f"{parts.reflect(first=first)} {parts.passing()}".strip(),
        "feel": lambda: parts.feel(first=first),
        "question": parts.question,
        "gentle": parts.gentle,
        "corrected": parts.corrected,
        "noted": lambda: parts.noted(first=first),
        "recall": lambda: parts.recall(first=first),
        "affirm": lambda: parts.affirm(first=first),
        "invite": parts.invite,
        "nuisance": lambda: parts.aside("nuisance", first=first),
        "play": lambda: parts.aside("play", first=first),
        "people": parts.people,
        "offer": parts.offer,
        "help": lambda: parts.help(asked) if asked else "",
    }
    return making[name]()
