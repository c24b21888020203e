"""Finds what a draft should not do to somebody who is having a hard time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attunement.dialogue.coach.voice import greeting_end, sentences
from attunement.domain.coaching import UNHEARD, Caution, Harm
from attunement.library.coach_words import Cautions, HarmWords, Tells
from attunement.reading.plain_text import clean, straight

Span = tuple[int, int]
MOST = 8
MOST_WORDS = 20
"""Of one sentence that hurts, where it is most of a draft."""
BEFORE = 60
_GAP = re.compile(r"\s{20,}")
_BESIDE = re.compile(r",? (?:but|and|you have|you've)(?: [\w'’]+){3}", re.IGNORECASE)
"""What goes on after a slip in the same sentence, and would be lost with it."""


class CautionFinder:
    """Judging, minimising, hurrying to fix, diagnosing and pity on good news, by ``content/coach/cautions.yaml``.

    What is denied, what others are said to have said, and what only looks alike is left alone. An illness the seeker
    named themselves may be named back. A fix is hurried only where nothing that shows empathy stands before it.

    Parameters
    ----------
    words:
        The patterns, matched on the draft in lower case with plain quotes.

    >>> from attunement.library.coach_words import load_coach_words
    >>> from attunement.library.resources import content_folder
    >>> finder = CautionFinder(load_coach_words(content_folder()).cautions)
    >>> [(c.harm.value, c.start, c.end) for c in finder.find("My cat died.", "Cheer up, it's just a cat.")]
    [('minimising', 0, 8), ('minimising', 10, 25)]
    >>> finder.find("My cat died.", "I won't tell you to cheer up.")
    ()
    """

    def __init__(self, words: Cautions) -> None:
        self._words = words

    def find(
        self, post: str, draft: str, *, heard: Sequence[Span] = (), tells: Tells | None = None
    ) -> tuple[Caution, ...]:
        """Cautions in the order of the draft, none inside another.

        ``heard`` are the spans that show empathy; ``tells`` what the post tells of, where some words only hurt then.
        """
        said, written = _plain(post), _plain(draft)
        found: list[Caution] = []
        for words in sorted(self._words.harms, key=lambda harm: harm.to is None):  # what hurts here before what may
            if words.to not in (None, tells):
                continue
            first = min((start for start, _ in heard), default=len(written)) if words.harm is Harm.HURRYING else None
            for start, end in self._spans(words, written, said):
                if first is None or start <= first:
                    found.append(Caution(words.harm, start, end, words.reason))
        return _apart(found)

    def _spans(self, words: HarmWords, written: str, said: str) -> Iterator[Span]:
        matches = [match for pattern in words.patterns for match in pattern.finditer(written)]
        harmless = [m.span() for pattern in words.harmless for m in pattern.finditer(written)] if matches else []
        for match in matches:
            start, end = _trimmed(written, *match.span())
            if any(a < end and start < b for a, b in harmless):
                continue
            if self._is_theirs(words.harm, match.group(), said) or self._is_set_aside(written, start):
                continue
            yield start, end

    def _is_set_aside(self, written: str, start: int) -> bool:
        sentence = re.split(r"[.!?;\n]|,? but ", written[max(0, start - BEFORE) : start])[-1]
        return bool(self._words.denied.search(sentence) or self._words.reported.search(sentence))

    @staticmethod
    def _is_theirs(harm: Harm, match: str, said: str) -> bool:
        """Whether the seeker named the illness first."""
        last = match.split()[-1].strip(".,!?")
        return harm is Harm.DIAGNOSING and len(last) > 2 and last[:6] in said


def hurting_in(draft: str, cautions: Sequence[Caution]) -> Span | None:
    """The first sentences in a row that judge, make small or miss what was told, but for the greeting before them.

    A hurried fix may stay for later; so may an illness named where little else is there, and much said around a slip.

    >>> grow_up = Caution(Harm.JUDGING, 3, 10, "")
    >>> hurting_in("Oh grow up! It's only a dog.", [grow_up, Caution(Harm.MINIMISING, 12, 27, "")])
    (0, 28)
    >>> hurting_in("You should rest.", [Caution(Harm.HURRYING, 0, 15, "")]) is None
    True
    """
    row: list[Span] = []
    for start, end in sentences(draft):
        here = [caution for caution in cautions if start <= caution.start < end]
        harms = set[Harm]() if any(_BESIDE.match(draft, one.end, end) for one in here) else {one.harm for one in here}
        little = end - start <= len(draft) / 2
        if (harms & UNHEARD and (little or len(draft[start:end].split()) <= MOST_WORDS)) or (
            Harm.DIAGNOSING in harms and little
        ):
            row.append((start, end))
        elif row:
            break
    return (max(row[0][0], greeting_end(draft)), row[-1][1]) if row else None


def _plain(text: str) -> str:
    """Lower case with plain quotes, each character in its place; a long gap is one line end, soon passed over."""
    plain = _GAP.sub(lambda gap: "\0" * (len(gap.group()) - 1) + "\n", straight(clean(text)))
    return "".join(low if len(low := c.lower()) == 1 else c for c in plain)


def _trimmed(written: str, start: int, end: int) -> Span:
    """A match without the marks and spaces around it."""
    inner = written[start:end]
    return start + len(inner) - len(inner.lstrip(" \t\n.,!?;")), end - (len(inner) - len(inner.rstrip(" \t\n.,!?;")))


def _apart(found: list[Caution]) -> tuple[Caution, ...]:
    """None that overlaps another: a hurried fix gives way to what hurts in it ("you need to toughen up")."""
    kept: list[Caution] = []
    for caution in sorted(found, key=lambda c: (c.harm is Harm.HURRYING, c.start, -c.end)):
        if all(caution.end <= one.start or one.end <= caution.start for one in kept):
            kept.append(caution)
    return tuple(sorted(kept, key=lambda c: c.start)[:MOST])
