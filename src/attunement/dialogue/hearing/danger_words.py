"""Words by which danger to life, and what is answered to the question after it, are told; on normalised text."""

from __future__ import annotations

import re

ASKED = re.compile(
    r"\b(?:killing yourself|suicide|ending your life|end your life|wanting to die|kill yourself|hurt yourself|doing it today)\b.{0,160}\?|"  # noqa: E501
    r"\bending their life\. are you\?", re.IGNORECASE | re.DOTALL
)  # fmt: skip
"""The plain question: a yes to it says it plainly."""
ASKED_SAFE = re.compile(
    r"\b(?:safe (?:at this|right now|where|for this|while)|already done something|you might use|"
    r"stay on the phone until)\b.{0,160}\?",
    re.IGNORECASE | re.DOTALL,
)
"""Whether somebody is safe, or can get there: here a no tells of danger, and a yes does not."""
ASKED_OF_ANOTHER = re.compile(
    r"\b(?:whether they are thinking of|have they spoken of|spoken of) suicide\b.{0,160}\?", re.IGNORECASE | re.DOTALL
)
NOT_SAFE = re.compile(
    r"^(?:no+|nope|nah)\W*$|^(?:(?:no+|nope|nah)\W+)?(?:i(?:'m| am) not(?: safe\b.*)?|not (?:really|at all|safe\b.*)|"
    r"i don'?t (?:feel safe\b.*|think so))\W*$"
)
"""What answers whether somebody is safe with a no."""


def _before(more: str) -> str:
    """A look at what follows a yes in few words: nothing, or what goes on about it."""
    on = r"actually|honestly|yes|and|but|so(?= i\b)|lately|sometimes|often|now|when|it|that"
    return rf"(?=[\s,.!]*(?:$|(?:{on}|{more})\b))"


_DOING = "(?:think|hav|consider|want|plan|feel)"
_DO = _before(
    r"just|really|also|kind of|every (?:day|night)|all the time|thought\w*|had|think\w*|want\w*|tried|plan\w*|this|feel|"  # noqa: E501
    r"consider\w*|at (?:night|times)|in the|too|these"
)
_HAVE = _before(
    rf"been(?=\W*$| {_DOING})|thought\w*|had (?:thoughts|them|it|that|those)|them|those|wanted|tried|planned|plans|"
    r"considered"
)
YES = re.compile(
    r"^(?:yes+|yea+h*|yep|yup|i think so|it has crossed|i(?:'ve| have) thought|not (?:today|tonight|yet)\b|"
    r"(?:it|that|the thought)(?: does| has| sometimes| often)* cross(?:e[sd])? my mind|"
    r"it(?:'?s| is| came)(?: all| come)? back(?: again| now)*[.!]*$|"
    r"what if i (?:am|do|was)|and if i (?:am|was)|i think about (?:it|that)|"
    + r"i am\b" + _before(rf"{_DOING}\w+|these days") + rf"|i (?:do|did)\b{_DO}|i have\b{_HAVE}|"
    r"(?:sometimes|often|every (?:day|night)|a lot|all the time|maybe|kind of|i guess|probably|a (?:bit|little)|lately)"
    r"\b(?=\s*(?:$|[,.!?;:]|(?:yes|yea+h|i (?:do|am)|when (?:it|i'm|the)|at (?:night|times)|in the (?:nights?|"
    r"evenings?|mornings?|dark)|it (?:is|does|comes|crosses)|what (?:it|they)|you could|the thoughts?|but|though|"
    r"lately|these days|recently|more|a (?:bit|little)|enough|now|tbh|honestly|too|and|so|that|sometimes|if i'm)\b)))"
)  # fmt: skip
"""A yes by its words alone: "sometimes i talk to him when i make the tea" is none, though it begins like one."""
UNSURE = re.compile(
    r"^(?:i (?:don'?t|do not) know|idk|dunno|not sure|i'?m not sure|hard to say|does it matter|why (?:does|do)|whatever|maybe|sort of|it doesn'?t matter|\.+|i don'?t want to (?:talk|say)|can'?t say|rather not|no comment|what do you think|who cares|not really sure|i can'?t (?:say|talk))"  # noqa: E501
)
SHRUGS = re.compile(r"^(?:does it(?: even)? matter|it doesn'?t matter|who cares|whatever)\b")
"""Asked like a question, of which nothing is wanted to be known."""
NO = re.compile(r"\b(?:no+|nope|nah|not|never|n'?t|of course not|god no)\b|^(?:i )?have ?n'?t (?:for|in|since)\b")
TAKEN_BACK = re.compile(
    r"\b(?:i(?:'m| am) (?:fine|ok|okay|safe)|just (?:tired|venting|kidding|joking|a (?:joke|saying|figure of speech|phrase|lyric|song))|figure of speech|(?:only|just) meant|i meant|joke|kidding|nothing like that|not like that|don'?t (?:want|wanna) to die|wouldn'?t (?:ever |actually |really )?(?:do|hurt|kill)|would never (?:ever |actually |really )?(?:do|hurt|kill)|not suicidal|no thoughts)\b"  # noqa: E501
)
TURNS_AWAY = re.compile(
    r"^(?:no+|nope|nah)[, ]+(?:(?:just|please|can|could|we|let'?s|i'?d|i|rather|want|wanna|to) )++"
    r"(?:talk|speak|chat|change)\b[\w ]{0,24}\b(?:else|different|subject|topic)\b"
)
"""A no to the talk and not to the question: "nah lets talk about something else"."""
_AN_ERRAND = (
    r"(?:(?:to|at|about|from|in|with) )?(?:(?:the|my|this|that|her|his|their) )?(?:school|work|uni|college|class|lessons?|"  # noqa: E501
    r"practice|training|church|gym|party|dentist|meeting|office|shops?|match|game|wedding|appointment|shift|job|course|"
    r"house|exam|interview)"
)
MEANT = re.compile(
    rf"^(?:(?:like|no|oh|lol|sorry)[, ]+)*(?:not (?:go|going) )?{_AN_ERRAND},? (?:i (?:mean|meant)|lol)\W*$|"
    rf"^(?:like|i mean|i meant)[, ]+(?:not )?(?:go|going|be|being) {_AN_ERRAND}\W*$"
)
"""What somebody did not want is named: "to school i mean"."""
PASSIVE = re.compile(
    r"\bwish (?:that )?i (?:just |could just )?(?:wouldn'?t|didn'?t|don'?t|couldn'?t|never) (?:have to )?wake|\bnever wake up\b|\b(?:sleep|asleep) and (?:not|never) wake|"  # noqa: E501
    r"\bif i (?:just |simply )?(?:disappeared|vanished|was gone|wasn'?t here|weren'?t here)\b|\bstop existing\b|\bdon'?t want to (?:exist|be here|be alive|live) ?(?:any ?more)?|"  # noqa: E501
    r"\bi (?:just |really |simply )*(?:can'?t|cannot|can not) go on(?: (?:any ?more|any longer|like (?:this|that)|living|much longer))?(?=\W*$|[.!?,;]| and i\b| but i\b)"  # noqa: E501
)
MEANS = re.compile(
    r"\b(?:rifle|gun|pistol|shotgun|rope|noose|blades?|razors?|(?:the|my|late \w+'s|her|his) (?:pills|tablets)|stockpil\w+|on the (?:bridge|roof|ledge)|(?:at|by) the (?:window|tracks|rails)|how i would do it)\b"  # noqa: E501
)
SOON = re.compile(
    r"\b(?:tonight|right now|now|today|this (?:morning|afternoon|evening)|here|going to|gonna|about to|in my hands?|in front of me)\b"  # noqa: E501
)
"""Beside a means at hand it makes danger imminent, whatever the model alone is believed."""
OF_THEM = re.compile(
    r"\b(?:he|she|they)\b(?:(?!\bi\b)[^.?!]){0,60}\b(?:kill|hurt|hang|shoot|drown|harm)(?:s|ing|ed)? (?:him|her|them)sel\w+|"  # noqa: E501
    r"\b(?:says?|said|told me|texted|texts|wrote|messaged)\b(?:(?!\bi\b)[^.?!]){0,30}\b(?:he|she|they)"
    r"(?:'s|'re| is| are| was| were)? (?:just )?(?:wants?|wanted|going|gonna) (?:to )?(?:kill|end|die|take (?:his|her|their))\b"  # noqa: E501
)
"""Somebody else's danger without a word for who it is."""
ABOUT_THEM = re.compile(
    r"\b(?:he|she|they)(?:'s| is| are| said| says| told me| wrote| isn'?t| has| wants?)\b.{0,60}\b(?:suicid\w*|kill (?:him|her|them)sel\w+|wants? to die|(?:end|ending) (?:his|her|their) life|answering|hurt (?:him|her|them)sel\w+|goodbye)"  # noqa: E501
)
OTHER = re.compile(
    r"\b(?:my|a) (?:\w+ )?(?:friend|brother|sister|mum|mom|mother|dad|father|son|daughter|kid|child|husband|wife|partner|boyfriend|girlfriend|roommate|ex|uncle|aunt|cousin|colleague|student|neighbou?r|teammate|flatmate)\b"  # noqa: E501
    r".{0,80}\b(?:suicid\w*|kill (?:him|her|them)sel\w+|want(?:s|ed)? to die|end (?:his|her|their) life|hurt(?:ing)? (?:him|her|them)sel\w+|self[- ]?harm\w*|cutting (?:him|her|them)sel\w+|overdos\w*|goodbye|live any ?more|be here any ?more|not wake)"  # noqa: E501
)
OTHERS = re.compile(
    r"\b(?:he|she|they|him|her|his|them|their|someone|somebody|baby|toddler|"
    r"(?:my|our|the|this|a|an|some) (?:\w+ ){0,2}?"
    r"(?:friends?|mates?|bro|brother|sister|sis|mum|mom|mother|mama|dad|father|papa|parents?|son|daughter|kids?|child|"
    r"children|boy|girl|husband|wife|partner|boyfriend|girlfriend|bf|gf|ex|uncle|aunt|cousin|nan|gran\w*|grandad|"
    r"colleague|co-?worker|boss|student|pupil|patient|client|caller|neighbou?r|(?:room|flat|house|team|class)mate|man|woman|"
    r"guy|lady|lad|stranger))\b"
)
"""Words for anybody but the member: what a model reads of another's life needs one."""
SAYS_WHO = re.compile(
    r"^(?:(?:ok(?:ay)?|sorry|oh|omg|lol|god|haha)[,.! ]+)*(?:no+|nope|nah|not (?:me|i|my ?self)|this is about|"
    r"it(?:'s| is| was) (?:not|about|my|a|him|her)|i (?:mean|meant|don'?t mean|didn'?t mean|was talking)|"
    r"i(?:'m| am) (?:fine|ok(?:ay)?|good|alright|safe|worried|asking|talking)|(?:him|her|them|my (?:\w+ ){0,2}\w+)\W*$)"
)
"""How an answer begins that says that somebody else is meant: without it "she'll be ok" may be a leave."""
NAMES_WHO = re.compile(
    r"^(?:no+,? )?not me\b|\b(?:i'?m|i am) (?:worried|asking|talking) (?:about|for) (?:my|a|him|her|them)\b|"
    r"\bi'?m worried about$|\bno,? but (?:my|a) (?:\w+ ){1,2}(?:is|does|did|has|might)\b"
)
"""An answer that says so in plain words."""
NOT_ABOUT_ME = re.compile(
    r"\b(?:it'?s|this is|its) (?:not (?:about )?me|about (?:my|a) (?:\w+ )?(?:friend|mate|sister|brother|mum|mom|"
    r"dad|son|daughter|girlfriend|boyfriend|cousin|flatmate|roommate|partner|wife|husband))\b|\bnot about me\b"
)
"""Said once, what follows of him or her is theirs."""
THIRD = re.compile(r"\b(?:he|she|they|him|her|hes|shes)\b")
SAYS_NO = re.compile(
    r"^(?!.*\b(?:but|(?:want|need|wish) (?:it|this|that|them|everything) (?:all )?to|to stop|quiet|over|sleep)\b)"
    r"(?:.*\b(?:i(?:'?m| am) )?not (?:\w+ )?suicidal\b|"
    r".*\bi (?:don'?t|do not|never|wouldn'?t|would never) (?:\w+ ){0,2}?"
    r"(?:(?:want(?: to)?|wanna|plan to|going to|intend to) )?(?:die|be dead|kil+ my ?self|hurt my ?self|"
    r"end (?:it|my life))\b(?! (?:like|this way|alone|yet|today|tonight))|"
    r".*\bnothing(?:'?s| is) wrong\b|.*\bno (?:thoughts|plans) (?:of|about|to)\b)"
)
"""A plain no to danger to oneself, whatever was asked."""
OWN = re.compile(
    r"\bi (?:also |do |just |really )*(?:want to|wanna|am going to|feel like|think about|keep thinking|can'?t go on|wish i)\b.{0,40}\b(?:die|dead|kill|end|disappear|hurt myself)\b|\bmyself\b|"  # noqa: E501
    r"^(?!.*\b(?:says?|said|saying|texts?|texted|writes?|wrote|posted|told|tells|thinks)\b)"
    r".*\bbetter(?: off)? without me\b"
)
OWN_DEED = re.compile(
    r"\bi(?:'ve| have)? (?:just |already |nearly )?(?:overdosed|tried to (?:die|kill myself)|"
    r"(?:cut|slit|burnt?|burned) my (?:\w+ )?(?:wrists?|arms?|legs?|thighs?)|"
    r"(?:took|taken|swallowed) (?:all |too many )?(?:my |of my )?(?:pills|tablets|meds))\b"
)
"""What the member did to themselves, whoever else is named."""
_I_WILL = (
    r"(?:^|[.!?;,] ?|\bi(?:'m| am|'l+)? )(?:(?:just|so|really|honestly|swear(?: i'?m?)?|am|i'?m) ){0,3}"
    r"(?:want to|wanna|going to|gonna|wil+|plan(?:ning)? to|about to|must|have to) (?:\w+ ){0,2}"
)
HARM = re.compile(
    r"\b(?:i(?:'m| am)? ?(?:\w+ ){0,3}(?:want to|wanna|going to|gonna|will|plan to|about to|must|have to)) (?:\w+ ){0,2}(?:kill|stab|shoot|strangle|murder|poison|beat up|hurt) (?:him|her|them|my (?!self|feelings)\w+|that \w+|this \w+|everyone|people|someone)\b(?! feelings)|"  # noqa: E501
    r"\bi could (?:\w+ ){0,2}(?:kill|stab|shoot|strangle|murder|poison) (?:him|her|them|my (?!self)\w+)\b[^?]{0,60}"
    r"\b(?:tonight|today|right now|knife|gun|know where (?:he|she|they)|asleep|i mean it|not joking|serious)\b|"
    rf"{_I_WILL}(?:smash|bash|kick|cave|punch|break) (?:his|her|their) (?:\w+ )?"
    r"(?:face|head|skul+|teeth|jaw|nose|legs|arms|neck)\b|"
    rf"{_I_WILL}(?:shoot up|burn down|set fire to) (?:the|my|his|her|their|that|this) \w+|"
    rf"{_I_WILL}burn (?:his|her|their) (?:\w+ )?(?:house|flat|car|home|place|shop)\b|"
    rf"{_I_WILL}beat (?:him|her|them) up\b|"
    r"\b(?:bought|got|have|carrying|carry) (?:a|an|the|my|this) (?:gun|knife|machete|blade|rifle|pistol|axe|bat)\b[^.!?]{0,40}\b(?:for (?:him|her|them)|know where (?:he|she|they) (?:liv|work|sleep|park|stay|goe?s?\b|is\b)\w*)"  # noqa: E501
)
HURT_CHILD = re.compile(
    r"\bi\b(?:(?!\b(?:(?:never|not)\b(?! me(?:an|ant) to)|would|he|she|they|him|her|who|if|my (?!temper|nerve|cool|patience))\b|n't(?! mean to)|[.?!;]).){0,50}?"  # noqa: E501
    r"\b(?:hit|slapped|smacked|spanked|struck|punched|kicked|shook|shaken|beat|beaten|choked|hurt|burn(?:ed|t)|bit) (?:out at )?"  # noqa: E501
    r"my (?:[\w-]+ ){0,3}?(?:child|children|kids?|son|daughter|baby|toddler|newborn|infant|boys?|little (?:boy|girl|one)|stepson|stepdaughter)\b"  # noqa: E501
    r"(?!'| feelings|friend| (?:bottle|powder|monitor|gate|seat|food|up|at|in|to|with a (?:ball|pillow|snowball|cushion))\b)"  # noqa: E501
)
"""The member tells that they did something to a child in their care that may have hurt it."""
NEAR_NOW = re.compile(
    r"^(?:(?:omg|help|now|and|oh no|shit|please)[,. ]+)*(?:he|she|they)(?:'?s|'re| is| are)? (?:just )?(?:(?:back|here|home|outside|upstairs|"  # noqa: E501
    r"downstairs|coming|banging|at (?:the|my) door|in the (?:house|flat|next room))\b)"
)
"""Who hurts them is near, or comes."""
STILL_HURTS = re.compile(r"\b(?:he|she|they) (?:wo?n'?t|will not|doesn'?t|isn'?t) stop(?:ping)?\b|\b(?:right now|rn)\b")
"""Told beside what they do, this is happening."""
HIDES = re.compile(
    r"\bi (?:(?:need|have|ought|had better|better|got|gotta|must) (?:to )?|should |am |'m )?(?:hide|hiding|delet(?:e|ing)) "  # noqa: E501
    r"(?:this|my phone|the phone|these messages|the (?:chat|app)|it all)\b"
)
"""Somebody must not see that they write."""
GOES_ON_HURTING = re.compile(
    r"\b(?:(?:not|n'?t) (?:be )?the first time|(?:he|she|they)(?:'s| has| have|'ve)? (?:done|did|does|do) (?:it|that|this) (?:before|again|all the time|every|a lot|when)|"  # noqa: E501
    r"happen(?:s|ed) (?:before|again|a lot|all the time|every|most)|(?:says?|said|saying) (?:\w+ )?(?:sorry|it won'?t happen)|"  # noqa: E501
    r"^(?:it(?:'s| is| happens) )?(?:to )?me\W*$|keeps (?:doing it|happening))"
)
"""Who told of somebody who hurts them says that it goes on, or to whom it happens."""
LONG_AGO = re.compile(
    r"\b(?:when (?:i|we) (?:was|were)|as a (?:kid|child|teen\w*)|years ago|used to|growing up|back then|in my childhood)\b"  # noqa: E501
)
"""What is told of long ago, where help is not what is asked for first."""
IN_PLAY = re.compile(
    r"\b(?:as a joke|for fun|play(?:ful\w*|[- ]?fight\w*)|sparring|boxing|karate|judo|in (?:training|a game))\b"
)
JOKE = re.compile(
    r"\b(?:lol|haha+|lmao|jk|joking|kidding)\b|\bif (?:he|she|they|it|this|that)\b|\bcould kill (?:him|her|them) (?:sometimes|for)\b"  # noqa: E501
)
_TOOK = r"(?:already (?:took|taken|swallowed)|i(?:'ve| have)? (?:just )?(?:took|taken|swallowed))"
_MUCH = (
    r"(?:all|the|too many|a (?:lot|bunch|handful) of) (?:(?!(?:and|or|to|with|out|from|for|back|off)\b)[\w']+ ){0,3}?"
)
FRIGHT = re.compile(
    rf"\b(?:{_TOOK} {_MUCH}(?:pills?|tablets|meds|medication|bottle)|already (?:took|taken|swallowed) my (?:\w+ )?(?:pills|tablets))\b"  # noqa: E501
    r"(?! (?:back|out|away|off|over|from|with me|in|into|to|for|as|like (?:the|my))\b)|"
    rf"\b{_TOOK} (?:them all|all of (?:them|it)|them(?=\W*$))\b(?! (?:back|out|away|off|over|to|for|home|with)\b)|"
    r"\balready cut (?:my ?self|my (?:wrists?|arms?|legs?)|them(?=\W*$))"
)
"""Something was swallowed or done already; not a device, a child or a daily dose that was taken somewhere."""
PUTTING_IN_ORDER = re.compile(
    r"\b(?:wrote|writing|written) (?:\w+ ){0,3}(?:letters?|notes?) (?:to|for) (?:\w+ ){0,2}(?:kids?|children|family|parents|mum|mom|wife|husband|everyone|friends?)\b|"  # noqa: E501
    r"\b(?:giving|gave|given) away (?:all )?(?:my|everything)|\b(?:look after|take care of|feed) (?:\w+ ){1,3}(?:when|if|once|after) i(?:'m| am) (?:gone|not (?:here|there|around))|"  # noqa: E501
    r"\bwon'?t be (?:needing|around|here)\b|\b(?:tell|told) (?:\w+ ){1,3}i (?:love|loved) (?:him|her|them)\b.{0,30}(?:last|for me)|\bsaid (?:my )?goodbyes?\b"  # noqa: E501
)
AT_PEACE = re.compile(
    r"\b(?:at peace|made (?:up )?my (?:peace|mind)|i(?:'ve| have) decided|thank you for everything|goodbye everyone|it(?:'s| is) all sorted|none of (?:it|this) matters (?:now|any ?more))\b"  # noqa: E501
)
FAREWELL = re.compile(
    r"\b(?:good ?bye|farewell)\b.{0,60}\b(?:(?:thank you|thanks|sorry)(?: \w+){0,2}? (?:for everything|everyone|everybody|all)\b|"  # noqa: E501
    r"i (?:love|loved) you all\b|forgive me\b)|"
    r"\b(?:(?:thank you|thanks|sorry)(?: \w+){0,2}? for everything|i (?:love|loved) you all|forgive me)\b.{0,60}\b(?:good ?bye|farewell)\b|"  # noqa: E501
    r"^(?:i (?:just |only )?(?:wanted|want|came|need|am here) to say )?(?:my |a last |one last |the last )?"
    r"(?:good ?bye|farewell)s?,? (?:to )?(?:everyone|everybody|(?:\w+ )?world|you all|all of you|my (?:friends|family|loves?))\W*$|"  # noqa: E501
    r"^(?:(?:so|well),? )?(?:this is|i (?:just |only )?(?:wanted|want|came|need) to say) (?:my |a last |one last |the last )?"  # noqa: E501
    r"(?:good ?bye|farewell)\W*$"
)
"""A leave of everybody, or with thanks for everything: ordinary at the end of a talk, and no way to begin one."""
ORDINARY_FAREWELL = re.compile(
    r"\b(?:tonight's|evening|party|dinner|lunch|weekend|holidays?|vacation|trip|week|season|match|class|course|lesson|"
    r"semester|job|company|office|team|colleagues?|moving|move|retir\w+|landlord|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|tomorrow|next (?:time|week|month)|see (?:you|u|ya)|until then|your help|hello|hi)\b"
)
PLAN = re.compile(
    r"^(?:(?:and|but|so|well|anyway|yes|no|it'?s (?:ok|okay|fine|alright)|don'?t worry|ok(?:ay)?)[,. ]+)*"
    r"(?:i(?:'ve| have)(?: got| made)?|i made|there(?:'s| is)|got) (?:already )?(?:a|my|the) (?:\w+ )?plan"
    r"(?: (?:now|already|ready|for (?:it|tonight|that)|to (?:end|stop) (?:it|this|everything)(?: all)?))?\W*$"
)
"""After dark words, a plan is one to die until it is known for another; by itself it is any plan."""
LEAVING = re.compile(
    r"^(?:(?:ok(?:ay)?|well|thanks?|thank you|anyway|alright|right|so)[,. ]*)*(?:i(?:'ve| have|'?ll| need| should)?(?: got)? ?(?:to |gotta )?(?:go|leave|sleep|head off|run)\b.{0,25}|"  # noqa: E501
    r"(?:good ?)?bye+.{0,12}|good ?night.{0,12}|see (?:you|ya).{0,12}|talk (?:to you )?(?:later|soon).{0,8}|take care.{0,8})$"  # noqa: E501
)
"""An ordinary leave, which by itself is no farewell to life: the model alone is not believed there."""
ASKS_BACK = re.compile(
    r"^(?:(?:ok(?:ay)?|and|so|but|well|then|hm+|please)[,. ]+)*(?:what (?:would|do|should) you (?:say|do|think|suggest|recommend|advise|tell \w+)\b.{0,40}|"  # noqa: E501
    r"(?:can you |could you )?(?:give|tell|show) me (?:just )?(?:one|a|some|any) (?:small |little |simple |good |single )?(?:things?|tips?|ideas?|examples?|steps?)\b.{0,30})[?.! ]*$|"  # noqa: E501
    r"^(?:(?:ok(?:ay)?|and|so|but|well|hi)[,. ]+)*(?:what (?:happens|do i do|should i do) if|is it (?:ok|bad|safe) (?:if|that)) "  # noqa: E501
    r"i (?:miss|missed|forget|forgot|skip|skipped) (?:a|one|my|the) (?:\w+ )?(?:dose|pill|tablet|meds)[?.! ]*$"
)
"""A question for what the companion thinks or proposes, or after a dose that was missed: the model alone is not believed there either."""  # noqa: E501
OF_ANOTHERS_DOING = re.compile(
    r"^(?:(?:and|but|so|or|then|hm+|ok(?:ay)?)[, ]+)*what if (?:he|she|they|(?:my|the) (?:\w+ )?\w+)\b"
    r"(?!.*\b(?:i|me|my ?self)\b)"
)
"""A worry about what somebody else may do: alone it is no sign of danger to who asks."""
UNWANTED = re.compile(
    r"\b(?:intrusive|unwanted) (?:thoughts?|pictures?|images?)\b.*\b(?:drop|hurt|stab|throw|push|harm|drown|shak|"
    r"smother|kick)\w* (?:(?:my|our|the|an?) )?(?:\w+ )?(?:him|her|them|baby|newborn|toddler|child|children|kids?|son|"
    r"daughter|wife|husband|partner|girlfriend|boyfriend|mum|mom|mother|dad|father|sister|brother|gran\w*|friend|dog|"
    r"cat|people|person|strangers?|some(?:one|body))\b(?!.*\b(?:my ?self|die|dead|suicid\w*|kill me|(?:and|or) me|"
    r"my (?:own )?(?:arms?|wrists?|throat|neck|legs?|skin|body|life)))"
)
"""Pictures of hurting another that force themselves in: who names them so is frightened of them, and no danger."""
ASKS_COMPANION = re.compile(
    r"^(?:(?:hey|hi|so|and|but|ok(?:ay)?|well)[, ]+)*(?:do (?:you|u) (?:ever |even |still |really )*"
    r"(?:die|disappear|vanish|stop|shut down|switch off|forget me|think (?:of|about) me|miss me|remember me|wait(?: for me)?|sleep|exist|get (?:lonely|bored|tired)|do anything)|"  # noqa: E501
    r"what do you (?:do|think about)|where do you go|are you (?:still )?(?:there|here|on|running|awake|alone|bored)) when "  # noqa: E501
    r"(?:i(?:'m| am) (?:gone|away|offline|asleep|not here)|i (?:close|leave|quit|shut) (?:the|this|my) (?:app|page|tab|"
    r"window|site|chat|laptop|phone)|i (?:log|sign) (?:off|out))\W*$"
)
"""Asked of the program, and of the time between two talks: "when i'm gone" is here no farewell."""
VOICES = re.compile(
    r"\b(?:(?<!their )(?<!our )(?<!raised )voices\b(?! (?:of|were raised|carry))|(?:a|the|this|that) voice (?:in my (?:head|room|flat)|that|which|says?|tells?|told|talks?)|"  # noqa: E501
    r"(?:some(?:body|one)|people|a (?:man|woman)|men|they) (?:\w+ )?(?:in(?:side)?|behind|through) (?:the|my) "
    r"(?:walls?|ceiling|radiator|vents?|pipes|head|tv|radio)\b|"
    r"(?<!my )(?<!oh )(?:god|the devil|satan|an angel|angels|a demon|demons|jinns?) (?:has |keeps |also |always |just )?(?:told|tells?|says?|said|talks?|spoke|speaks|orders?|commands?)\b)"  # noqa: E501
)
"""Told of a voice that nobody else hears."""
ORDERED = re.compile(
    r"\b(?:tel+(?:s|ing)?|told|says?|said|want(?:s|ed)?|order(?:s|ed|ing)?|command(?:s|ed|ing)?|shout(?:s|ed|ing)?|scream(?:s|ed|ing)?|keep saying|whisper(?:s|ed)?) "  # noqa: E501
    r"(?:at )?(?:me to|i (?:must|have to|should|need to)|that i (?:must|have to|should)) (?:just )?"
    r"(?:jump|do it|die|kil+ myself|hurt myself|harm myself|cut|drown|hang|end (?:it|my)|stop breathing|join (?:him|her|them)|"  # noqa: E501
    r"go (?:off|over|up|to|on|into|under) (?:on |to )?(?:the|a) (?:balcony|roof|bridge|edge|tracks|river|sea|water|train)|"  # noqa: E501
    r"take (?:all|the|my) (?:\w+ )?(?:pills|tablets|meds)|walk (?:into|in front of))\b"
)
"""What such a voice wants of the member; of anybody else, it may be a game or a swimming lesson."""
UNNAMED = "do it"
"""The order that does not say what is ordered."""
HINTS = re.compile(
    r"\b(?:no|any|the|much|what'?s the|see (?:a|the|any|no)) (?:point|use|sense|future|way (?:out|forward|on))\b|\b(?:pointless|meaningless)\b|"  # noqa: E501
    r"\b(?:want|wanted|wish|need|make|just) (?:\w+ ){0,2}?(?:to )?(?:stop|end|be (?:quiet|over|still|at rest)|rest forever)\b|\bend (?:of )?(?:it|this|everything|all)\b|"  # noqa: E501
    r"\b(?:gone|disappear\w*|vanish\w*|exist\w*|alive|living|lives?|life|death|die[sd]?|dead|dying|suicid\w*|kill\w*|unaliv\w*|funeral|grave|heaven|afterlife|myself|miss me|without me|remember me)\b|"  # noqa: E501
    r"\b(?:wak(?:e|ing) up|sleep (?:forever|for ever|and)|go(?:ing)? on|carry on|hold(?:ing)? on|giv(?:e|ing|en) up|let(?:ting)? go|way out|be done with)\b|"  # noqa: E501
    r"\b(?:burden|better off|relief|at peace|peace|so easy|easier|hopeless|hope|worth|nothing (?:left|matters|more|to)|be nothing|numb|empty|enough of)\b|"  # noqa: E501
    r"\b(?:good ?bye|farewell|last (?:time|night|day|words?|letter|one|thing)|letters? to|final|for good|forever)\b|"
    r"\b(?:balcony|ledge|tracks|rails|cliff|jump\w*|pills?|tablets|overdos\w*|blood|scars?|hurt|harm|cutting|bottle)\b|"
    r"\b(?:(?:can'?t|cannot|can not) (?:\w+ )?(?:do|take|bear|stand|carry|cope|face)|too much|tired of|sick of|thoughts?|voices?|plan|planned|decided|ready)\b"  # noqa: E501
)
"""Words in which people hint at danger, most of them ordinary: where one stands, what the model sees is no guess."""
