"""The last look at a reply of a machine, whoever wrote it: what must not be said is not said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from hashlib import blake2b

from attunement.dialogue.guard_rules import DANGEROUS, rule_broken_by
from attunement.dialogue.replying.safe_reply import emergency_lines, has_help, shown
from attunement.domain.conversation import Allow, Candidate, Escalate, Line, Replace, Speaker, Verdict
from attunement.domain.reading import RiskLevel
from attunement.library.companion_words import CompanionWords
from attunement.library.helplines import CountryHelp, Helplines
from attunement.reading.language import UNKNOWN, LanguageTeller
from attunement.reading.plain_text import normalise

MOST_CHARACTERS = 900
ALIKE = 0.85
"""From this share of letters in common two replies count as one."""
GARBAGE = re.compile(r"(\b\w+\b)(?:\W+\1){3,}|(.{1,6})\2{6,}")


class ReplyGuard:
    """Checks a reply against rules (see ``guard_patterns.yaml``), its language, its length and what was said before.

    Where there is danger (``explicit`` or above), a reply that shows no helpline and asks after no danger is escalated.
    Quotation is no excuse: a sentence that must not be said must not be quoted either.

    Parameters
    ----------
    words:
        What is said in the place of what must not be.
    helplines:
        For what is said where there is danger; ``country`` whose they are.
    teller:
        Tells languages; None for one of its own.

    >>> from attunement.library.companion_words import load_companion_words
    >>> from attunement.library.helplines import load_helplines
    >>> from attunement.library.resources import content_folder
    >>> from attunement.domain.reply import Strategy
    >>> folder = content_folder()
    >>> guard = ReplyGuard(words=load_companion_words(folder), helplines=load_helplines(folder))
    >>> bad = Candidate("I know exactly how you feel.", Strategy.OTHER, "some-model")
    >>> guard.check([Line(Speaker.MEMBER, "She left me.")], bad, RiskLevel.NONE).reason
    'claims-feelings'
    """

    def __init__(
        self, *, words: CompanionWords, helplines: Helplines, country: str | None = None,
        teller: LanguageTeller | None = None,
    ) -> None:  # fmt: skip
        self._words = words
        self._helps: CountryHelp = helplines.for_country(country)
        self._language = teller or LanguageTeller()

    def check(self, lines: Sequence[Line], reply: Candidate, risk: RiskLevel) -> Verdict:
        """Whether ``reply`` may be said after ``lines``, where the danger read so far is ``risk``."""
        reason = self.fault(lines, reply.text)
        if reason is None:
            return Allow()
        if reason in DANGEROUS or risk.rank >= RiskLevel.EXPLICIT.rank:
            level = max(risk, RiskLevel.INDIRECT, key=lambda level: level.rank)
            return Escalate(self._in_danger(lines, level), reason, level)
        signs = risk.rank >= RiskLevel.INDIRECT.rank
        return Replace(self._in_danger(lines, risk) if signs else self._instead(lines), reason)

    def fault(self, lines: Sequence[Line], text: str) -> str | None:
        """The code of what is wrong with a text said after these lines, or None; help may be named again and again."""
        plain = normalise(text)
        if not re.search(r"\w", plain):
            return "empty"
        if len(text) > MOST_CHARACTERS:
            return "too-long"
        if GARBAGE.search(plain) or _letters(plain) < 0.55:
            return "garbage"
        told = " ".join(line.text for line in lines if line.speaker is Speaker.MEMBER)
        if broken := rule_broken_by(self._unlinked(plain), told=told):
            return broken
        if self._is_foreign(lines, text):
            return "other-language"
        return "repeated" if _is_repeated(lines, plain) and not has_help(text, self._helps) else None

    def _unlinked(self, plain: str) -> str:
        """The text without the helplines, whose addresses are no leak."""
        for lines in filter(None, (shown(self._helps, hurt=True), shown(self._helps))):
            plain = plain.replace(normalise(lines), "")
        return plain

    def _is_foreign(self, lines: Sequence[Line], text: str) -> bool:
        """Whether it is in a language that the member did not write in; English is everybody's last resort."""
        tongue = self._language.tell(text)
        theirs = {self._language.tell(line.text) for line in lines if line.speaker is Speaker.MEMBER}
        return tongue not in {UNKNOWN, "en"} | theirs

    def _instead(self, lines: Sequence[Line]) -> str:
        unclear, general = self._words.feelings["unclear"], self._words.parts["general"]
        texts = [f"{a} {b} {c}" for a in unclear.warm for b in general for c in unclear.questions]
        return _unsaid(lines, texts)

    def _in_danger(self, lines: Sequence[Line], level: RiskLevel) -> str:
        step = self._words.safety.steps["stay"]
        help_text = self._words.safety.help.first[0].format(lines=shown(self._helps))
        if level is RiskLevel.IMMINENT:
            call = emergency_lines(self._words, self._helps)[0].format(emergency=self._helps.emergency)
            help_text = f"{call} {help_text}"
        return _unsaid(lines, [f"{a} {b} {help_text}" for a in step.open for b in step.ask])


def _letters(plain: str) -> float:
    """The share of letters and spaces."""
    return sum(c.isalpha() or c.isspace() for c in plain) / len(plain)


def _is_repeated(lines: Sequence[Line], plain: str) -> bool:
    """Whether the machine said this, or very nearly this, before in the talk."""
    before = (normalise(line.text) for line in lines if line.speaker is Speaker.COMPANION)
    return any(plain == said or _alike(plain, said) for said in before)


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _unsaid(lines: Sequence[Line], texts: Sequence[str]) -> str:
    """One of the texts, by what was said last and not by chance; one not said before where there is such."""
    said = {line.text for line in lines if line.speaker is Speaker.COMPANION}
    start = int.from_bytes(
        blake2b("\n".join(line.text for line in lines).encode("utf-8", "replace"), digest_size=4).digest()
    )
    turned = [texts[(start + k) % len(texts)] for k in range(len(texts))]
    return next((text for text in turned if text not in said), turned[0])
