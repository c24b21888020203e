"""Whom and what somebody spoke of as theirs, to be named to them."""

from __future__ import annotations

import re

from attunement.reading.plain_text import clean, straight

_WHICH = (
    r"(?:best|old|new|older|younger|little|big|only|twin|late|mental|high|close|closest|online|baby|step|whole|entire|"
    r"current|last|first)"
)
_PEOPLE = (
    r"mum|mom|mother|dad|father|parents?|family|sister|brother|siblings?|son|daughter|kids?|child|children|baby|"
    r"husband|wife|partner|boyfriend|girlfriend|bf|gf|ex|fianc[eé]e?|friends?|roommates?|flatmate|boss|"
    r"manager|coworkers?|colleagues?|teachers?|professor|therapist|psychiatrist|counsell?or|doctor|grandma|grandpa|"
    r"grandmother|grandfather|grandparents|nan|aunt|uncle|cousin|niece|nephew|neighbou?rs?|dog|cat|pet|puppy|crush"
)
_MATTERS = (  # theirs; and as nobody's ("at work") too often to name them without "my"
    r"friendship|school|college|university|uni|jobs?|work|feelings|body|confidence|past|future|childhood|appearance|weight"
)
_ANY_MATTERS = (
    r"career|exams?|finals|test|grades|degree|studies|homework|thesis|marriage|relationships?|divorce|breakup|break up|"
    r"health|illness|diagnosis|anxiety|depression|panic attacks?|insomnia|sleep|medication|meds|therapy|"
    r"surgery|hospital|pain|grief|loneliness|loss|guilt|shame|fears?|anger|memories|self[- ]esteem|drinking|addiction|"
    r"debts?|money|finances|rent|funeral|stress|bullying|social life|"
    r"social anxiety|social skills"
)
_OWN = re.compile(
    rf"\b(?:my|our) ((?:{_WHICH} )?(?:{_PEOPLE}|{_MATTERS}|{_ANY_MATTERS}))\b(?![ -]in[ -]law)", re.IGNORECASE
)
_PERSON = re.compile(rf"\b(?:{_PEOPLE})$", re.IGNORECASE)
_OTHER = re.compile(rf"\b(?:the|this|that|about|with|of|from) ({_ANY_MATTERS})\b", re.IGNORECASE)


def things(text: str) -> tuple[str, ...]:
    """Whom and what somebody spoke of as theirs, told back, in order.

    >>> things("My best friend left, and the exam is tomorrow. I miss my dog's face.")
    ('your best friend', 'the exam', 'your dog')
    """
    plain = straight(clean(text))
    found = [(m.start(), f"your {m.group(1).lower()}") for m in _OWN.finditer(plain)]
    found += [(m.start(), f"the {m.group(1).lower()}") for m in _OTHER.finditer(plain)]
    return tuple(dict.fromkeys(thing for _, thing in sorted(found)))


def is_person(thing: str) -> bool:
    """Whether a thing is somebody, or several.

    >>> is_person("your best friend"), is_person("your friendship"), is_person("the exam")
    (True, False, False)
    """
    return _PERSON.search(thing) is not None
