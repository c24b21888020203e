"""Replies are ranked by what they say to this member."""

from __future__ import annotations

from attunement.dialogue.ranking import ranked
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
