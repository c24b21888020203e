"""How a message wants to be taken: as a joke, as a bare answer, as a plan, as a wish not to be asked."""

from __future__ import annotations

import re

from attunement.dialogue.hearing.addressed import is_addressed
from attunement.dialogue.hearing.mirror import mirrored
from attunement.domain.reading import Reading, RiskLevel
from attunement.reading.plain_text import normalise
from attunement.reading.risk import read_rules

MOST_OF_A_BIT = 12
HEAVY_BELOW, HEAVY_IF_LONG = 2.45, 2.96
"""Valence (1 to 5) below which a message weighs, and below which one of many words does."""
MILD_FROM = 2.2
LONG = 18
GAY_FROM = 2.65
_IN_JEST = re.compile(r"\b(?:jk|(?:just |only )?(?:kidding|joking))\b")
_LAUGHS = re.compile(
    r"\b(?:a*ha(?:ha)+h?|hehe+|lol|lmao|rofl|jk|(?:just |only )?(?:kidding|joking))\b|[\U0001F602\U0001F923\U0001F61C\U0001F639]"  # noqa: E501
)
_NO_QUESTIONS = re.compile(
    r"\b(?:(?:can|could|would|will) you )?(?:please )?(?:stop asking|(?:i(?:'ve)? (?:want|had) )?no more questions?|"
    r"(?:don'?t|do not|quit) (?:keep )?(?:ask(?:ing)?|question(?:ing)?) me|stop (?:with )?(?:the|your|all the|these|"
    r"all these) questions|(?:i(?:'ve)? (?:have )?had )?enough (?:of |with )?(?:the |your )?questions|(?:i (?:just |"
    r"only )?(?:want|need) (?:you )?to )?(?:just|only) listen|(?<![^,.] )(?:listening|an ear)(?= please|"
    r"\W*$)|(?:no|not another|without) (?:further )?questions?(?= please| now| today| for|[.!?;,]|$)|"
    r"i (?:really |just )*(?:don'?t|do not) (?:want|need|like) (?:(?:another|any(?: more)?|more|your|these|all these|"
    r"so many) questions?(?! (?:from|by|at|about)\b)|to be (?:asked|questioned)(?! (?:by|out|to)\b)|you to ask)|"
    r"i (?:really )?(?:hate|don't like) (?:being (?:asked|questioned)(?! (?:by|out|to)\b)|(?:your|these|all (?:the|"
    r"these|your)) questions(?! (?:from|by|at)\b))|enough (?:of|with) all (?:the|these|your) questions|"
    r"(?:can|could) (?:you|we) (?:please )?(?:not ask|leave out (?:the|any|all the) questions))\b[^.!?;,]*"
)
_ASK_AGAIN = re.compile(r"\b(?:you (?:can|may) ask|go on,? ask|ask (?:me )?away)\b")
_PRACTICE = (
    r"(?:practices|(?:an|this|that|another|your|\w+ing) exercise|exercises|meditations?|breathing|mindfulness|"
    r"techniques?)"
)
"""What there is to do in the library, as it may be called; "exercise" alone is sport, and "practice" may be."""
_NO_PRACTICE = re.compile(
    rf"(?:i(?:'m| am)? (?:\w+ ){{0,2}}?)?(?:(?:don'?t|do not|won'?t|not) (?:want|need|like|do|doing|feel like|give|"
    rf"offer|suggest|show|send|(?:in the mood|up) for)|stop (?:with|giving|offering|suggesting|sending)|spare me|skip|"
    rf"enough (?:of|with)|leave out|no|not another|without|(?:i(?:'m| am)? "
    rf"(?:\w+ ){{0,2}}?)?(?:hate|sick of|tired of|fed up with))(?: (?!my|his|her|their)\w+){{0,4}}? {_PRACTICE}"
    r"(?: \w+){0,2}(?=[.!?;,]|$)|no (?:more )?practice(?= please| thanks|\W*$)"
)
_ASKS_PRACTICE = re.compile(
    rf"\b(?:give|show|teach|suggest|recommend|want|like|try|have|got|know|need|do)\b(?: \w+){{0,4}}? (?:{_PRACTICE}|"
    r"(?:a|another|one more|the) (?:\w+ )?practice)\b"
)
_LET_BE = re.compile(
    r"(?:^(?:please )?|\bi (?:really |just |still )?)(?:don'?t|do not) (?:want|wanna|like) to (?:talk|speak|write|"
    r"think) about (?:it|that|this|him|her|them|(?:the|my|his) (?P<thing>\w+))\b|\b(?:talk|"
    r"speak) about something else\b|\b(?:change|different|another) (?:the )?(?:subject|topic)\b"
)
_PLAN = re.compile(
    r"^(?!you(?:'ll| will) (?:never|not)\b)(?!.*\b(?:rip|punch|hit|smash|beat|strangle|stab|slap|destroy|explode|scream|lose it|break down)\b)(?:you'll|you will|you could(?!n't| (?:cry|scream|sing|die|laugh|kill|burst|be)\b)|you can (?!feel|see|hear|not|only|be)|you might (?!be\b|have\b)|you're going to|you are going to|you want to (?:go|try|ask|give|write|call)|you're gonna)\b"  # noqa: E501
)
_LEAD = re.compile(
    r"^(?:(?:yes|yeah|no(?=,|$|\s+(?:he|she|we|they|it|it's|that|that's|the|there|my|our|his|her|just|only|well|"
    r"but)\b)|like(?= (?:an?|one|two|three|four|five|six|\d+) )|"
    r"nope|nah|well|ok(?:ay)?|oh|and|so|but|just(?! (?:me|us)\b)|hm+)\b[\s,]*|(?:can'?t|won'?t)(?=$))+",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"\b(?:passed over|turned down|left out|laid off|fired|evicted|rejected|uninvited|bullied|mocked|rumou?rs?|"
    r"debts?|(?:didn'?t|did not|wasn'?t|never) (?:even |really |ever )?(?:invited?|ask|call|write|get the)|(?:can'?t|"
    r"cannot) (?:afford|pay|sleep|cope)|overdue|nobody (?:\w+ )?(?:called|wrote|came|asked|remembered|noticed|knows)|"
    r"(?:stole|lied|cheated)|failed|(?:asked|told|begged|warned) (?:him|her|them|my \w+) (?:twice|again and again|"
    r"over and over|(?:two|three|many|so many|a hundred|\d+) times|so often)|"
    r"(?:said|says|told me) (?:that )?it'?s over|cried (?:in (?:the|my)|all|for hours|myself|alone)|"
    r"(?:haven'?t|hasn'?t|have not) slept|no (?:money|food) (?:for|left|until|in)\b|"
    r"if only (?:i|he|she|they|we|it|my)|"
    r"i used to (?:be|feel) (?:so |really |a |the |very )*(?:funny|happy|fun|confident|strong|brave|good|pretty|alive|"
    r"clever|somebody|someone|creative|social|outgoing)|"
    r"relapsed|purg(?:e|ed|ing)|starv\w+ my ?self|cancer|(?:is|went|gone) missing|"
    r"flunked|diagnos\w+|tumou?r|lump|dementia|surgery|panic attacks?|sucks|"
    r"laughed at (?:me|my)|stolen|broke into|won't let me see|got an? [df]\b(?!\w)|bad grade|off topic|wrote me up|"
    r"screamed at me|yelled at me|fuck\w*|(?:bull)?shit\w*|(?:he|she|wife|husband|girlfriend|boyfriend|"
    r"partner) (?:just |has )?(?:left|walked out)(?= on| last| after| yesterday|\W*$)|(?:haven'?t|hasn'?t|have not|"
    r"has not) (?:had|been|seen|felt|slept|eaten|talked|spoken|left)\b[^.!?]{0,40}? (?:in|for) (?:years|months|weeks|"
    r"ages|days|forever|a long time)|(?:biggest|such a|what a) (?:\w+ )?(?:lie|liar|joke|shame)|"
    r"(?:it|this|that|life|today|everything|all of it)(?:'s| is| was| has been| feels) (?:(?:just|so|too|really|very|"
    r"all|such) )*(?:hard|rough|tough|unbearable|too much)(?! (?:to (?:beat|choose|say no)|work))|(?:want|wanted|wish|"
    r"need|needed) (?:(?:to|just|someone|somebody|i) )*(?:be|feel|felt|was|were) (?:loved|wanted|needed|heard|seen|"
    r"held|hugged|understood|okay|ok|normal|happy|enough|safe|less alone)(?! (?:for|by|with|as|at|to|in|when|that)\b)|"
    r"(?:want|wish|need)(?:ed)? (?:a hug|(?:a friend|friends)(?! (?:to|for)\b)|(?:someone|"
    r"somebody) (?:to (?:love|hold|hug|talk to|listen|care)|who)))\b"
)
_TOLD_TO_DIE = re.compile(
    r"\b(?:said|says|told me|tells me|wrote|writes|texted(?: me)?|yelled|screamed|shouted)(?: (?:to|at) me)?(?: that)?"
    r"[:, \"']*(?:i |you )?(?:(?:should|to|can|just|go|and|better|ought to) )*(?:kill (?:yourself|myself)|kys|die)\b"
)
_ANIMAL = (
    r"(?:dogs?|cats?|puppy|puppies|kittens?|rabbits?|bunny|hamster|parrot|budgie|goldfish|horse|pony|goat|tortoise|"
    r"ferret|guinea pig|chickens?)"
)
_MISCHIEF = re.compile(
    rf"\b{_ANIMAL} (?:(?:just|has|had|always|keeps?|kept|again|still|now|once|even|actually|is|was) )*"
    r"(?:knock\w*|chew\w*|ate|eats?|eaten|eating|stole|steals?|stolen|stealing|scratch\w*|broke|breaks?|bark\w*|"
    r"sings?|sang|singing|sat on|sits on|jump\w*|climb\w*|hid|hides?|dug|digs?|spill\w*|pee[ds]?|peeing|snor\w+|"
    r"stares?|staring|(?:looks?|looking) at me|learned|learnt|opened|opens|ripped|destroy\w*|threw up|puked|rolled|"
    r"woke me|wakes me|yells?|"
    r"yelling|meow\w*|thinks|refuses|ignores|judg\w+)\b",
    re.IGNORECASE,
)
"""What animals do that live with somebody: told as an anecdote."""
_ILL = re.compile(
    r"\b(?:died|dying|dead|sick|ill|vet|lump|surgery|blood|pain|cancer|put (?:down|to sleep)|last time|miss(?:es|"
    r"ed)?|"
    r"nothing|stopped|n't|used to|hit|kick\w*|hurt\w*|attack\w*|bit|bitten)\b",
    re.IGNORECASE,
)
_NO_ECHO = re.compile(
    r"\b(?:stop|quit|you(?:'re| are)|you(?: just| only)? keep(?: on)?|don't|why do you) (?:\w+ )?(?:repeat\w*|"
    r"parrot\w*|echo\w*|copy\w*|mirror\w*|paraphras\w+|rephras\w+) (?:back )?(?:me\b|what i|my|everything|"
    r"whatever i)|\byou(?:'re| are) a parrot\b|\b(?:that|this)(?:'s| is) (?:just |exactly |"
    r"literally )?what i (?:just )?(?:said|wrote|told you)|\bi (?:just|already) (?:said|told you|wrote) that\b"
)
_AND = re.compile(r"^(?:And|The|My|A|An|In|At|On|With|Our|His|Her) ")
_LOW = re.compile(
    r"^(?:The|This|These|That|Those|My|Our|His|Her|Their|Its|One|Some|Most|Many|All|Both|None|A|An|In|At|On|With|For|To|"
    r"By|From|After|Before|Since|Until|About|Not|No|Never|Always|Only|Maybe|More|Less|Every(?:thing|one|body)?|Somebody|"
    r"Someone|Nobody|People|Still|Usually|Mostly|Often|Sometimes|When|He|She|They|We|There)\b"
)
"""What is no name, though it begins a line with a capital."""
_DOUBT = re.compile(r",? (?:I guess|I suppose|I think|mostly|really|though|tho)$", re.IGNORECASE)
_NO_BIT = re.compile(
    r"^(?:I|I'\w+|you|that|that's|this|it|it's|what|why|how|when|where|who|if|don't|do|stop|let's|please|is|are|can|could|will (?:i|he|she|it|they)|am i|not (?:sure|really)|"  # noqa: E501
    r"thanks?|help|hello|hi|hey|fine|good|sure|true|right|haha+|lol|kidding|joking|what\w*|because|maybe$|no more)\b|"
    r"^\w+ed (?:me|us|him|her|it|them|my|our|his|the)\b|"
    r"\b(?:fuck\w*|\w*shit\w*|kill\w*|die[sd]?|dead|suicid\w*|bitch\w*|you|your|bot|robot)\b",
    re.IGNORECASE,
)


def is_playful(text: str, reading: Reading | None) -> bool:
    """Whether something is said in jest: it laughs, or amuses, and nothing in it weighs.

    >>> is_playful("lol my cat thinks he owns the flat", None), is_playful("my cat died", None)
    (True, False)
    """
    plain = normalise(text)
    if reading is None or (_IN_JEST.search(plain) and reading.risk.level.rank < RiskLevel.INDIRECT.rank):
        return bool(_LAUGHS.search(plain))
    weighs = reading.risk.level.rank >= RiskLevel.INDIRECT.rank or reading.emotion.valence < GAY_FROM
    amuses = "amusement" in reading.emotion.labels and not tells_of_trouble(text)
    return not weighs and bool(_LAUGHS.search(plain) or amuses)


def weighs(reading: Reading | None, words: int) -> bool:
    """Whether a message reads as heavy: by its valence, the sooner the longer it is or where it reads as distressed.

    Unread ones are taken as such.
    """
    if reading is None:
        return True
    sooner = words >= LONG or reading.risk.level is not RiskLevel.NONE
    return reading.emotion.valence < (HEAVY_IF_LONG if sooner else HEAVY_BELOW)


def is_mild(reading: Reading | None, words: int) -> bool:
    """Whether a message reads as not more than somewhat heavy: pity would be too much.

    A distressed one is no more than that where it is short and its valence is not low.
    """
    if reading is None:
        return False
    if reading.risk.level is RiskLevel.NONE:
        return reading.emotion.valence >= MILD_FROM
    return words < LONG and reading.emotion.valence >= HEAVY_BELOW


def tells_of_trouble(text: str) -> bool:
    """Whether something is told that is hardly light for anybody, however calmly.

    >>> tells_of_trouble("I got passed over for the promotion"), tells_of_trouble("I baked bread today")
    (True, False)
    """
    return bool(_TROUBLE.search(normalise(text)))


def tells_of_cruelty(text: str) -> bool:
    """Whether somebody was told to die: that is never a joke, however it is told.

    >>> tells_of_cruelty("My boss said 'you should kill yourself' lol"), tells_of_cruelty("he said he could die lol")
    (True, False)
    """
    return bool(_TOLD_TO_DIE.search(normalise(text)))


def bit_of(parts: tuple[str, ...]) -> str:
    """A bare answer of a few words, turned round to be taken up; empty where it is none.

    >>> bit_of(("Yes.", "my brother maybe."))
    'your brother, maybe'
    >>> bit_of(("I left because of the night shifts.",))
    ''
    """
    if any(part.endswith("?") for part in parts) or sum(len(part.split()) for part in parts) > MOST_OF_A_BIT:
        return ""
    bits = [
        _DOUBT.sub("", _LEAD.sub("", re.sub(r" I (?:think|guess)\b", "", part.rstrip(".! "))).strip()) for part in parts
    ]
    bits = [re.sub(r"(?<!,) maybe$", ", maybe", bit) for bit in bits if re.search(r"\w", bit)]
    if not bits or any(_NO_BIT.search(bit) or bit.count('"') % 2 for bit in bits):
        return ""
    if read_rules(" ".join(bits)).level.rank >= RiskLevel.INDIRECT.rank:
        return ""
    first = _LOW.sub(lambda m: m.group().lower(), bits[0])
    return mirrored(", ".join([first, *(_AND.sub(lambda m: m.group().lower(), bit) for bit in bits[1:])]))


def is_plan(said: str) -> bool:
    """Whether a clause said back ("you'll ask Tom") tells of something somebody means to do or could do.

    >>> is_plan("you could tell Paul"), is_plan("you told Paul")
    (True, False)
    >>> is_plan("you'll never be free")
    False
    """
    return bool(_PLAN.match(said))


def wants_no_questions(texts: list[str]) -> bool:
    """Whether somebody said that they do not want to be asked, and did not say otherwise since.

    >>> wants_no_questions(["stop asking me questions", "he laughed"]), wants_no_questions(["people don't ask me"])
    (True, False)
    """
    wanted = False
    for text in map(normalise, texts):
        said = any(is_addressed(text, *match.span()) for match in _NO_QUESTIONS.finditer(text))
        wanted = (wanted or said) and not _ASK_AGAIN.search(text)
    return wanted


def wants_no_practice(texts: list[str]) -> bool:
    """Whether somebody said that they want no practices, and asked for none since.

    >>> wants_no_practice(["no practices please", "he laughed"]), wants_no_practice(["my school has no practices"])
    (True, False)
    """
    wanted = False
    for text in map(normalise, texts):
        said = any(is_addressed(text, *match.span()) for match in _NO_PRACTICE.finditer(text))
        wanted = said or (wanted and not _ASKS_PRACTICE.search(text))
    return wanted


def wants_no_echo(texts: list[str]) -> bool:
    """Whether somebody said that their words are only repeated to them.

    >>> wants_no_echo(["you're just repeating what i say"]), wants_no_echo(["he keeps repeating me"])
    (True, False)
    """
    return any(is_addressed(text, *match.span()) for text in map(normalise, texts) for match in _NO_ECHO.finditer(text))


def is_mischief(text: str) -> bool:
    """Whether what an animal of theirs is up to is told: an anecdote, and no loss.

    >>> is_mischief("My cat knocked over the plant again."), is_mischief("My cat is sick and ate nothing.")
    (True, False)
    """
    return bool(_MISCHIEF.search(text)) and not _ILL.search(text)


def lets_be(text: str) -> bool:
    """Whether somebody asks to leave alone what was spoken of.

    >>> lets_be("i don't want to talk about that")
    True
    """
    return bool(_LET_BE.search(normalise(text)))


def let_alone(text: str) -> str:
    """What by name is to be left alone, or nothing.

    >>> let_alone("I don't want to talk about the exam")
    'exam'
    """
    match = _LET_BE.search(normalise(text))
    return (match["thing"] or "") if match else ""


def laughs(text: str) -> bool:
    """Whether somebody laughs in so many letters.

    >>> laughs("haha he sings"), laughs("he would have laughed")
    (True, False)
    """
    return bool(_LAUGHS.search(normalise(text)))
