"""Words by which somebody in danger says that help has come, that they are safe, or that it was not so; normalised."""

from __future__ import annotations

import re

_KIN = (
    r"(?:mum|mom|mother|dad|father|parents|brother|sister|friend|friends|husband|wife|partner|boyfriend|girlfriend|"
    r"son|daughter|uncle|aunt|cousin|gran|grandma|grandpa|neighbou?rs?|room ?mate|flat ?mate|colleague|boss|teacher|"
    r"doctor|nurse|therapist|family|ex)"
)
_WHO = rf"(?:(?:my|our|a|the) (?:\w+ )?{_KIN}|some(?:one|body)|people|he|she|they)"
_CREW = r"(?:an? (?:ambulance|doctor|nurse|medic|paramedic)|the (?:ambulance|paramedics?|medics?|police|doctors?|nurses?|crew|crisis team|fire brigade)|paramedics|police|help)"  # noqa: E501
_LINE = (
    r"(?:999|112|911|000|111|116 ?123|988|(?:for )?(?:an?|the) (?:ambulance|doctor|hospital|police|paramedics)|"
    r"(?:the )?(?:emergency (?:number|services?|call|line)|emergency|samaritans|police|hospital|poison (?:control|line|centre|center)|hot ?line|help ?line|crisis line)|"  # noqa: E501
    r"(?:that|the|your) (?:number|line)|(?:for )?help|them)"
)
_CALLED = r"(?:called|rang|rung|phoned|dialled|dialed)"
_NOW = r"(?: (?:now|just|here|already|finally))*"
HELPED = re.compile(
    rf"\bi(?:'ve| have)? (?:(?:just|already|now|finally|did) )*{_CALLED} (?:up )?(?:{_LINE}|my (?:\w+ )?{_KIN}|some(?:one|body))\b|"  # noqa: E501
    rf"\b(?:{_WHO}|{_CREW})(?: has| have|'s|'ve)? (?:just |already )?{_CALLED} (?:{_LINE})\b|"
    rf"\bi(?:'m| am) (?:now |still )?(?:on the phone|on the line|speaking|talking) (?:with|to) (?:{_LINE}|{_WHO}|{_CREW})\b|"  # noqa: E501
    rf"\b{_CREW}(?:'s| is| are| has| have)?{_NOW} (?:with me|here|there|come|came|arrived|coming|on (?:its|the|their|his|her) way)\b|"  # noqa: E501
    rf"\b{_WHO}(?:'s| is| are)?{_NOW} (?:with me|here with me|here now|sitting with me|holding me|beside me|next to me|looking after me|in the room|coming over|on (?:their|his|her|the) way|taking me)\b|"  # noqa: E501
    rf"\b(?:my|our|a) (?:\w+ )?{_KIN}(?:'s| is| are) (?:just )?here\b|"
    rf"\bi(?:'m| am) (?:now |already )?(?:with (?:my|our|a) (?:\w+ )?{_KIN}|(?:at|in) (?:the |an? )?(?:hospital|a&e|er|emergency (?:room|department)|ambulance|clinic|ward))\b"  # noqa: E501
)
"""Somebody was called, is on the way, or is there."""
WHO_IT_IS = re.compile(rf"^(?:(?:it'?s|yes|yeah)[, ]+)*(?:(?:my|our|a|the) (?:\w+ )?{_KIN}|{_CREW})\W*$")
"""What answers who is there, and says nothing where that was not asked."""
SAFE = re.compile(
    r"\b(?:i(?:'m| am)|we(?:'re| are)) (?:(?:now|really|quite|all|completely|home and|fine and|okay and|ok and) )*safe\b(?! (?:from|to say|if))|"  # noqa: E501
    r"^(?:(?:yes|yeah|yep|i'm|ok)[, ]+)?(?:all )?safe(?: now| again| here)?\W*$"
)
_PILLS = (
    r"(?:my |the )?(?:vitamins?|"
    r"(?:normal|usual|regular|daily|prescribed|morning|evening) (?:pills?|tablets?|meds|medication|medicines?|dose))"
)
_AS_MEANT = (
    r"(?:i (?:just |only )*(?:meant?|was talking about|am talking about)|(?:it|that)(?:'s| was| is)|"
    r"(?:they|those)(?:'re| were| are)|only(?: took| had)?|just)"
)
_MORE = (
    r"(?:all|whole|every one|box(?:es)?|bottles?|packs?|packets?|too|as well|also|many|lots?|more|extra|double|twice|"
    r"rest|\d\d+|vodka|whisk(?:e)?y|wine|beer|rum|gin|alcohol|drink|drank|drunk|on top|together)"
)
NOT_SO = re.compile(
    r"\b(?:it|that|this|which|what i (?:said|wrote|told you)) (?:was(?:n'?t| not)|is(?:n'?t| not)) (?:actually |really |even )*(?:true|so|real|serious|what i meant)\b|"  # noqa: E501
    r"\b(?:it|that|this|what i (?:said|wrote|told you)) was (?:only |just |all )?(?:a |an )?(?:\w+ )?(?:lie|joke|prank|test|made up|quote|lyrics?|song|story|game|exaggeration)\b|"  # noqa: E501
    r"\bi (?:just )?made (?:it|that|this)(?: all)? up\b|\bi lied(?:\W*$| (?:about|when|there|earlier|to you)\b)|"
    r"\bi(?:'m| am| was)? (?:just |only )*(?:joking|kidding)\b|^(?:haha+,? )?(?:just|only) (?:joking|kidding|a joke)\b|"
    r"\bi (?:did ?n'?t|did not|have ?n'?t|have not|never) (?:actually |really |even )*(?:take|taken|took|swallow(?:ed)?|do|done|jump(?:ed)?|cut|mean) (?:any(?:thing)?|it|them|that|my (?:pills|tablets|wrists?)|myself|like that)\b(?! all\b)|"  # noqa: E501
    r"\bi(?:'m| am) not (?:on|at|near) (?:the|a|any) (?:bridge|roof|ledge|tracks|edge|window)\b|"
    r"\bi (?:meant|mean|was talking about|am talking about) (?:the |my )?(?:photos?|pictures?|film|movie|game|book|song|dog|cat)\b|"  # noqa: E501
    rf"^(?!.*\b{_MORE}\b).*\b(?:{_AS_MEANT}(?: (?:just|only|really))* {_PILLS}|as (?:prescribed|i do every (?:day|night|morning)))\b|"  # noqa: E501
    r"^(?:(?:no|nah|lol|omg|sorry|haha)[,!. ]+)*(?:it'?s|it was|i mean|i meant|that'?s) (?:just |only |from )?(?:a|the|my) (?:\w+ )?"  # noqa: E501
    r"(?:film|movie|series|show|episode|game|level|boss|song|lyric|play|book|novel|podcast|plant|expression|saying)\b|"
    r"\byou (?:misread|misunderstood|got (?:me|it|that) wrong)\b|\bfigure of speech\b|\bnot what i meant\b|"
    r"^(?:no,? )?(?:it was )?not (?:so|true|real)\W*$"
)
"""What was said is taken back in plain words; being fine, or laughing, takes nothing back."""
NO_WORD_OF_IT = re.compile(
    r"\?\W*$|\b(?:if|when|until|unless|wish|hope|maybe|almost|nearly|should|could|would|might|pretend|imagine|dream\w*|"
    r"no ?(?:one|body)|goodbye|farewell|mostly|sort of|kind of|half|yet|tonight|tomorrow|for the last time)\b|"
    r"\bi (?:will|'ll|am going to|'m going to|can'?t|cannot|won'?t)\b"
)
"""Beside it, nothing of this is a plain word: asked, wished for, or of another time."""
BACK = re.compile(
    r"\b(?:(?:he|she|they|everyone|everybody|"
    + _CREW
    + r"|(?:my|our) (?:\w+ )?"
    + _KIN
    + r")(?:'s| is| are|'ve| have| has)? (?:just |all )?(?:left|gone|went (?:away|home|off)|hung up|not coming|n'?t coming|never came|did ?n'?t come)|"  # noqa: E501
    r"i (?:hung up|sent (?:them|him|her) away|cancel+ed (?:it|them|the)|did ?n'?t (?:really |actually )*call|never (?:really |actually )*called|lied)|"  # noqa: E501
    r"(?:is|are)n'?t coming|no ?(?:one|body) (?:came|is (?:here|coming|there))|alone (?:again|now)|not safe)\b"
)
"""What was said of help or of being safe holds no more."""
_A_LINE = (
    r"(?:the |any |a |your |these |those |more |phone |hot ?|help ?|crisis )*"
    r"(?:lines?|numbers?|hot ?lines?|help ?lines?|samaritans)"
)
REFUSES = re.compile(
    r"\b(?:do ?n'?t|do not|stop|quit|no need to) (?:\w+ )?(?:"
    rf"(?:giv|send|show|post|want|need|offer)(?:e|ing)? (?:me )?{_A_LINE}\b|"
    r"(?:giv|send|show|post)(?:e|ing)? me (?:that|those|these)\W*$)|"
    rf"^(?:(?:please|and|but|ok|so)[, ]+)*no (?:more )?{_A_LINE}\b|"
    r"\bi(?: wo ?n'?t| will not| am not|'m not|'l+ never) (?:going to |gonna )?"
    rf"(?:cal+|ring|phone)(?:ing)? (?:{_A_LINE}|anyone|any ?body|a stranger|strangers)\b|"
    rf"\b{_A_LINE} (?:are|is|was|were) (?:all |so |just |completely )*"
    r"(?:useless|no (?:use|good|help)|pointless|rubbish|a joke)\b"
)
"""Who is in danger wants to hear of no helpline."""
EVASIVE = re.compile(
    r"^(?>(?:o+k+(?:ay|ey|s)?|k+|y|n|ye+s+|yea+h*|yh|ya+|yep|yup|sure|fine|whatever|whatevs|never ?mind|nvm|idk|idc|dunno|"  # noqa: E501
    r"i (?:don'?t|do not) (?:know|care)|i (?:guess|suppose)|may ?be|perhaps|lol+|lmao|rofl|(?:ha|he)(?:ha|he)*h?|hm+|mh+m*|mm+|uh+|um+|meh|"  # noqa: E501
    r"nothing|no+|nope|nah|not really|forget (?:it|about it|that)|(?:it )?(?:doesn'?t|does not) matter|who cares|cool|right|"  # noqa: E501
    r"al+ ?right|(?:i'?m|i am|it'?s|it is|that'?s|all|we'?re) (?:fine|ok(?:ay)?|good|alright|nothing|cool|whatever)|good|great|nice|thanks?(?: you)?|thx|ty|bye+|"  # noqa: E501
    r"good ?bye|good ?night|see (?:you|ya)|cya|so|and|well|then|anyway|but|now|stop|so what|hi|hey|hello|same|true|k thx|leave me(?: alone)?|"  # noqa: E501
    r"can we talk about something else|change (?:of|the) subject|why|what|huh|wow|omg|ugh|sorry|please|"
    r"i(?:'l+| wil+|'m going to|'m gonna|'m)? ?(?:just )?(?:go|going|leave|log off|be off|stop)(?: then| now)?)(?:[\s,.!?;:…-]+|$))+$"  # noqa: E501
)
"""A short line that says nothing of how it is."""
