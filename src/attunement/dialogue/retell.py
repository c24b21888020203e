"""Turns what somebody wrote of themselves into words to say back to them: "my dad left me" to "your dad left you"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attunement.dialogue.retell_words import ANY_MATTERS, DANGLING, MATTERS, PEOPLE, PLAIN, SECOND_PERSON, WHICH
from attunement.reading.plain_text import clean, straight

SHORTEST, LONGEST = 3, 15
MOST_SENTENCES = 60

_SENTENCE = re.compile(r"[^.!?\n;:]+[.!?]*")
_JOIN = re.compile(
    r"\s*[,-]*\s+(?:but|because|cause|cuz|although|though|whereas)\s+|\s+-+\s+|\s*,\s*(?:and|so|then|or)?\s*"
    r"(?=(?:i|i'\w+|im|my|he|she|they|we|nobody|everyone|everything)\s)|\s+(?:and|so|"
    r"then)\s+(?:then\s+)?(?=(?:i|i'\w+|im|my|he|she|they|we|nobody)\s)"
    r"|\s+(?-i:(?=(?:Everything|My|The|It|He|She|They|We|And|But|So|What|Why|This|That|There)\s))|"
    r"\s*,\s*(?-i:(?=[A-Z][a-z]))",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:and|but|so|well|because|cause|also|then|like|honestly|basically|anyway|lately|plus|"
    r"now|yet|or|yeah|ok|okay|hi|hey|hello|oh|man|"
    r"ugh|lol|literally|i (?:guess|mean|suppose|swear)|i (?:think|know|believe|realise|realize|"
    r"realised|realized) (?:that )?(?=(?:i|my|he|she|they|nobody|no one)\b)|"
    r"idk|idk why|tbh|for context|to be honest|at this point|today,?|recently,?|sometimes,?|maybe|of course)\b[\s,]*)+",
    re.IGNORECASE,
)
_VERB = (
    r"(?:am|is|are|was|were|has|have|had|do|does|did|don't|doesn't|didn't|dont|doesnt|didnt|can|"
    r"can't|cant|cannot|could|couldn't|will|won't|wont|would|"
    r"wouldn't|should|isn't|aren't|wasn't|weren't|hasn't|haven't|never|keeps?|left|died|said|told|"
    r"says|tells|hates?|wants?|makes?|made|thinks?|thought|feels?|felt|"
    r"got|gets?|goes|went|came|took|takes?|broke|lost|knows?|knew|gave|gives?|won|ran|threw|kept|"
    r"hit|cut|found|saw|seems?|\w{3,}ed|\w{3,}(?:[^s\W'])s)"
)
_OTHERS = (
    r"(?:he|she|they|we|it|everything|everyone|everybody|nothing|no one|nobody|people|life|someone|school|work|the \w+)"
)
_FINITE = re.compile(
    rf"^(?:i(?:'(?:m|ve|d|ll))?\s+\w|my (?:[\w'-]+ ){{1,4}}?{_VERB}\b|{_OTHERS}(?:'(?:s|re|ve|d|ll)\b|"
    rf"\s+(?:(?:really|just|all|always|still|even|also|now)\s+)?{_VERB}\b))",
    re.IGNORECASE,
)
_BARE = (  # how a sentence without its subject begins, and what stands before it when it is told back
    (
        r"(?:just |finally |recently )?(?:lost|failed|found|broke|got|had|woke|went|cried|spent|quit|"
        r"moved|told|tried|ruined|missed|forgot)\b",
        "I ",
    ),
    (
        r"(?:can't|cant|cannot|don't|dont|didn't|didnt|won't|couldn't|want to|wanna|need to|need|wish|"
        r"hate|feel|miss|keep|still feel|just want)\b",
        "I ",
    ),
    (r"(?:been|never been|always been)\b", "I've "),
    (
        r"(?:feeling|tired|scared|afraid|sick|done|going|trying|struggling|stuck|lonely|alone|"
        r"exhausted|dreading|thinking|sitting|losing|having|so \w+(?:ed|y|d)|so (?:alone|sad|lost))\b",
        "I'm ",
    ),
)
_BARES = tuple((re.compile(rf"^(?:just )?{pattern}", re.IGNORECASE), lead) for pattern, lead in _BARE)
_NO_SUBJECT_ENOUGH = re.compile(
    r"^i(?:'m|m)? (?:mean|guess|know|don't know|dont know|think so|swear|hope so)$", re.IGNORECASE
)

_BE = {"am": "are", "was": "were", "wasn't": "weren't", "isn't": "aren't", "is": "are"}
_SELF = frozenset({"i", "we"})
_BETWEEN = frozenset({"just", "really", "always", "still", "never", "also", "even", "truly", "only", "honestly"})
_WEAK = re.compile(
    r"\b(?:so )?(?:fuck+(?:ing?|in'?|en)|f+ing|freak(?:ing?|in)|damn(?:ed)?|goddamn|bloody|"
    r"literally|basically|honestly|like,|lol|lmao|tbh|idk)\b\s*",
    re.IGNORECASE,
)
_STOP_AT = re.compile(
    r"(?:,|\s+(?:because|when|while|whenever|after|before|since|even|although|though|which|who|"
    r"where|if|unless|until|and|but|or|so|due to|despite|as if)\b"
    r"|\s+(?:at|in|on|for|with|from)(?= (?:the|your|a|an|this|that|last|his|her|their|no|every|all|\d+|\w+day)\b))",
    re.IGNORECASE,
)
_OWN_THING = re.compile(rf"\b(?:my|our) ((?:{WHICH} )?(?:{PEOPLE}|{MATTERS}|{ANY_MATTERS}))\b", re.IGNORECASE)
_OTHER_THING = re.compile(rf"\b(?:the|this|a|an|about|with|of|from|at|to) ({ANY_MATTERS})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement of the seeker's, told back: ``said`` begins in lower case and has no mark at its end.

    ``own`` is whether the seeker is its subject, ``past`` whether it tells of what is over, ``place`` counts from 0.
    """

    said: str
    own: bool
    past: bool
    place: int


def clauses(text: str) -> tuple[Clause, ...]:
    """What somebody said of themselves and of those around them, told back to them, in order, each in full.

    Questions, quotes, what is addressed to the reader and what has no subject are left out.

    >>> [c.said for c in clauses("Im so tired. My dad left me and I can't tell my friends! Anyone else?")]
    ["you're so tired", 'your dad left you', "you can't tell your friends"]
    """
    found: list[Clause] = []
    for sentence in _sentences(text):
        for piece in _JOIN.split(sentence):
            said = _told(piece)
            if said and all(said.said != c.said for c in found):
                found.append(Clause(said.said, said.own, said.past, len(found)))
    return tuple(found)


def shortenings(said: str) -> Iterator[str]:
    """A clause and its shorter forms that still end well, longest first.

    >>> list(shortenings("you failed your exam again because you were up at night"))
    ['you failed your exam again because you were up at night', 'you failed your exam again']
    """
    words = len(said.split())
    if words <= LONGEST and _ends_well(said):
        yield said
    cuts = sorted({m.start() for m in _STOP_AT.finditer(said)}, reverse=True)
    for cut in cuts:
        part = said[:cut].rstrip(" ,-")
        if SHORTEST <= len(part.split()) <= LONGEST and _ends_well(part) and not part.endswith("ing"):
            yield part


def things(text: str) -> tuple[str, ...]:
    """Whom and what somebody spoke of as theirs, told back, in order.

    >>> things("My best friend left, and the exam is tomorrow. I miss my dog's face.")
    ('your best friend', 'the exam', 'your dog')
    """
    plain = straight(clean(text))
    found = [(m.start(), f"your {m.group(1).lower()}") for m in _OWN_THING.finditer(plain)]
    found += [(m.start(), f"the {m.group(1).lower()}") for m in _OTHER_THING.finditer(plain)]
    return tuple(dict.fromkeys(thing for _, thing in sorted(found)))


def turned(text: str) -> str:
    """First person turned to second, word by word; verbs that go with it too.

    >>> turned("I'm sure my boss was there when I was, and he hates me.")
    "you're sure your boss was there when you were, and he hates you."
    """
    words, subject = [], False
    for token in re.findall(r"[\w'-]+|[^\w'-]+", text):
        low = token.lower()
        if not token[0].isalnum():
            words.append(token)
            subject = subject and not token.strip()
            continue
        new = SECOND_PERSON.get(low, token)
        if subject and low in _BE:
            new = _BE[low]
        subject = low in _SELF or (subject and low in _BETWEEN)
        words.append(new)
    return "".join(words)


def _sentences(text: str) -> Iterator[str]:
    """Statements, in plain quotes and spelling; not questions."""
    plain = re.sub(r"\.(?:\s*\.)+|…", ".\n", straight(clean(text)))
    for number, match in enumerate(_SENTENCE.finditer(plain)):
        if number >= MOST_SENTENCES:
            return
        sentence = match.group().strip()
        if sentence and not sentence.endswith("?") and not re.search(r'["*_<>\[\]{}/\\|@#&^~=+%$()]|\bhttp', sentence):
            yield re.sub(r"\s+", " ", _WEAK.sub("", _quiet(sentence.rstrip(".!")))).strip()


def _quiet(sentence: str) -> str:
    """A sentence that shouts, or Is Written Like A Title, in lower case."""
    words = sentence.split()
    loud = sum(w[:1].isupper() for w in words)
    return sentence.lower() if len(words) > 2 and loud > 0.6 * len(words) else sentence


def _told(piece: str) -> Clause | None:
    plain = " ".join(PLAIN.get(w.lower(), w) for w in piece.split())
    plain = _LEAD.sub("", plain).strip(" ,-'")
    plain = re.sub(r"[\s,]+(?:though|tho|either|lol|too|haha|i guess|and all|etc)$", "", plain, flags=re.IGNORECASE)
    plain = next((lead + _lower(plain) for pattern, lead in _BARES if pattern.match(plain)), plain)
    if (
        not _FINITE.match(plain)
        or _NO_SUBJECT_ENOUGH.match(plain)
        or re.search(r"\b(?:you|your|u|ur|yall|y'all|guys|anyone)\b", plain, re.I)
    ):
        return None
    said = turned(_lower(plain))
    if len(said.split()) < SHORTEST or not said.isprintable() or re.search(r"\w{18}", said):
        return None
    return Clause(said, bool(re.match(r"i\b", plain, re.I)), _is_past(said), 0)


def _lower(text: str) -> str:
    """The text with its first letter small, where its first word is not all capitals."""
    first = text.split(" ", 1)[0]
    return text if first.isupper() and len(first) > 1 else text[:1].lower() + text[1:]


def _is_past(said: str) -> bool:
    start = " ".join(said.split()[:6])
    return bool(
        re.search(
            r"\b(?:was|were|had|did|didn't|left|lost|got|went|told|said|broke|died|made|felt|took|came|"
            r"gave|found|woke|\w{2,}ed)\b",
            start,
        )
    ) and not re.search(r"\b(?:am|is|are|'re|'m|'s|you're|have|you've|feel|want)\b", start)


def _ends_well(said: str) -> bool:
    return said.split()[-1].lower().strip(",'") not in DANGLING
