"""What of a post is no news of harm: harm that did not come, what time it was, and what may come but has not."""

from __future__ import annotations

import re

from attunement.dialogue.hearing.tense import tense_of
from attunement.library.coach_words import Tense
from attunement.reading.plain_text import straight

_HARMED = (
    r"(?:hurt|harmed|injured|wounded|killed|stolen|broken|damaged|burn(?:ed|t)|attacked|missing|dead|infected|fired|"
    r"hit by|hit (?:you|him|her|them)\b)"
)
_SMALL = r"(?:(?:really|badly|seriously|actually|ever|even|else|too|that|been|being|got|get|have|be|so) )*"
_COMPARED = r"(?!.*\b(?:like|than|as (?:much|badly|hard)|any ?more|any less|enough)\b|.*\bbefore$)"
_NOBODY = (
    r"(?:(?:luckily|thankfully|fortunately|in the end|at least),? )*(?:nobody|no one|nothing|no [\w-]+|"
    r"neither of (?:you|us|them)|(?:none|not one) of (?:[\w-]+ ){1,3}?)(?: from [\w-]+)?"
)
_HAPPENED = (
    r"(?:(?:bad|worse|serious|terrible|much) )?happened(?! (?:when|after|since) (?:you|your)\b)|"
    r"(?:bad|worse|serious|terrible) has happened"
)
_ABSENT = re.compile(
    rf"^{_NOBODY} ?(?:(?:was|were|is|are|has|have|had|got|gets?) )*{_COMPARED}{_SMALL}"
    rf"(?:{_HARMED}|died|dies|lost|{_HAPPENED})(?!\w)"
)
_LOST = (
    r"lose (?:you|your|the|a|him|her|them)|lost (?:your|the|a|him|her|them)|cancer|malignant|terminal|fatal|sacked|"
    r"evicted|arrested|crash(?:ed)?"
)
_DENIED = re.compile(
    rf"\b(?:(?:was|were|is|are|has|have|had|did)(?:n't| not| never)|never) {_COMPARED}{_SMALL}"
    rf"(?:{_HARMED}|die|died|dying|{_LOST})(?!\w)"
)
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve twenty thirty fifteen half quarter"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday weekend christmas easter eve new year birthday"
_MONTHS = "january february march april may june july august september october november december"
_BETWEEN = (
    "it it's its is was be now just already only nearly almost about around past to till before after in at on of the "
    "a your night morning afternoon evening midnight noon late early today tonight yesterday o'clock am pm again still "
    "so day date last this"
)
_OF_TIME = frozenset(f"{_NUMBERS} {_DAYS} {_MONTHS} {_BETWEEN}".split())
_TIME = re.compile(r"\d+(?:[:.]\d\d)?(?:[ap]m|st|nd|rd|th)?$")

_SENTENCE = re.compile(r"[^.!?\n;]+[.!?\n;]*|[.!?\n;]+")
_LEARNS = (
    r"[^,.!?]{1,40}?\b(?:finds? out|learns?|discovers?|reali[sz]es?|hears? (?:that|about|of)|knows?|"
    r"sees? (?:my|the|it|this)|gets? (?:the|this|my) (?:letter|bill|result\w*|news))\b"
)
"""What turns what comes each time ("when he drinks, he shouts") into what comes only then: somebody learns of it."""
_SAID_SO = r"(?! (?:only|not|so|ever|any|(?:it|that) (?:helps|matters|makes)|(?:i'?m|i am|we'?re) (?:being )?honest))"
_IF = (
    rf"(?:what (?:happens |do i do |will i do )?)?if{_SAID_SO}|unless|(?:when|once|as soon as|the moment)(?={_LEARNS})"
)
_MAY_COME = re.compile(
    r"(?:^\W*(?:(?:and|but|so|because|or|now|then|well|cause|bc|cuz)\b,? )*|(?P<comma>, ?)|"
    rf"\b(?:and|but|or|that|like|because|so|cause|bc|cuz) )(?:{_IF}) (?P<rest>.*?)(?=,? but (?!if\b)|[.!?\n;]*$)",
    re.IGNORECASE | re.DOTALL,
)
_HABIT = re.compile(r"\b(?:always|every ?time|usually|often|mostly|whenever|again and again)\b", re.IGNORECASE)
_WOULD = re.compile(r"\b(?:would|could|might|wouldn't|couldn't)\b|'d\b", re.IGNORECASE)
_UNMARKED = re.compile(
    r"^((?:\w+ )?(?:my |our |the )?[\w']+ [^,]*?\w) (?=(?:i|he|she|they|we)(?:'ll)? \w)", re.IGNORECASE
)
"""Where what then comes begins, though no comma says so: "my boss sees it he fires me"."""
_DEPENDS = re.compile(r"\b(?:if|unless|once|as soon as)\b")


def is_unharmed(said: str) -> bool:
    """Whether what is told back is of harm that did not come: nobody is sorry for that.

    >>> is_unharmed("nobody was badly hurt"), is_unharmed("your dog wasn't hit by the car")
    (True, True)
    >>> is_unharmed("nobody came to your party"), is_unharmed("nobody hurt you like he did")
    (False, False)
    """
    low = said.lower()
    return bool(_ABSENT.search(low) or _DENIED.search(low))


def is_clock(said: str) -> bool:
    """Whether what is told back, or quoted, is only a time of day or a date.

    >>> is_clock("it's now four in the afternoon"), is_clock("its 4am"), is_clock("it's been a year")
    (True, True, False)
    """
    words = re.findall(r"[\w':.]+", said.lower())
    return len(words) > 1 and all(word in _OF_TIME or _TIME.match(word) for word in words)


def parted(text: str) -> tuple[str, str]:
    """What a post tells as it is, and what it tells only for the case that something else comes.

    What comes each time is told as it is, and so is what came ("If he was drunk, he hit us").

    >>> parted("I lie awake. If I tell him, he leaves me.")
    ('I lie awake. .', 'I tell him, he leaves me')
    """
    may_come: list[str] = []

    def without(match: re.Match[str]) -> str:
        rest = match["rest"]
        if _HABIT.search(match.string) or (match["comma"] and "," not in rest):
            return match[0]
        if tense_of(" ".join(rest.split()[:4])) is Tense.PAST and not _WOULD.search(rest):
            return match[0]
        may_come.append(("" if "," in rest else _UNMARKED.sub(r"\1, ", rest)) or rest)
        return " "

    as_it_is = "".join(_MAY_COME.sub(without, sentence) for sentence in _SENTENCE.findall(straight(text)))
    return as_it_is, ". ".join(may_come)


def as_feared(said: str, feared: re.Pattern[str]) -> str | None:
    """What may come as what could come, where it is something to fear, by ``marks.feared``.

    >>> from attunement.library.coach_words import load_coach_words
    >>> from attunement.library.resources import content_folder
    >>> feared = load_coach_words(content_folder()).marks.feared
    >>> as_feared("your husband leaves you", feared), as_feared("you feel better", feared)
    ('your husband could leave you', None)
    """
    match = feared.match(said)
    return f"{match['who']} could {match['verb']}{match['rest']}" if match else None


def hinges(said: str, feared: re.Pattern[str]) -> bool:
    """Whether what is to fear is told with what it depends on, after it: "you lose your job if they find out"."""
    return feared.match(said) is not None and _DEPENDS.search(said) is not None
