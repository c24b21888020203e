"""Replies are ranked by what they say to this member."""

from __future__ import annotations

from attunement.dialogue.ranking import BEHIND, Ranked, in_turn, ranked
from attunement.dialogue.talk import talk_of
from attunement.domain.conversation import Candidate, Line, Speaker
from attunement.domain.reply import Strategy
from attunement.library.companion_words import load_companion_words
from attunement.library.resources import content_folder
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
