"""The gist of what a member said: whom and what it is about, in their own words, as far as it can be told."""

from __future__ import annotations

import re
from dataclasses import dataclass

from attunement.dialogue.asides import puts_right, without_aside
from attunement.dialogue.clauses import Clause, Kind, clauses
from attunement.dialogue.felt_words import GLAD as GLAD
from attunement.dialogue.felt_words import bare_feeling, feeling_in, in_another_sense
from attunement.dialogue.good_signs import (
    DENIED,
    GLAD_FROM,
    GOOD,
    SPOILT,
    STEP,
    WRY,
    eases_loss,
    good_in,
    is_of_two_minds,
    is_wry,
    only_shows_joy,
    sounds_bright,
    without_praise,
)
from attunement.dialogue.guard_rules import DANGEROUS, rule_broken_by
from attunement.dialogue.mirror import mirrored
from attunement.dialogue.own_word import own_word
from attunement.dialogue.plain import is_code, sentences
from attunement.dialogue.tone import (
    bit_of,
    is_mild,
    is_mischief,
    is_playful,
    laughs,
    tells_of_cruelty,
    tells_of_trouble,
    weighs,
)
from attunement.dialogue.topic import topic_of
from attunement.dialogue.trifles import is_trifle
from attunement.domain.reading import Reading, RiskLevel
from attunement.library.companion_words import CompanionWords

UNCLEAR = "unclear"
FAIR_FROM = 3.02
"""Valence (1 to 5) from which a plain fact is taken for a pleasant one."""
GUESS_FROM = 0.35
"""Probability of a label of the reader from which a feeling may be guessed; always said as a guess."""
NEVER_LIGHT = frozenset({"grief", "dying", "abuse"})
"""Topics that weigh however plainly they are told."""
GUESS_WORDS = 8
"""From so many words on; of fewer, nothing is guessed."""
KIN = (
    r"(?:mom|mum|mother|mama|dad|father|parents|brother|brothers|sister|sisters|siblings?|son|daughter|kids?|child|"
    r"children|baby|wife|husband|partner|boyfriend|girlfriend|"
    r"fianc[eé]e?|ex(?:[ -](?:boyfriend|girlfriend|husband|wife|partner))?|friends?|best friend|roommates?|flatmate|boss|manager|coworkers?|colleagues?|teacher|professor|therapist|"  # noqa: E501
    r"doctor|grandma|grandmother|grandpa|grandfather|nan|gran|aunt|uncle|cousin|cousins|neighbou?rs?|family|stepdad|"
    r"stepmom|stepmother|stepfather|in-laws|mother-in-law|team|nephew|niece|twin)"
)
_WHO = re.compile(
    rf"(?<!\bnot )\bmy ((?:(?:best|old|little|big|older|younger|oldest|youngest|own|new|late|ex|twin|only|closest|step) )?{KIN}(?:[ -]in[ -]law)?)\b(?!')",  # noqa: E501
    re.IGNORECASE,
)
_MAY_BE_MILD = frozenset({*GOOD, STEP, "angry"})
"""Of what is told by what happened, this may weigh only a little; what shakes somebody may not."""
_WEIGHTY = ("mixed", "envious", "shaken")
"""Groups whose cues tell that it is not, or not only, good."""
_ORDERS = re.compile(
    r"^you (?:don't |won't )?(?:ask|tell|call|leave|give|let|stop)(?: asking| telling)? you\b|"
    r"^you (?:(?:just|really|also) )*don't (?:want|need|like)(?: to do)? (?:to be asked(?: \w+)?|(?:\w+ ){0,2}?"
    r"(?:questions?|advice|tips|practices|exercises?|meditations?))$"
)
"""An order or a wish to the companion taken for a statement: "don't ask me", "I don't want any questions"."""


@dataclass(frozen=True, slots=True)
class Gist:
    """What can be said back of one message.

    ``clauses`` are statements turned round, in order; ``feeling`` the member's own word and ``group`` what kind it is
    (a group of ``feelings.yaml``; where no word was said, one guessed from the reading with ``guessed`` true, or
    ``unclear``; ``cued`` where it is told by what happened); ``light`` is whether it does not seem to weigh, ``mild``
    whether it weighs only a little, ``playful`` whether it is said in jest, ``trifle`` whether it is a small
    mishap; ``bit`` is all of it, turned round, where it is a bare answer of a few words ("your brother, maybe");
    ``who`` is somebody they named ("your sister"); ``topic`` a topic of ``topics.yaml`` or empty; ``own`` what they
    say it is rather like, in the place of ``other``; ``good`` is the group of `GOOD` or `STEP` whose words fit
    something good, and ``fair`` whether a plain line reads as pleasant; ``right`` is who or
    what they correct it to be, and ``wrong`` not.
    """

    text: str
    clauses: tuple[Clause, ...]
    feeling: str
    group: str
    guessed: bool
    who: str
    topic: str
    words: int
    light: bool = False
    mild: bool = False
    playful: bool = False
    trifle: bool = False
    bit: str = ""
    cued: bool = False
    own: str = ""
    other: str = ""
    good: str = ""
    fair: bool = False
    right: str = ""
    wrong: str = ""

    @property
    def best(self) -> tuple[Clause, ...]:
        """Clauses by what seems to matter most, what follows "but" rather, and the later first among equals."""
        return tuple(sorted(self.clauses, key=lambda c: (-c.weight - c.but, -c.place)))

    @property
    def contrast(self) -> tuple[Clause, Clause] | None:
        """Two clauses that stand against each other, where there are such."""
        pairs = zip(self.clauses, self.clauses[1:], strict=False)
        return next(((a, b) for a, b in pairs if b.but and a.weight > 0 and b.weight > 0 and _plain(a, b)), None)


def gist_of(text: str, words: CompanionWords, reading: Reading | None = None) -> Gist:
    """The gist of one message; with a reading, a feeling may be guessed where none was named."""
    spoken = "" if is_code(text) else without_aside(text)
    parts = sentences(spoken)
    plain, n_words = " ".join(parts), len(re.findall(r"\w+", " ".join(parts)))
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
    cruel = tells_of_cruelty(text)
    eased = eases_loss(plain)
    sore = any(clause.kind is Kind.HARSH or (clause.kind is Kind.LOSS and not eased) for clause in told)
    heavy = cruel or topic in NEVER_LIGHT or sore
    bit = "" if topic in NEVER_LIGHT else bit
    serious = heavy or wry or only_shows_joy(plain) or (not laughs(text) and bool(good_in(plain, words)))
    playful = not serious and group in {"", GLAD} and is_playful(text, reading)
    signs = reading is not None and reading.risk.level.rank >= RiskLevel.INDIRECT.rank
    trifle = not (heavy or playful or group or signs or tells_of_trouble(text)) and is_trifle(plain.lower())
    guessed, cued, good = not group, "", "eased" if eased and group == GLAD else ""
    if wry:
        feeling, group, guessed, cued = "", WRY, True, WRY
    elif guessed and not playful:
        good = "" if sore or cruel else "eased" if eased else _told_good(plain, reading, words)
        cued = "angry" if cruel else (GLAD if good in GOOD else good) or _by_what_happened(plain, words)
    if cued:
        group = cued
    elif guessed:
        guessing = reading is not None and n_words >= GUESS_WORDS and not (playful or puts_right(text))
        group = _guess(reading, words) if reading and guessing else UNCLEAR
        group = UNCLEAR if group == GLAD and not _is_glad(plain, told, reading) else group
    elif group == GLAD and not (eased or _is_glad(plain, told, reading)):
        feeling, group, guessed = "", UNCLEAR, True
    calm = guessed and group == UNCLEAR and not heavy
    easy = is_mischief(plain) or in_another_sense(plain, words) or not weighs(reading, n_words)
    light = calm and easy and not (tells_of_trouble(text) or only_shows_joy(plain))
    may_be_mild = (calm and not only_shows_joy(plain)) or cued in _MAY_BE_MILD
    return Gist(
        text=text,
        clauses=told,
        feeling=feeling,
        group=group,
        guessed=guessed,
        who=_who(plain),
        topic=topic,
        light=playful or trifle or light,
        mild=(may_be_mild and is_mild(reading, n_words)) or (_is_hedged(feeling, plain) and not heavy),
        playful=playful,
        trifle=trifle,
        bit=bit,
        words=n_words,
        cued=bool(cued),
        own=own,
        other=other,
        good=good or (GLAD if group == GLAD else ""),
        fair=_is_fair(text, reading) and not heavy,
    )


def _can_be_said(text: str) -> bool:
    """Whether words can be said back: "you could do it tonight" would urge to it, and "take the pills" advise it."""
    return rule_broken_by(text) not in {*DANGEROUS, "medication"}


def _is_fair(text: str, reading: Reading | None) -> bool:
    """Whether a plain line reads as rather pleasant."""
    return reading is not None and reading.emotion.valence >= FAIR_FROM and not tells_of_trouble(text)


def _is_hedged(feeling: str, plain: str) -> bool:
    """Whether a feeling is said to be small: "a bit scared"."""
    small = r"a (?:bit|little|tad)|slightly|somewhat|kind ?of|sort ?of|kinda|sorta|a little bit"
    return bool(feeling) and re.search(rf"\b(?:{small}) {re.escape(feeling)}\b", plain, re.IGNORECASE) is not None


def _plain(*both: Clause) -> bool:
    return all(c.kind is not Kind.HARSH for c in both) and sum(len(c.said.split()) for c in both) <= 26


def _guess(reading: Reading, words: CompanionWords) -> str:
    """The group of the likeliest emotion, where it is likely enough to be guessed at."""
    scores = {
        group: max((reading.emotion.emotions.get(label, 0.0) for label in feelings.labels), default=0.0)
        for group, feelings in words.feelings.items()
    }
    best = max(scores, key=lambda group: scores[group])
    return best if scores[best] >= GUESS_FROM else UNCLEAR


def _told_good(plain: str, reading: Reading | None, words: CompanionWords) -> str:
    """What good is told of, by what happened or else by how it sounds; nothing where it is told of what weighs."""
    if any(_holds(words.feelings[name].cues, plain) for name in _WEIGHTY):
        return ""
    return good_in(plain, words) or (GLAD if sounds_bright(plain, reading) else "")


def _by_what_happened(plain: str, words: CompanionWords) -> str:
    """The group whose cues tell what happened ("put his name on my report"), where one does; never the glad one."""
    others = (name for name, feelings in words.feelings.items() if name not in {*GOOD, STEP} and feelings.cues)
    return next((name for name in others if _holds(words.feelings[name].cues, plain)), "")


def _holds(cues: re.Pattern[str] | None, plain: str) -> bool:
    return cues is not None and cues.search(plain) is not None


def _is_glad(plain: str, told: tuple[Clause, ...], reading: Reading | None) -> bool:
    """Whether nothing speaks against taking it for something good: congratulating a sad person hurts."""
    harsh = any(clause.kind in {Kind.HARSH, Kind.LOSS} for clause in told)
    return (
        not harsh
        and not only_shows_joy(plain)
        and not is_of_two_minds(plain)
        and not SPOILT.search(plain)
        and not DENIED.search(plain)
        and (reading is None or reading.emotion.valence >= GLAD_FROM)
    )


def _who(plain: str) -> str:
    match = _WHO.search(plain)
    return mirrored("my " + match.group(1).lower().removeprefix("own ")) if match else ""
