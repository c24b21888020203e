"""Tells whether an answer says how long something has been so, and nothing else."""

from __future__ import annotations

import re

_ABOUT = (
    r"(?:(?:like|about|around|for|maybe|perhaps|probably|prob|roughly|nearly|almost|over|just|only|at least|more than|"
    r"well|oh|idk|i (?:think|guess|dunno)|it'?s been|must be|going on|must have been|been)[, ]+)*+"
)
_MANY = (
    r"(?:(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2}|a few|few|several|many|some|"
    r"a couple(?: of)?|couple(?: of)?|half an?|the (?:last|past)(?: \w+)?) )"
)
_SPAN = re.compile(
    rf"^{_ABOUT}(?:{_MANY}(?:good |long |whole )?(?:decades?|years?|yrs?|months?|weeks?|wks?|days?)(?: and a half)?|"
    r"(?:many )?years|months|weeks|ages|a (?:long|little) while|a while|"
    r"(?:ever )?since (?:last |the )?(?:\d{4}|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|\w+day|spring|summer|autumn|winter|christmas|easter|lockdown|covid|year|month|week|school|uni|"
    r"birth|childhood)(?: \d{4})?)"
    r"(?:[, ]+(?:now|ago|i (?:think|guess|suppose)|maybe|or so|ish|really|already|or (?:two|three|more)))*[.! ]*$"
)


def is_span(text: str) -> bool:
    """Whether a text, as `normalise` gives it, is a length of time: it says neither yes nor no to anything.

    >>> [is_span(text) for text in ("like a year", "a couple of months", "since march", "every night")]
    [True, True, True, False]
    """
    return _SPAN.match(text) is not None
