"""Tells where somebody writes that another person hurts them, so that help for that is shown first."""

from __future__ import annotations

import re
from dataclasses import replace

from attunement.domain.reading import SIGNS, Harm, Reading, RiskLevel, RiskReading
from attunement.reading.coming_out import tells_of_coming_out
from attunement.reading.control import CONTROL
from attunement.reading.persons import ADULT, CLOSE, ELDER, LOVER, MAN, PARTNER, WHO
from attunement.reading.plain_text import normalise
from attunement.reading.risk import RULE_P

_NEAR = r"\b[^.!?;]{0,30}\b"
_DOES = r"(?:hit|punch|kick|slap|chok|strangl|shov|rap|molest|abus|stalk|assault|attack)(?:p?e?s|p?ed|p?ing|t?ing)?"
_FEARS = r"(?:scared|afraid|terrified|frightened)"
_OR_SO = r"(?=$|[.!?,;]| and | at night| again| when (?:he|she|they))"
_COMES = r"(?:\w+ )?(?:comes?|came|gets?|got|climbs?|climbed|sneaks?|lies|slips?|creeps?|crept)"
_GOES_ON = (
    r"(?=\W*$|[.!?;]|,? (?:but|again)\b|,? and (?:i|then i|it|gets?|lies?|lays?|sits? on|touch\w*|makes?|puts?|does|"
    r"he (?:touch\w*|gets?|lies?|sits?|puts?|makes?|does|stays?))\b|"
    r",? (?:i (?:pretend|don'?t|hate|can'?t|lie|cry)|when (?:mum|mom|every\w+|she|(?:our|my|the) parents)))"
)
"""What may follow where no harmless reason is told."""
_A_CHILD = r"i(?:'m| am) (?:only |just )?(?:\d|1[0-7]|\w+teen|eight|nine|ten|eleven|twelve)\b[^.!?;]{0,20}\b"
_UNNAMED = (
    rf"(?:{MAN}|dad|daddy|step ?dad) {_COMES} (?:in ?to|in|on|to) my room (?:at night|(?:most|every|some) nights?|"
    rf"when (?:every(?:one|body)|mum|mom|she|they)(?:'s| is| are)? (?:asleep|out|at work|gone)){_GOES_ON}",
    rf"{MAN} {_COMES} (?:in ?to |in |on )?(?:my bed|bed with me)(?: at night)?{_GOES_ON}",
    rf"(?:(?:{ADULT}|he) (?:\w+ )?(?:makes|made|forces|forced)|{ADULT} (?:\w+ )?(?:asks|asked)) me (?:to )?"
    r"(?:touch (?:him|it|his)\b|undress\b|strip\b(?! the)|take (?:off )?my (?:clothes|pants|top|underwear)|get naked|"
    r"kiss (?:him|it)\b|sleep in his bed|(?:watch|look at) porn|for (?:nudes|naked (?:pics|pictures|photos)))",
    rf"(?:{ADULT}|he) (?:\w+ )?(?:puts?|slides?|slid|sticks?|stuck) (?:his|her) (?:hands?|fingers?) "
    r"(?:up|down|under|in|inside|between) my (?:\w+ )?"
    r"(?:skirt|dress|shirt|top|pants|trousers|knickers|underwear|pyjamas|pajamas|legs|bra|shorts)\b",
    rf"{ADULT} (?:\w+ )?(?:watches|films|photographs|looks at) me (?:in the (?:shower|bath)|shower|undress(?:ing)?|"
    r"bathe|naked|get(?:ting)? (?:un)?dressed|change)\b",
    rf"{ADULT}{_NEAR}(?:not to|(?:i )?(?:mustn'?t|must not|can'?t|cannot|shouldn'?t|(?:am )?not allowed to)) "
    r"(?:ever )?tel+ (?:anyone|any ?body|mum|mom|my (?:mum|mom)) (?:about )?"
    r"(?:what (?:we|he|they|happens)|the things)\b",
    rf"{ADULT} (?:\w+ )?(?:shows?|showed|sends?|sent) me (?:\w+ )?(?:porn\w*|"
    r"(?:naked|nude) (?:pics|pictures|photos|videos|people|women|men|girls|boys)\b(?! of)|"
    r"(?:pics|pictures|photos|videos|films) of (?:(?:naked|nude) (?:people|women|men|girls|boys|kids|children)|"
    r"people having sex|(?:him|her)self naked))\b",
    rf"{MAN}{_NEAR}touch(?:es|ed|ing)? my (?:\w+ )?"
    r"(?:legs?|thighs?|breasts?|bum|bottom|privates?|private parts?)\b",
    rf"{_A_CHILD}{ADULT} (?:\w+ )?kiss(?:es|ed) me (?:on (?:the|my) (?:mouth|lips|neck)|there)\b",
)
"""What is done to a child, told without the word for it."""
_PATTERNS = (
    rf"{WHO}{_NEAR}{_DOES} (?:on )?me\b(?! up\b| with (?:an?|the|his|her) (?:\w+ )?(?:idea|question|bill|news))",
    rf"{WHO}{_NEAR}beat(?:s|ing|en)? me\b(?! (?:at|in|to|by|with|every time we)\b)",
    rf"{WHO}{_NEAR}(?:physically hurts? me|hurts? me (?:physically|when (?:he|she|they)))\b",
    rf"{WHO}{_NEAR}threa?t\w* to (?:kil+|hurt|hit|beat|stab|shoot) (?:me|us|my|the|our)\b",
    rf"{WHO}{_NEAR}tried to (?:kil+|strangle|stab|shoot|choke|drown) me\b",
    rf"if i (?:ever )?(?:leave|left|go|went|tel+|told|talk\w*|report\w*|divorce\w*)\b{_NEAR}(?:he|she|they)(?:'l+| wil+|'d| would) (?:kil+|hurt|beat) (?:me|us|my)\b",  # noqa: E501
    r"(?:he|she|they)(?:'l+| wil+|'d| would) (?:kil+|hurt|beat) (?:me|us) if i (?:ever )?"
    r"(?:leave|left|tel+|told|report)\b(?! without)",
    rf"my (?:step[ -]?|grand|foster )?{ELDER}{_NEAR}touch(?:es|ed|ing)? me "
    r"(?:at night|in (?:my )?bed|(?:down )?there|where|"
    r"sexually|inappropriately|when (?:no ?(?:body|one)|mum|mom|i(?:'m| am) (?:asleep|alone|in bed)))\b",
    rf"my (?:step[ -]?|grand|foster )?{ELDER} (?:\w+ )?touch(?:es|ed) me(?=\W*$)",
    rf"{WHO}{_NEAR}broke my (?:arm|nose|ribs?|jaw|wrist|hand|fingers?|tooth|teeth|leg)\b",
    rf"{WHO} (?:\w+ )?(?:won'?t|doesn'?t|does not|never) lets? me (?:leave|go out|out of the)\b",
    rf"{WHO} (?:\w+ )?lock(?:s|ed) me (?:in|up|out)\b(?! of (?:my|the) (?:account|phone|car))",
    rf"{WHO}(?:'s| is| was| gets?| got| turns?| can be| has been) (?:\w+ )?(?:violent|abusive)\b",
    rf"{_FEARS} (?:of (?:him|her|{CLOSE})|to (?:go|be|come) (?:back )?home|at home){_OR_SO}",
    r"(?:\w+n'?t|not|never) (?:feel(?:ing)? |be )?safe (?:at|in my own) home|unsafe (?:at|in my own) home",
    r"i(?:'m| am| was| get| got|'ve been| keep getting) (?:\w+ )?(?:beaten(?: up)? by|raped|molested|battered)\b",
    r"i(?: was|'ve been| got| get| am) (?:\w+ )?sexually (?:abused|assaulted)\b",
    rf"(?:abusive|violent) (?:{PARTNER}|relationship|marriage|home|dad|father)\b",
)
_ON = rf"{WHO}{_NEAR}"
_THROWN = r"(?:plates?|glass(?:es)?|bottles?|chairs?|knife|knives|pan|iron|ashtray|stool)"
_WEAPON = r"(?:knife|gun|blade|pistol|rifle|shotgun|axe)"
_FIERCE = (
    rf"{_ON}(?:push|shov|thr[eo]w|drag|slam|knock|hurl|fl[iu]ng)\w* me (?:back )?(?:down the (?:stairs|steps)|"
    r"(?:up )?(?:against|into) (?:the|a) (?:wall|door|car|counter|fridge|table|wardrobe|cupboard|sink|bed)|"
    r"(?:to|on|on to|onto|across) the (?:floor|ground)|by (?:the|my) (?:hair|arms?|neck|throat|ankles?|feet)|"
    r"out of the car|(?:a?round|across|through) the (?:house|room|flat|kitchen|hall))\b",
    rf"{_ON}(?:grab|pul+|yank|take|took|held|hold|had|got|pin)\w* me by (?:the|my) (?:hair|throat|neck|wrists)\b",
    rf"{_ON}(?:pin(?:s|ned)?|holds?|held) me (?:down|under)"
    r"(?=$|[.!?,;]| (?:on|in|and|so|until|again|when|while|with|to)\b)",
    rf"(?:{_ON}|(?:his|her|their) )(?:(?:hands?|fingers) (?:\w+ )?(?:a?round|on|at) my throat\b|"
    r"hands (?:\w+ )?a?round my neck(?= (?:and|so|until|again)|$|[.!?]))",
    rf"{_ON}(?:squeez|grab|press|crush)\w* my throat\b",
    rf"{_ON}(?:had|has|got|held|holds|pinned) me (?:up )?(?:against (?:the|a) (?:wall|door) )?by "
    r"(?:the|my) (?:neck|throat)\b",
    rf"{ADULT} touch(?:es|ed) my (?:little |big |baby )?(?:sister|brother|cousin|daughter|son)\b(?! on the)",
    r"(?:his|her|their) (?:step[ -]?)?(?:dad|father|mum|mom|mother|uncle) (?:\w+ )?(?:did it|hits? (?:him|her|them)|"
    r"beats? (?:him|her|them)|whips? (?:him|her|them)) with "
    r"(?:the|a|his|her) (?:belt|stick|cable|cane|slipper|shoe|rod)\b",
    rf"{_ON}squeez\w* my neck (?:so|until|til)\b",
    r"let(?:s|ting)? go of my throat\b",
    rf"{_ON}(?:pul+|point|held|hold|put|wav)\w* (?:an? |the |his |her )?(?:\w+ )?{_WEAPON} "
    r"(?:on|at|to|against) (?:me|us|my (?:throat|neck|head|face|kids?|children))\b",
    rf"{_ON}(?:forc(?:es|ed|ing)|ma(?:kes|de|king)) me (?:to )?(?:have sex|sleep with (?:him|her|them))\b",
    rf"{_ON}(?:smash|slam|bang|knock)\w* my (?:head|face) (?:against|into|on|in|off)\b",
    rf"{_ON}twist\w* my (?:wrists?|arm (?:behind|until|til+|so hard|again|back))\b",
    rf"{_ON}burn(?:s|ed|t|ing) me (?:with|on purpose)\b",
    rf"{_ON}(?:stamp|stomp)\w* on (?:me|my (?:hands?|head|chest|back|fingers|stomach))\b",
    rf"{_ON}(?:spat|spits) (?:at me|in my face)\b",
    rf"{_ON}thr(?:ows?|ew|owing) (?:an? |the |his |her )?(?:\w+ )?{_THROWN} at (?:me|us|my head)\b",
    rf"{_ON}(?:left|leaves?|gave|gives) (?:me )?(?:\w+ )?(?:bruises|a black eye)\b",
    r"(?:hide|cover|covering|hiding) (?:up )?(?:the|my) (?:bruises|black eye)\b",
    rf"{WHO} (?:\w+ )?(?:gets?|got|was|is) (?:\w+ )?(?:rough|physical) with me\b",
    rf"(?:my (?:step[ -]?)?(?:dad|father)|my (?:mum|mom|mother)'s {PARTNER}|he) (?:\w+ )?"
    r"(?:hits?|beats?|punche[sd]|kick(?:s|ed)|choke[sd]|strangle[sd]|slap+(?:s|ed)) "
    r"(?:my (?:mum|mom|mother|(?:\w+ )?(?:sisters?|brothers?|siblings))|mum|mom)\b"
    r"(?! (?:at|in|to|with|by|out|off|every)\b)",
    rf"{CLOSE}{_NEAR}(?:hands?|fingers) (?:\w+ )?a?round my (?:neck|throat)\b",
    rf"{WHO} (?:\w+ )?(?:beats?|hits?|whips?) me with (?:a|an|his|her|the) (?:belt|stick|cable|cane|slipper|pan|rod|wire|shoe)\b",  # noqa: E501
)
"""What is done with hands, things and weapons."""
_PARENT = r"(?:my (?:step[ -]?)?(?:mum|mom|mother|dad|father|parents)|(?:mum|mom|dad))"
_NEGLECT = (
    rf"{_PARENT} (?:\w+ )?(?:doesn'?t|don'?t|does not|do not|never|won'?t) (?:\w+ )?"
    r"(?:feeds?|gives? (?:us|me) (?:any ?thing|food|any food) to eat)\b(?! the\b)",
    rf"{_PARENT} (?:has |have |'?s )?(?:\w+ )?(?:left|leaves?) (?:us|me|me and my \w+) (?:home )?"
    rf"(?:alone|by (?:ourselves|myself))\b(?=[^!?]{{0,60}}\b(?:{_A_CHILD}|"
    r"since \w+day|no food|nothing to eat|my (?:\w+ )?(?:brother|sister) is \w+))",
)
"""What is left undone for a child."""
_GOES = r"(?:carries on|keeps going|does it|doesn'?t stop|won'?t stop)"
_WENT = (
    r"(?:does it to me|did it|carried on|kept going|didn'?t stop|won'?t use a condom|takes (?:it|the condom) off|"
    r"took the condom off)"
)
_NO_YES = (
    rf"{WHO} (?:\w+ )?(?:had|has|have|having) sex with me (?:while|when) i(?: was|'m| am) (?:\w+ )?"
    r"(?:asleep|sleeping|drunk|passed out|unconscious|crying)\b",
    rf"(?:{LOVER} (?:\w+ )?{_GOES}|(?:{LOVER}|he|she) (?:\w+ )?{_WENT}) (?:even )?(?:when|though|if|after) "
    r"i (?:say|said|tell (?:him|her|them)|told (?:him|her|them)) (?:no|to stop|stop)"
    r"(?=\W*$|[.!?;,]| (?:and|but|again|last night)\b)"
    r"(?!.*\b(?:toddler|bab(?:y|ies)|kids?|pup+y|dog|cat|telly|sweets|biscuits?)\b)",
)
"""What is done where somebody said no, or could not."""
_ANYBODY = (
    rf"(?:{WHO}|(?:my|a|an|this|some) (?:\w+ )?(?:friend|mate|date|boss|manager|colleague|co-?worker|neighbou?r|"
    r"landlord|teacher|cousin|man|guy|boy|stranger)|someone|somebody)"
)
_FORCED = (
    rf"{_ANYBODY} (?:\w+ )?(?:raped|sexually assaulted|molested) me\b",
    r"(?:woke|wake|came) (?:up |to )(?:and |with |to )?(?:him|he|this (?:man|guy)|a (?:man|guy)|someone|somebody)"
    r"(?: was|'s| is)? (?:\w+ )?on top of me\b",
)
"""What is done to somebody by anybody, friend or stranger."""
_UNFOUND = (
    rf"{WHO} (?:\w+ )?(?:says?|said|told me|tells me|swears?|swore|threat\w+) (?:that )?if i (?:ever )?"
    r"(?:leave|left|go|tel+|told)\b[^.!?;]{0,50}\b(?:nobody|no ?one)(?:'?l+| wil+|'?d| would) (?:ever )?find "
    r"(?:me|us|my body|the body)\b",
)
"""A death that is threatened without the word."""
_FAMILY = rf"(?:{CLOSE}|my (?:folks|uncles?|grandparents)|they)"
_NOT_DENIED = r"(?:(?!n't\b|\b(?:not|never|wouldnt|wont|dont)\b)[^.!?;])"
_WED = (
    rf"{_FAMILY}{_NOT_DENIED}{{0,40}} (?:to )?(?:marry|wed) (?:a (?:\w+ )?(?:man|boy|guy)|someone|somebody|my cousin) "
    r"(?:that |who(?:m)? )?i (?:don'?t|do not|(?:'?ve|have) never|never) (?:even )?(?:know|met|want|love)\b",
    rf"{_FAMILY}{_NOT_DENIED}{{0,20}}\b(?:forc\w+|mak(?:es?|ing)) me (?:to )?(?:marry|get (?:married|engaged))\b",
    r"(?:not allowed|won'?t let me|lock\w*|can'?t (?:leave|go))[^.!?;]{0,30} (?:until|til+|unless) i "
    r"(?:agree to|say yes to|accept|consent to) (?:the|this|my) (?:wedding|marriage|engagement)\b",
)
"""A marriage that somebody is made to enter."""
_CHARGE = (
    r"(?:me|him|us|them|mum|mom|dad|nan|gran|granny|grandma|grandad|grandpa|the (?:residents|patients|children)|"
    r"my (?:\w+ )?(?:mum|mom|mother|dad|father|nan|gran\w*|husband|wife|brother|sister|son|daughter|uncle|aunt)(?!'s)|"
    r"her(?= (?:when|if|and|until|again|for|because|so|hard|on|in|lying|sitting)\b|\W*$|[.!?;,]))\b"
)
_IN_CARE = (
    r"(?:carers?|caretakers?|care ?workers?|staff|nurses?|aides?) (?:\w+ ){0,3}(?:(?:is|are|was|were|gets?|got) "
    r"(?:\w+ )?(?:rough|cruel|violent) with|hits?|slap+(?:s|ed)?|punch(?:es|ed)?|kick(?:s|ed)?) "
    rf"{_CHARGE}(?! but it| up\b| with (?:an?|the) (?:\w+ )?(?:idea|question|bill|news|form))",
    rf"(?:carers?|staff|nurses?) (?:\w+ )?(?:leaves?|left) {_CHARGE} (?:lying |sitting )?in (?:\w+ )?"
    r"(?:wet|soiled|soaked|dirty) (?:sheets|bed\w*|nap+(?:y|ies)|pads?|diapers?|clothes)\b",
)
"""What is done to who is looked after."""
_GROOMED = (
    rf"{MAN} (?:\w+ )?(?:asks?|asked|keeps asking|wants?) (?:me )?(?:for )?(?:\w+ )?"
    r"(?:pictures|pics|photos|selfies|videos)(?: of me)? (?:every night|at night|of (?:my body|my (?:bum|chest|"
    r"breasts|legs))|in (?:my )?(?:bed|underwear|bikini|pyjamas|knickers|bra|the bath|the shower))\b",
    r"(?:he|she)(?:'s| is) [2-9]\d\b[^.!?]{0,20}\bi(?:'m| am) (?:only |just )?(?:\d|1[0-5])"
    r"(?=,| and\b| but\b| so\b| years? old| yo\b)[^.!?]{0,60}\b(?:in love|loves? me|girlfriend|boyfriend|secret|"
    r"kiss\w*|nudes|pics|sle(?:ep|pt)\w* with|mature|meet up|hotel)\b",
)
"""What a grown-up asks of a child."""
_NEXT_DOOR = (
    r"(?:neighbou?rs?|next door)\b[^.!?;]{0,25}\b(?:hits?|hitting|beats?|beating|slaps?|kicks?|punches|hurts?|hurting|"
    r"locks? up|starves?) (?:her|his|their|the|a) (?:\w+ )?(?:child|kids?|children|baby|son|daughter|boy|girl|toddler|"
    r"wife|girlfriend)\b",
    r"neighbou?rs?\b[^.!?;]{0,30}\bscream\w*[^!?]{0,80}\b(?:boy|girl|child|kids?)\b[^.!?]{0,12}\b(?:cry\w*|scream\w*)",
)
"""What is done to somebody else within hearing."""
_ALL = (
    *_PATTERNS,
    *_FIERCE,
    *_UNNAMED,
    *CONTROL,
    *_NEGLECT,
    *_NEXT_DOOR,
    *_NO_YES,
    *_WED,
    *_IN_CARE,
    *_GROOMED,
    *_FORCED,
    *_UNFOUND,
)
_DENIED = re.compile(
    r"\b(?:ask\w*|wonder\w*|thinks?|thought|worr\w+|assum\w+)\b[^.!?]{0,25} (?:if|whether|that) (?:he|she|they) "
    r"(?:hits?|beats?|hurts?) me\b[.!?,;]* (?:but )?(?:he|she|they) "
    r"(?:does ?n'?t|do ?n'?t|does not|do not|never|has never|has ?n'?t)"
    r"(?: (?:do|does|did|has|hit me))?(?=\W*$|[.!?,;]| but\b)"
)
"""What others ask about, and what is said to be not so."""
_FOUND = re.compile(rf"(?<!\w)(?=\w)(?:{'|'.join(_ALL)})")


def tells_of_violence(text: str) -> bool:
    """Whether a text says plainly, in English, that somebody close to its writer hurts or threatens them.

    A rule, and a leaning one: it knows the plainest words, and mistakes what is told of a film or of long ago.

    >>> tells_of_violence("He hit me again last night."), tells_of_violence("She beat me at chess.")
    (True, False)
    """
    return _FOUND.search(_DENIED.sub(" ", normalise(text))) is not None


def harm_beside(text: str, harm: Harm) -> Harm:
    """What a model heard of harm, but for being hurt where a text tells of somebody who came out and of no ill done.

    Whoever they are, that is nothing done to anybody. A rule beside the model, which takes it for harm now and then.

    >>> harm_beside("My son came out to me last night", Harm.HURT).value
    'none'
    >>> harm_beside("I came out to my dad and he hit me", Harm.HURT).value
    'hurt'
    """
    if harm is not Harm.HURT:
        return harm
    none_done = tells_of_coming_out(text) or _DENIED.search(normalise(text)) is not None
    return Harm.NONE if none_done and not tells_of_violence(text) else harm


def is_hurt(text: str, risk: RiskReading) -> bool:
    """Whether a text tells that somebody hurts, threatens or exploits its writer or somebody near: by rule, or as read.

    >>> is_hurt("He keeps my passport.", RiskReading(RiskLevel.DISTRESS, 0.2, "a-model", harm=Harm.HURT))
    True
    """
    return risk.harm is Harm.HURT or tells_of_violence(text)


def in_light_of_harm(reading: Reading, text: str) -> Reading:
    """The reading of a text, its danger at least that of a sign of danger where the text tells of harm.

    What the level tells is danger to one's own life by one's own hand; to be hurt by somebody, or another's life in
    danger, is danger as well. More than a sign it never makes of it: a model that takes an old death for a life in
    danger must not call people.
    """
    told = reading.risk.harm is not Harm.NONE or tells_of_violence(text)
    if reading.risk.level in SIGNS or not told:
        return reading
    level = RiskLevel.INDIRECT
    risk = replace(reading.risk, level=level, p=max(reading.risk.p, RULE_P[level]))
    return replace(reading, risk=risk)
