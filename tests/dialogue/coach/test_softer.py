"""What would wound again is told back in softer words, and what only sounds like it is left as it is."""

from __future__ import annotations

import pytest

from attunement.dialogue.coach.softer import softened, wounds
from attunement.library.coach_words import load_coach_words
from attunement.library.resources import content_folder

SOFTER = load_coach_words(content_folder()).marks.softer


@pytest.mark.parametrize(("post", "says"), [
    ("My husband pushed me down the stairs on Sunday.", "your husband did that to you"),
    ("My wife throws plates at me when she drinks.", "your wife does that to you"),
    ("Two guys at the station kicked me in the back.", "somebody did that to you"),
    ("I was mugged on my way home.", "this was done to you"),
    ("My dad beats my mother.", "your dad does that"),
    ("I told my mum. She slapped me.", "your mum did that to you"),
    ("My coach calls me a fat pig.", "your coach called you that"),
    ("My sister said I'm a disappointment.", "your sister said that about you"),
    ("My mum says that I'm ugly.", "your mum said that about you"),
    ("I hate my thighs.", "you feel so bad about your body"),
    ("I'm so ugly that nobody looks at me.", "you feel so bad about yourself"),
    ("I was diagnosed with cancer in May.", "you got this news"),
    ("The doctor says I will lose my sight.", "you got this news"),
    ("I told my daughter I hate her.", "you said that to your daughter"),
])  # fmt: skip
def test_it_is_softened(post: str, says: str) -> None:
    """Violence without its acts, contempt without its words, an illness without its name."""
    assert list(softened(post, SOFTER)) == [says]
    assert wounds(post, SOFTER)


@pytest.mark.parametrize("post", [
    "The news hit me hard.", "My car hit a tree.", "He touched my heart.", "My boss pushed me to apply.",
    "She kicked me out last night.", "My brother beat the record.", "He called me yesterday.", "She called me back.",
    "My parents still call me by my old name.", "The scan came back clear.", "The doctor says I have to rest.",
    "My son was diagnosed with autism.", "My cat is fat.", "He said I'm late.", "I like my face.",
    "He grabbed a coffee for me.",
])  # fmt: skip
def test_what_sounds_alike_is_left(post: str) -> None:
    """Other things that hit, touch, push and call; good news of a scan; what is no illness."""
    assert softened(post, SOFTER) == {}
