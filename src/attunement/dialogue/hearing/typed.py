"""Repairs of how people type, before a message is taken apart: quotes, counted points, "mum" without "my"."""

from __future__ import annotations

import re

_SINGLE = re.compile(r"(?<![\w'])'(?!(?:cause|coz|til|em|bout|n)\b)((?:\w++(?:'\w++)?[,.!?]* ?){1,8})'(?![\w'])")
"""A few words between single quotes, which may hold apostrophes: 'don't go'. Each is taken whole, or there would be
more ways to cut a long one than can be tried."""
_COUNTED = re.compile(r"(?:^|\s)1[.)]\s+[^\W\d].*?\s2[.)]\s+[^\W\d]", re.DOTALL)
_POINT = re.compile(r"[:,;]?(?:^|\s+)\d{1,2}[.)]\s+(?=[^\W\d])")
_WHY = re.compile(r"(?:^|(?<=[.!?\n] )|(?<=\n))y (?=(?:do|does|did|is|are|am|was|can|can'?t|should|would|me)\b)", re.I)
_HASTY = (
    (re.compile(r"\bi dunno\b", re.I), "I don't know"),
    (re.compile(r"\b(he|she|it) don'?t\b", re.I), r"\1 doesn't"),
    (re.compile(r"\b(anything|nothing|a word) just (?=\w)", re.I), r"\1, just "),
    (
        re.compile(
            r"\b(mum|mom|dad|nan|gran|grandma|grandad|sister|brother|boss|mate|friend|wife|husband)s (?=(?:birthday|"
            r"house|place|flat|car|funeral|phone|room|kitchen|wedding|boyfriend|girlfriend|husband|wife)\b)",
            re.I,
        ),
        r"\1's ",
    ),
    (re.compile(r"\b(I|we|they|you) (?:bin|been)\b", re.I), r"\1've been"),
    (
        re.compile(
            r"((?:^|(?<=[.!?\n] )|\b(?:ok|okay|yeah|yes|maybe|think|guess|and|so|then|but|well|scared|"
            r"afraid|worried|know|hope|bet|if|because|says?|said) ))ill (?=(?:mess|fail|lose|end|miss|fall|cry|look|te?xt|ask|tell|call|try|go|"  # noqa: E501
            r"do|see|just|never|always|get|take|let|make|have|be|say|write|wait|stay|probably|need)\b)",
            re.I,
        ),
        r"\1I'll ",
    ),
)
"""How it is typed in haste or spoken, and how it is written: "she dont", "we bin", "maybe ill go"."""
_TOWARDS = (
    "with|to|from|for|of|about|at|by|after|before|since|without|told|asked|called|rang|phoned|miss|missed|lost|saw|see|"
    "visit|visited|when|because|that|if|but|how|me and|is"
)
_PARENT = (
    r"(?:mum|mom|mummy|dad|daddy|gran|granny|grandma|grandpa|grandad|granddad|nan|nana)(?='?s? |'s\b|[.,!?]|$)"
    r"(?! (?:of|to (?:a|two|three|be)|jokes?|bods?|friends?|groups?|who)\b)"
)
_PARTNER = r"(?:girlfriend|boyfriend|wife|husband|gf|bf)(?= |[.,!?]|$)(?! (?:material|and husband|and wife)\b)"
_DOES = (
    r"(?=(?:just |always |never |also |still |even |really |only )*(?:is|was|has|had|did|does|can|will|won'?t|wont|isn'?t|"  # noqa: E501
    r"isnt|didn'?t|didnt|doesn'?t|doesnt|hasn'?t|keeps?|never|said|says|told|tells|went|goes|got|gets|came|comes|left|broke|"
    r"ate|eats|woke|thinks?|thought|put|made|makes|forgot|lost|took|gave|rang|sent|won|fell|hit|let|wants|(?!need)\w{3,}ed)\b)"
)
_MY = (
    r"boss|manager|landlord|landlady|(?:house|flat|room)mate|boyfriend|girlfriend|hubby|husband|wife|bf|gf|best (?:mate|"  # noqa: E501
    r"friend)|sister|brother|daughter|son|dog|cat|car|phone|laptop|teacher|therapist|counsellor|grandkids|knee|back"
)
_THE = (
    r"bus|train|boiler|heating|wi-?fi|internet|doctor|dentist|gp|council|police|baby|shower|fridge|washing machine|"
    r"postman|agent|interview|exam|wedding"
)
_LACKS_WORD = re.compile(rf"(?:^|(?<=[.!?] )|(?<=\n))(?:({_MY})|({_THE})) {_DOES}", re.IGNORECASE)
"""Who or what a sentence begins with, typed without "my" or "the": "boss shouted at me", "bus didn't come"."""
_AT_SCHOOL = re.compile(
    rf"(?:^|(?<=[.!?] )|(?<=\n))(?:miss|sir) (?:{_DOES}|(?=(?:hates|shouts|moved|knows|marks)\b))", re.IGNORECASE
)
"""How a teacher is called by those who are taught."""
_UNOWNED = re.compile(
    rf"((?:^|(?<=[.!?] )|(?<=\n)|\b(?:{_TOWARDS}) )(?={_PARENT})|\b(?:with|from|about|without|told|lost|me and) "
    rf"(?={_PARTNER}))(\w)",
    re.IGNORECASE,
)
"""Before somebody of theirs who is named without "my"."""


def repaired(text: str) -> str:
    """A message (plain quotes) with double quotes for single ones, points that are counted as lines, "my" before "mum".

    >>> repaired("he called me 'weak' at mum's"), repaired("1. the rent 2. exams")
    ('he called me "weak" at my mum\\'s', '\\nthe rent\\nexams')
    >>> repaired("she dont get it. maybe ill go")
    "she doesn't get it. maybe I'll go"
    """
    text = _SINGLE.sub(r'"\1"', text)
    for hasty, written in _HASTY:
        text = hasty.sub(written, text)
    text = _POINT.sub("\n", text) if _COUNTED.search(text) else text
    text = _AT_SCHOOL.sub("my teacher ", text)
    text = _LACKS_WORD.sub(lambda m: f"my {m[1].lower()} " if m[1] else f"the {m[2].lower()} ", text)
    return _UNOWNED.sub(_with_my, _WHY.sub("why ", text))


def _with_my(before: re.Match[str]) -> str:
    """The words before a name, "my", and its first letter, small."""
    return f"{before[1]}my {before[2].lower()}"


def within(sentence: str) -> str:
    """A sentence without the quotes around all of it; a quote of more sentences than this stays open.

    >>> within('"I am tired"'), within('he called me "dear."'), within('and "I won\\'t')
    ('I am tired', 'he called me "dear"', 'and "I won\\'t')
    """
    text = sentence.strip(" ,-")
    text = re.sub(r'[.!,]"$', '"', text) if text.count('"') % 2 == 0 else text
    around = text.count('"') == 2 and text[0] == text[-1] == '"'
    return text[1:-1].strip(" ,-") if around else text
