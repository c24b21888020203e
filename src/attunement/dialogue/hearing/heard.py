"""What a message says and how it sounds, before it is told what somebody feels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from attunement.dialogue.guard_rules import DANGEROUS, rule_broken_by
from attunement.dialogue.hearing.asides import without_aside
from attunement.dialogue.hearing.clauses import Clause, Kind, clauses
from attunement.dialogue.hearing.felt_words import GLAD, bare_feeling, feeling_in
from attunement.dialogue.hearing.good_signs import (
    eases_loss,
    good_in,
    is_wry,
    only_shows_joy,
    without_praise,
)
from attunement.dialogue.hearing.own_word import own_word
from attunement.dialogue.hearing.plain import is_code, sentences
from attunement.dialogue.hearing.tone import (
    bit_of,
    is_playful,
    laughs,
    tells_of_cruelty,
    tells_of_trouble,
)
from attunement.dialogue.hearing.topic import topic_of
from attunement.dialogue.hearing.trifles import is_trifle
from attunement.domain.reading import Reading, RiskLevel
from attunement.library.companion_words import CompanionWords

NEVER_LIGHT = frozenset({"grief", "dying", "abuse"})
"""Topics that weigh however plainly they are told."""
_ORDERS = re.compile(
    r"^you (?:really |just |probably )*should(?:n't| not)?\b|"
    r"^you (?:don't |won't )?(?:ask|tell|call|leave|give|let|stop)(?: asking| telling)? you\b|"
    r"^you (?:(?:just|really|also) )*don't (?:want|need|like)(?: to do)? (?:to be asked(?: \w+)?|(?:\w+ ){0,2}?"
    r"(?:questions?|advice|tips|practices|exercises?|meditations?))$"
)
"""An order or a wish to the companion taken for a statement: "don't ask me", "I don't want any questions"."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a message says, before it is told how it sounds; the names are those of `gist.Gist`."""

    plain: str
    told: tuple[Clause, ...]
    bit: str
    feeling: str
    group: str
    own: str
    other: str
    topic: str
    words: int
    wry: bool


@dataclass(frozen=True, slots=True)
class Tone:
    """How a message sounds: ``sore`` where it tells of a loss or is harsh, ``eased`` where a loss is over."""

    cruel: bool
    eased: bool
    sore: bool
    heavy: bool
    playful: bool
    trifle: bool


def spoken_of(text: str, words: CompanionWords) -> Spoken:
    """What a message says, without what was said beside it and what cannot be said back."""
    spoken = "" if is_code(text) else without_aside(text)
    parts = sentences(spoken)
    plain = " ".join(parts)
    feeling, group = feeling_in(plain, words)
    wry = is_wry(plain)
    telling = without_praise(spoken) if wry else spoken
    told = tuple(clause for clause in clauses(telling) if not _ORDERS.search(clause.said) and _can_be_said(clause.said))
    bit = "" if told else bit_of(parts)
    bit = "" if rule_broken_by(bit, told=text) else bit  # said back alone, "leave her" would be an order
    if bit and not group:
        feeling, group = bare_feeling(bit, words)
    own, other = own_word(text) or ("", "")
    if own and not group:
        feeling, group = bare_feeling(own, words)
    topic = topic_of(plain, words)
    bit = "" if topic in NEVER_LIGHT else bit
    return Spoken(plain, told, bit, feeling, group, own, other, topic, len(re.findall(r"\w+", plain)), wry)


def tone_of(text: str, spoken: Spoken, words: CompanionWords, reading: Reading | None) -> Tone:
    """How it sounds: whether it weighs, is in jest, or is about a trifle."""
    cruel, eased, plain = tells_of_cruelty(text), eases_loss(spoken.plain), spoken.plain
    sore = any(clause.kind is Kind.HARSH or (clause.kind is Kind.LOSS and not eased) for clause in spoken.told)
    heavy = cruel or spoken.topic in NEVER_LIGHT or sore
    serious = heavy or spoken.wry or only_shows_joy(plain) or (not laughs(text) and bool(good_in(plain, words)))
    playful = not serious and spoken.group in {"", GLAD} and is_playful(text, reading)
    signs = reading is not None and reading.risk.level.rank >= RiskLevel.INDIRECT.rank
    weighty = heavy or playful or bool(spoken.group) or signs or tells_of_trouble(text)
    return Tone(cruel, eased, sore, heavy, playful, trifle=not weighty and is_trifle(plain.lower()))


def _can_be_said(text: str) -> bool:
    """Whether words can be said back: "you could do it tonight" would urge to it, and "take the pills" advise it."""
    return rule_broken_by(text) not in {*DANGEROUS, "medication"}
