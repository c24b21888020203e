"""What a model takes for danger to life and is none by its plain words: an illness, and rage at others."""

from __future__ import annotations

import re

_ILLNESS = re.compile(
    r"\b(?:cancer|liver|lungs?|bowel|pancrea\w+|tumou?rs?|chemo\w*|radiotherapy|scans?|biops\w+|metasta\w*|remission|"
    r"parkinson'?s|dementia|alzheimer'?s|strokes?|hospice|palliative|terminal(?:ly)?|surgery|operation|oncolog\w+|"
    r"consultant|(?:it|that)(?:'s| is| has| was)? (?:back|come back|spread)|kidneys?|dialysis|transplant|heart (?:failure|attack))\b"  # noqa: E501
)
_NOT_ONLY_ILL = re.compile(
    r"\b(?:suicid\w*|(?:him|her|them)sel(?:f|ves)|wants? to (?:die|go|end)|end (?:it|his|her|their)|overdos\w*|pills|tablets|"  # noqa: E501
    r"jump\w*|cut(?:s|ting)?|hang\w*|harm\w*|note|goodbye|answering|missing|refus\w+|says?|said|saying|keeps|wrote|asked|"
    r"begs?|psych\w*|depress\w*|bipolar|bpd|schizo\w*|voices|tried|wish\w*|dead|alive|liv(?:e|ing)|done|no point|"
    r"pointless|without (?:me|him|her|them|us)|disappear|bridge|tracks|rope|gun|shotgun|"
    r"given away|gave away|better off)\b"
)
"""What may be of dying by one's own hand, words of their own among it: then no illness explains what a model reads."""
_RAGE = re.compile(
    r"^(?:(?:and|but|so|honestly|sometimes|tbh|omg|god)[, ]+)*i (?:just |really |so |honestly )*(?:want(?:ed)? to|wanna|could(?: just)?|"  # noqa: E501
    r"feel like) (?:punch|slap|smack|scream at|shout at)(?:ing)? (?:them|him|her|people|everyone|everybody|"
    r"someone|somebody|something|a wall|the wall|a pillow|all of them)(?: (?:all|so bad|in the face|sometimes|when \w+ \w+ \w+))*\W*$"  # noqa: E501
)


def is_of_illness(text: str) -> bool:
    """Whether a line, as `normalise` gives it, tells of somebody's illness, and of no wish or way to die.

    >>> is_of_illness("carol was told it is back, in the liver"), is_of_illness("she has cancer and wants to die")
    (True, False)
    """
    return bool(_ILLNESS.search(text)) and not _NOT_ONLY_ILL.search(text)


def is_rage(text: str) -> bool:
    """Whether a line says no more than that its writer could hit somebody: no sign of danger to themselves.

    >>> is_rage("i want to punch them"), is_rage("i want to punch them and then it ends")
    (True, False)
    """
    return _RAGE.match(text) is not None
