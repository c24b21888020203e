"""The gist of what a member said: whom and what it is about, in their own words, as far as it can be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from attunement.dialogue.clauses import Clause, Kind, clauses
from attunement.dialogue.guard_rules import DANGEROUS, rule_broken_by
from attunement.dialogue.mirror import mirrored
from attunement.dialogue.own_word import own_word
from attunement.dialogue.plain import sentences
from attunement.dialogue.tone import (
    bit_of,
    is_mild,
    is_mischief,
    is_playful,
    tells_of_cruelty,
    tells_of_trouble,
    weighs,
)
from attunement.dialogue.trifles import is_trifle
from attunement.domain.reading import Reading, RiskLevel
from attunement.library.companion_words import CompanionWords

GLAD = "glad"
UNCLEAR = "unclear"
GLAD_FROM = 3.15
"""Valence (1 to 5) from which good news may be taken for such."""
GUESS_FROM = 0.35
"""Probability of a label of the reader from which a feeling may be guessed; always said as a guess."""
BARE = 3
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
_HOW = r"(?:so|too|very|really|just|more|quite|pretty|extremely|super|incredibly|all|always|still|completely|totally|truly|absolutely|constantly|rather|a bit|a little|kind of|sort of|often|usually|now|feeling)"  # noqa: E501
_FELT = re.compile(
    rf"\b(?:feel(?:ing|s)?|felt|am|i'm|i am|been|being|was|get(?:ting)?|got|makes? me(?: feel)?|made me(?: feel)?|become|becoming|leaves? me|left me|i'm feeling)(?: {_HOW}){{0,3}} $",  # noqa: E501
    re.IGNORECASE,
)
_ALONE = re.compile(r"(?:^|[.!?] )(?:so |very |really |too |just )?$", re.IGNORECASE)
_AFTER_ALONE = re.compile(
    r"^(?:[.!?,]|$| (?:of|about|that|and|because|since|after|all|again|today|lately|tonight|right now|for)\b)",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:will|would|could|can|to|might|wish|want|if|should|help\w*|how|why|not|never|n't|used)\b(?: \w+){0,4} ?$",
    re.IGNORECASE,
)
_NOT = re.compile(r"(?:\bnot|n't|\bnever|\bno longer|\bstop|\bwithout|\bless)(?: \w+){0,2} ?$", re.IGNORECASE)
_SPOILT = re.compile(
    r"\b(?:but|must be|supposed to|should|relapsed|barely|except|until|again(?!st)\b.{0,20}(?:lost|failed)|only to|cried|worst|hate|wish)\b",  # noqa: E501
    re.IGNORECASE,
)
_ORDERS = re.compile(r"^you (?:don't |won't )?(?:ask|tell|call|leave|give|let|stop)(?: asking| telling)? you\b")
"""An order to the companion taken for a statement: "don't ask me"."""
_DENIED = re.compile(r"\b(?:not|never|nobody|no one|without)\b|n't\b", re.IGNORECASE)
_OTHERS_FEEL = re.compile(
    r"\b(?:the|my|our|his|her|their|this|that) [\w'-]+(?: [\w'-]+)? (?:is|was|are|were|got|gets|looks?|seems?)"
    r"(?: \w+){0,2} ?$|"
    r"\b(?:he|she|they|people|everyone|everybody|others|you|it)(?:'s|'re| get| gets| is| are| was| were| seems?| looks?| feels?)(?: \w+){0,2} ?$",  # noqa: E501
    re.IGNORECASE,
)
_OTHERS_SAY = re.compile(
    r"(?<!\bi )\b(?:thinks?|thought|says?|said|told me|believes?)(?: that)? (?:i'm|i am|i was)(?: \w+){0,2} ?$",
    re.IGNORECASE,
)
"""What others think of the member is not what they feel: "she thinks I'm weird"."""
_OTHERS_STILL = re.compile(
    r"\b(?:he|she|they)(?:'s|'re| is| are| was| were| looks?| seems?)\b[^.!?]*[.!?,] ?(?:(?:just|so|very|really|too|"
    r"only|and) )*$",
    re.IGNORECASE,
)
"""Where the sentence before was of somebody else, a word alone goes on with it: "she's not bad. Just stressed"."""


@dataclass(frozen=True, slots=True)
class Gist:
    """What can be said back of one message.

    ``clauses`` are statements turned round, in order; ``feeling`` the member's own word and ``group`` what kind it is
    (a group of ``feelings.yaml``; where no word was said, one guessed from the reading with ``guessed`` true, or
    ``unclear``; ``cued`` where it is told by what happened); ``light`` is whether it does not seem to weigh, ``mild``
    whether it weighs only a little, ``playful`` whether it is said in jest, ``trifle`` whether it is a small
    mishap; ``bit`` is all of it, turned round, where it is a bare answer of a few words ("your brother, maybe");
    ``who`` is somebody they named ("your sister"); ``topic`` a topic of ``topics.yaml`` or empty; ``own`` what they
    say it is rather like, in the place of ``other``; ``right`` is who or what they correct it to be, and ``wrong`` not.
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
    parts = sentences(text)
    plain, n_words = " ".join(parts), len(re.findall(r"\w+", " ".join(parts)))
    feeling, group = _feeling(plain, words)
    told = tuple(clause for clause in clauses(text) if not _ORDERS.search(clause.said) and _can_be_said(clause.said))
    bit = "" if told else bit_of(parts)
    bit = "" if rule_broken_by(bit, told=text) else bit  # said back alone, "leave her" would be an order
    if bit and not group:
        feeling, group = _bare_feeling(bit, words)
    own, other = own_word(text) or ("", "")
    if own and not group:
        feeling, group = _bare_feeling(own, words)
    topic = _topic(plain, words)
    cruel = tells_of_cruelty(text)
    heavy = cruel or topic in NEVER_LIGHT or any(clause.kind in {Kind.HARSH, Kind.LOSS} for clause in told)
    bit = "" if topic in NEVER_LIGHT else bit
    playful = not heavy and group in {"", GLAD} and is_playful(text, reading)
    signs = reading is not None and reading.risk.level.rank >= RiskLevel.INDIRECT.rank
    trifle = not (heavy or playful or group or signs or tells_of_trouble(text)) and is_trifle(plain.lower())
    guessed, cued = not group, ""
    if guessed and not playful:
        happened = "angry" if cruel else _by_what_happened(plain, words)
        cued = GLAD if _good_news(plain, told, words) else happened
    if cued:
        group = cued
    elif guessed:
        group = _guess(reading, words) if reading and n_words >= GUESS_WORDS and not playful else UNCLEAR
        group = UNCLEAR if group == GLAD and not _is_glad(plain, told, reading) else group
    elif group == GLAD and not _is_glad(plain, told, reading):
        feeling, group, guessed = "", UNCLEAR, True
    calm = guessed and group == UNCLEAR and not heavy
    light = calm and (is_mischief(plain) or not weighs(reading, n_words)) and not tells_of_trouble(text)
    return Gist(
        text=text,
        clauses=told,
        feeling=feeling,
        group=group,
        guessed=guessed,
        who=_who(plain),
        topic=topic,
        light=playful or trifle or light,
        mild=((calm or bool(cued)) and is_mild(reading, n_words)) or (_is_hedged(feeling, plain) and not heavy),
        playful=playful,
        trifle=trifle,
        bit=bit,
        words=n_words,
        cued=bool(cued),
        own=own,
        other=other,
    )


def _can_be_said(text: str) -> bool:
    """Whether words can be said back: "you could do it tonight" would urge to it, and "take the pills" advise it."""
    return rule_broken_by(text) not in {*DANGEROUS, "medication"}


def _is_hedged(feeling: str, plain: str) -> bool:
    """Whether a feeling is said to be small: "a bit scared"."""
    small = r"a (?:bit|little|tad)|slightly|somewhat|kind ?of|sort ?of|kinda|sorta|a little bit"
    return bool(feeling) and re.search(rf"\b(?:{small}) {re.escape(feeling)}\b", plain, re.IGNORECASE) is not None


def _plain(*both: Clause) -> bool:
    return all(c.kind is not Kind.HARSH for c in both) and sum(len(c.said.split()) for c in both) <= 26


def _feeling(plain: str, words: CompanionWords) -> tuple[str, str]:
    """The word of the member's for what they feel that stands first, and its group; not what is denied or another's."""
    found: list[tuple[int, str, str]] = []
    for group, feelings in words.feelings.items():
        if feelings.pattern is None:
            continue
        for match in feelings.pattern.finditer(plain):
            before = plain[max(0, match.start() - 40) : match.start()]
            if not _is_felt(before, plain[match.end() :]) or (group == GLAD and _NOT_YET.search(before)):
                continue
            found.append((match.start(), match.group().lower(), group))
    if not found:
        return "", ""
    _, word, group = min(found)
    return word, group


def _bare_feeling(bit: str, words: CompanionWords) -> tuple[str, str]:
    """The feeling that is all of an answer but a word or two: "tired now"."""
    found = [
        (match.group().lower(), group)
        for group, feelings in words.feelings.items()
        if feelings.pattern is not None and len(bit.split()) <= BARE and not _NOT.search(bit)
        for match in feelings.pattern.finditer(bit)
    ]
    return found[0] if found else ("", "")


def _is_felt(before: str, after: str) -> bool:
    """Whether what stands around a word says that the member feels it: "I'm so", "makes me feel", or it stands alone."""  # noqa: E501
    of_others = _OTHERS_FEEL.search(before) or _OTHERS_SAY.search(before) or _OTHERS_STILL.search(before)
    if _NOT.search(before) or of_others:
        return False
    return bool(_FELT.search(before) or (_ALONE.search(before) and _AFTER_ALONE.search(after)))


def _guess(reading: Reading, words: CompanionWords) -> str:
    """The group of the likeliest emotion, where it is likely enough to be guessed at."""
    scores = {
        group: max((reading.emotion.emotions.get(label, 0.0) for label in feelings.labels), default=0.0)
        for group, feelings in words.feelings.items()
    }
    best = max(scores, key=lambda group: scores[group])
    return best if scores[best] >= GUESS_FROM else UNCLEAR


def _good_news(plain: str, told: tuple[Clause, ...], words: CompanionWords) -> bool:
    """Whether something good is told, by what happened; not where anything is set against it afterwards.

    What stood before it does not spoil it: "she laughed, but did the dishes!".
    """
    cues = words.feelings[GLAD].cues
    found = list(cues.finditer(plain)) if cues else []
    if not found or any(clause.kind in {Kind.HARSH, Kind.LOSS} for clause in told):
        return False
    before, after = plain[: found[-1].start()][-40:], plain[found[-1].end() :]
    hurts = any(f.pattern and f.pattern.search(after) for name, f in words.feelings.items() if name != GLAD)
    return not (hurts or _NOT_YET.search(before) or _SPOILT.search(after) or _DENIED.search(after))


def _by_what_happened(plain: str, words: CompanionWords) -> str:
    """The group whose cues tell what happened ("put his name on my report"), where one does; never the glad one."""
    others = (name for name, feelings in words.feelings.items() if name != GLAD and feelings.cues)
    return next((name for name in others if _holds(words.feelings[name].cues, plain)), "")


def _holds(cues: re.Pattern[str] | None, plain: str) -> bool:
    return cues is not None and cues.search(plain) is not None


def _is_glad(plain: str, told: tuple[Clause, ...], reading: Reading | None) -> bool:
    """Whether nothing speaks against taking it for something good: congratulating a sad person hurts."""
    harsh = any(clause.kind in {Kind.HARSH, Kind.LOSS} for clause in told)
    return (
        not harsh
        and not _SPOILT.search(plain)
        and not _DENIED.search(plain)
        and (reading is None or reading.emotion.valence >= GLAD_FROM)
    )


def _who(plain: str) -> str:
    match = _WHO.search(plain)
    return mirrored("my " + match.group(1).lower().removeprefix("own ")) if match else ""


def _topic(plain: str, words: CompanionWords) -> str:
    """The topic most of whose cues stand in the message; the first of those that are even."""
    counts: Mapping[str, int] = {
        name: len({m.group().lower() for m in topic.pattern.finditer(plain)}) for name, topic in words.topics.items()
    }
    of_a_child = counts.get("parenting", 0) > 0  # then school is theirs, and no study of the member's
    best = max(counts, key=lambda name: counts[name] * (name != "exam" or not of_a_child))
    return best if counts[best] else ""
