"""Sets a sentence into a draft so that it reads as if the supporter had written it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from attunement.domain.coaching import Change

_SENTENCE = re.compile(r"[^.!?\n]*[^.!?\s][^.!?\n]*[.!?]*[\"')]*")
_GREETING = re.compile(
    r"\s*(?:hi|hey|hello|dear|good (?:morning|evening|afternoon))\b[^.!?,\n]{0,30}[.!,\n]\s*", re.IGNORECASE
)
_FEW = 8


@dataclass(frozen=True, slots=True)
class Placed:
    """A change of a draft, ``[start, end)``, and the draft after it."""

    change: Change
    start: int
    end: int
    text: str
    after: str


def sentences(draft: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a draft stand.

    >>> sentences("Oh no. What now?")
    ((0, 6), (7, 16))
    """
    spans = []
    for match in _SENTENCE.finditer(draft):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        spans.append((start, match.start() + len(match.group().rstrip())))
    return tuple(spans)


def in_voice(draft: str, sentence: str) -> str:
    """The sentence without capitals, where the draft has none.

    >>> in_voice("that sucks man", "I'm so sorry. What happened?")
    "i'm so sorry. what happened?"
    """
    letters = [c for c in draft if c.isalpha()]
    return sentence.lower() if len(letters) >= _FEW and not any(c.isupper() for c in letters) else sentence


def inserted(draft: str, sentence: str, *, last: bool) -> Placed:
    """The sentence before the draft (after its greeting), or after it where it is to be the ``last`` word.

    >>> inserted("Hi Ana! It passes.", "That sounds hard.", last=False).after
    'Hi Ana! That sounds hard. It passes.'
    >>> inserted("it passes", "what happened?", last=True).after
    'it passes\\nwhat happened?'
    """
    if last:
        end = len(draft.rstrip())
        text = (" " if re.search(r"[.!?,:;)\"']$", draft[:end]) else "\n") + sentence
        return Placed(Change.INSERT, end, end, text, draft[:end] + text + draft[end:])
    start = greeting_end(draft)
    text = _going_on(draft[:start], sentence) + " "
    return Placed(Change.INSERT, start, start, text, draft[:start] + text + draft[start:])


def greeting_end(draft: str) -> int:
    """Where a draft begins after its greeting.

    >>> greeting_end("Hi Ana! It passes."), greeting_end(" It passes.")
    (8, 1)
    """
    greeting = _GREETING.match(draft)
    return greeting.end() if greeting else len(draft) - len(draft.lstrip())


def replaced(draft: str, span: tuple[int, int], sentence: str) -> Placed:
    """The sentence in the place of what stands at ``span``."""
    start, end = span
    text = _going_on(draft[:start], sentence)
    return Placed(Change.REPLACE, start, end, text, draft[:start] + text + draft[end:])


def _going_on(before: str, sentence: str) -> str:
    """The sentence in small letters after a comma: "Hi Ana, that sounds hard."."""
    goes_on = before.rstrip().endswith(",") and not re.match(r"I\b", sentence)
    return sentence[:1].lower() + sentence[1:] if goes_on else sentence
