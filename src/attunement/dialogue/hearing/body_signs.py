"""Tells by plain words where somebody's body is in danger: what a line for emergencies would send help for.

After what the NHS names as reasons to call 999 (https://www.nhs.uk/nhs-services/urgent-and-emergency-care-services/):
heart, stroke, breath, blood, allergy, poison, head, pregnancy, low sugar, fever, seizure. Most signs mean little alone,
and so most of these want two together, in one sentence or two that follow each other.
"""

from __future__ import annotations

import re
from itertools import pairwise

_NEAR = r"[^.?!]{0,45}\b"
_SIDE = r"(?:(?:my|the|his|her|their|one|left|right|whole|half|of) ){0,4}"
_MY = r"(?:(?:my|the|his|her|their) )?"
_FEW = r"(?:\w+ ){0,3}?"


_CHEST = (
    rf"(?:chest|heart) {_FEW}(?:hurt\w*|pain\w*|tight\w*|crush\w*|pressure|squeez\w*|heavy|aching|aches)|chest pains?|"
    rf"(?:pain\w*|pressure|tight\w*|weight|ache|band|squeezing) {_FEW}(?:in|on|across|around|round|through) {_MY}chest|"
    rf"elephant {_FEW}on {_MY}chest"
)
_WITH_CHEST = (
    r"(?:arms?|jaw|shoulder)\b(?! him| her| me| them)|sweat(?:ing|y|s)?\b|clammy|faint\b|(?:feel\w*|being|been) sick|"
    r"nause\w+|pass(?:ed|ing)? out|grey\b|gray\b|short of breath"
)
_WHETHER_TO_CALL = r"heart attack|ambulance|a ?(?:&|and|n) ?e\b|999|911|112"
_DEAD = r"numb|dead|limp|floppy|weak|won'?t (?:move|work|lift)|doesn'?t (?:move|work)"
_LIMB = rf"{_SIDE}(?:arms?|hands?|legs?|feet|foot|face|side|body|mouth)"
_STROKE = (
    rf"(?:speech|words?|talking) {_FEW}(?:slurr\w+|garbled|jumbled|wrong)|"
    rf"(?:slurr\w+|garbled) {_FEW}(?:speech|words)|{_LIMB} {_FEW}(?:{_DEAD})|can'?t (?:move|feel|lift|raise) {_LIMB}|"
    rf"vision (?:\w+ )?(?:went|gone|going|lost)|can'?t see (?:out of|with|from) {_SIDE}eye|"
    rf"face {_FEW}(?:droop\w*|dropp\w*|sagg\w*)"
)
_SUDDEN = r"sudden\w*|all at once|out of nowhere|just now|since this morning|one side"
_BLEEDS = (
    r"(?:won'?t|will not|doesn'?t|does not|isn'?t|not) stop(?:ping)? bleeding|"
    r"(?:can'?t|cannot|unable to) (?:stop|get) (?:\w+ ){0,3}?(?:bleeding|blood)\b|"
    r"bleed\w* (?:\w+ ){0,3}?(?:won'?t|will not|doesn'?t|does not|isn'?t) (?:stop|slow)\w*|"
    r"blood (?:is |keeps |just )*(?:pouring|spurting|gushing)|"
    r"(?:throw\w*|threw|thrown|vomit\w*|cough\w*|spitting|sicking) (?:up )?(?:(?:a )?(?:lot|lots|bit) of )?(?:\w+ )?blood\b"  # noqa: E501
)
_SWOLLEN = rf"(?:throat|tongue|lips?|face|mouth) {_FEW}(?:swell\w*|swollen|clos(?:ing|es|ed)|thick\w*|puff\w*|tight\w*|itch\w*)"  # noqa: E501
_ALLERGEN = (
    r"stung|sting|bees?\b|wasps?\b|(?:pea)?nuts?\b|shellfish|prawns?|shrimps?|sesame|hives|epi-?pen|allerg\w+|antibiotics?|"
    r"penicillin|can'?t (?:breathe|swallow)"
)
_NO_AIR = (
    r"(?:can'?t|cannot|hard to|struggl\w+ to|hurts to) (?:\w+ )?(?:breathe?|catch my breath|get (?:any |enough )?air)\b|"  # noqa: E501
    r"short of breath|gasping|wheez\w+"
)
_LUNG = r"inhaler|asthma\w*|turning blue|(?:leg|calf)\b[^.?!]{0,20}\b(?:swollen|red)|swollen (?:leg|calf)|blood clot|pneumonia"  # noqa: E501
_POISON = (
    r"bleach|antifreeze|cleaning \w+|(?:\w+ )?cleaner|detergent|disinfectant|descaler|drain \w+|petrol|weed ?killer|"
    r"paint thinner|white spirit|lamp oil"
)
_GAS = r"(?:smell\w*|leak\w*) (?:of |the |strongly of )?gas\b|gas leak|carbon monoxide|heater|boiler|fumes (?:in|from)"
_POISONED = (
    r"dizzy|(?:head|headache) is \w+|head(?:'s)? (?:split|pound|throb)\w+|(?:feel\w*|being|been) sick|poison\w*|faint"
)
_MEDICINE = r"(?:tablets?|pills?|insulin|meds?|medication|dose)"
_MISTAKE = r"by (?:mistake|accident)|accident\w*|mistook|thinking it was|thought it was|didn'?t (?:see|read|know)"
_FAINT = r"pass(?:ed|ing)? out|faint(?:ed|ing)?\b|black(?:ed|ing)? out|collaps\w+"
_HEAD = r"(?:hit|bang(?:ed)?|bump(?:ed)?|smash(?:ed)?|crack(?:ed)?|bash(?:ed)?) (?:my|his|her|their) head"
_AFTER_HEAD = (
    rf"(?:being|been|feel\w*) sick|throw\w* up|vomit\w*|{_FAINT}|blurr?\w*|double|confus\w+|drows\w+|knocked out|"
    r"can'?t (?:remember|stay awake|see)|fluid|blood from (?:my|his|her) ear"
)
_FALL = r"fell|fall\b|fallen|crash\w*|accident|ladder|stairs|knocked|hit by"
_DROP = (
    r"(?:fell|fallen) (?:over|(?:off|down|from|out of) (?:\w+ )?(?:\w+ )?(?:stairs|steps|ladder|roof|tree|bed|window))"
)
_DIGIT = r"(?:fingers?|thumbs?|toes?|fingertips?)\b(?! ?(?:nails?|rings?|socks?|puppets?|food)\b)"
_PREGNANT = r"pregnant|pregnancy|\d\d? weeks (?:along|gone)|trimester"
_TOGETHER = (
    (_CHEST, _WITH_CHEST), (_CHEST, _WHETHER_TO_CALL), (_CHEST, _STROKE), (_STROKE, _SUDDEN),
    (_STROKE, r"worst headache"), (rf"(?:speech|words?) {_FEW}(?:slurr\w+|garbled)", rf"{_LIMB} {_FEW}(?:{_DEAD})"),
    (r"worst headache", r"thunderclap|sudden\w*|out of nowhere|exploded|stiff neck|can'?t see"),
    (_PREGNANT, r"bleeding|blood\b|waters? (?:broke|broken)"), (_SWOLLEN, _ALLERGEN), (_NO_AIR, _LUNG),
    (rf"(?:drank|drunk|swallowed|ate|eaten) {_FEW}(?:{_POISON})", _MISTAKE), (_GAS, _POISONED),
    (rf"{_MEDICINE} (?:\w+ )?(?:twice|double)|(?:double|twice|too many|too much|wrong) {_FEW}{_MEDICINE}", _MISTAKE),
    (_HEAD, _AFTER_HEAD), (rf"{_HEAD}|{_DROP}", _WHETHER_TO_CALL),
    (r"can'?t (?:feel|move) (?:my|his|her) (?:legs?|feet|neck)", _FALL),
    (rf"heart {_FEW}(?:racing|pounding|flutter\w+|beating|skipping)", _FAINT),
    (r"fever|temperature|temp\b|burning up", r"seeing things|hallucinat\w+|stiff neck|confused|(?:40|41)\b|10[45]\b"),
    (r"had (?:a |an |another )?(?:fit|seizure)\b", r"another|again|just now|today"),
)  # fmt: skip
"""Signs that mean little alone."""
_ALONE = (
    _BLEEDS,
    r"(?:have ?n'?t|has ?n'?t|not|can'?t|stopped) (?:felt |feel |feeling )?(?:the |my )?baby(?:'s)? (?:mov\w+|kick\w*)",
    r"baby (?:has |is )?(?:stopped|not|hasn'?t|isn'?t) (?:been )?(?:mov\w+|kick\w*)",
    rf"(?:tongue|lips?) {_FEW}(?:swelling|swollen)",
    rf"lips? {_FEW}(?:gone|going|turn\w*|went|are|look) (?:\w+ )?blue\b",
    r"(?:sugars?|glucose|bg) (?:\w+ ){0,3}?(?:is|was|at|to|down to|reads?|says) (?:\w+ )?(?:[12]\.\d|3\.[0-2])\b",
    rf"(?:stitches|wound|scar|incision) {_FEW}(?:burst|split|open\w*|tore){_NEAR}(?:pour\w*|bleed\w*|blood|gush\w*|out)",  # noqa: E501
    r"rash\b[^.?!]{0,40}\b(?:does ?n'?t fade|not fading|under a glass|stiff neck)",
    r"had (?:\w+ )?seizures\b",
    rf"(?:cut|saw(?:ed|n)|chopp?ed|sliced|ripped|tore|took) (?:\w+ )?off (?:my|his|her|their|a|the) (?:\w+ )?{_DIGIT}",
    rf"{_DIGIT} (?:\w+ )?(?:hang(?:s|ing)?|severed|came off|come off|cut off|dangl\w+)\b",
    r"(?:shaking|jerking|convulsing) (?:and |, ?)?foaming\b|foaming\b[^.?!]{0,20}\b(?:jerking|convulsing|unconscious)",
)
_PAIRS = tuple((re.compile(rf"\b(?:{one})"), re.compile(rf"\b(?:{other})")) for one, other in _TOGETHER)
_SIGNS = re.compile("|".join(rf"\b(?:{one})" for one in _ALONE))
_BREATHLESS = re.compile(
    r"^(?:help[,! ]+)?(?:i )?(?:can'?t|cannot) breathe?(?: at all| any ?more| right now| now| properly)?\W*$"
)
_ENDS = re.compile(r"[.?!]+(?=\s|$)|\n")
_NO_SIGNS = re.compile(
    r"\b(?:panic|anxiety|slept on|fell asleep|pins and needles|gym|work ?out|leg day|marathon|berr(?:y|ies)|lipstick|dye|"  # noqa: E501
    r"for laughing|laugh\w*|dream\w*|film|movie|novel|lyrics?|tattoo|on the phone|nurse told|doctor said|"
    r"(?:used|learned|learnt|trained|training) to|first aid|course|if (?:i|he|she|they|somebody|someone)|"
    r"when i (?:think|see|hear|tell|talk|remember|try)|when(?:ever)? (?:he|she|they|you) |years? ago|last (?:year|month|week)|"  # noqa: E501
    r"as a (?:kid|child)|metaphor\w*|on stage|nerves|drunk|hungover|pints|vodka|wine)\b"
)
"""Beside these, the same words are mostly of something else."""
_THEIRS = re.compile(r"\b(?:his|her|their)\b")
_MINE = re.compile(
    r"\b(?:my (?:\w+ )?(?:chest|arms?|jaw|head|legs?|feet|tongue|throat|lips?|speech|words|sugars?|glucose|heart|stitches|"  # noqa: E501
    r"wound|face|mouth|side|vision|eyes?|calf|body)|i'?m|i am|i (?:had|can'?t|have|took|drank|keep|hit|fell|threw))\b"
)
_SAID_BY_ANOTHER = re.compile(
    r"\b(?:he|she|they|my \w+|boss) (?:\w+ )?(?:won'?t|will not|does ?n'?t|does not|do ?n'?t|refuses|says?|said|"
    r"thinks?|told)\b[^.!?;,]*?(?=$|[.!?;,]| but\b)"
)
"""What another says of it, or will not have."""


def has_body_signs(text: str) -> bool:
    """Whether a text, normalised, tells of signs of an emergency of somebody's body.

    >>> has_body_signs("my chest hurts and my arm is numb"), has_body_signs("my arm is numb, i slept on it")
    (True, False)
    """
    parts = [part for part in _ENDS.split(text) if part.strip()]
    return any(_tells(f"{one}. {after}") for one, after in pairwise([*parts, ""]))


def has_own_body_signs(text: str) -> bool:
    """The same, of the body of who writes it.

    >>> has_own_body_signs("my speech is suddenly slurred"), has_own_body_signs("his speech is suddenly slurred")
    (True, False)
    """
    return has_body_signs(text) and (not _THEIRS.search(text) or bool(_MINE.search(text)))


def without_anothers_say(text: str) -> str:
    """A text, normalised, without what others say to it: who will have no help called is not who needs it.

    >>> without_anothers_say("my chest hurts but he won't let me call 999")
    'my chest hurts but '
    """
    return _SAID_BY_ANOTHER.sub("", text)


def _tells(part: str) -> bool:
    found = _SIGNS.search(part) or any(one.search(part) and other.search(part) for one, other in _PAIRS)
    return bool(found) and not _NO_SIGNS.search(part)


def is_breathless(text: str) -> bool:
    """Whether a text, normalised, says nothing but that its writer cannot breathe: an emergency, or a panic.

    >>> is_breathless("i can't breathe"), is_breathless("can't breathe since she left")
    (True, False)
    """
    return bool(_BREATHLESS.search(text))
