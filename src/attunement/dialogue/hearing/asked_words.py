"""Patterns by which what somebody asks for is told (see ``asked_for``), on text as `normalise` gives it."""

from __future__ import annotations

import re

_BETWEEN = r"(?:\w+ )?(?:(?:even|ever|best|just|then|actually|possibly|please|at least) )*"
_SOMEBODY = r"(?:i|we|you|one|people|(?:a|an|any|some) (?:\w+ ){0,2}(?:person|people|friend|adult|parent|neighbou?r))"
WORDS = re.compile(
    r"\b(?:can|could|will|would) you (?:please )?(?:write|phrase|word|draft|formulate|put) (?:it|this|that|"
    r"something)\b|\b(?:something|it|a bit|bit|much|little) (?:softer|gentler|kinder|shorter|nicer|friendlier|"
    r"clearer|less harsh|less formal)\b|"
    rf"\b(?:what|how) (?:else )?(?:should|can|could|do|would|shall|might|"
    rf"am i supposed to) (?:{_SOMEBODY} )?{_BETWEEN}"
    r"(?:say|tell (?!if|whether|when)|write|text|reply|respond|answer|put (?:it|this|that)|phrase|word (?:it|this|"
    r"that)|bring (?:it|this|that|the \w+) up|bring up|explain (?:it|this|that|to)|break it to|(?:start|begin|"
    r"open) (?:the|that|this|a|such a) (?:talk|conversation|letter|message)|(?:ask|approach|talk to|speak to) (?:him|her|them|my|the|"  # noqa: E501
    r"for (?:help|a raise|time))|apologi[sz]e|say sorry)\b|\b(?:exact|actual|concrete|specific|good|better|right|"
    r"first|opening|example) (?:sentences?|words|phrases?|wording|lines?|message|script|formulation)\b(?=[^.!]*(?:\?|"
    r"$))(?<!the right words)|\b(?:give|write|tell|suggest|find|draft) me (?:\w+ ){0,3}(?:sentences?|words|phrases?|"
    r"wording|lines?|message|text|script)\b|\bhelp me (?:to )?(?:write|word|phrase|say|tell|draft|"
    r"find (?:the )?(?:right )?words)\b|\b(?:don'?t know|no idea|not sure|any idea|unsure|wonder) (?:what|"
    r"how) to (?:say (?:to|it)|tell|put it|write|answer|reply|word|phrase|bring (?:it|this|that) up)\b"
)
"""Words for a talk or a message with somebody; not the companion's own."""
FACTUAL = re.compile(
    r"\b(?:legal(?:ly)?|illegal|laws?|lawful|by law|my rights|rights do|entitled|eligible|qualify|allowed to|"
    r"contract|(?:notice|notice period)(?= (?:do|does|period|to|must|is|i|for|before|when)\b|\?)|landlord|landlady|"
    r"lease|tenan\w+|deposit|rent|interest (?:by|on)|tax(?:es)?|benefits?|allowance|visa|permit|passport|insurance|"
    r"insurer|pension|minimum wage|severance|sick (?:leave|pay|note)|maternity|paternity|parental leave|holiday pay|"
    r"custody|alimony|child support|court|sue|police report|lawyer|solicitor|deadline|statute|appl(?:y|ication)|"
    r"appeal|register|enrol\w*|file|claim|refund|warranty|fees?|an? fine|fire (?:me|him|her|us|someone|people)|"
    r"sack(?:ed)?\b|be fired|signed off|off sick|redundan\w+|universal credit|council tax|evict\w*|dismiss\w*|phone number|(?:the|an|their|which) address|opening hours|which office|(?:the|it|"  # noqa: E501
    r"they|that|much) (?:costs?|price)|waiting lists?|(?:find|get|book|reach|afford|call|contact) (?:(?:a|an|the|"
    r"some|my|any) )?(?:\w+ )?(?:therap\w+|psych\w+|counsell?\w+|helplines?|hotlines?|support groups?)|speed limit|"
    r"percent(?:age)?|statistics?|bus|trains?)\b"
)
"""What rules, offices and prices are called."""
FACT_FORM = re.compile(
    r"^(?:(?:ok(?:ay)?|and|but|so|hey|hi|also|well|please|sorry|just|then|btw|(?:quick )?question)[,: ]+)*"
    r"(?:can you (?:please )?tell me|could you (?:please )?tell me|do you (?:happen to )?know|any idea|tell me)?[, ]*(?:how (?:much|many|long|soon|"  # noqa: E501
    r"late|early|high|often)(?! (?:more|longer)\b)|how (?:do|does|can|would) (?:i|one|we|you)|how to|what(?:'?s| is|"
    r" are| was) (?:the|my|a|an)|when (?:do|does|is|can|must|are|will)|where (?:do|can|is|are|could)|who (?:do|can|"
    r"should|must) i|which|what (?:happens|documents|papers|form|kind of)|do (?:i|we|you|they) (?:have to|need to|"
    r"get|qualify|still)|am i (?:\w+ )?(?:allowed|entitled|eligible|obliged|supposed)|is (?:it|this|that|there) |"
    r"(?:can|may|could) (?:they|he|she|it|i|we|you|one|(?:my|a|the|your) \w+) |are (?:they|you|we|landlords|"
    r"employers)|does (?:my|a|the|it|he|she|anybody)|if )"
)
"""How a question after a fact begins."""
WORLD = re.compile(
    r"^(?:how many (?!times|people|friends|others|of|more|days|nights|years)\w+|how (?:tall|big|far|high|fast|"
    r"heavy) (?:is|are|was)|who (?:invented|wrote|discovered|painted|won|founded|directed)|(?:when|where) (?:did|was|"
    r"were) (?!the last|the first time|i\b|we\b|you\b|he\b|she\b|they\b|it\b|things\b|my\b|this\b|"
    r"that\b))(?!.*\b(?:i|my|me|we|our|he|she|his|her)\b)"
)
"""Questions about the wide world."""
_ASKING = r"^(?:(?:ok(?:ay)?|and|but|so|hey|hi|also|well|please|sorry|then|do you know)[, ]+)*"
RIGHT = re.compile(
    rf"{_ASKING}(?:(?:can|may|could) (?:he|she|they|my \w+|the \w+) (?:(?:just|even|really|legally|simply|actually) )*"
    r"do (?:that|this|so)(?: (?:by law|legally|at all|without \w+(?: \w+)?|to (?:us|the (?:kids|children))))*[?.! ]*$|"
    r"(?:is|are) (?:he|she|they|my \w+) (?:(?:even|really|legally) )*allowed to\b)"
)
"""Whether somebody may do what was told."""
PLACE = re.compile(
    rf"{_ASKING}(?:(?:where|who|whom) (?:can|do|could|should|would|might) (?:i|we|one|you|somebody|someone|people|he|"
    r"she|they|my \w+) (?:\w+ )?(?:(?:get|find|ask for|look for) (?:(?!out\b)\w+ ){0,3}?(?:help|support|advice|"
    r"an? (?:\w+ )?(?:group|service|lawyer))\b|turn(?: to)?(?= (?:for|with)\b|[?.! ]*$)|go (?:for|with (?:this|that|"
    r"it)))|who (?:can|could) help (?:me|us|him|her|them|my \w+) (?:with|to)\b|is there (?:any |some )?(?:help|"
    r"support|an? (?:\w+ )?(?:service|office|helpline|group)) (?:for|with|where|that|against)\b)"
)
"""Where there is help with something."""
DECISION = re.compile(
    r"(?:(?:^|[.?!,;:]) ?|\b(?:so|or|but|and|then|also|maybe|whether|if|ok|well|really|honestly|now) )(?:should|"
    r"shall) i\b(?! have\b)|\bdo i (?:tell|say|go|stay|leave|answer|call|keep|forgive|lie|wait)\b[^.!]{0,30}\bor\b|"
    r"\bdo (?:you think )?i have to (?:forgive|go|answer|stay|tell|see|call)\b|\b(?:is|was) it (?:right|"
    r"wrong|better|a mistake) to\b|\bwould it be (?:better|wrong|right|ok(?:ay)?|stupid|silly) (?:to|if i)\b|"
    r"\bis it (?:time|worth it) to\b"
)
IDEAS = re.compile(
    r"\bwhat (?:else )?(?:should|can|could|do|would|am) (?:i|we|you|one) (?:\w+ )?(?:do|try|change)\b|"
    r"\b(?:what|which \w+) (?:should|can|could) (?:i|we) \w+|\bwhat (?:do|would|will) (?:i|we|one) need\b|"
    r"\b(?:any|need|want|(?<!to )give me|like|got any|have you (?:got )?(?:any|some)|(?:for|some) (?:more|other|"
    r"good)) (?:\w+ ){0,2}(?:advice|tips?|ideas?|suggestions?|input)\b|(?:^|(?:want|need|give me|like|"
    r"get) )some (?:\w+ )?(?:advice|tips|ideas|suggestions)\b|\badvice (?:please|would|is|on|anyone|appreciated)|"
    r"^(?:(?:some|more|an?|another|any|got|other|different|concrete|better|just|maybe|yes|ok(?:ay)?|please|the)[ ,]+)*"
    r"(?:ideas?|advice|tips?|suggestions?)(?: please| then| i (?:guess|think))*[.!? ]*$|\b(?:give|tell|offer|suggest|"
    r"show) me (?:just )?(?:something|anything|a thing)(?: \w+)?(?: (?:concrete|useful|practical|to do|i can (?:do|"
    r"use|try)|that (?:helps|works)|else))|\bsomething (?:more )?(?:concrete|practical|useful|specific)\b|"
    r"\btell me what to do\b|\bhow (?:do|can|should|could|would) (?:i|one|we) (?!know\b|be\b|have\b|ever be\b|not\b|"
    r"feel about\b|look\b)|\bwhat (?:would|do|could|can) you (?:suggest|recommend|advise|propose|think i should)|"
    r"\bhelp me (?:with|to|figure|decide|sort|find (?!the)|get|understand)\b|\bwhat (?:helps|works|worked|would help|"
    r"can help|might help)\b(?! me (?:the )?most\b)|\bis there (?:anything|something|a way|any way|"
    r"a trick)\b(?! (?:wrong|out)\b)|\bwhat now\b(?=[?.! ]*$)|\bwhat do i do\b|\bwhat(?:'s| is) (?:the|a) (?:best|"
    r"good|next) (?:way|step|thing|move)\b"
)
PRACTICAL = re.compile(
    r"\b(?:what|which(?: \w+){1,2}|how much|where) (?:else )?(?:should|can|could|do|would|shall) (?:i|we|you) "
    r"(?:wear|bring|pack|buy|cook|bake|eat|drink|order|watch|read|play|paint|plant|put on|name (?:it|him|her|them)|"
    r"(?:give|get) (?:him|her|them|my \w+)(?= (?:for|as)\b|[?.! ]*$)|(?:take|make|get|give)(?= (?:with me|along|for|"
    r"as)\b|[?.! ]*$))\b|\bshould i (?:wear|bring|pack|buy|cook|bake|order)\b"
)
"""Things for an occasion, of which a program has no idea."""
WHILE = re.compile(
    r"\bwhat (?:else )?(?:can|could|should|shall|would|do) (?:i|we|you) do (?:on|in|at|during) (?!(?:\w+ )?(?:meantime|"
    r"moment|situation|case|end|morning|evening|night|long|such|these|those|general|future)\b)\w+"
)
"""How to spend a time somewhere: nothing for a topic's ideas, unless the question is of that topic."""
_LEAD = r"^(?:(?:but|and|so|ok|well)[, ]+)*"
PASS = re.compile(
    rf"{_LEAD}(?:(?:does|do|will|would|can|could) (?:it|this|that|things|i|the \w+|grief|pain) (?:\w+ )*"
    r"(?:stop|end|pass|go away|get (?:better|easier|over)|change|heal|fade|be (?:ok|okay|fine|happy|normal|"
    r"the same))\b|(?:when|how long) (?!does it take to (?!get over|feel|heal|stop|be|forget|recover|grieve))"
    r"(?:does|do|will|is|until|before|can)\b.*\b(?:it|this|that|pain|grief|better|"
    r"over|easier)\b)"
)
BLAME = re.compile(
    rf"{_LEAD}(?:(?:could|should|would|shouldn'?t|couldn'?t) (?:i|we) (?:\w+ )?have|did (?:i|we) (?:do|say|miss) "
    r"(?:something|anything|enough|it wrong|too)|was (?:it|that|this) (?:all )?my fault|was i (?:wrong|too|a bad)|"
    r"(?:have|did) i (?:really |just )?(?:lost?|ruin(?:ed)?|wreck(?:ed)?|let|cause[d]?|mess(?:ed)?))\b"
)
NORMAL = re.compile(
    rf"{_LEAD}(?:is (?:it|this|that) (?:normal|ok(?:ay)?|weird|wrong|bad|strange|stupid|silly|"
    r"pathetic|childish|crazy|selfish|too much|just me|my fault)|do you (?:think|find) (?:that |it |this |i )?(?:is |"
    r"'s |am |'m )?(?:that's |it's |i'm )?(?:a bit |so |very )?(?:strange|weird|normal|stupid|silly|crazy|wrong|bad|"
    r"pathetic|childish|selfish)\b|am i (?:just |being |really )*(?:a |an |the )?(?:normal|weird|crazy|wrong|bad|"
    r"terrible|overreacting|selfish|too|asking|stupid|broken|only one|monster|failure|ok(?:ay)?))\b"
)
OPINION = re.compile(
    rf"{_LEAD}(?:(?:what )?do(?:n't)? you (?:think|find|believe)|in your opinion|am i right|"
    r"would(?:n't)? you (?:say|go|do (?:it|that|so)|stay|leave|forgive|quit|try|call|(?:text|answer|tell) (?:him|her|"
    r"them|my)|take (?:it|him|her|them)|keep|(?:have|be) (?:said|done|gone|angry|hurt|upset|scared))|"
    r"(?:i mean[t]? )?(?:what )?if you were (?:me|in my (?:place|shoes)))\b"
)
WHY = re.compile(rf"{_LEAD}(?:why|how come|how can (?:he|she|they|people|someone|somebody))\b")
GIVEN_UP = re.compile(r"\bhow (?:can|could) (?:i|we|one) (?:ever|go on|live|face|forgive|trust|still)\b")
"""Asked out of pain and not for ideas."""
_ADVICE = r"(?:advice|tips?|suggestions?|ideas?|solutions?)"
_ADVISE = r"(?:advise|suggest|fix|solve|tell me what (?:to|i should|i could) do)"
REFUSED = re.compile(
    rf"(?:i(?:'m| am)? |i(?:'d| would) (?:rather|prefer(?: it if)?|like)(?: you)? )?(?:(?:really|just|also) )*"
    rf"(?:(?:don'?t|do not|didn'?t|did not|never) "
    rf"(?!you\b)(?:\w+ ){{0,2}}?(?:(?:want|need|ask(?:ed)?|offer|give)\b(?: (?!my|his|her|their)\w+){{0,4}}? {_ADVICE}|"
    rf"(?:want|need|ask(?:ed)?)(?: for)? (?:you|anyone|anybody|someone) to (?:\w+ )?{_ADVISE}|try to {_ADVISE}|"
    rf"tell me what (?:to|i should|i could) do|{_ADVISE} (?:me|it|this|that|anything)|(?:advise|suggest)(?=\W*$))|"
    rf"(?:stop|quit|enough|no more|not (?:looking|asking|here) for|spare me|keep|save|without)(?: with| of)? "
    rf"(?:\w+ ){{0,3}}?{_ADVICE}|stop (?:advising|fixing|trying to {_ADVISE})|you (?:don'?t|do not) (?:need|have) to "
    rf"(?:\w+ ){{0,3}}?(?:{_ADVICE}|{_ADVISE})|no (?:\w+ )?(?:advice|tips|suggestions|solutions)(?= please|\W|$))\b"
)
"""Advice is not wanted, in so many words."""
ONLY_HEARD = re.compile(
    r"(?:i(?:'d| would)? (?:\w+ ){0,2}?(?:want|need|like)(?:ed)? )?(?:(?:can|could|will) )?(?:you |someone |somebody )?"
    r"(?:please )?(?:to )?(?:just|only) (?:to )?listen\b|i (?:just|only) (?:want|need|wanted|needed) (?:to )?"
    r"(?:say (?:it|this|that)|vent|be (?:heard|listened to)|get (?:it|this|that) (?:off my chest|out)|"
    r"let (?:it|this|that) out|someone (?:to listen|who listens)|an ear)\b"
)
"""No more is wanted than to be listened to."""
