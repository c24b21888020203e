"""The companion: one answer to what a member wrote, with what it is based on and what is to be done."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from numpy.random import Generator, default_rng

from attunement.dialogue.answer import Answer
from attunement.dialogue.guard import ReplyGuard
from attunement.dialogue.hearing.asked_for import asked_for
from attunement.dialogue.hearing.felt_words import GLAD
from attunement.dialogue.hearing.recap import ASKS_AFTER, kept_of
from attunement.dialogue.hearing.talk import Talk, check_answerable, newest_of, talk_of
from attunement.dialogue.partner import Partner
from attunement.dialogue.replying.composer import Composer
from attunement.dialogue.replying.moments import asks_for_person, last_offered, looks_ahead, moment_of
from attunement.dialogue.replying.passing import GUARD, Passed, first_to_pass
from attunement.dialogue.replying.practice_choice import fitting_practice
from attunement.dialogue.replying.ranking import in_turn, ranked
from attunement.dialogue.replying.reason import Reason
from attunement.dialogue.replying.remembering import Memory, memory_for
from attunement.dialogue.replying.safe_reply import safe_reply
from attunement.dialogue.replying.seed import seed_of
from attunement.dialogue.replying.strategy import OPEN, Situation, StrategyChoice, StrategyPolicy
from attunement.dialogue.replying.voices import replies_of
from attunement.dialogue.replying.why import why_said
from attunement.dialogue.safety.actions import without_question
from attunement.dialogue.safety.assessment import Action, ActionKind, Assessment
from attunement.dialogue.safety.guessing import assess_talk
from attunement.dialogue.safety.safety import assess
from attunement.domain.contracts import ExchangeReader, Reader
from attunement.domain.conversation import Backend, Candidate, Line, Prompt, Speaker
from attunement.domain.messages import N_
from attunement.domain.practice import Practice
from attunement.domain.reading import Harm, Reading, RiskLevel, are_signs
from attunement.domain.reply import Strategy
from attunement.library.companion_words import CompanionWords, load_companion_words
from attunement.library.helplines import CountryHelp, Helplines, load_helplines
from attunement.library.resources import content_folder
from attunement.reading.history import needs_with_history
from attunement.reading.language import UNKNOWN, LanguageTeller
from attunement.reading.reply_reader import ReplyReader
from attunement.reading.text_reader import TextReader

N_CANDIDATES = 8
READINGS_KEPT = 2000
ASKED = "asked"
"""Why a talk is handed over: the member asked for a person in words."""
Prompter = Callable[[Sequence[Line], Strategy, Sequence[str], str], Prompt]
"""Makes the prompt of a language model: the lines, the strategy, what is remembered, the language (ISO 639-1)."""


class Companion:
    """Answers a member: risk first, then state, then a strategy, then several candidates, ranked, guarded, said.

    Parameters
    ----------
    words, helplines:
        What can be said, and whom to call.
    reader:
        Reads emotion, need and danger from each member line (a `Reader`).
    replies:
        Reads how empathic a candidate is, for the ranking (an `ExchangeReader`); left out without one. It must not be
        the one that reports how empathic the companion is.
    backend, prompter:
        A language model and what makes its prompts; without them, or where they fail, the composer answers. It is never
        asked where there are signs of danger, nor in a language in which danger could not be read.

    Raises `Invalid` (``bad-input``) where a talk holds no line of the member's or does not end with one.

    >>> companion = Companion.shipped()
    >>> answer = companion.reply([Line(Speaker.MEMBER, "I lost my job and I can't tell my wife.")])
    >>> answer.risk.value, answer.by
    ('distress', 'composer')
    """

    def __init__(
        self, *, words: CompanionWords, helplines: Helplines, reader: Reader, replies: ExchangeReader | None = None,
        backend: Backend | None = None, prompter: Prompter | None = None,
    ) -> None:  # fmt: skip
        self._words = words
        self._helplines = helplines
        self._reader = reader
        self._replies = replies
        self._backend = backend
        self._prompter = prompter
        self._composer = Composer(words)
        self._policy = StrategyPolicy()
        self._teller = LanguageTeller()
        self._lock = threading.Lock()  # several talks are answered at once
        self._readings: OrderedDict[bytes, Reading] = OrderedDict()  # by a digest: no words outlive their talk here

    @classmethod
    def shipped(
        cls, *, models: Path | None = None, backend: Backend | None = None, prompter: Prompter | None = None
    ) -> Companion:
        """One with the words and helplines that come with the program, and its models or those of another folder."""
        folder = content_folder()
        return cls(
            words=load_companion_words(folder), helplines=load_helplines(folder), reader=TextReader(models=models),
            replies=ReplyReader(models=models), backend=backend, prompter=prompter,
        )  # fmt: skip

    def guard(self, country: str | None) -> ReplyGuard:
        """The guard every reply passes before it is said to somebody in a country."""
        return ReplyGuard(words=self._words, helplines=self._helplines, country=country, teller=self._teller)

    def reply(self, lines: Sequence[Line], *, partner: Partner | None = None, rng: Generator | None = None) -> Answer:
        """The answer to the last line; without ``rng``, the same lines get the same answer.

        Notices among the lines tell no more than what was said before the talk changed hands: who asked for a person
        then, and went on with the companion, is not handed over again.
        """
        partner = partner or Partner()
        asked = asks_for_person(newest_of(lines), self._words)
        lines = [line for line in lines if line.speaker is not Speaker.NOTICE]
        check_answerable(lines)
        rng = rng or default_rng(seed_of(lines))
        readings = self._read([line.text for line in lines if line.speaker is Speaker.MEMBER])
        helps = self._helplines.for_country(partner.country)
        talk = talk_of(lines, self._words, readings)
        found = assess_talk(talk, readings, helps, before=partner.before)
        found = without_question(found) if asked else found
        if found.step:
            answer = self._in_danger(talk, found, helps, partner, readings[-1], rng, handing=asked)
        else:
            needs = needs_with_history(readings[-1], readings[:-1])
            newest = replace(readings[-1], need=needs, language=_spoken(readings))
            answer = self._in_peace(talk, found, partner, newest, rng, handing=asked)
        if not asked or found.asks_for(ActionKind.HOLD):
            return answer
        return replace(answer, actions=(*answer.actions, Action(ActionKind.HAND_OVER, RiskLevel.NONE, ASKED)))

    def danger(self, lines: Sequence[Line], *, before: Sequence[RiskLevel] = ()) -> Assessment:
        """How much danger a talk speaks of at its last line, a member's: what `reply` goes by, before it replies."""
        asked = asks_for_person(newest_of(lines), self._words)
        lines = [line for line in lines if line.speaker is not Speaker.NOTICE]
        check_answerable(lines)
        readings = self._read([line.text for line in lines if line.speaker is Speaker.MEMBER])
        risks, helps = [reading.risk for reading in readings], self._helplines.for_country(None)
        if are_signs(risk.level for risk in risks) or any(risk.harm is not Harm.NONE for risk in risks):
            found = assess_talk(talk_of(lines, self._words, readings), readings, helps, before=before)
        else:  # the same, faster: every line that is written waits for it
            found = assess(lines, risks, helps, before=before)
        return without_question(found) if asked else found

    def forget(self) -> None:
        """Let go of what was read from talks: somebody erased themselves, and nothing of theirs may stay."""
        with self._lock:
            self._readings = OrderedDict()  # a new one: what is being read just now is kept in the old one

    def _in_danger(
        self, talk: Talk, found: Assessment, helps: CountryHelp, partner: Partner, reading: Reading, rng: Generator,
        *, handing: bool,
    ) -> Answer:  # fmt: skip
        for said_back in (True, False):  # their words may break a rule of speech; help must not fall with them
            tries = [
                safe_reply(
                    talk, found, helps, self._words, can_alert=partner.can_alert, handing=handing, rng=rng,
                    said_back=said_back,
                )
                for _ in range(N_CANDIDATES)
            ]  # fmt: skip
            passed = self._let_pass(talk, tries, found, partner, replies=self._replies)
            if passed.said.by != GUARD:
                break
        said = passed.said
        return Answer(
            said.text, said.strategy, said.by, found.level, found.actions,
            (Reason(N_("Something you wrote may mean danger.")),), reading.language,
            step=found.step, refused=passed.refused, words=self._words.version,
        )  # fmt: skip

    def _in_peace(
        self, talk: Talk, found: Assessment, partner: Partner, reading: Reading, rng: Generator, *, handing: bool
    ) -> Answer:
        offered = last_offered(talk, partner.practices)
        moment = moment_of(talk, self._words, language=reading.language, offered=offered, handing=handing)
        if found.faint and moment == "goodbye" and (are_signs([talk.gravest]) or not looks_ahead(talk.now.text)):
            moment = ""  # then they are first asked how they are
        practices = () if found.stands else partner.practices
        practice = fitting_practice(talk, reading, practices, found.level, moment=moment, rng=rng)
        memory = None if found.faint else self._memory(talk, partner, moment)
        kept = kept_of(talk, partner.remembered, self._words) if moment in ASKS_AFTER else {}
        choice = None
        if memory is not None:
            candidates = self._composer.to_memory(talk, memory, n=N_CANDIDATES, rng=rng)
        elif moment:
            candidates = self._composer.to_moment(
                talk, self._words.moments[moment], n=N_CANDIDATES, rng=rng, practice=practice,
                remembered=tuple(kept.values()),
            )  # fmt: skip
        else:
            choice = self._choose(talk, reading, practice, partner, rng)
            candidates = self._composer.candidates(
                talk, choice.strategy, n=N_CANDIDATES, rng=rng, practice=practice, careful=found.faint
            )
            if not found.faint and found.level.rank < RiskLevel.INDIRECT.rank:
                candidates = self._by_model(talk, choice.strategy, partner.remembered, reading.language) + candidates
        by = self._replies if choice is not None else None  # a goodbye is not held up because that would ask more
        passed = self._let_pass(talk, candidates, found, partner, replies=by)
        said = passed.said
        heard = f" {self._words.safety.told.draft[0]}" if passed.alerts and partner.can_alert else ""
        accepted = offered.id if offered is not None and moment == "accept" else None
        told = next((line for line, said_back in kept.items() if said_back in said.text), "")
        named = practice.id if practice is not None and f'"{practice.title}"' in said.text else accepted
        return Answer(
            said.text + heard, said.strategy, said.by, found.level,
            (*found.actions, *passed.alerts),
            why_said(talk, said, choice, memory, self._words), reading.language,
            moment=moment, choice=choice, practice=named, refused=passed.refused, words=self._words.version,
            remembered=memory.line if memory is not None and memory.kept in said.text else told, prompt=said.prompt,
        )  # fmt: skip

    def _choose(
        self, talk: Talk, reading: Reading, practice: Practice | None, partner: Partner, rng: Generator
    ) -> StrategyChoice:
        asked = asked_for(talk.now.text) is not None
        early = talk.turn < 5 and partner.ideas <= 0.6
        open_to_ideas = partner.ideas > 0.6 or (talk.weighs and bool(talk.now.clauses) and talk.now.group != GLAD)
        suggests = talk.now.words > 2 and not early and open_to_ideas and not talk.unadvised
        allowed = [s for s in OPEN if s is not Strategy.SUGGESTION or suggests]
        allowed = [Strategy.SUGGESTION] if asked else allowed  # who asks is answered, and not by chance
        needs = reading.need.p if reading.language in {"en", "und"} else {}
        return self._policy.choose(
            Situation(needs, partner.ideas, asked, partner.lately), allowed, partner.feedback, rng=rng
        )

    def _memory(self, talk: Talk, partner: Partner, moment: str) -> Memory | None:
        """A remembered line to come back to; where a language model answers, it was given them all and sees to it."""
        if not partner.remembered or self._backend is not None:
            return None
        readings = self._read(partner.remembered)
        return memory_for(talk, partner.remembered, readings, self._words, moment=moment)

    def _by_model(self, talk: Talk, strategy: Strategy, remembered: Sequence[str], language: str) -> list[Candidate]:
        """What the language model would say; nothing where there is none or it fails."""
        if self._backend is None or self._prompter is None:
            return []
        return replies_of(
            self._backend, self._prompter(talk.lines, strategy, remembered, language), N_CANDIDATES, strategy
        )

    def _let_pass(
        self, talk: Talk, candidates: Sequence[Candidate], found: Assessment, partner: Partner, *,
        replies: ExchangeReader | None,
    ) -> Passed:  # fmt: skip
        """The best candidate the guard lets pass; a language model's first, unless it ranks far below (`in_turn`)."""
        order = in_turn(ranked(candidates, talk, ideas=partner.ideas, replies=replies))
        return first_to_pass(order, self.guard(partner.country), talk.lines, found.level)

    def _read(self, texts: Sequence[str]) -> list[Reading]:
        """Readings of all texts; those of a talk are read once and kept, since each turn needs them all."""
        by_digest = {_digest(text): text for text in texts}
        with self._lock:
            kept = self._readings
            found = {key: kept[key] for key in by_digest if key in kept}
        new = [key for key in by_digest if key not in found]
        found |= zip(new, self._reader.read([by_digest[key] for key in new]), strict=True)
        with self._lock:
            kept.update(found)
            while len(kept) > READINGS_KEPT:
                kept.popitem(last=False)
        return [found[_digest(text)] for text in texts]


def _spoken(readings: Sequence[Reading]) -> str:
    """The language of the last line; where its own cannot be told ("Danke"), that of the last before that could."""
    told = (reading.language for reading in reversed(readings) if reading.language != UNKNOWN)
    return next(told, UNKNOWN)


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
