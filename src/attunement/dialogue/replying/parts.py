"""The parts of a reply: warmth, what was understood, a question; each filled with what the member said."""

from __future__ import annotations

from dataclasses import dataclass

from attunement.dialogue.hearing.asides import passes_death
from attunement.dialogue.hearing.asked_for import Asked
from attunement.dialogue.hearing.clauses import Clause, Kind
from attunement.dialogue.hearing.facts import fact_in
from attunement.dialogue.hearing.felt import UNCLEAR
from attunement.dialogue.hearing.felt_words import GLAD
from attunement.dialogue.hearing.heard import NEVER_LIGHT
from attunement.dialogue.hearing.mirror import capital
from attunement.dialogue.hearing.talk import Talk
from attunement.dialogue.hearing.tense import tense_of
from attunement.dialogue.hearing.tone import is_plan
from attunement.dialogue.replying.asking import (
    feelings_of,
    only_asks,
    only_worries,
    part_for_question,
    questions_after,
    tells_plan,
    turns_well,
)
from attunement.dialogue.replying.filling import Filler
from attunement.dialogue.replying.helping import Help
from attunement.dialogue.replying.several import Way, heavily, lightly_together, slots_of_clauses
from attunement.domain.practice import Practice
from attunement.library.coach_words import Tense
from attunement.library.companion_words import CompanionWords

LEAST_HEAVY = 5
"""Later messages of fewer words meet no kind word of their own: each "yes" would get one."""
ECHOES = ("deserve", "may ", "sad", "hard", "not alone", "alone", "oh,", "soon", "anybody")
"""Of these, one reply holds each once: two wishes or two pities in a row sound hollow."""
FEW = 15
"""Later messages of fewer words, with nothing in them to say back, are taken in and not summed up."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Makes each part for one talk; an empty text where it has nothing to go on; ``practice`` may be offered."""

    talk: Talk
    words: CompanionWords
    filler: Filler
    practice: Practice | None = None

    @property
    def glad(self) -> bool:
        """Whether the member seems to tell of something glad."""
        return self.talk.now.group == GLAD

    @property
    def good(self) -> bool:
        """Whether what the member tells is good, glad or not."""
        return self.glad or bool(self.talk.now.good)

    def warm(self, *, first: bool = True) -> str:
        """Warmth that fits the feeling, said or guessed."""
        now = self.talk.now
        later = self.talk.turn > 1
        little = (now.bit or (later and now.words < LEAST_HEAVY)) and not (now.feeling or now.cued)
        if now.light or little or (later and self._mild() and not now.cued):
            return ""
        unsaid = self.talk.mourning and now.guessed and not self.good  # no fear or anger is guessed at beside a loss
        felt = self.words.feelings["sad"] if unsaid else feelings_of(now, self.words)
        own = felt.warm + (felt.grave if self._grave or not (now.guessed and self._mild()) else ())
        own = self.words.parts["warm_mild"] if self._mild() and not now.cued else own
        return self.filler.pick(own, {}, first=first) or (
            "" if self.glad else self.filler.pick(self.words.feelings[UNCLEAR].warm, {}, first=first)
        )

    @property
    def _grave(self) -> bool:
        """Whether words for a loss are not too large: somebody died or left, or was hurt."""
        lost = any(clause.kind is Kind.LOSS for clause in self.talk.now.clauses)
        return lost or self.talk.about_loss or self.talk.now.topic in NEVER_LIGHT

    @property
    def heavy(self) -> bool:
        """Whether the last line by itself tells of something hard, in more than a few words."""
        now = self.talk.now
        long_enough = self.talk.turn == 1 or now.words >= LEAST_HEAVY
        return not (now.light or self.good or now.bit) and long_enough

    def kind(self) -> str:
        """A kind word or a wish for the member, beside what was understood; without pity where nothing weighs."""
        now = self.talk.now
        late = self.talk.turn > 2
        quiet = now.light and (self.talk.bright or (now.fair if self.talk.tender else late))
        if now.playful or now.bit or quiet or now.good not in {"", GLAD, "deed"}:
            return ""
        if late and not now.light and self._mild() and self.filler.chance(0.85):
            return ""  # what weighs a little needs no comfort on every line
        sore = "kind_bereaved" if self.talk.about_loss else "kind_mild" if self._mild() or now.light else "kind"
        tone = "kind_glad" if self.glad else "kind_light" if now.light and not self.talk.tender else sore
        echoed = tuple(word for word in ECHOES if self.filler.holds(word))
        fresh = tuple(line for line in self.words.parts[tone] if not any(word in line.lower() for word in echoed))
        return self.filler.pick(fresh, {})

    def _mild(self) -> bool:
        """Whether comfort would be too much: it weighs only a little, or may belong to a joke."""
        now, talk = self.talk.now, self.talk
        return now.mild or (talk.jesting and not now.feeling and not talk.mourning)

    def reflect(self, *, first: bool = False) -> str:
        """What was said, turned round: the most telling way there is, by what was said."""
        asks = only_asks(self.talk.now) and bool(self.talk.now.clauses)  # then the question is answered
        for patterns, slots in () if self.talk.unechoed or asks else self._ways():
            text = self.filler.pick(self.words.parts[patterns], slots | self._beside(patterns), first=first)
            if text:
                return text
        now = self.talk.now
        if self.glad and self.talk.unechoed:
            return self.filler.pick(feelings_of(now, self.words).warm, {}, first=first)
        if tells_plan(now) and self.talk.unechoed:
            return self.filler.pick(self.words.parts["plan_plain"], {}, first=first)
        if now.bit and now.feeling:
            return ""
        if only_worries(now) and not now.playful:
            return self.filler.pick(self.words.parts["worry"], {}, first=first)
        about = self.words.topics[now.topic].about if now.topic else ""
        if only_asks(now) and not now.playful:
            return self.filler.pick(self.words.parts[part_for_question(self.talk)], {"about": about}, first=first)
        little = self.talk.turn > 1 and now.words < FEW
        if self.talk.weighs and not (little or self.good):
            told = self.filler.pick(self.words.parts["general_about"], {"about": about}, first=first)
            return told or self.filler.pick(self.words.parts["general"], {}, first=first)
        return "" if self.filler.begun else self.noted(first=first)

    def passing(self) -> str:
        """A word to an old death told in passing, which is not what is spoken of."""
        return self.filler.pick(self.words.parts["passing"], {}) if passes_death(self.talk.now.text) else ""

    def noted(self, *, first: bool = False) -> str:
        """A few words that say it was taken in."""
        goes_on = self.talk.bright and not self.glad
        kind = "noted_bright" if goes_on else "noted_tender" if self.talk.tender else "noted"
        fitting = self.filler.pick(self.words.parts[kind], {}, first=first)
        return fitting or self.filler.pick(self.words.parts["noted"], {}, first=first)

    def corrected(self) -> str:
        """Thanks for a correction, and who or what it is."""
        now = self.talk.now
        slots = {"own": now.right, "Own": capital(now.right), "other": now.wrong}
        return self.filler.pick(self.words.parts["corrected"], slots)

    def aside(self, part: str, *, first: bool = False) -> str:
        """A word that needs nothing to go on: something dry to a joke, or to a small mishap, without pity."""
        return self.filler.pick(self.words.parts[part], {}, first=first)

    def feel(self, *, first: bool = False) -> str:
        """The feeling, in the member's word, or a guess that says it is one."""
        now, parts = self.talk.now, self.words.parts
        if self.talk.mourning and not now.feeling:  # what a loss feels like is not guessed at
            return self.filler.pick(parts["mourned"], {"lost": self.talk.lost}) if self.talk.about_loss else ""
        if now.feeling and not self.filler.holds(now.feeling):
            slots = {"feeling": now.feeling, "Feeling": capital(now.feeling)}
            kind = "named_glad" if self.glad else "named_mild" if now.mild else "named"
            return self.filler.pick(parts[kind], slots, first=first)
        felt = self.felt()
        return f"{capital(felt)}." if felt else ""

    def felt(self) -> str:
        """What it may be like for them, said as a guess: "it sounds like you feel low"; once in a reply.

        Empty where little weighs, and beside a death. Beside a word of theirs it adds no other.
        """
        now = self.talk.now
        if now.light or now.bit or self._mild() or self.talk.mourning:
            return ""
        lines = (self.words.feelings[UNCLEAR] if now.feeling and not self.glad else feelings_of(now, self.words)).felt
        return "" if any(self.filler.holds(line.lower()) for line in lines) else self.filler.pick(lines, {})

    def question(self) -> str:
        """One open question, about what they spoke of rather than in general."""
        for patterns, slots in questions_after(self.talk, self.words, self.filler):
            text = self.filler.pick(tuple(q for q in patterns if not self.talk.is_answered(q)), slots)
            if text:
                return text
        return ""

    def gentle(self) -> str:
        """A careful question about how bad it gets; how they are, where nothing they said is dark."""
        now = self.talk.now
        dark = self._grave or any(clause.kind is Kind.HARSH for clause in now.clauses) or not (now.guessed or self.glad)
        return self.filler.pick(
            self.words.parts["gentle" if dark and self.talk.weighs else "gentle_light"], {}, must=True
        )

    def recall(self, *, first: bool = False) -> str:
        """Something said before that belongs here."""
        related = self.talk.related() if self.talk.weighs else ()
        return self.filler.pick(
            self.words.parts["recall"], {"earlier": related[0].said} if related else {}, first=first
        )

    def come_back(self, *, first: bool = False) -> str:
        """A question about something said before, where this message gave little to go on."""
        earlier = self.talk.earlier()
        slots = {"earlier": earlier[0].said} if earlier else {}
        over = bool(slots) and tense_of(slots["earlier"]) in {Tense.PAST, Tense.PERFECT}
        return self.filler.pick(self.words.parts["return_past" if over else "return"], slots, first=first)

    def keep(self) -> str:
        """Something said before, to end on; no loss, and nothing after jokes."""
        kept = [clause for clause in self.talk.earlier() if clause.kind is not Kind.LOSS]
        if not kept or any(gist.playful for gist in self.talk.gists[-4:]):
            return ""
        return self.filler.pick(self.words.parts["keep"], {"earlier": kept[0].said})

    def affirm(self, *, first: bool = False) -> str:
        """Something true that strengthens."""
        little = self.talk.now.bit or (self.talk.turn > 1 and self._mild())
        if self.good or self.talk.about_loss or not self.talk.weighs or little:
            return ""
        return self.filler.pick(self.words.parts["affirm"], {}, first=first)

    def invite(self) -> str:
        """Room to go on, without a question."""
        light = self.good or (self.talk.now.light and not self.talk.tender)
        return self.filler.pick(self.words.parts["invite_light" if light else "invite"], {})

    def people(self) -> str:
        """A question that looks towards other people."""
        asked = tuple(q for q in self.words.parts["people"] if not self.talk.is_answered(q))
        return self.filler.pick(asked, {}) if self.talk.weighs and not (self.good or self.talk.now.light) else ""

    def help(self, asked: Asked) -> str:
        """What they asked for, at once; a question where all that could be said of it was said."""
        return self._help.answer(asked) or self.question()

    def offer(self) -> str:
        """A practice that may fit, as a question that can be declined; without one, an idea."""
        if self.practice is None:
            return self.idea() if self.talk.weighs and not self.talk.mourning else ""
        return self._help.offer(self.practice)

    def exercise(self) -> str:
        """The practice, or a small exercise where there is none."""
        return self._help.offer(self.practice) if self.practice else self.filler.pick(self.words.parts["exercise"], {})

    def idea(self) -> str:
        """A thought to take or leave."""
        return self._help.idea()

    @property
    def _help(self) -> Help:
        return Help(self.talk, self.words, self.filler, self.practice)

    def _ways(self) -> list[Way]:
        """Patterns that could say back what was said and their slots, the most telling first."""
        now = self.talk.now
        if now.own:
            return [("own_word", {"own": now.own, "Own": capital(now.own), "other": now.other})]
        if fact_in(now) and (told := now.best[0].said if now.clauses else now.bit):
            return [("bare_tender" if self.talk.tender else "bare", {"clause": told, "Clause": capital(told)})]
        if now.bit and not now.feeling:
            named = now.bit[:1].isupper()  # or only begins the line: then it begins the echo as well
            return [("echo", {"bit": "" if named else now.bit, "Bit": capital(now.bit)})]
        best = [clause for clause in now.best if clause.weight >= (-1 if now.light else 0)]
        if not best:
            return []
        lead = best[0]
        if tells_plan(now) and not self.talk.bright:
            return [("plan", slots_of_clauses(next(c for c in reversed(now.clauses) if is_plan(c.said))))]
        if self.good or now.light or (now.mild and self.talk.about_loss):
            lead = self._turn() or lead
            slots = slots_of_clauses(lead) | {"lost": self.talk.lost or "them"}
            names = ("wish",) if lead.kind is Kind.WISH and not self.glad else self._lightly()
            together = [] if self.good or self.talk.about_loss else lightly_together(now)
            return [*together, *((name, slots) for name in names)] if lead.kind is not Kind.HARSH else []
        return heavily(now, best, self.filler, felt=self.talk.turn == 1)

    def _beside(self, patterns: str) -> dict[str, str]:
        """What it may be like for them, where patterns say it in one breath with what was said."""
        felt = self.felt() if patterns == "restate_felt" else ""
        return {"felt": felt, "Felt": capital(felt)} if felt else {}

    def _turn(self) -> Clause | None:
        """The clause that tells what went well, where it stands last: "she laughed, but she did the dishes"."""
        cues, now = self.words.feelings[GLAD].cues, self.talk.now
        told = {match.group() for match in cues.finditer(now.text)} if cues else set[str]()
        turns = (c for c in reversed(now.clauses) if c.but or any(one.lower() in c.own.lower() for one in told))
        return next(turns, None) if self.glad else None

    def _lightly(self) -> tuple[str, ...]:
        """The parts that say back what is good or does not weigh, by what was told before it."""
        if self.good:
            glad = "glad" if self.talk.now.good in {GLAD, "deed"} else "glad_quiet"
            return ("turned", glad) if turns_well(self.talk) else (glad,)
        if self.talk.bright:
            return ("light_bright", "light")
        if self.talk.about_loss:
            return ("light_bereaved", "light")
        return ("light_tender", "light") if self.talk.tender and not self.talk.now.fair else ("light",)
