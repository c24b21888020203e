"""Gives a question of fact, or of oneself, the mark it was typed without: "how long does it take to work"."""

from __future__ import annotations

import re

from attunement.reading.plain_text import normalise

_LEAD = (
    r"^(?:(?:ok(?:ay)?|and|but|so|hey|hi|hello|also|well|please|sorry|just|then|um+|btw|by the way|quick question|"
    r"(?:random |one |another )?question|do you (?:happen to )?know|(?:does )?(?:anyone|anybody) know|any idea|tell me|"
    r"can you tell me|(?:i was |just |im |i'm )?(?:wondering|curious)|i (?:just )?(?:want|wanted) to (?:ask|know))"
    r"[,:. ]+)*+"
)
_ONE = r"(?:i|you|we|they|he|she|it|people|someone|somebody|anyone|anybody|everyone|(?:my|your|the|an?) \w+)"
_THING = r"(?!(?:i|we|he|she|they|you|people|everyone|my|it all|this all|all this)\b)(?:[\w-]+ ){1,4}?"
_AMOUNT = r"(?:long|much|many|often|soon|far|old|late|early|quickly|fast|common|likely|dangerous|safe)"
_STATE = (
    r"(?:normal|common|usual|legal|illegal|against the law|true|safe|dangerous|possible|bad for you|healthy|unhealthy|"
    r"too (?:late|early|soon)|free|confidential|ok(?:ay)?|allowed|weird|a thing)"
)
_FORMS = (
    rf"how {_AMOUNT} (?!(?:more|longer|times|do i have to|does (?:he|she) expect|can (?:i|one|you) (?:take|stand|bear))\b)"  # noqa: E501
    r"(?:[\w-]+ ){0,2}?(?:do|does|did|is|are|can|should|will|would|until|before|to|after|at|in|for|it takes?|costs?|lasts?)\b",  # noqa: E501
    rf"how (?:do|does|is|are) {_THING}(?:works?|happen|start|spread|made|treated|paid|calculated|decided|diagnosed|called)\b",  # noqa: E501
    rf"(?:is|was) (?:it|this|that|there)(?: still| really| actually| even)? (?:{_STATE}|an? \w+|any|something)\b",
    rf"(?:is|are) {_THING}(?:{_STATE}|supposed to|meant to|allowed to|likely to|real|contagious|hereditary|addictive)\b",  # noqa: E501
    r"(?:does|do|will|can|could) (?:the |an? )?(?!(?:i|we|he|she|my|the|not|it|this|that|you|me|well|so|be|get|see|"
    r"without|for|what|have|nothing|something|anything|everything|dishes|laundry|homework)\b)[a-z-]+s? "
    r"(?:(?:even|really|actually|ever|always|usually|still|just) )?(?:helps?|works?|stop|end|make|cause|cost|count|pay|"
    r"last|affect|change|need|have to|get|know|tell|see|sack|fire|evict|wear off|go away|run in|expire|hurt|cure)\b",
    r"(?:can|could|do|does|did|will|would|are|should) (?:you|they|it|people|anyone|anybody|everyone|someone|employers|"
    r"landlords|(?:my|your|the|an?) (?:boss|work|employer|manager|landlord|landlady|school|doctor|gp|council|police|bank|"  # noqa: E501
    r"parents|therapist|teacher|university|uni|college|job ?centre)) (?!(?:please|just listen|stop|hear|see me|ever even|"  # noqa: E501
    r"mind|even care|know what|think|like|want|feel|believe|remember|understand|promise|hate|love)\b)[a-z']+",
    r"can i (?:(?:still|even|just|legally|also) )*(?:get|claim|apply|appeal|refuse|be (?:sacked|fired|evicted|forced|made)|"  # noqa: E501
    r"lose|drink|drive|take|mix|self[- ]refer|swap|see (?:my|the) (?:notes|records|file))\b",
    r"what(?:'?s| is| are| does| do) (?:an? (?!(?:joke|waste|mess|day|nightmare|surprise|shame|pity)\b)\w+|the "
    r"(?:\w+ )?(?:difference|average|law|minimum|limit|cost|symptoms?|signs?|side effects?|number|rules?|age|deadline|"
    r"waiting (?:list|time))|\w+ (?:mean|stand for|involve))\b",
    r"what (?:happens (?:if|when|to|after|at|in)|counts as|age|percentage|kind of|sort of|time (?:do|does|is))\b",
    r"(?:who|where|whom) (?:do|can|should|could) (?:i|you|we|people|one) (?:call|ring|speak|talk|go|get|find|contact|ask|"  # noqa: E501
    r"report|complain|apply|turn)\b",
    rf"when (?:do|does|is|are|can|will) (?!(?:(?:this|it) (?:all )?(?:end|stop)|i get to)\b)(?:{_ONE}|{_THING})[a-z' ]+",  # noqa: E501
)
_OF_ONESELF = (
    r"(?:am|was|do|have|could|should|would|will|can|shall) i (?!(?:told|mentioned|said)\b)(?:[\w']+)|"
    r"did i (?!(?:tell|mention|say|ever (?:tell|mention))\b)[\w']+|(?:have|did) i (?:really|just) [\w']+"
)
"""Not of a fact, and no telling either: "could i have done more"."""
_ASKS = re.compile(rf"{_LEAD}(?:{'|'.join(f'(?:{form})' for form in (*_FORMS, _OF_ONESELF))})", re.IGNORECASE)
_NO_FACT = re.compile(
    r"\b(?:supposed to (?:do|cope|live|go on|manage|feel|know)|the point|wrong with me|to me\b|like this|any ?more|"
    r"you (?:listening|there|serious|kidding)|put up with|isn'?t it|innit|do it|happening)\b",
    re.IGNORECASE,
)
"""What is asked out of pain, or is no question for all its form."""
MOST_WORDS = 22
_SENTENCE = re.compile(r"[^.!?\n;]+[.!?\n;]*")


def with_marks(text: str) -> str:
    """A text in which each such question that was typed without its mark has one; any other text as it is.

    >>> with_marks("how long does sertraline take to work"), with_marks("is it normal to cry every day. i do")
    ('how long does sertraline take to work?', 'is it normal to cry every day? i do')
    >>> with_marks("could i have done more")
    'could i have done more?'
    >>> with_marks("how am I supposed to do this"), with_marks("did my homework")
    ('how am I supposed to do this', 'did my homework')
    """
    return _SENTENCE.sub(lambda part: _marked(part.group()), text)


def _marked(part: str) -> str:
    bare = part.rstrip(" .\n")
    plain = normalise(bare).strip()
    asks = part.rstrip()[-1:] not in {"?", "!", ";"} and 3 <= len(plain.split()) <= MOST_WORDS
    if not asks or not _ASKS.match(plain) or _NO_FACT.search(plain):
        return part
    return f"{bare}?{part[len(bare) :].lstrip('.')}"
