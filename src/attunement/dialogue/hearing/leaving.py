"""Tells whether a message takes leave, in whatever words: "ttyl", "ta for that, off to bed", "right you are. night"."""

from __future__ import annotations

import re

MOST_WORDS = 16
_POLITE = (
    r"(?:ok(?:ay)?|k+|right(?: you are|o| then)?|al(?:l )?right|anyways?|well|so|oh|and|but|yeah|no|lol|haha|sorry|then|now|x+|"  # noqa: E501
    r"love|mate|pal|dear|hun|babe|bro|darling|nice one|good chat|(?:that|it)(?:'?s)? helped(?: a (?:bit|lot))?|"
    r"cool|great|nice|sweet|sound|safe|wicked|cheers(?: for (?:that|this|everything|listening|the chat))?|ta(?![- ]?(?:ra|ta)\b)(?: very much)?(?: for \w+(?: \w+)?)?|thx|ty|tysm|"  # noqa: E501
    r"thank(?:s| you)(?: (?:again|a lot|so much|very much|for \w+(?: \w+){0,2}))*|i(?:'m| am) (?:so )?(?:knackered|shattered|tired)|"  # noqa: E501
    r"think|i think|i guess|thats me|that's me|thanks)"
)
_MUST = (
    r"(?:(?:i(?:'ve|'d|'ll)? )?(?:have )?(?:got to|gotta|need to|have to|must|should|better|had better|ought to) (?:really )?"  # noqa: E501
    r"(?:go|dash|run|shoot|get (?:on|going|off|back to (?:it|work))|be (?:off|going)|leave it (?:there|here))(?: (?:now|then))?)"  # noqa: E501
)
_ERRAND = (
    r"(?:(?:(?:i(?:'ve|'d|'ll)? )?(?:had |have )?(?:better|got to|gotta|must)|(?:i'?m )?(?:gonna|going to|off to)) (?:just |go )?"  # noqa: E501
    r"(?:see to|feed|fetch|collect|pick up|check on|tell|ring|call|make|put|start|walk|meet) (?:[\w']+ ){0,2}?[\w']+)"
)
_LET_GO = (
    r"(?:(?:i'?ll )?(?:let you (?:get on|go)|leave it (?:there|here|at that))(?: (?:now|then|for (?:now|today|tonight)))?|"  # noqa: E501
    r"that(?:'s|'ll| will| is) (?:me done|enough|it|all|do) for (?:now|today|tonight))"
)
_BYE = (
    r"(?:(?:good ?)?bye+(?:[- ]bye+)?|ta[- ]?(?:ra|ta)|toodles|toodle[- ]?pip|cheerio|later[sz]?|l8rs?|cya|"
    r"(?:see|catch) (?:you|ya|yeah|u)(?: (?:later|soon|around|tomorrow|then|tmrw|next (?:week|time)))*|"
    r"(?:speak|talk)(?: to (?:you|ya|u))? (?:soon|later|tomorrow)|ttyl|(?:until|till) (?:tomorrow|next time)(?: then)?|"
    r"peace(?: out)?|deuces|brb|gtg|g2g|take (?:care|it easy)|(?:i'?m |i am )?(?:signing|logging) off|"
    r"i'?m out|i'?m off(?: (?:now|then|home|to work))*|off (?:now|then|to work)(?: then)?|tata)"
)
_BED = (
    r"(?:(?:good ?)?(?:night|nite)(?:[- ](?:night|nite))?|night(?:y|ie)[- ]night|nn|gn|sleep (?:well|tight)|sweet dreams|"  # noqa: E501
    r"(?:i'?m )?off to (?:bed|sleep)(?: (?:now|then))*|bed ?time(?: for me)?|time for bed|bed now|"
    r"(?:i'?m |i'?ll |i )?(?:(?:gonna|going to|about to|off to|try and|try to) )?(?:crash|turn in|hit the (?:hay|sack)|sleep now|"  # noqa: E501
    r"try (?:and|to) (?:get some )?sleep|get some sleep|call it a (?:day|night)|go to (?:bed|sleep)|sleep)(?: (?:now|then))*)"  # noqa: E501
)
_WHY = (
    r"(?:(?:the |my )?[\w']+ (?:is |are )?(?:calling|up|here|ready|awake|waiting|at the door|on the table|kicking in))"
)
_LEAVE = rf"(?:{_ERRAND}|{_MUST}|{_LET_GO}|{_BYE}|{_BED})"
_SEP = r"(?:[,.!;: ]+|$)"
_LEAVES = re.compile(
    rf"^\W*(?:{_POLITE}{_SEP}|{_WHY}[,.;]+ ?)*+(?:{_LEAVE}{_SEP})+(?:(?:{_LEAVE}|{_POLITE}|{_WHY}){_SEP})*\W*$"
)
_ONLY_ERRAND = re.compile(rf"^\W*(?:{_POLITE}{_SEP})*+{_ERRAND}\W*$|^\W*{_ERRAND}\b")
_THANKED = re.compile(r"\b(?:thank\w*|thx|ty|ta|cheers|bye|night)\b")
"""Without a word of thanks or leave, an errand is told and nobody goes."""
_NO_LEAVE = re.compile(r"^\W*(?:sleep|crash|peace|i (?:sleep|crash)|later|nn|i'?m out|im out)\W*$")
"""Alone these may answer a question."""


def leaves(text: str) -> bool:
    """Whether a message, as `normalise` gives it, takes leave and does no more.

    >>> [leaves(text) for text in ("right you are. night", "k thx bye", "night shifts are killing me")]
    [True, True, False]
    """
    if len(text.split()) > MOST_WORDS or _NO_LEAVE.match(text) or not _LEAVES.match(text):
        return False
    return not _ONLY_ERRAND.match(text) or bool(_THANKED.search(text))
