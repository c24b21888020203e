"""Finds concrete details: times, numbers, places, names, quoted words, things somebody did."""

from __future__ import annotations

import re

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = r"(?:january|february|march|april|june|july|august|september|october|november|december)"
_TIME = (
    r"\b(?:\d{1,2}(?::\d\d)?\s?(?:am|pm)|\d{1,2}:\d\d|\d{1,2} o'clock|half past \w+|quarter (?:to|past) \w+|midnight|noon"  # noqa: E501
    rf"|yesterday|last (?:night|week|month|year|summer|winter|spring|autumn|{_DAY})|this (?:morning|afternoon|evening)"
    rf"|(?:on |every )?{_DAY}s?(?: (?:morning|afternoon|evening|night))?|in {_MONTH}|(?:\w+|\d+) (?:days|weeks|months|years|minutes|hours) (?:ago|later)"  # noqa: E501
    r"|(?:after|before|during|at) (?:breakfast|lunch|dinner|school|work))\b"
)
_NUMBER = r"\b(?:\d+(?:[.,]\d+)?%?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred)\b"  # noqa: E501
_SPOT = (
    r"(?:kitchen|table|sofa|couch|bed|bedroom|bathroom|hall|hallway|stairs|door|doorway|garden|balcony|car|bus|train|tram|station"
    r"|platform|office|desk|canteen|classroom|school|playground|library|shop|supermarket|bakery|checkout|queue|hospital|ward|clinic|waiting room|church"  # noqa: E501
    r"|mosque|temple|park|bench|street|corner|bridge|river|beach|lake|cafe|restaurant|bar|gym|phone|meeting|lift|elevator|window|sink|car park|market)"  # noqa: E501
)
_PLACE = rf"\b(?:in|at|on|by|near|outside|inside|from|into|through|across|behind|next to) (?:the|my|our|his|her|their|a|an) (?:\w+ )?{_SPOT}\b"  # noqa: E501
_ACTION = (
    r"\b(?:i|he|she|they|we|you|my \w+|the \w+|[A-Z]\w+) (?:\w+ly |just |then |had )?(?:said|asked|told|shouted|whispered|yelled|laughed|walked|left|came|sat"  # noqa: E501
    r"|stood|slammed|closed|opened|called|texted|wrote|sent|gave|took|put|dropped|carried|brought|made|cooked|washed|hugged|kissed|waved|smiled|nodded|shrugged"
    r"|rolled|turned|looked|stared|pushed|pulled|hit|threw|broke|spilled|cried|interrupted|forgot|waited|drove|rang|knocked|picked|handed|held|cut|paid|lent|borrowed|answered|hung|sighed)\b"
)
_QUOTE = r'"[^"\n]{2,200}"'
_PLAIN = re.compile("|".join(f"(?:{p})" for p in (_QUOTE, _TIME, _PLACE, _NUMBER)), re.IGNORECASE)
_ACTS = re.compile(_ACTION.replace("(?:i|he", "(?:I|i|he|He|She|They|We|You|My \\w+|The \\w+"))
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)?\b")
_NO_NAME = frozenset(["I'm", "I've", "I'll", "God", "English", "Christmas", "Maybe", "Perhaps"])


def word_count(text: str) -> int:
    """Words in a text.

    >>> word_count("I don't know - really.")
    4
    """
    return len(_WORD.findall(text))


def details(text: str) -> tuple[Span, ...]:
    """Spans of concrete details, in order, none inside another.

    >>> text = "On Tuesday my boss slammed the door and said \\"not now\\"."
    >>> [text[a:b] for a, b in details(text)]
    ['On Tuesday', 'my boss slammed', '"not now"']
    """
    spans = [m.span() for m in _PLAIN.finditer(text)] + [m.span() for m in _ACTS.finditer(text)]
    spans += [m.span() for m in _NAME.finditer(text) if m.group() not in _NO_NAME]
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
