"""How a message wants to be taken: as a joke, as a bare answer, as a plan, as a wish not to be asked."""

from __future__ import annotations

import re

from attunement.dialogue.addressed import is_addressed
from attunement.dialogue.mirror import mirrored
from attunement.domain.reading import Reading, RiskLevel
from attunement.reading.plain_text import normalise
from attunement.reading.risk import read_rules

MOST_OF_A_BIT = 12
HEAVY_BELOW, HEAVY_IF_LONG = 2.6, 3.0
"""Valence (1 to 5) below which a message weighs, and below which one of many words does."""
MILD_FROM = 2.4
LONG = 18
GAY_FROM = 2.75
_IN_JEST = re.compile(r"\b(?:jk|(?:just |only )?(?:kidding|joking))\b")
_LAUGHS = re.compile(
    r"\b(?:a*ha(?:ha)+h?|hehe+|lol|lmao|rofl|jk|(?:just |only )?(?:kidding|joking))\b|[\U0001F602\U0001F923\U0001F61C\U0001F639]"  # noqa: E501
)
_NO_QUESTIONS = re.compile(
    r"\b(?:(?:can|could|would|will) you )?(?:please )?(?:stop asking|(?:i(?:'ve)? (?:want|had) )?no more questions?|"
    r"(?:don'?t|do not|quit) (?:keep )?(?:ask(?:ing)?|question(?:ing)?) me|"
    r"stop (?:with )?(?:the|your|all the|these|all these) questions|"
    r"(?:i(?:'ve)? (?:have )?had )?enough (?:of |with )?(?:the |your )?questions)\b[^.!?;,]*"
)
_ASK_AGAIN = re.compile(r"\b(?:you (?:can|may) ask|go on,? ask|ask (?:me )?away)\b")
_LET_BE = re.compile(
    r"(?:^(?:please )?|\bi (?:really |just |still )?)(?:don'?t|do not) (?:want|wanna|like) to "
    r"(?:talk|speak|write|think) about (?:it|that|this|him|her|them)\b|"
    r"\b(?:talk|speak) about something else\b|\b(?:change|different|another) (?:the )?(?:subject|topic)\b"
)
_PLAN = re.compile(
    r"^(?!you(?:'ll| will) (?:never|not)\b)(?:you'll|you will|you could(?!n't| (?:cry|scream|sing|die|laugh|kill|burst)\b)|you can (?!feel|see|hear|not|only)|you might (?!be\b|have\b)|you're going to|you are going to|you want to (?:go|try|ask|give|write|call)|you're gonna)\b"  # noqa: E501
)
_LEAD = re.compile(r"^(?:(?:yes|yeah|no(?=,|$)|well|ok(?:ay)?|oh|and|so|but|just|hm+)\b[\s,]*)+", re.IGNORECASE)
_TROUBLE = re.compile(
    r"\b(?:passed over|turned down|left out|laid off|fired|evicted|rejected|uninvited|bullied|mocked|rumou?rs?|debts?|"
    r"(?:didn'?t|did not|wasn'?t|never) (?:invited?|ask|call|write|get the)|"
    r"(?:can'?t|cannot) (?:afford|pay|sleep|cope)|overdue|"
    r"nobody (?:\w+ )?(?:called|wrote|came|asked|remembered|noticed|knows)|(?:stole|lied|cheated)|failed|flunked|"
    r"diagnos\w+|tumou?r|lump|dementia|surgery|panic attacks?|sucks|laughed at (?:me|my)|stolen|broke into|"
    r"won't let me see)\b"
)
_AND = re.compile(r"^(?:And|The|My|A|An|In|At|On|With|Our|His|Her) ")
_DOUBT = re.compile(r",? (?:I guess|I suppose|I think|mostly|really|though|tho)$", re.IGNORECASE)
_NO_BIT = re.compile(
    r"^(?:I|I'\w+|you|that|that's|this|it|it's|what|why|how|when|where|who|if|don't|do|stop|let's|please|is|are|can|could|not (?:sure|really)|"  # noqa: E501
    r"thanks?|hello|hi|hey|fine|good|sure|true|right|haha+|lol|kidding|joking|what\w*|because|maybe$|no more)\b|"
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
    return not weighs and bool(_LAUGHS.search(plain) or "amusement" in reading.emotion.labels)


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
    if not bits or any(_NO_BIT.search(bit) for bit in bits):
        return ""
    if read_rules(" ".join(bits)).level.rank >= RiskLevel.INDIRECT.rank:
        return ""
    return mirrored(", ".join([bits[0], *(_AND.sub(lambda m: m.group().lower(), bit) for bit in bits[1:])]))


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


def lets_be(text: str) -> bool:
    """Whether somebody asks to leave alone what was spoken of.

    >>> lets_be("i don't want to talk about that")
    True
    """
    return bool(_LET_BE.search(normalise(text)))
