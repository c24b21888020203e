"""Words and patterns by which a message is taken apart into clauses (see ``clauses``)."""

from __future__ import annotations

import re

AUX = (
    r"(?:am|is|are|was|were|has|have|had|do|does|did|can|could|will|would|should|might|may|must|isn't|aren't|wasn't|"
    r"weren't|hasn't|haven't|"
    r"hadn't|don't|doesn't|didn't|can't|couldn't|won't|wouldn't|shouldn't|never|always|just|keeps?|kept|still|also|"
    r"really|barely|hardly|even|all|actually|finally|already)"
)
VERBS = (
    r"(?:left|died|said|told|says|tells|hates?|wants?|makes?|made|thinks?|thought|feels?|felt|got|gets?|goes|went|"
    r"came|comes|took|takes?|broke|lost|"
    r"knows?|knew|gave|gives?|won|ran|threw|hit|cut|found|saw|seems?|loves?|likes?|hurts?|ended|leaves?|sucks?|helps?|"
    r"happens?|needs?|gave|sent|"
    r"means?|meant|matters?|cares?|calls?|looks?|sounds?|works?|treats?|ignores?|expects?|stopped|started|starts?|"
    r"fell|caught|brought|put|let|"
    r"shows?|runs?|turns?|drives?|eats?|hears?|understands?|talks?|lives?|passed|forgot|forgets?|cheated|bought|chose|"
    r"became|becomes|beats?|\w{3,}ed|"
    r"used|ate|drank|slept|sang|wore|flew|drove|built|taught|held|paid|stood|sat|met|led|spoke|spent|bit|dug|hid|grew|"
    r"rang|shook|"
    r"stole|tore|woke|spends?|plays|sleeps|stays|cries|watches|pays|speaks|walks|sits|stands|waits|moves|smokes|reads|"
    r"writes|puts|"
    r"stops|asks|answers|complains|laughs|learns|buys|sells|cleans|cooks|shares|wrote|read|say|think|call|want|keep|"
    r"make|know|treat|ignore|laugh|hate|love|tell|talk|act|expect|"
    r"yells?|screams?|shouts?|steals?|drinks?|blames?|mocks?|lies|hides?|refuses?|smells?|tastes?|rewrote|costs|rings|"
    r"breaks|grows|brings|keeps|visits?)"
)
THING = r"(?:my|our|his|her|their|the|this|that|a|an|every|each|some|most|all|no) (?:[\w'-]+ ){1,4}?"
ONE = r"(?:he|she|they|it|this|that|there|nobody|no one|everyone|everybody|someone|somebody|people|everything|nothing|life|things|something|school|work|today|yesterday|both|none)"  # noqa: E501
ADVERB = r"(?:Finally|Never|Always|Still|Really|Already|Actually|Barely|Hardly|Only|Also|Maybe|Perhaps)"
"""What begins a sentence without its subject: no name, for all its capital."""
WHOLE = re.compile(
    rf"^(?:(?:I|we)(?:'(?:m|ve|d|ll|re))? (?!and\b|or\b|but\b|if\b|when\b)\w"
    rf"|{ONE}(?:'(?:s|re|ve|d|ll))?(?: (?:at|in|from) (?:my |the |our )?\w+)? (?:(?:{AUX}|{VERBS})\b|(?<='s )\w|(?<='re )\w|(?<='ve )\w)"  # noqa: E501
    rf"|{THING}(?:{AUX}|{VERBS})\b"
    r"|(?:he|she|it|everybody|everyone|nobody|no one|somebody|someone) (?!this\b|his\b|hers\b|its\b|less\b|"
    r"perhaps\b)\w{3,}s\b"
    rf"|(?-i:(?!Is|Are|Am|Was|Do|Does|Did|Can|How|What|Why|When|If|Where|Who|Has|Have|Not|Just|Even|So|As|Or|{ADVERB})[A-Z][a-z]+) (?:{AUX}|{VERBS})\b"  # noqa: E501
    rf"|(?:(?-i:[A-Z])\w+|he|she|they|(?:my|our|the|his|her) (?:[\w-]+ ){{0,2}}[\w-]+) and I (?:{AUX}|{VERBS})\b)",
    re.IGNORECASE,
)
SUBJECT_LEAD = (
    r"(?:(?:and|but|so|because|when|since|then|yesterday|today|tonight|(?:last|this) \w+|yes|no|ok|well),? )*"
)
_OTHER = r"(?:(?:my|our|his|her|the) (?:[\w-]+ ){0,2}?[\w-]+|(?-i:[A-Z]\w+)|he|him|she|her|they|them)"
ME_AND = re.compile(
    rf"^(?P<lead>{SUBJECT_LEAD})(?:(?:me|I) and (?P<other>{_OTHER})|(?P<first>{_OTHER}) and me)"
    rf"(?= (?:{AUX}|{VERBS})\b)",
    re.IGNORECASE,
)
"""A subject of two, as it is said: "me and my brother had a row"."""
AND_I = re.compile(rf"^({_OTHER}) and I(?= (?:{AUX}|{VERBS})\b)", re.IGNORECASE)
NAMED_FIRST = re.compile(rf"^{SUBJECT_LEAD}{_OTHER}$", re.IGNORECASE)
VERB = re.compile(rf"\b(?:{AUX}|{VERBS})\b", re.IGNORECASE)
JOINTS_WORDS = (
    "when whether that if what like how where than why as think thought while since until know after before because "
    "whenever and or but so who said me everything things thing one way people person sure wish feel guess all "
    "reason time feeling believe as much than "
    "thinks thinking says saying say claims claimed knows knew believes believed tells told hopes hoped hope swears "
    "swore swear insists insisted insist realise realised realize realized realises realizes notice noticed notices "
    "sees saw see hears heard hear found find finds pretend pretends pretended decided admit admits admitted means "
    "meant mean worry worries worried afraid scared terrified convinced certain glad happy proud lucky grateful sorry "
    "maybe perhaps unless wonder wondered bet promise promised doubt only even nor dream dreamed dreamt wherever "
    "whatever otherwise ashamed angry mad sad upset suppose supposes assumes assumed imagine imagines remember "
    "remembers forgot"
)
NOT_AFTER = "".join(f"(?<!\\b{word} )" for word in sorted(set(JOINTS_WORDS.split())))
"""A new clause does not begin after these: "when I cry", "the people I know", "he thinks I am lazy"."""
CUT = re.compile(
    rf"\s*,?\s+(?P<joint>but|because|so(?= (?:I|we|now|my)\b)|although|though|yet|however|except|since(?= (?:I|my|he|she)\b))\s+"  # noqa: E501
    rf"|\s*,?\s+(?P<and>and(?: then| so| now| also| on top of (?:that|this|it))?|then|plus)\s+(?=(?:I|we|{ONE}|my [\w-]+|the [\w-]+)(?:'\w+)?\s+(?!and\b|or\b)\w)"  # noqa: E501
    rf"|\s*[,:]\s*(?=(?:I|we|{ONE}|my [\w-]+)(?:'\w+)? \w)"
    rf"|(?<=\w)\s+(?=I(?:'(?:m|ve|d)|) (?:just|feel|felt|hate|can't|don't|didn't|am|was|have|had|need|want|wish|miss|keep|cry|cried|lost)\b){NOT_AFTER}"  # noqa: E501
    r"|(?<=\w)\s+(?=(?:we|she|he|they)(?:'(?:re|ve|ll)|) (?:need|can't|don't|doesn't|didn't|won't|never|always|"
    rf"have to|has to|keeps?|haven't|hasn't)\b){NOT_AFTER}",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"^(?:(?:and|but|so|well|because|also|then|like|anyway|anyways|plus|now|yet|or|yeah|yes|no(?=,|\s+(?:i|i'\w+|he|she|we|they|it|my|our|his|her|the|that|there|well|but|not)\b)|nope|nah|ok|okay|hi|hey|hello|oh|"
    r"man|dude|guys|sorry|please|though|seriously|i don't know(?=,? (?:just|maybe|kind of|I|I'm|it's)\b)|"
    r"although|however|just|actually|i guess|i mean|i suppose|i swear|i think (?=(?:i'll|i will|i'm going to|i might|i could) )|i (?:know|realise|realize) (?:that )?(?=(?:i|i'\w+|my|he|she|they|nobody|no one|it)\b)|it's just(?: that)?|"  # noqa: E501
    r"the (?:only )?thing is(?: that)?|the truth is|to be honest|at this point|of course|maybe|sometimes|lately|recently|(?:today|yesterday)(?! (?:was|is|went|has|had|feels?|felt)\b)|turns out|last (?:night|week|month|year|\w+day)|this morning)\b[\s,:]*)+",  # noqa: E501
    re.IGNORECASE,
)
REPORTED = re.compile(r"(\b\w+ (?:said|says|wrote|writes|asked|goes|told (?:me|us|everybody|everyone))): .*", re.I)
"""What somebody else said, after a colon: "he said: we wrote it"."""
HEDGED = re.compile(r"^(?:(?:and|but|so|or|well|then)\b[\s,]*)*(?:maybe|perhaps) (?!I\b|I')", re.IGNORECASE)
"""What may be of somebody else, and is not told back as if it were so."""
INTRO = re.compile(
    r"^(?:on|at|in|after|during|since|before|for|by) (?:[\w']+ ){1,4}?"
    r"(?=(?:I|I'm|my|he|she|they|we|nobody|everyone) \w+ \w)",
    re.IGNORECASE,
)
"""When and where, said before what happened: "on the way home my husband told me"."""
TAG = re.compile(
    r"(?:,? (?:i suppose|i guess|i reckon|is it|isn't it|you know|do you|don't you|or something|or whatever|and all|and stuff)|, right)$",  # noqa: E501
    re.IGNORECASE,
)
BARE = (  # a sentence without its subject: how it begins, and what belongs before it
    (
        r"got (?:an?|my|the|two|three|four|no|loads of|so much|another) (?:[\w-]+ ){0,3}?"
        r"(?:due|tomorrow|coming|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|next (?:week|month)|to (?:do|write|finish))\b",  # noqa: E501
        "I've ",
    ),
    (
        r"(?:lost|failed|broke up|got|had(?! (?:I|he|she|we|they|it)\b)|woke|went|cried|spent|quit|moved|told|tried|ruined|missed|forgot|finally got|relapsed|started|found out|used to(?! (?:it|that|this)\b)|might)\b",  # noqa: E501
        "I ",
    ),
    (r"(?:can't|don't|didn't|won't|couldn't|haven't|hate|feel|felt|miss|keep|want to|need to|need|wish)\b", "I "),
    (
        r"(?:gave|took|bought|sold|paid|ate|met|saw|rang|booked|walked|cooked|baked|cleaned|finished|stayed|watched|viewed|emailed|phoned|texted|drove|waited|slept|tidied|fixed|painted|"
        r"wrote|applied|signed|visited|spent)\b(?! (?:me|us|i|he|she|we|they|my breath|ages|forever|long)\b)",
        "I ",
    ),
    (
        r"been (?:an?|such an?|one of those|another|the) (?:[\w-]+ ){0,3}?"
        r"(?:days?|morning|afternoon|evening|night|weeks?|weekend|months?|year|shift|nightmare)\b",
        "it's ",
    ),
    (r"been\b", "I've "),
    (
        r"(?:feeling|tired of|scared|afraid|sick of|done with|trying|struggling|stuck|lonely|exhausted|dreading|sitting|losing|having|so (?:tired|alone|sad|lost|lonely|scared|done|happy|proud))\b",  # noqa: E501
        "I'm ",
    ),
)
BARES = tuple((re.compile(f"^(?:{ADVERB} )?{pattern}", re.IGNORECASE), lead) for pattern, lead in BARE)
STATED = re.compile(
    r"^I(?:'m| am) (?:pregnant|engaged|gay|bi|trans|lesbian|adopted|single|divorced|homeless|broke)$", re.I
)
"""What is told in two words, and is as much as any sentence."""
TO_ANOTHER = re.compile(
    r"\b(?:you|your|yours|yourself|y'all|yall|guys|everyone else|dae|does any|please|thanks|sub|subreddit|post|posts|posting|posted|throwaway|"  # noqa: E501
    r"op|edit|reddit|title|fuck\w*|\w*shit\w*|balls|od|od'?ing|overdos\w*|bullet|bitch\w*|cunt\w*|ass|asshole\w*|"
    r"dick\w*|whore|slut\w*|n't)\b|\"|[=+$%()]"
    r"|^(?!.*(?:n't|\bnever|\bnot|\bwithout|\bhardly)\b).*\b(?:anyone|anybody)\b|(?!\b(?:19|20)\d\d\b)\b\d{3,}",
    re.IGNORECASE,
)
"""Said to the readers, or in words that are not said back."""
DEATH = re.compile(
    r"\b(?:suicid\w*|kill\w*|kms|die|dies|dying|dead|death|(?:hanged|hung|shot|drowned) (?:him|her|them)self)\b",
    re.IGNORECASE,
)
_WHO_HURT = r"(?:abuser|rapist|attacker|stalker|molester|tormentor)"
BY_WHO_HURT = re.compile(
    rf"\b{_WHO_HURT}\b|\b(?:abused|molested|raped|assaulted|tortured|terrori[sz]ed) (?:me|us|my \w+)\b|"
    r"\b(?:was|were|been|being) (?:sexually |physically )?(?:abused|molested|raped|assaulted) (?:\w+ ){0,5}?by\b|"
    r"\b(?:he|she|who|they) (?:used to |always )?(?:beat|hit|hurt|touched|abused|raped) (?:me|us)\b|"
    r"\b(?:glad|happy|relieved) (?:that )?(?:\w+ ){1,2}?(?:is|are|'s) (?:finally |now )?dead\b",
    re.IGNORECASE,
)
"""Who died is told to have hurt them: that is another thing than to miss somebody."""
OTHERS_DEATH = re.compile(
    r"^(?!I\b|we\b)(?!.*\b(?:suicid\w*|kill\w*|kms|want\w*|wish\w*|should|if)\b)|^I (?:found|saw|lost)\b", re.IGNORECASE
)
"""Of a clause with a word of death: that somebody else died or will, which is a loss and no wish."""
DANGLING_WORDS = (
    "a an the to of and but or so because as at in on for with from by about into my your his her their our i he "
    "she they we it's that's than that which who whom whose when while if is are was were be been am do does did "
    "don't can't could would will won't should have has had not very really too just most even i'm i've such these "
    "those no any some every its what how why where being until since without want need get got think always going "
    "like it'll it'd i'd i'll didn't doesn't also only this said told isn't aren't wasn't weren't haven't hasn't "
    "otherwise hadn't won't wouldn't shouldn't couldn't one your you're you've you'll you'd"
)
HOW_MUCH = re.compile(r"\b(?:how|what a|what an) \w+$", re.IGNORECASE)
"""What goes on with the clause after it: "how worried I am"."""
TOLD_WHOM = re.compile(
    r"\b(?:told|tells?|telling|warned|promised|reminded|showed|asked) (?:(?:my|our|the|his|her|their) )?"
    r"(?:[\w'-]+ ){0,2}[\w'-]+$",
    re.IGNORECASE,
)
"""What goes on with what was told: "I told my sister we can't go"."""
WITHOUT_OBJECT = re.compile(
    r"\b(?:give|gave|do|did|stand|find|found|get|got|take|took|make|made|use|used|buy|bought|have|had|want|wanted|"
    r"need|needed|"
    r"trust|trusted|share|bear|keep|kept|worked (?:on|for|at)|wait(?:ed)? for|talk(?:ed)? to|live with|rely on|know|"
    r"knew)$",
    re.IGNORECASE,
)
"""What is done to the thing named before: "a refund I can't give" is one piece."""
PUT_ON = re.compile(
    r"\b(?:it|them|that|this|him|her|me) (?:on|in|over|by)$|\bwith (?:the|my|a) \w+ (?:on|off|in|out)$", re.IGNORECASE
)
"""At the end of a sentence these end well: "I can't put it on"."""
SUBJECT = re.compile(
    r"^(?:I|you|he|she|they|we|it|nobody|everybody|everyone|(?:my|our|the|his|her|their) [\w-]+)(?= (?!')\w)",
    re.IGNORECASE,
)
SHARED = re.compile(rf"^(?:(?:then|still|also|finally) )*(?:{AUX}|{VERBS})\b", re.IGNORECASE)
"""What may follow "but" without its subject: "she laughed, but did the dishes"."""
ASKED = re.compile(r",\s*(?:and |but |so )?(?:who|what|why|how|where) (?!(?:I|you|he|she|they|we|it)\b)\w[^,]*$", re.I)
"""A question asked in passing, at the end of a statement: "I'm 54, who hires me"."""
DANGLING = frozenset(DANGLING_WORDS.split())
CUT_AT = re.compile(
    r"\s*(?:,|\s(?:because|when|while|whenever|after|before|since|even though|although|though|which|who|where|unless|until|and|but|or|so|as if|like|due to|despite|in order)\b)",  # noqa: E501
    re.IGNORECASE,
)
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "few", "couple", "several")
NOT_COUNTED = "".join(rf"(?<!\b{number})" for number in NUMBERS) + r"(?<!\d)"
SHORTEN_AT = re.compile(
    r"(?:,|\s+(?:because|when|while|whenever|after|before|since|even|although|though|which|who|where|if|unless|until|"
    r"and|but|or|so(?= (?:you|your|he|she|they|it|we)\b)|due to|despite|as if)\b"
    r"|\s+(?:at|in|on|for|with|from)(?= (?:the|your|a|an|this|that|last|his|her|their|no|every|all|\d+|\w+day)\b)"
    r"|\s+(?=(?:today|yesterday|tonight|again|(?:last|this) (?:night|morning|week|month|year))\b)"
    rf"|{NOT_COUNTED}\s+(?=(?:\w+ ){{1,2}}ago\b))",
    re.IGNORECASE,
)
"""Where what is told back may end earlier; not within "three weeks ago"."""
UNTOLD_WORDS = (
    "know knows knew remember wonder wondered ask asks asked understand decide see say says said tell tells told think "
    "thinks thought loves likes hates wants needs stole took gave put"
)
UNTOLD = frozenset(UNTOLD_WORDS.split())
"""What does not end well where what was known, asked or told is cut off."""
PUT_WHERE = re.compile(
    r"\b(?:put|take|took|send|sent|bring|brought|gave|give) (?:your|the|him|her|them|it|his|their)(?: \w+)?$"
)
"""Nor where it is cut off where somebody was put or taken."""
POOR = re.compile(
    r"^(?:I (?:don't|do not) (?:know|care|understand|get)\b|I know\b|I (?:mean|guess|was wondering|wonder|hope|used to think)\b|that's|it is what|it's (?:like|not|ok|okay|fine|a )|this is|there (?:is|are)|it's$|I'm (?:\d|not sure|sure|just saying|sorry|new|posting|asking|writing|trying)|I have to say|that (?:is|was)\b|I(?:'m| am| was) (?:a|an|\d+|only|just)? ?(?:\d|kid|child|wondering|curious|looking for|teen\w*|girl|boy|guy|woman|man|student|\d+)|I wanted to (?:see|know|ask|share|say)|it (?:is|was)\b|it's the\b|I (?:don't|do not) mean|I should\b)",  # noqa: E501
    re.IGNORECASE,
)
DEVICES = "battery phone laptop computer tablet car engine router pc plant cactus"
NOT_A_DEVICE = "".join(f"(?<!\\b{thing} )" for thing in DEVICES.split())
"""What dies with no loss for anybody to mourn."""
RUN_OVER = r"(?:got|was|has been) (?:run over|hit by (?:an? )?(?:car|van|bus|train|lorry|truck|bike)|killed)"
PUT_DOWN = (
    r"(?:(?:had|having) to|to have|the vet) put (?:him|her|them) (?:down|to sleep)"
    r"(?! (?:for (?:a|his|her|the) (?:nap|minute|moment|night)|in (?:his|her|the)|and|gently|"
    r"at \d+\w*|every|again|by)\b)|"
    r"put (?:my|our) (?:\w+ )?(?:dog|cat|horse|pony|rabbit|puppy|kitten|pet) (?:down|to sleep)|"
    r"(?:had|having) to put (?!the |a |an |my |our |it |this |that |up |in |me |down )"
    r"(?!(?:baby|kids?|children|twins|everything|work|things|money|food|myself|something|that)\b)\w+ (?:down|to sleep)"
    r"(?= (?:yesterday|today|last|this|on|in (?:january|february|march|april|may|june|july|august|september|october|"
    r"november|december))\b|\W*$)|"
    r"(?:crossed|crossing) (?:over )?(?:the )?rainbow bridge|"
    rf"(?:dog|cat|puppy|kitten|rabbit) (?:just )?{RUN_OVER}"
)
"""An animal's death: no child that is laid down for a nap."""
NO_LOSS = (
    r"(?! (?:(?:new|old|house|car|front door|office|bank|credit|bus|train|favou?rite|left|right|other|reading) )?"
    r"(?:keys?|phone|wallet|purse|umbrella|glasses|gloves?|scarf|hat|cards?|tickets?|passport|charger|"
    r"earphones|headphones|earbuds?|airpods?|remote|bags?|luggage|suitcase|socks?|pen|files?|documents?|receipt|signal|"
    r"connection|internet|track|count|thread|place|balance|bet|game|match|round|race|point|final|set|water bottle|"
    r"bookmark|password|appetite|way|voice|temper|patience|nerve|mood|parking (?:ticket|space)|spot|turn|seat)\b)"
)
"""What is lost with no grief: things that turn up again or are bought anew."""
LOSS = re.compile(
    rf"\b(?:{NOT_A_DEVICE}died|passed away|left (?:me|us)(?! (?:on (?:read|seen)|hanging|waiting|a (?:note|message|voicemail|review|tip)|speechless|wondering|standing)\b)|broke up with|broke up|dumped|lost (?:my|our|the|a|him|her){NO_LOSS}|got fired|was fired|been fired|laid off|divorc\w+|moved (?:out|away|on)|{PUT_DOWN}|be put (?:down|to sleep)|was put down|is dying|"  # noqa: E501
    r"(?:he|she|wife|husband|girlfriend|boyfriend|partner) (?:just |has )?(?:left|walked out)(?: (?:on|last|after|"
    r"yesterday|this|without)\b|$)|miscarr\w+|cheated on|kicked (?:me )?out|ended (?:it|things)|murdered|gone forever|"
    rf"{NOT_A_DEVICE}(?:is|was) dead)\b",
    re.IGNORECASE,
)
OWN_DEED = re.compile(r"^I(?:'ve| have)? (?:\w+ )?(?:cheated on|left|dumped|broke up with|ended)\b", re.IGNORECASE)
"""What the member did: nothing that was taken from them."""
INDIRECT = re.compile(r"\b(?:where|how|what|who) (?:[\w']+ ){1,3}(?:is|am|are|was|were)$", re.IGNORECASE)
"""An indirect question that ends in its verb: "to learn where everything is"."""
HARSH = re.compile(
    r"\b(?:I(?:'m| am| look| sound)|(?:feel|feeling) like(?: (?:I'm|I am))?|makes me) (?:just |so |such |really |too |always |probably |clearly |still |nothing but |fat and |only )*(?:a |an |the )?(?:complete |total |huge |big |absolute |awful |terrible |horrible |lazy |useless )*"  # noqa: E501
    r"(?:failure|burden|loser|idiot|mess|joke|disappointment|waste|worthless|useless|ugly|stupid|pathetic|disgusting|unlovable|hideous|dumb|weak|bad person|worst \w+|terrible person|horrible person|problem here|problem\b(?! (?:with|of|is|was|child|solver))|not (?:good|ill|sick|thin|clever|smart|pretty|strong) enough|piece of|nobody(?! \w)|coward|monster|trash|garbage|broken)\b"  # noqa: E501
    r"|\bhate (?:myself|my (?:life|body|face|looks))|\bhate being me|\bdeserve (?:it|this|to|nothing)|\b(?:nobody|no one) (?:\w+ ){0,2}(?:(?:loves?|likes?|wants?|would miss|needs?) (?:me\b|to (?:be|play|talk|sit|work|go|live) with me)|cares?(?! (?:for|to|about (?!me\b))))\b|\bno good\b|\bruin everything\b|\bmy (?:own )?fault\b|\bnothing to (?:offer|contribute)",  # noqa: E501
    re.IGNORECASE,
)
OF_OTHERS_MOUTH = re.compile(
    r"^(?!I\b|I'|(?:an?|the|that|this|my) (?:\w+ )?(?:voices?|thoughts?|brain|head|mind)\b)"
    r"(?:[\w'-]+ ){1,4}?(?:says?|said|tells? me|told me|thinks?|thought|believes?|claims?|claimed|calls? me|"
    r"called me|yells?|yelled|screams?|screamed|wrote|texted(?: me)?)\b",
    re.IGNORECASE,
)
"""What somebody else says of the member: no harsh word of their own."""
WISH = re.compile(
    r"^I (?:just |really |only |do |so |still )*(?:want|wish|need|would (?:like|love)|long|hope)\b|^I'd (?:like|love|give)\b",  # noqa: E501
    re.IGNORECASE,
)
NO_WISH = re.compile(
    r"\b(?:n't|not|never|no longer) (?:want|wish|need)|want (?:to )?(?:punch|hit|slap|smash|smack|strangle|throttle|shake|hurt|scream|disappear|sleep forever|give up|vanish|cry|scream|die|be dead|be gone)|need (?:help|advice|meds|medication)",  # noqa: E501
    re.IGNORECASE,
)
STRONG = re.compile(
    r"\b(?:hurt|cry|crying|cried|afraid|scared|alone|lonely|hate|miss|lost|never|nobody|no one|can't|failed|left|died|broke|yelled|panic|ashamed|guilty|love|tired|worst|angry|worried|anxious|depressed|struggling|overwhelmed|proud|happy|finally)\b",  # noqa: E501
    re.IGNORECASE,
)
ALSO = re.compile(r"(?<=^I) (?:also|actually|just(?= (?:feel|felt|think|thought|wish)))\b|(?<=^my) own\b")
COMMON = re.compile(
    rf"(?:you|your|{ONE}|the|this|that|a|an|his|her|their|every|each|some|most|all|no)\b", re.IGNORECASE
)
AS_PERSONS_DO = re.compile(
    r"\w+ (?:(?:always|never|just|still|also|once|often|only|really|even|already|finally) )*(?:left|said|told|says|tells|hates|loves|wants|thinks|thought|asked|called|calls|went|came|took|gave|knows|knew|cheated|died|passed|moved|promised|lied|forgot)\b"  # noqa: E501
)
