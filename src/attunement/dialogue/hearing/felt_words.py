"""Finds the member's own word for what they feel, and what kind of feeling it is."""

from __future__ import annotations

import re

from attunement.library.companion_words import CompanionWords

GLAD = "glad"
BARE = 3
_HOW = r"(?:so|too|very|really|just|more|quite|pretty|extremely|super|incredibly|all|always|still|completely|totally|truly|absolutely|constantly|rather|a bit|a little|kind of|sort of|often|usually|now|feeling)"  # noqa: E501
_FELT = re.compile(
    rf"\b(?:feel(?:ing|s)?|felt|am|i'm|i am|been|being|was|get(?:ting)?|got|makes? me(?: feel)?|made me(?: feel)?|become|becoming|leaves? me|left me|i'm feeling)(?: {_HOW}){{0,3}} $",  # noqa: E501
    re.IGNORECASE,
)
_ALONE = re.compile(r"(?:^|[.!?] )(?:so |very |really |too |just )?$", re.IGNORECASE)
_AFTER_ALONE = re.compile(
    r"^(?:[.!?,]|$| (?:of|about|that|and|because|since|after|all|again|today|lately|tonight|right now|for)\b)",
    re.IGNORECASE,
)
NOT_YET = re.compile(
    r"\b(?:will|would|could|can|to|might|wish|want|if|should|help\w*|how|why|not|never|n't|used)\b(?: \w+){0,4} ?$",
    re.IGNORECASE,
)
_NOT = re.compile(r"(?:\bnot|n't|\bnever|\bno longer|\bstop|\bwithout|\bless)(?: \w+){0,2} ?$", re.IGNORECASE)
_OTHERS_FEEL = re.compile(
    r"\b(?:the|my|our|his|her|their|this|that) [\w'-]+(?: [\w'-]+)? (?:is|was|are|were|got|gets|looks?|seems?)"
    r"(?: \w+){0,2} ?$|"
    r"\b(?:he|she|they|people|everyone|everybody|others|you|it)(?:'s|'re| get| gets| is| are| was| were| seems?| looks?| feels?)(?: \w+){0,2} ?$",  # noqa: E501
    re.IGNORECASE,
)
_OTHERS_SAY = re.compile(
    r"(?<!\bi )\b(?:thinks?|thought|says?|said|told me|believes?)(?: that)? (?:i'm|i am|i was)(?: \w+){0,2} ?$",
    re.IGNORECASE,
)
"""What others think of the member is not what they feel: "she thinks I'm weird"."""
_OTHERS_STILL = re.compile(
    r"\b(?:he|she|they)(?:'s|'re| is| are| was| were| looks?| seems?)\b[^.!?]*[.!?,] ?(?:(?:just|so|very|really|too|"
    r"only|and) )*$",
    re.IGNORECASE,
)
"""Where the sentence before was of somebody else, a word alone goes on with it: "she's not bad. Just stressed"."""

_SMALL = (
    r"(?:pasta|rice|soup|toast|salad|leftovers|pizza|(?:\w+ )?food|cooking|dishes|laundry|ironing|homework|maths?|"
    r"traffic|queues?|queu\w+|ads|adverts|spam|emails?|meetings|mondays|winter|snow|rain|weather|heat|mosquitoes|"
    r"football|netflix|telly|tv|radio|song|game|wi-?fi|printer|potholes|bus(?:es)?|trains?|commute|slugs|pigeons)"
)
_FED_UP = re.compile(
    r"\b(?:sick|tired|bored|weary|annoyed|fed up)(?: and tired)? (?:of|with|by) "
    rf"(?:(?:all|the|this|that|these|my|eating|doing|watching|\w+'s) ){{0,3}}{_SMALL}\b",
    re.IGNORECASE,
)
_DEAR_SKILLS = (
    r"(?:being|life|everything|anything|living|lov\w+|relationships?|parenting|mak\w+ friends|friend\w*|people|"
    r"work|my job|coping|this|it|all|everybody|adult\w+|feel\w+|talk\w+)"
)
_OF_A_SKILL = re.compile(
    r"\b(?:rubbish|terrible|awful|horrible|useless|hopeless|lousy|pathetic|weak|stupid|no good|bad) (?:at|in) "
    rf"(?!{_DEAR_SKILLS}\b|the|my)\w+",
    re.IGNORECASE,
)
_GIVEN_UP = (
    r"(?:trying|fighting|pretending|caring|living|hoping|waiting|being|giving|hurting|existing|loving|begging|"
    r"apologi[sz]ing|chasing|explaining|smiling|trusting)"
)
_WHILE = r"(?:weeks|months|days|years|ages|so|as|no|a (?:while|week|month|year|few|long))"
_IN_ANOTHER_SENSE = {
    word: re.compile(pattern, re.IGNORECASE)
    for words, pattern in (
        (
            "down",
            rf"^ (?:for (?!{_WHILE}\b)|by|here|there|to (?:my|the|one|two|earth|a)|at the|in the (?!dumps)|"
            r"with (?:that|it\b|whatever|a (?:cold|bug)|(?:the )?flu|covid))",
        ),
        (
            "done",
            r"^ (?:with (?:my|the|our|his|her|that|this|an?) (?!world|people|man|men|life|job|family|shit)\w+|"
            rf"(?:with )?(?!{_GIVEN_UP}\b|\w*thing\b)\w+ing\b|with (?:work|school|uni|dinner|lunch)|"
            r"(?:by|at|for (?:today|the|now)|my|the|a|it|that|this|well|more|most|some)\b)",
        ),
        (
            "rubbish terrible awful horrible useless hopeless lousy pathetic weak stupid inadequate heavy low",
            rf"^ (?:at|in) (?!{_DEAR_SKILLS}\b|the|my)\w+",
        ),
        (
            "blue grey gray cold flat low heavy dull weak broken foggy",
            r"^ (?:dress|shirt|coat|jeans|shoes|hair|eyes|paint|car|sky|water|feet|weather|rain|tyres?|tires?|battery|"
            r"fat|carb|traffic|bags?|coffee|tea|screen|pizza|soup|showers?)\b",
        ),
        ("stuck", r"^ (?:in (?:traffic|a|the|line)|at the|on (?:question|level|page|the (?:train|bus|motorway)))\b"),
        (
            "lost",
            r"^ (?:in (?:a|the) (?:\w+ )?(?:book|game|music|film|movie|story|woods|forest|shop|city)|on the way)\b",
        ),
        (
            "good great better amazing",
            r"^(?: (?:at|with|to go|than|before|once|then|until|see|go|be off|get|do|not|start|ring|call|make|leave|dash|"  # noqa: E501
            r"finish|tell|feed|late than)\b|, (?:another|now|more|just|as if|that))\b",
        ),
        (
            "happy glad content calm hopeful proud",
            r"^ (?:before|once|back then|then|until|when (?:he|she|we|i)|birthday|christmas|new year|easter|hour)\b",
        ),
    )
    for word in words.split()
}
"""What follows a word that then tells of no feeling: "down for a walk", "done with my homework", "rubbish at chess"."""
_BESIDE_WORDS = (
    "so very really too just now today tonight a bit little mostly mainly and or again more rather quite still kind of "
    "sort always all about at with by from me it that this him her them myself maybe lately only most pretty kinda "
    "somewhat then sometimes often right tbh i guess honestly inside as hell"
)
_BESIDE = frozenset(_BESIDE_WORDS.split())
"""What may stand beside a word for a feeling that is all of an answer: "blue dress" is another matter."""


def feeling_in(plain: str, words: CompanionWords) -> tuple[str, str]:
    """The word of the member's for what they feel that stands first, and its group; not what is denied or another's."""
    found: list[tuple[int, str, str]] = []
    for group, feelings in words.feelings.items():
        if feelings.pattern is None:
            continue
        for match in feelings.pattern.finditer(plain):
            before = plain[max(0, match.start() - 40) : match.start()]
            after = plain[match.end() :]
            if not _is_felt(before, after) or is_of_things(match.group(), after):
                continue
            if group == GLAD and NOT_YET.search(before):
                continue
            found.append((match.start(), match.group().lower(), group))
    if not found:
        return "", ""
    _, word, group = min(found)
    return word, group


def bare_feeling(bit: str, words: CompanionWords) -> tuple[str, str]:
    """The feeling that is all of an answer but a word or two: "tired now"."""
    found = [
        (match.group().lower(), group)
        for group, feelings in words.feelings.items()
        if feelings.pattern is not None and len(bit.split()) <= BARE and not _NOT.search(bit)
        for match in feelings.pattern.finditer(bit)
    ]
    rest = re.findall(r"[a-z']+", bit.lower())
    alone = all(word in _BESIDE or any(word in one.split() for one, _ in found) for word in rest)
    return found[0] if found and alone else ("", "")


def is_of_things(word: str, after: str) -> bool:
    """Whether what follows a word for a feeling gives it another sense, or tells that it is only of small things.

    >>> is_of_things("down", " for a walk"), is_of_things("down", " for weeks")
    (True, False)
    >>> is_of_things("tired", " of leftovers"), is_of_things("tired", " of everything")
    (True, False)
    """
    sense = _IN_ANOTHER_SENSE.get(word.lower())
    return bool(sense and sense.match(after)) or bool(_FED_UP.match(f"{word}{after}"))


def in_another_sense(plain: str, words: CompanionWords) -> bool:
    """Whether somebody says a word for a feeling of themselves, and means no feeling by it: "I'm down for a walk"."""
    patterns = (feelings.pattern for feelings in words.feelings.values() if feelings.pattern)
    found = (match for pattern in patterns for match in pattern.finditer(plain))
    return any(_FELT.search(plain[: m.start()][-40:]) and is_of_things(m.group(), plain[m.end() :]) for m in found)


def is_of_a_skill(plain: str) -> bool:
    """Whether a hard word is only of some skill: "useless at drawing".

    >>> is_of_a_skill("I'm useless at drawing"), is_of_a_skill("I'm useless at everything")
    (True, False)
    """
    return bool(_OF_A_SKILL.search(plain))


def is_fed_up(plain: str) -> bool:
    """Whether somebody has enough of some small thing: "sick of pasta".

    >>> is_fed_up("I'm so sick of all this rain"), is_fed_up("I'm sick of my life")
    (True, False)
    """
    return bool(_FED_UP.search(plain))


def _is_felt(before: str, after: str) -> bool:
    """Whether what stands around a word says that the member feels it: "I'm so", "makes me feel", or it stands alone."""  # noqa: E501
    of_others = _OTHERS_FEEL.search(before) or _OTHERS_SAY.search(before) or _OTHERS_STILL.search(before)
    if _NOT.search(before) or of_others:
        return False
    return bool(_FELT.search(before) or (_ALONE.search(before) and _AFTER_ALONE.search(after)))
