"""Replies are ranked by what they say to this member."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from attunement.dialogue.hearing.talk import talk_of
from attunement.dialogue.replying.ranking import BEHIND, EMPATHIC, Ranked, in_turn, ranked
from attunement.domain.conversation import Candidate, Line, Speaker
from attunement.domain.reply import Mechanism, MechanismReading, ReplyReading, Strategy
from attunement.library.companion_words import load_companion_words
from attunement.library.resources import content_folder
from attunement.reading.reply_reader import ReplyReader
from attunement.reading.text_reader import TextReader

SAID = "My sister sold our old house without asking."
BACK = "Your sister sold your old house without asking."


def order(*texts: str) -> list[str]:
    """These replies to `SAID`, best first."""
    talk = talk_of([Line(Speaker.MEMBER, SAID)], load_companion_words(content_folder()), TextReader().read([SAID]))
    candidates = [Candidate(text, Strategy.QUESTION, "composer") for text in texts]
    return [one.candidate.text for one in ranked(candidates, talk, ideas=0.0)]


def test_warmth_beside_what_is_said_back_does_not_rank_a_reply_away() -> None:
    """It makes the reply no less about the member; between equals the fuller one is first."""
    bare, warm = f"{BACK} What now?", f"That is so unfair, and you deserved better. {BACK} What now?"
    assert order(bare, warm)[0] == warm


def test_what_says_nothing_back_ranks_behind_what_does() -> None:
    """Warmth alone could be said to anybody."""
    anybody = "That is so unfair, and you deserved better than that from somebody close. What has it been like since?"
    assert order(anybody, f"That is so unfair. {BACK} What has it been like for you since?")[1] == anybody


@dataclass
class ReadsAs:
    """A reader whose judgement is known by hand: the level of each mechanism by the words of a reply."""

    level: Callable[[str, Mechanism], int]
    name: str = "by-hand"
    version: str = "1"

    def read(self, exchanges: Sequence[tuple[str, str]]) -> list[ReplyReading]:
        """One reading each, sure of its levels."""
        template = ReplyReader().read([("", "")])[0]
        return [
            replace(template, empathy={one: _at(self.level(reply, one)) for one in Mechanism}) for _, reply in exchanges
        ]


def _at(level: int) -> MechanismReading:
    return MechanismReading(level=level, p=(float(level == 0), float(level == 1), float(level == 2)), spans=())


SORRY = ReadsAs(lambda reply, _: min(2, reply.count("sorry")))
ASKING = ReadsAs(lambda reply, one: 2 * (one is Mechanism.EXPLORATIONS and "?" in reply))


def test_of_equals_the_one_read_as_more_empathic_is_first_and_most_for_who_wants_to_be_heard() -> None:
    """The whole range of levels moves a score by `EMPATHIC`, half of it for who would rather have ideas."""
    talk = talk_of([Line(Speaker.MEMBER, SAID)], load_companion_words(content_folder()), TextReader().read([SAID]))
    texts = (f"{BACK} What now, then, and then?", f"{BACK} sorry sorry, what now?")
    candidates = [Candidate(text, Strategy.QUESTION, "composer") for text in texts]
    by_ideas = {ideas: ranked(candidates, talk, ideas=ideas, replies=SORRY) for ideas in (0.0, 1.0)}
    assert [found[0].candidate.text for found in by_ideas.values()] == [texts[1], texts[1]]
    assert [one.empathic for one in by_ideas[0.0]] == [1.0, 0.0]
    assert [one.empathic for one in by_ideas[1.0]] == [0.5, 0.0]
    first, second = by_ideas[0.0]
    same = replace(first, empathic=second.empathic)
    assert first.score - same.score == pytest.approx(EMPATHIC)


def test_a_joke_is_not_answered_by_how_empathic_that_sounds() -> None:
    """What laughs wants no pity, whatever a reader makes of it."""
    said = "lol my cat thinks he owns the flat"
    talk = talk_of([Line(Speaker.MEMBER, said)], load_companion_words(content_folder()), TextReader().read([said]))
    candidates = [
        Candidate(text, Strategy.QUESTION, "composer") for text in ("So he does. Since when?", "sorry sorry?")
    ]
    assert [one.empathic for one in ranked(candidates, talk, ideas=0.0, replies=SORRY)] == [0.0, 0.0]


def test_who_wants_no_questions_is_not_given_one_for_being_empathic() -> None:
    """That a reply asks counts for a third of what it shows, and for nothing where they said so."""
    words, reader = load_companion_words(content_folder()), TextReader()
    shown = {}
    for said in (SAID, f"Stop asking me questions. {SAID}"):
        talk = talk_of([Line(Speaker.MEMBER, said)], words, reader.read([said]))
        candidates = [
            Candidate(text, Strategy.QUESTION, "voice") for text in (f"{BACK} Since when?", f"{BACK} Take care.")
        ]
        shown[said] = [one.empathic for one in ranked(candidates, talk, ideas=0.0, replies=ASKING)]
    asked, unasked = shown.values()
    assert sorted(asked) == [0.0, pytest.approx(1 / 3)]
    assert unasked == [0.0, 0.0]


def test_a_model_comes_first_unless_it_ranks_far_behind_the_composer() -> None:
    """A little behind is the price of its own words; far behind it says little."""

    def of(by: str, specific: float) -> Ranked:
        return Ranked(Candidate(f"{by} {specific}", Strategy.QUESTION, by), specific, 1.0, 1.0, 1.0)

    far, near = of("voice", 0.4 - BEHIND), of("voice", 0.6)
    texts = [one.text for one in in_turn([of("composer", 1.0), near, of("composer", 0.8), far])]
    assert texts == ["voice 0.6", "composer 1.0", "composer 0.8", f"voice {0.4 - BEHIND}"]


def test_what_tells_nothing_is_nothing_new() -> None:
    """No word of it stands in what was said before, because there is hardly a word."""
    talk = talk_of([Line(Speaker.MEMBER, SAID)], load_companion_words(content_folder()), TextReader().read([SAID]))
    (ok,) = ranked([Candidate("Ok.", Strategy.QUESTION, "voice")], talk, ideas=0.0)
    assert ok.new == 0


def test_a_word_of_comfort_that_was_just_said_ranks_behind_another() -> None:
    """Said in every reply it turns hollow."""
    first, other = f"You deserve so much better. {BACK} What now?", f"That is so unfair. {BACK} What now?"
    assert order(first, other)[0] == first
    said = ["I can't sleep.", SAID]
    lines = [Line(Speaker.MEMBER, said[0]), Line(Speaker.COMPANION, "You deserve rest."), Line(Speaker.MEMBER, SAID)]
    talk = talk_of(lines, load_companion_words(content_folder()), TextReader().read(said))
    candidates = [Candidate(text, Strategy.QUESTION, "composer") for text in (first, other)]
    assert ranked(candidates, talk, ideas=0.0)[0].candidate.text == other
