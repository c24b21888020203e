"""Finds bare facts, a name, an age, a place, a number, a wish for a small thing: not to be asked how long."""

from __future__ import annotations

import re
from typing import NamedTuple

from attunement.dialogue.hearing.gist import Gist
from attunement.dialogue.hearing.plain import written_out

MOST_WORDS = 9
_ONE = (
    r"(?:he|she|it|they|that|(?:(?:one|two|three|some|most|both|all|none) of )?(?:them|us|my|our|his|her|the)"
    r"(?: [\w-]+){0,2}|[a-z]+)"
)
_BE = r"(?:'s|'re| is| are| was| were)(?: (?:only|just|about|already|nearly|almost|now|still|all))*"
_NUMBER = (
    r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w+)?)"
)
_YEARS = r"(?: (?:years?|months?|weeks?|days?)(?: old)?)?(?: now| then| today| in \w+)?(?:, \w+)?"
_FORMS = (
    rf"(?:(?:his|her|its|their|my [\w-]+'s) names?{_BE}|{_ONE}{_BE} (?:called|named)|we call(?:ed)? (?:him|her|it|"
    r"them)) [\w' -]{2,30}",
    rf"{_ONE}(?:{_BE}| turn(?:s|ed)) {_NUMBER}(?:,? (?:and|or) {_NUMBER})?{_YEARS}",
    rf"{_ONE} (?:lives?|lived|comes?|grew up|was born|works?|worked|studies|studied) (?:in|at|near|from|on|for) "
    r"[\w' -]{2,30}",
    rf"{_ONE}{_BE} (?:originally )?(?:from|in|at) (?-i:[A-Z])[\w' -]{{2,30}}",
    rf"there{_BE} {_NUMBER} of (?:us|them|these|those)|{_ONE} (?:have|has) {_NUMBER} (?:kids|children|sisters|brothers|"
    r"siblings|cats|dogs|rooms|floors|grandchildren)",
    r"(?:he|she|they) (?:only |just |always )?(?:wants?|likes?|loves?) (?!(?:out|more|me|us|him|her|it|that|this|them|"
    r"to|everything|nothing|revenge|space|time|money|custody|"
    r"divorce|answers|sex|pills|drugs|kids|children|babies|promises|results|"
    r"changes)\b)(?:(?:some|his|her) )?\w{3,}s\b(?: \w+)?",
)
_FACT = re.compile(rf"^(?:(?:and|but|so|oh|well|yes|yeah|no|ok)[, ]+)*(?:{'|'.join(_FORMS)})[.! ]*$", re.IGNORECASE)
_NO_FACT = re.compile(
    r"\b(?:dead|gone|ill|sick|prison|jail|hospital|hospice|coma|rehab|pain|trouble|love)\b", re.IGNORECASE
)
_WISH = re.compile(r"\b(?:wants?|likes?|loves?)\b", re.IGNORECASE)
_OF = (("she", re.compile(r"\b(?:she|her)\b", re.IGNORECASE)), ("he", re.compile(r"\b(?:he|his|him)\b", re.IGNORECASE)))


class Fact(NamedTuple):
    """A bare fact: ``of`` is who is told of, "she" or "he", where that is one person or animal; empty else."""

    of: str


def fact_in(gist: Gist) -> Fact | None:
    """The bare fact a whole line tells; None where it tells more, asks, or names what weighs.

    >>> from attunement.library.companion_words import load_companion_words
    >>> from attunement.library.resources import content_folder
    >>> from attunement.dialogue.hearing.gist import gist_of
    >>> words = load_companion_words(content_folder())
    >>> fact_in(gist_of("Her name is Petra", words)), fact_in(gist_of("She is gone", words))
    (Fact(of='she'), None)
    """
    short = 0 < gist.words <= MOST_WORDS
    told = gist.feeling or gist.cued or gist.playful or gist.trifle or gist.right or gist.own
    text = written_out(gist.text.strip())
    if not short or told or not _FACT.match(text) or _NO_FACT.search(text):
        return None
    of = "" if _WISH.search(text) else next((name for name, pattern in _OF if pattern.search(text)), "")
    return Fact(of)
