"""Patterns of how somebody is followed, watched, pressed and kept from others: control, with no hand raised."""

from __future__ import annotations

from attunement.reading.persons import CLOSE, LOVER, MAN, PARTNER, WHO

_PURSUER = rf"(?:my ex\b(?:[ -]{PARTNER})?|this (?:man|guy)|some (?:man|guy))"
_STALKS = (
    rf"(?:{_PURSUER} (?:\w+ )?(?:keeps?|kept|still|always)|he keeps) (?:turn|show)(?:ing|s) up (?:outside|at) "
    r"(?:my|our) (?:\w+ )?(?:work|workplace|house|flat|home|door|school|college|office|place|gym|window)\b"
    r"(?! (?:to|for|with|on time))",
    rf"{_PURSUER} (?:\w+ )?(?:keeps?|kept|still) com(?:ing|es) (?:to|round to) "
    r"(?:my|our)\b(?! \w+ (?:to|for|with|on)\b)",
    rf"(?:(?:{_PURSUER}|somebody|someone) (?:\w+ )?(?:follow(?:s|ed)|is following|been following|keeps following)|"
    r"he (?:keeps|has been) following) me (?:home|everywhere|around town|in (?:his|her|the|a) (?:car|van)|"
    r"from (?:work|school|the bus|the station))\b",
)
_THE_CHILDREN = r"(?:the|my|our) (?:kids|children|baby|sons?|daughters?|little ones?)"
_HELD = (
    rf"{LOVER} (?:\w+ )?(?:doesn'?t|does not|won'?t|never) (?:allow|let)s? me (?:to )?"
    r"(?:see|meet|talk to|speak to|visit) (?:any of )?my (?:\w+ )?"
    r"(?:friends?|family|mum|mom|mother|dad|sisters?|brothers?|parents|folks)\b(?! (?:until|til+|this|on|tonight)\b)",
    rf"{WHO} (?:\w+ )?(?:says?|said|told me|tells me|threat\w+) (?:that )?(?:if i (?:ever )?(?:leave|left|go)"
    rf"[^.!?;]{{0,20}} i(?:'?l+| wil+|'?d| would) never see {_THE_CHILDREN}|"
    rf"i(?:'?l+| wil+|'?d| would) never see {_THE_CHILDREN}[^.!?;]{{0,20}} if i (?:ever )?(?:leave|left|go))\b",
)
"""How somebody is kept from leaving, and from everybody else."""
_ONE = rf"(?:{LOVER}|he|she)"
_TRACKER = r"(?:gps(?: tracker)?|(?:air|tracking) ?tag|tracker|tracking (?:app|device)|spyware|key ?logger|stalkerware)"
_SMALL = r"(?:(?:hidden|secret|small|little|tiny) )?"
_MINE = r"my (?:car|van|bike|bag|handbag|coat|jacket|phone|laptop|shoes?)"
_BARE = r"(?:in the (?:shower|bath)|naked|asleep|sleeping|(?:un|getting (?:un)?)dress(?:ed|ing)|getting changed|in bed)"
_THEN = r"(?=\W*$|[.!?;,]| (?:and|but|so|that|or|if|because|again)\b)"
_ALSO = r"(?:(?!never\b|hardly\b|rarely\b|not\b)\w+ )?"
"""A word before what is done, if it does not deny that."""
_WATCHED = (
    rf"(?:{_PURSUER}|{_ONE}) {_ALSO}(?:put|hid|planted|installed|fitted) (?:an?|his|her) {_SMALL}{_TRACKER} "
    rf"(?:on|in|under|into) (?:{_MINE}|me)\b(?! (?:in case|because i|so (?:that )?i|for me|with my)\b)",
    rf"(?:found|discovered) (?:an?|his|her) {_SMALL}{_TRACKER} (?:hidden )?(?:on|in|under|inside) {_MINE}\b"
    r"(?! (?:that )?(?:i|we)\b)",
    rf"(?:he|she|{CLOSE}|{MAN}|(?:my|the) landlord) {_ALSO}(?:put|hid|has|had|installed|set up) (?:an?|the|his|some) "
    rf"(?:(?:\w+ )?cameras? (?:hidden )?in (?:the|my|our) (?:bathroom|shower|toilet){_THEN}|"
    rf"(?:hidden|secret|spy) cameras? in (?:the|my|our) (?:bathroom|shower|toilet|(?:bed)?room){_THEN}|"
    r"(?:\w+ )?cameras? in (?:the|my|our) (?:bed)?room without (?:telling|asking) me\b)",
    rf"{_ONE} {_ALSO}(?:checks|reads|goes through|searches|looks through) (?:all )?my "
    r"(?:phone|messages|texts|emails) (?:every (?:day|night|evening|time)|when(?:ever)? i(?:'m| am) asleep|"
    r"behind my back|without asking|"
    r"for (?:other )?men'?s?\b|to see who)\b",
    rf"(?:{LOVER} {_ALSO}(?:checks|goes through|demands|counts)|{_ONE} {_ALSO}makes me (?:show|give|hand)) "
    r"(?:(?:him|her) |over )?(?:all |every |each )?(?:of )?(?:my |the )?receipts?\b(?! (?:for|at|to) )",
    rf"(?:{_PURSUER}|{_ONE}) (?:\w+ ){{0,3}}(?:makes?|made|creates?|created) (?:\w+ )?fake (?:accounts?|profiles?) "
    r"(?:just )?to (?:watch|follow|message|contact|stalk|spy on) me\b(?! back\b)",
    rf"{_PURSUER} {_ALSO}(?:turns?|shows?) up (?:outside|at) my "
    r"(?:work|house|flat|home|door|school|college|office|gym) "
    r"(?:again|every|each|all the time|most|unannounced|at night|uninvited)\b"
    r"(?![^.!?;]*\b(?:kids|children|son|daughter|pick|collect|drop)\w*)",
    rf"(?:my|the) landlord {_ALSO}(?:comes? in|came in|lets? himself in|walks? in|walked in) (?:while|when) "
    rf"i(?:'m| am| was) {_BARE}\b",
)
"""What is looked into, and by whom, without leave."""
_TREAT = r"\b(?:party|surprise|present|birthday|sweets|cake|ice cream)\b"
"""What a harmless secret of two is about."""
_PRESSED = (
    rf"{_ONE} {_ALSO}(?:sulks?|shouts?|rages?|gets? (?:angry|mad|nasty)|(?:won'?t|doesn'?t) (?:speak|talk) to me|"
    r"punishes me)\b[^.!?;]{0,30} (?:(?:unless|until|til+) i (?:sleep with (?:him|her)|have sex|give (?:him|her) sex)|"
    r"if i (?:don'?t|won'?t|refuse to) (?:sleep with (?:him|her)|have sex|want sex|give (?:him|her) sex))\b",
    rf"(?:he|she|{CLOSE}) (?:\w+ )?(?:won'?t|doesn'?t|does not|never) (?:let|allow)s? me (?:to )?"
    r"(?:(?:see|go to) (?:an?|the|my) (?:doctor|gp|midwife|hospital)|(?:call|ring|go to) the police)\b"
    r"(?! (?:until|til+|today|tonight|on|this|about|yet|for|with|to|and (?:see|visit))\b)",
    rf"(?:{WHO}|my (?:boss|employer)) {_ALSO}(?:took|keeps?|kept|hid|locked (?:up|away)) my "
    r"(?:passport|id card|visa|immigration papers) (?:so (?:that )?i can'?t|and (?:won'?t|will not) (?:give|let))\b",
    rf"my (?:\w+ )?(?:boss|manager|supervisor|colleague|landlord) {_ALSO}(?:texts?|messages?|emails?|comments?|"
    r"keeps (?:commenting|talking|texting)|talks?|makes? (?:comments|jokes|remarks))\b[^.!?;]{0,20} (?:on|about) my "
    rf"(?:body|bum|breasts?|boobs|legs|chest|bra|underwear|figure){_THEN}",
    rf"{MAN} {_ALSO}(?:says?|said|asks?|asked|tells?|told)\b(?:(?!{_TREAT})[^.!?;]){{0,30}}\bour (?:little |special )?"
    rf"secret(?=\W*$|[.!?;,]| (?:and|but|or|if)\b)(?!.*{_TREAT})",
)
"""What somebody is pressed to, or kept from."""
CONTROL = (*_STALKS, *_HELD, *_WATCHED, *_PRESSED)
"""All of these; each is looked for in `normalise`d text, at the beginning of a word."""
