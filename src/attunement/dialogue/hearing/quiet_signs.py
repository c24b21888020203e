"""Signs of a leave that mean nothing each, and may together: something given away, a letter that explains, sudden calm.

Who hides that they want to die may say it in no other way; on normalised text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

WITHIN = 8
"""Lines of the member's in which signs count together."""
ENOUGH = 3
"""What signs of at least two kinds must weigh together: a deed weighs 2; calm, letters, what is needed no more, or
others who will be fine, only 1."""
NEAR = 2
"""So many lines before a sign belong to it, and so many after it may tell that it is an ordinary thing."""
_I = r"(?:\bi(?:'ve| have)? |^)(?:just |already |finally |also )?"
_NO_GIFT = (
    r"(?:number|notice|opinion|best|all|word|talk|views?|two|blood|consent|permission|name|address|e-?mail|feedback|seat|"
    r"place|coat|order|cards?|details|presentation|speech|keys?|tickets?|answers?|side|reasons?|work|report|homework|essay|"
    r"paper|cv|resume|love|regards|part|share|attention|energy|statement|time|money|hand|heart|life|baby|kids?|son|daughter|"
    r"toddler|old (?:phone|laptop|tablet|computer|tv|clothes|jacket|shoes|toys|books|bike|car))"
)
"""What is given without giving anything away, or passed on because there is another."""
_WHOM = r"(?:her|him|them|you|everyone|everybody|each of them|(?:my|the) (?:\w+ ){0,2}\w+)"
_THEY = r"(?:she|he|they|it|everyone|everybody|the (?:kids|children|dog|cat)|my (?:\w+ )?(?!day)\w+)"
_CALM = r"(?:calm|peaceful|at peace|serene)"
SECRET = re.compile(
    r"\b(?:don'?t|do not|please don'?t|can'?t) tell (?:any ?one|any ?body|people|them|my)|\bkeep (?:this|it) (?:a )?(?:secret|between us|private)|\bpromise (?:not to|you won'?t|me you)"  # noqa: E501
)
"""Asked of who is told: that nobody be told."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """``but`` is what makes it ordinary where it stands near."""

    kind: str
    weight: int
    words: re.Pattern[str]
    but: re.Pattern[str] | None = None


_SIGNS = (
    _Sign(
        "giving",
        2,
        re.compile(
            rf"(?:{_I}|[.!?,] ?)(?:gave|given|giving) (?:away )?(?:all )?my (?!{_NO_GIFT}\b)(?:\w+ ){{1,3}}(?:to|away)\b|"  # noqa: E501
            rf"{_I}(?:gave|given) (?:her|him|them|my \w+|the \w+|someone|somebody) my (?!{_NO_GIFT}\b)\w+|"
            r"\b(?:gave|given|giving) away (?:all )?my\b",
            re.MULTILINE,
        ),
        re.compile(
            r"\bnew (?:one|bike|car|phone|laptop|computer|flat|house|place|job|guitar|sofa|chair|wardrobe)\b|"
            r"\b(?:replac|upgrad|declutter|donat|outgr[eo]w|tid(?:y|ied)|sold|sell|swapp?|lend|lent|borrow|return)\w*|"
            r"\b(?:charity|goodwill|thrift|spare|second-?hand|hand-?me-?downs?|spring[- ]clean\w*|birthday|christmas|wedding|back on|for the (?:day|weekend|week|trip))\b|"  # noqa: E501
            r"\bmov(?:e|ed|ing) (?:house|out|in|away|flat|to)\b|\btoo (?:small|big|old|tight)\b|\bneed(?:s|ed) (?:it|one|them)\b(?! any ?more)"  # noqa: E501
        ),
    ),
    _Sign(
        "order",
        2,
        re.compile(
            r"\b(?:put|putting|got|getting|have) (?:all )?(?:my|everything|my affairs|my papers)\b.{0,20}\bin order\b|"
            r"\bcancel\w* (?:all )?(?:of )?(?:my|the) (?:subscriptions?|contracts?|lease|insurance|memberships?)\b|"
            r"\b(?:made|wrote|signed|updated|changed|wrote down|written) (?:my|a) (?:last )?(?:will|passwords)\b|"
            r"\bwhat happens (?:to|with) (?:\w+ ){1,3}(?:when|if|after|once) (?:\w+ )?(?:someone|somebody|i|you|people|a person|a user|one) (?:die[sd]?|(?:is|are|am) (?:gone|dead))\b|"  # noqa: E501
            r"\bwho (?:gets|takes) (?:my|the) \w+ (?:when|if|after)\b|\bpaid off (?:all )?my (?:debts|bills)\b"
        ),
        re.compile(
            r"\b(?:mov(?:e|ed|ing) (?:house|out|in|away|flat|to|abroad)|saving|budget|too expensive|notary said)\b"
        ),
    ),
    _Sign(
        "letter",
        2,
        re.compile(
            rf"{_I}(?:wrote|written|writing|left|leaving) (?:{_WHOM} )?(?:a|the|some|my|their|long|short|last)(?: \w+)? ?(?:letters?|notes?)\b"  # noqa: E501
            r"[\s\S]{0,120}?\b(?:(?:explains?|says|tells) (?:\w+ )?(?:everything|it all|all of it|why)|"
            r"so (?:that )?(?:she|he|they)(?:'ll| will| can)? (?:know|understand)s?|"
            r"(?:when|after|until) (?:she|he|they) (?:reads?|finds?|wakes?)|in the drawer|"
            r"on the (?:table|pillow|desk))\b",
            re.MULTILINE,
        ),
        re.compile(
            r"\b(?:landlord|landlady|council|bank|insur\w+|company|boss|manager|hr|school|teacher|editor|newspaper|doctor|"
            r"tax|office|lawyer|court|agency|tenants?|customer|support|refund|complain\w*|deposit|invoice|heating|santa|"
            r"application|job|cleaner|sitter|milk|shopping|recipe)\b"
        ),
    ),
    _Sign(
        "letter",
        1,
        re.compile(rf"{_I}(?:wrote|written|been writing) (?:a few|some|several|the) letters\b", re.MULTILINE),
        re.compile(r"\b(?:pen ?pals?|christmas|cards?|thank|job|application|complain\w*|post office|stamps?)\b"),
    ),
    _Sign(
        "needless",
        1,
        re.compile(
            r"\bi (?:just )?(?:won'?t|wil+ not|don'?t|do not) (?:be )?need(?:ing)? (?:it|them|any of (?:it|them))\b"
        ),
        re.compile(
            r"\b(?:new (?:one|ones|bike|car|phone|flat|house|job)|mov(?:e|ed|ing)|retir\w+|spotify|streaming|digital|upgrad\w*|"  # noqa: E501
            r"grown|outgr[eo]w|too (?:small|big|old|tight)|recovered|better now|quit|finish\w*|graduat\w*)\b"
        ),
    ),
    _Sign(
        "others",
        2,
        re.compile(
            r"\b(?:fine|ok|okay|better|good|easier|manage|cope|get by|live) (?:\w+ )?without me\b|"
            r"\b(?:don'?t|doesn'?t|won'?t|do not|no longer) need me any ?more\b|\bwhen i(?:'m| am) (?:gone|not around)\b"  # noqa: E501
        ),
        re.compile(
            r"\b(?:office|work|job|team|shift|holiday|vacation|party|meeting|project|trip|weekend|retir\w+|on leave|abroad)\b"  # noqa: E501
        ),
    ),
    _Sign(
        "others",
        1,
        re.compile(
            rf"\b{_THEY}(?:'ll| will)(?: all)? (?:be|do) (?:ok|okay|fine|alright|all right)\b|"
            rf"\b{_THEY}(?:'ll| will) (?:manage|get over it|cope|be looked after)\b|"
            r"\b(?:she|he|they)(?:'ve| have|'s| has) (?:got )?(?:each other|the kids|(?:his|her|their) (?:sister|brother|mum|mom|friends?|family))\b"  # noqa: E501
        ),
    ),
    _Sign(
        "calm",
        2,
        re.compile(
            rf"\b{_CALM}\b.{{0,40}}\b(?:for the first time|first time in|finally|suddenly|at last|all of a sudden)\b|"
            rf"\b(?:for the first time|finally|suddenly|at last|all of a sudden)\b.{{0,30}}\b{_CALM}\b"
        ),
        re.compile(
            r"\b(?:yoga|meditat\w+|breath\w+|walk\w*|bath|swim\w*|running|holiday|vacation|therap\w+|meds|medication|exams?|"
            r"interview|presentation|thesis|deadline|handed in|surgery|operation|results?|scan|tests?|baby|kids? (?:are|is) (?:asleep|in bed))\b"  # noqa: E501
        ),
    ),
    _Sign(
        "calm",
        1,
        re.compile(
            rf"\b(?:i(?:'m| am)|i feel|i felt|feeling|it(?:'s| is)) (?:\w+ )?{_CALM}\b(?! down)|"
            rf"(?:^|[.,] )(?:so |just |very |quite |really |all )?{_CALM}\W*$",
            re.MULTILINE,
        ),
    ),
)


def gathered(said: Sequence[str]) -> list[bool]:
    """For each of a member's lines, whether with it enough of these signs have come together.

    It must add a kind of sign; and once they had come together, one that weighs, so that who said no is not asked again
    for a calm evening.

    >>> gathered(["i gave my bike to my neighbour today", "no, it's a good feeling. calm"])
    [False, True]
    >>> gathered(["i gave my bike to my neighbour, i bought a new one", "it's a good feeling. calm"])
    [False, False]
    """
    told, found = [_told(said[max(0, k - NEAR) : k + 1]) for k in range(len(said))], list[bool]()
    for k in range(len(said)):
        first = max(0, k + 1 - WITHIN)
        before, now = _kinds(said[:k], told, first), _kinds(said[: k + 1], told, first)
        added = [weight for kind, weight in now.items() if weight > before.get(kind, 0)]
        enough = len(now) > 1 and sum(now.values()) >= ENOUGH
        found.append(enough and max(added, default=0) >= (2 if any(found[first:]) else 1))
    return found


def _told(said: Sequence[str]) -> list[_Sign]:
    """The signs that the last of these lines tells, or ends to tell."""
    text = "\n".join(said)
    start = len(text) - len(said[-1])
    return [sign for sign in _SIGNS if any(match.end() > start for match in sign.words.finditer(text))]


def _kinds(said: Sequence[str], told: Sequence[Sequence[_Sign]], first: int) -> dict[str, int]:
    """What each kind of sign weighs in the lines from ``first`` on, as far as nothing near makes it an ordinary one."""
    kinds: dict[str, int] = {}
    for k in range(first, len(said)):
        for sign in told[k]:
            near = said[max(0, k - NEAR) : k + NEAR + 1]
            if sign.but is None or not any(sign.but.search(text) for text in near):
                kinds[sign.kind] = max(sign.weight, kinds.get(sign.kind, 0))
    return kinds
