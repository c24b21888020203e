"""Tells where it may be a matter of minutes for somebody a member writes of."""

from __future__ import annotations

import re

from attunement.dialogue.hearing.body_signs import has_body_signs, has_own_body_signs

_KIN = (
    r"friend|brother|sister|mum|mom|mother|dad|father|son|daughter|kid|child|husband|wife|partner|boyfriend|girlfriend|"
    r"roommate|ex|uncle|aunt|cousin|colleague|co-?worker|student|neighbou?r|teammate|flatmate|baby|toddler|nan|gran|grandad|"
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
    r"(?:is ?n'?t|is not|stopped) breathing|wo ?n'?t wake up|will not wake up|"
    r"(?:cut|slit) (?:his|her|their) wrists|"
    rf"just (?:hung|hanged|shot|stabbed) {_SELF}|"
    rf"(?:hung|hanged|shot|stabbed) {_SELF}\b[^.?!]{{0,40}}\b(?:just now|right now|(?:minutes?|an hour) ago|"
    r"bleeding|still (?:alive|breathing)|can'?t get (?:him|her|them) down)|"
    rf"(?:will|about to|going to|gonna) (?:kill|hang|shoot|drown) {_SELF}\b"
    r"[^.?!]{0,20}\b(?:tonight|today|now|rope|gun|noose|pills)\b|"
    r"about to jump(?= off| from|\W*$)|"
    r"(?:is|'s|has gone|went|turned|gone|looks) (?:\w+ (?:and )?){0,2}?(?:limp|unconscious|unresponsive|floppy)(?=\W*$|[,.] | and | in my )|"  # noqa: E501
    r"(?:has gone|went|turned|gone|going|limp and|lips (?:are|were|went)) blue\b|"
    r"(?:is|'s) (?:choking(?! up| me\b)|having a (?:stroke|seizure|heart attack))\b|face (?:has |is |just )*(?:droop|dropp)\w+"  # noqa: E501
)
_TO = r"\b(?:(?!\b(?:i|i'?m|i'?ve|im|ive)\b)[^.?!]){0,40}\b"
"""What stands between somebody and what they did: never a word for the member, whose own deed it would be."""
_ACUTE = re.compile(
    rf"\b(?:{_NAMED}|he|she){_TO}(?:{_DONE})|"
    rf"\b{_NAMED}{_TO}(?:is |are )?(?:standing |sitting )?{_PLACE}|"
    rf"\b(?:he|she)(?: is|'?s) (?:\w+ )?(?:standing |sitting |up )?{_PLACE}.{{0,70}}\b{_HELP}"
)
"""Somebody else for whom it may be a matter of minutes."""
_TAKEN = re.compile(
    r"\b(?:he|she|they)(?:'?s|'?ve| has| have)? (?:just |already )?(?:taken|swallowed) (?:"
    r"(?:some|loads|a load|a bunch|(?:like |about )?\d\d+|all of (?:them|it))(?=\W*$|[.,!?])|"
    r"(?:her|his|all the|the) (?:pills|tablets|meds)\b)"
)
"""What somebody took, told without its name, as it is in the midst of a talk about it."""
_NOT_BREATHING = re.compile(
    rf"\b(?:(?:my|our|the|a) (?:\w+ ){{0,2}}(?:{_KIN}|grandmother|grandfather|man|woman|boy|girl)|"
    r"some(?:one|body)|baby|he|she|they)(?:'?s|'?re| is| are)? "
    r"(?:not|no longer|is ?n'?t|are ?n'?t|barely|hardly|(?:does ?n'?t|do ?n'?t|does not) seem to be) breathing\b|"
    r"^(?:(?:help|please|omg|oh my god|god|911|999|112)[,.! ]+)*not breathing\b"
)
"""Somebody who does not breathe now, named or not; who "was not breathing" may have died long since."""
_NOT_WAKING = re.compile(rf"\bcan(?:'?t|not) wake (?:him|her|them|{_NAMED})\b")
_BODY = re.compile(
    r"\b(?:crushing|tight\w*|heavy|squeezing|stabbing) ?(?:pain|pressure|weight)? (?:in|on|across) my chest\b.{0,60}\b(?:arm|jaw|sweat\w*|breath\w*)\b|"  # noqa: E501
    r"\bmy (?:throat|tongue|lips) (?:is|are|'s|keeps?)? ?(?:swelling|closing)\b|\bone side of my face\b|"
    r"\bmy face (?:has |is |just )*(?:droop|dropp|gone numb)\w*|"
    r"(?:^|\bi(?:'ve| have)? )(?:just )?(?:had|taken|took|ate|eaten) (?:about |like |over |already |maybe )*(?:1[2-9]|[2-9]\d) (?:\w+ )?(?:paracetamol|tylenol|ibuprofen|painkillers)\b"  # noqa: E501
)
"""The member's own body, where it may be a matter of minutes or hours."""
_NOT_ACUTE = re.compile(
    r"\b(?:(?:he|she|they)(?:'s|'re| is| are)? (?:\w+ )?"
    r"(?:in (?:intensive care|the icu|icu|hospital|theatre|the ambulance)|on a ventilator)|"
    r"on time|as (?:prescribed|told|usual)|as an? (?:kid|child|teen\w*)|with breakfast|for the (?:day|week)|"
    r"over the (?:month|week|year)|regularly|(?:years?|months|weeks|decades) ago|back then|in (?:19|20)\d\d|"
    r"last (?:year|month|summer|winter|spring|autumn)|when (?:i was (?:an? |little|young|small|\d)|we lived|we were)|"
    r"(?<!at )once|like a good|while cooking|with a (?:fork|needle)|in the foot|"
    r"breathing (?:well|through|down|easy|a word|life into|fire(?! (?:crew|brigade|engine|service)))|"
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
    theirs = bool(_TAKEN.search(text)) or (has_body_signs(text) and not has_own_body_signs(text))
    seen = theirs or any(pattern.search(text) for pattern in (_ACUTE, _NOT_BREATHING, _NOT_WAKING))
    return seen and not is_no_emergency(text)


_NERVES = re.compile(
    r"\b(?:(?:hands?|palms?|knees?) (?:\w+ )?(?:\w+ )?(?:sweaty|shaky|sweat|trembl\w+|wobbly)|butterflies|nervous|"
    r"anxious|worried|stage fright|blush\w*)\b"
)
_FLUSHED = re.compile(
    r"^(?:(?:and|so|now|ugh|lol|god)[, ]+)*my (?:face|cheeks?|nose|ears|hands?)"
    r"(?:'s| is| are| went| goes| gets?| turns?| feels?) (?:(?:so|all|really|bright|very) )*(?:red|pink|hot|warm)"
    r"(?: (?:now|again|lol|rn|every time|all the time))?(?: from (?:the )?(?:cold|wind|sun|heat|oven|gym|run(?:ning)?|"
    r"laughing|crying|blushing|cooking|washing up))?\W*$"
)
"""A face that is red, and nothing beside it."""
MOST_OF_NERVES = 7
"""Words a line may have that tells of nerves and of nothing else."""
_LEAD = r"(?:^|[.!?,;] ?)(?:(?:no+|nah|nope|sorry|ok(?:ay)?|oh|yes|yeah|honestly|actually|really|and)[, ]+)*"
_END = r"(?: now| again| already| really| thanks)*(?=\W*$|[.,;!]| and\b)"
_CALLED_OFF = re.compile(
    rf"{_LEAD}(?:(?:it|that)(?:'s| is| was) )?(?:just |only )*(?:an? |another |one of my |my usual )?"
    rf"(?:panic|anxiety) attacks?{_END}|"
    rf"{_LEAD}(?:i|we) (?:don'?t|do not) need (?:an? |any |the )?(?:ambulance|doctor|hospital){_END}|"
    rf"{_LEAD}nothing(?:'s| is) wrong{_END}|{_LEAD}(?:it|that)(?:'s| is| has)? (?:all )?passed{_END}|"
    rf"{_LEAD}i(?:'m| am) (?:fine|ok|okay|alright|all right){_END}|"
    rf"{_LEAD}(?:i (?:don'?t|do not) need (?:an? )?(?:ambulance|doctor),? )?(?:it|this)(?:'?s| is) (?:just |only )?"
    r"(?:an? |my (?:usual )?)?(?:panic|anxiety) attack|"
    r"\b(?:i'?ve|i have) had (?:it|this|them|these) (?:before|loads|lots|many times|a lot|for years)\b"
    r"(?=.*\b(?:panic|anxiety)\b)|"
    r"\b(?:the |my )?(?:gp|doctor|dr|hospital|a&e|er) (?:has |have )?(?:said|says|told me) "
    r"(?:it(?:'?s| is| was) )?(?:just |only )?(?:panic|anxiety)\b"
)
_HEDGED = re.compile(
    r"\b(?:but|worse|different|never|still|though|except|yet|unless|if|when|maybe|perhaps|probably|not sure|"
    r"i (?:think|guess|hope)|numb|can'?t (?:feel|move)|arm|jaw|again|coming back|for now)\b|\?"
)
"""Beside it, nothing is called off: who is in an emergency makes light of it."""


def is_of_nerves(text: str) -> bool:
    """Whether a line, normalised, tells of nerves and of nothing else: what a model alone reads in it is no emergency.

    >>> is_of_nerves("my hands are sweaty"), is_of_nerves("jaw aches, chest tight, palms sweaty and i feel floaty")
    (True, False)
    """
    return bool(_FLUSHED.match(text) or (_NERVES.search(text) and len(text.split()) <= MOST_OF_NERVES))


def calls_off(text: str) -> bool:
    """Whether somebody says in plain words that with their body all is well, or well again, and nothing against it.

    >>> calls_off("no i don't need an ambulance"), calls_off("it feels like a panic attack but worse")
    (True, False)
    """
    return bool(_CALLED_OFF.search(text)) and not _HEDGED.search(text)


def is_acute_of_body(text: str) -> bool:
    """Whether a text, normalised, tells of an emergency of the member's own body.

    >>> is_acute_of_body("crushing pain in my chest and down my left arm"), is_acute_of_body("a pain in my neck")
    (True, False)
    """
    return bool(_BODY.search(text)) or has_own_body_signs(text)


def is_no_emergency(text: str) -> bool:
    """Whether a text, normalised, tells that what sounds like one is long over, or nothing of the kind."""
    return bool(_NOT_ACUTE.search(text))
