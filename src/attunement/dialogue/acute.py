"""Tells where it may be a matter of minutes for somebody a member writes of."""

from __future__ import annotations

import re

_KIN = (
    r"friend|brother|sister|mum|mom|mother|dad|father|son|daughter|kid|child|husband|wife|partner|boyfriend|girlfriend|"
    r"roommate|ex|uncle|aunt|cousin|colleague|student|neighbou?r|teammate|flatmate|baby|toddler|nan|gran|grandad|"
    r"grandma|grandpa|mate|bro|sis|patient|pupil"
)
_NAMED = rf"(?:my|a) (?:\w+ ){{0,2}}(?:{_KIN})"
_DOSE = r"(?:pills|tablets|meds|medication|painkillers|paracetamol|tylenol|ibuprofen|antidepressants)\b(?! to\b)"
_PLACE = r"on (?:a|the) (?:bridge|ledge|roof|tracks|railing)\b"
_HELP = r"(?:what (?:do|can|should) (?:i|we) do|help|hurry|please|up there|come down|jump)\b"
_SELF = r"(?:him|her|them)self"
_DONE = (
    r"(?:took|taken|swallowed|downed|ate) "
    r"(?:all|too many|a (?:whole )?(?:bottle|box|pack|handful|lot) of|(?:\d+|twenty|thirty|forty|fifty) ?(?:of )?)\b "
    rf"?(?:of )?(?:(?:his|her|their|my|the) )?(?:\w+ )?{_DOSE}|"
    r"(?:is ?n'?t|is not|stopped) breathing|wo ?n'?t wake up|will not wake up|(?:cut|slit) (?:his|her|their) wrists|"
    rf"just (?:hung|hanged|shot|stabbed) {_SELF}|"
    rf"(?:hung|hanged|shot|stabbed) {_SELF}\b[^.?!]{{0,40}}\b(?:just now|right now|(?:minutes?|an hour) ago|"
    r"bleeding|still (?:alive|breathing)|can'?t get (?:him|her|them) down)|"
    rf"(?:will|about to|going to|gonna) (?:kill|hang|shoot|drown) {_SELF}\b"
    r"[^.?!]{0,20}\b(?:tonight|today|now|rope|gun|noose|pills)\b|"
    r"about to jump(?= off| from|\W*$)|"
    r"(?:is|'s|has gone|went|turned|gone|looks) (?:\w+ (?:and )?){0,2}?(?:limp|unconscious|unresponsive|floppy)(?=\W*$|[,.] | and | in my )|"  # noqa: E501
    r"(?:has gone|went|turned|gone|going|limp and|lips (?:are|were|went)) blue\b|"
    r"(?:is|'s) (?:choking(?! up)|having a (?:stroke|seizure|heart attack))\b|face (?:has |is |just )*(?:droop|dropp)\w+"  # noqa: E501
)
_TO = r"\b(?:(?!\b(?:i|i'?m|i'?ve|im|ive)\b)[^.?!]){0,40}\b"
"""What stands between somebody and what they did: never a word for the member, whose own deed it would be."""
_ACUTE = re.compile(
    rf"\b(?:{_NAMED}|he|she){_TO}(?:{_DONE})|"
    rf"\b{_NAMED}{_TO}(?:is |are )?(?:standing |sitting )?{_PLACE}|"
    rf"\b(?:he|she)(?: is|'?s) (?:\w+ )?(?:standing |sitting |up )?{_PLACE}.{{0,70}}\b{_HELP}"
)
"""Somebody else for whom it may be a matter of minutes."""
_NOT_WAKING = re.compile(rf"\bcan(?:'?t|not) wake (?:him|her|them|{_NAMED})\b")
_BODY = re.compile(
    r"\b(?:crushing|tight\w*|heavy|squeezing|stabbing) ?(?:pain|pressure|weight)? (?:in|on|across) my chest\b.{0,60}\b(?:arm|jaw|sweat\w*|breath\w*)\b|"  # noqa: E501
    r"\bmy (?:throat|tongue|lips) (?:is|are|'s|keeps?)? ?(?:swelling|closing)\b|\bone side of my face\b|"
    r"\bmy face (?:has |is |just )*(?:droop|dropp|gone numb)\w*|"
    r"\bi(?:'ve| have)? (?:had|taken|took|ate|eaten) (?:about |like |over |already |maybe )*(?:1[2-9]|[2-9]\d) (?:\w+ )?(?:paracetamol|tylenol|ibuprofen|painkillers)\b"  # noqa: E501
)
"""The member's own body, where it may be a matter of minutes or hours."""
_NOT_ACUTE = re.compile(
    r"\b(?:on time|as (?:prescribed|told|usual)|as an? (?:kid|child|teen\w*)|with breakfast|for the (?:day|week)|"
    r"over the (?:month|week|year)|regularly|(?:years?|months|weeks|decades) ago|back then|in (?:19|20)\d\d|"
    r"last (?:year|month|summer|winter|spring|autumn)|when (?:i was (?:an? |little|young|small|\d)|we lived|we were)|"
    r"(?<!at )once|like a good|while cooking|with a (?:fork|needle)|in the foot|breathing (?:well|through|down|easy)|"
    r"wake (?:him|her|them|my \w+)(?: up)? (?:in time|for|in the mornings?|before|until|at \d)|"
    r"wake up (?:in time|in the mornings?|for (?:school|work|breakfast)|before|early|until|at \d)|"
    r"on (?:a|the) (?:bridge|ledge|roof|tracks|railing)\b[^.?!]{0,40}\b(?:fix|fish|clean|paint|repair|photo|picture|"
    r"sunbath|play|tiles?|gutter|chimney)\w*)\b"
)
"""Told beside it, that it is long over, or nothing of the kind."""


def is_acute_of_another(text: str) -> bool:
    """Whether a text, normalised, says so.

    >>> is_acute_of_another("my dad isn't breathing"), is_acute_of_another("my dad isn't breathing well")
    (True, False)
    """
    return bool(_ACUTE.search(text) or _NOT_WAKING.search(text)) and not is_no_emergency(text)


_OF_BODY = re.compile(
    r"\b(?:breath\w*|chok\w+|chest|heart|blood|bleed\w*|bled|vomit\w*|throw(?:ing)? up|swallow\w*|throat|tongue|lips|"
    r"faint\w*|pass(?:ing|ed)? out|collaps\w+|unconscious|seizure|stroke|numb|paraly[sz]\w+|can'?t (?:move|feel|see|stand)|"  # noqa: E501
    r"allerg\w+|sting|stung|epi ?pen|insulin|pills|tablets|overdos\w+|poison\w*|bleach|burn\w*|fire|smoke|gas|fumes|"
    r"carbon monoxide|drown\w*|water|river|sea|ice|trapped|stuck|crash\w*|fell|fallen|hit my head|head injury|stab\w*|shot|"  # noqa: E501
    r"cut|broken|bone|labou?r|contractions|pregnan\w+|hypothermi\w+|freez\w+|dehydrat\w+|electric\w*|shock|ambulance|"
    r"emergency|dying|pain|attack)\b"
)
_CALLED_OFF = re.compile(
    r"\b(?:(?:just |only )?(?:a |one of my |my (?:usual )?)?(?:panic|anxiety) attacks?|"
    r"(?:i|we) (?:don'?t|do not) need (?:an? |any |the )?(?:ambulance|doctor|help|hospital)|nothing(?:'s| is) wrong|"
    r"(?:it|that)(?:'s| is| has|'s all| is all)? (?:all )?(?:passed|over|gone|stopped|better)(?! me)|"
    r"i(?:'m| am) (?:fine|ok|okay|alright|all right|better|good)(?! (?:with|at|about|for))|"
    r"(?:just|only) (?:nerves|nervous|anxious|anxiety|stage fright|panic|heartburn))\b"
)


def tells_of_the_body(text: str) -> bool:
    """Whether a text, normalised, names anything of which a life can hang by illness or accident.

    Where only a model reads an emergency, one without such a word is none.

    >>> tells_of_the_body("i can't breathe"), tells_of_the_body("my hands are sweaty")
    (True, False)
    """
    return bool(_OF_BODY.search(text))


def calls_off(text: str) -> bool:
    """Whether somebody says in plain words that with their body all is well, or well again.

    >>> calls_off("no i don't need an ambulance"), calls_off("i'm fine with that")
    (True, False)
    """
    return bool(_CALLED_OFF.search(text))


def is_acute_of_body(text: str) -> bool:
    """Whether a text, normalised, tells of an emergency of the member's own body.

    >>> is_acute_of_body("crushing pain in my chest and down my left arm"), is_acute_of_body("a pain in my neck")
    (True, False)
    """
    return bool(_BODY.search(text))


def is_no_emergency(text: str) -> bool:
    """Whether a text, normalised, tells that what sounds like one is long over, or nothing of the kind."""
    return bool(_NOT_ACUTE.search(text))
