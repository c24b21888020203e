"""Where the member may hurt somebody else: said plainly, or read by a model and then asked about first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attunement.dialogue.hearing.danger_words import HARM, HURT_CHILD, JOKE, OTHERS
from attunement.dialogue.hearing.places import names_place
from attunement.dialogue.safety.danger_asked import affirms
from attunement.dialogue.safety.standing import is_evasive
from attunement.domain.conversation import Line, Speaker
from attunement.reading.plain_text import normalise

THREAT, SURE_THREAT = "threat", "harm"
"""The steps at which it is asked about, and at which people are told of it."""
KEPT_FOR = 2
"""Lines for which plain words stand where what follows says nothing else."""
_SHARP = re.compile(
    r"\bi(?:'ve| have)? (?:\w+ ){0,2}?(?:snapped|shouted|yelled|moaned|nagged|swore) at\b|"
    r"\bi(?:'ve| have)? (?:was|been) (?:so |really |a bit )?(?:short|snappy|grumpy) with\b|"
    r"\bi (?:told|tell) (?:\w+ ){1,3}off\b"
)
_BLOWS = re.compile(
    r"\b(?:hit\w*|kill\w*|hurt\w*|push\w*|shov\w*|threw|throw\w*|grab\w*|slap\w*|smack\w*|punch\w*|kick\w*|"
    r"shak\w+|shook|strangl\w*|chok\w+|knife|gun|could have|wanted|want|going to|gonna|scared|"
    r"afraid|frightened|hands?|blood|worse|(?<!a )bit(?:e|ten|ing)?|beat\w*|burn\w*|belt|drag\w*|twist\w*|squeez\w*|"
    r"held|lock\w*|dead|axe|next time|won'?t stop|pay for|pillow|sat on)\b"
)
ASKED_OF_THREAT = re.compile(
    r"\byou\b[^?.]{0,30}\bhurt(?:ing)? (?:somebody|someone|anybody|anyone)\b[^?.]*\?", re.IGNORECASE
)


def threatens(text: str) -> bool:
    """Whether a line, as `normalise` gives it, says plainly that its writer may hurt somebody else.

    >>> threatens("i'm going to stab him"), threatens("i'm going to kill him lol")
    (True, False)
    """
    return bool(HARM.search(text)) and not JOKE.search(text)


def may_threaten(text: str) -> bool:
    """Whether a line may be one in which its writer hurts another, where only a model reads it so.

    A place to die at, with nobody else named, is a sign for the one who writes; a sharp word is no blow; a child that
    was hit is taken up as that.

    >>> may_threaten("there's a bridge on my way home"), may_threaten("i snapped at the kids again")
    (False, False)
    >>> may_threaten("he will see on friday")
    True
    """
    for_oneself = names_place(text) and not OTHERS.search(text)
    return not (for_oneself or HURT_CHILD.search(text) or (_SHARP.search(text) and not _BLOWS.search(text)))


def threat_step(lines: Sequence[Line], threats: Sequence[bool]) -> str:
    """The step of the last line, or nothing; ``threats`` is whether one is found in each of the member's.

    What only a model reads is asked about the first time. A yes to that, or a second such line, is taken for what it
    says, as plain words are at once; and a yes after those, or a line that says nothing, changes nothing.

    >>> asked = Line(Speaker.COMPANION, "Are you thinking of hurting somebody?")
    >>> said = [Line(Speaker.MEMBER, "he will see on friday"), asked, Line(Speaker.MEMBER, "yes")]
    >>> threat_step(said[:1], [True]), threat_step(said, [True, False])
    ('threat', 'harm')
    """
    *before, last = [normalise(line.text) for line in lines if line.speaker is Speaker.MEMBER]
    stands = any(map(threatens, before[-KEPT_FOR:])) and (affirms(last) or is_evasive(last))
    if threatens(last) or stands or (_was_asked(lines) and affirms(last)):
        return SURE_THREAT
    if not threats[-1]:
        return ""
    return SURE_THREAT if any(threats[:-1]) else THREAT


def _was_asked(lines: Sequence[Line]) -> bool:
    said = [line.text for line in lines if line.speaker in {Speaker.COMPANION, Speaker.SUPPORTER}]
    return bool(said) and bool(ASKED_OF_THREAT.search(said[-1]))
