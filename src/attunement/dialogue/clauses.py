"""Takes a message apart into clauses that can be said back whole: who did or felt what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from attunement.dialogue.mirror import mirrored
from attunement.dialogue.plain import sentences
from attunement.domain.reading import RiskLevel
from attunement.reading.risk import read_rules
from attunement.reading.specifics import details

FEWEST, MOST = 3, 17

_AUX = (
    r"(?:am|is|are|was|were|has|have|had|do|does|did|can|could|will|would|should|might|may|must|isn't|aren't|wasn't|weren't|hasn't|haven't|"
    r"hadn't|don't|doesn't|didn't|can't|couldn't|won't|wouldn't|shouldn't|never|always|just|keeps?|kept|still|also|really|barely|hardly|even|all)"
)
_VERBS = (
    r"(?:left|died|said|told|says|tells|hates?|wants?|makes?|made|thinks?|thought|feels?|felt|got|gets?|goes|went|came|comes|took|takes?|broke|lost|"
    r"knows?|knew|gave|gives?|won|ran|threw|hit|cut|found|saw|seems?|loves?|likes?|hurts?|ended|leaves?|sucks?|helps?|happens?|needs?|gave|sent|"
    r"means?|meant|matters?|cares?|calls?|looks?|sounds?|works?|treats?|ignores?|expects?|stopped|started|starts?|fell|caught|brought|put|let|"
    r"shows?|runs?|turns?|drives?|eats?|hears?|understands?|talks?|lives?|passed|forgot|forgets?|cheated|bought|chose|became|becomes|beats?|\w{3,}ed)"
)
_THING = r"(?:my|our|his|her|their|the|this|that|a|an|every|each|some|most|all|no) (?:[\w'-]+ ){1,4}?"
_ONE = r"(?:he|she|they|it|this|that|there|nobody|no one|everyone|everybody|someone|somebody|people|everything|nothing|life|things|something|school|work|both|none)"  # noqa: E501
_SUBJECT = rf"(?:I|we|(?:{_ONE}|(?:my|our|the|his|her) [\w-]+(?: [\w-]+)?) (?={_AUX}\b|{_VERBS}\b))"
_WHOLE = re.compile(
    rf"^(?:(?:I|we)(?:'(?:m|ve|d|ll|re))? (?!and\b|or\b|but\b|if\b|when\b)\w"
    rf"|{_ONE}(?:'(?:s|re|ve|d|ll))? (?:(?:{_AUX}|{_VERBS})\b|(?<='s )\w|(?<='re )\w|(?<='ve )\w)"
    rf"|{_THING}(?:{_AUX}|{_VERBS})\b"
    rf"|(?-i:(?!Is|Are|Am|Was|Do|Does|Did|Can|How|What|Why|When|If|Where|Who|Has|Have|Not|Just|Even|So|As|Or)[A-Z][a-z]+) (?:{_AUX}|{_VERBS})\b)",  # noqa: E501
    re.IGNORECASE,
)
_JOINTS_WORDS = (
    "when that if what like how where than why as think thought while since until know after before because "
    "whenever and or but so who said me everything things thing one way people person sure wish feel guess all "
    "reason time feeling believe as much than"
)
_JOINTS = _JOINTS_WORDS.split()
_NOT_AFTER = "".join(f"(?<!\\b{word} )" for word in sorted(set(_JOINTS)))
"""A new clause does not begin after these: "when I cry", "the people I know"."""
_CUT = re.compile(
    rf"\s*,?\s+(?P<joint>but|because|so(?= (?:I|we|now|my)\b)|although|though|yet|however|except|since(?= (?:I|my|he|she)\b))\s+"  # noqa: E501
    rf"|\s*,?\s+(?P<and>and(?: then| so| now)?|then|plus)\s+(?=(?:I|we|{_ONE}|my [\w-]+|the [\w-]+)(?:'\w+)?\s+\w)"
    rf"|\s*[,:]\s*(?=(?:I|we|{_ONE}|my [\w-]+)(?:'\w+)? \w)"
    rf"|(?<=\w)\s+(?=I(?:'(?:m|ve|d)|) (?:just|feel|felt|hate|can't|don't|didn't|am|was|have|had|need|want|wish|miss|keep|cry|cried|lost)\b){_NOT_AFTER}",  # noqa: E501
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:and|but|so|well|because|also|then|like|anyway|anyways|plus|now|yet|or|yeah|yes|ok|okay|hi|hey|hello|oh|man|dude|guys|sorry|please|though|"
    r"although|however|just|actually|i guess|i mean|i suppose|i swear|i (?:think|believe|know|realise|realize) (?:that )?(?=(?:i|i'\w+|my|he|she|they|nobody|no one|it)\b)|it's just(?: that)?|"  # noqa: E501
    r"the thing is|the truth is|to be honest|at this point|of course|maybe|sometimes|lately|recently|today|yesterday|turns out)\b[\s,:]*)+",  # noqa: E501
    re.IGNORECASE,
)
_TAG = re.compile(
    r",? (?:is it|isn't it|right|you know|do you|don't you|or something|or whatever|and all|and stuff)$", re.IGNORECASE
)
_BARE = (  # a sentence without its subject: how it begins, and what belongs before it
    (
        r"(?:lost|failed|broke up|got|had|woke|went|cried|spent|quit|moved|told|tried|ruined|missed|forgot|finally got|relapsed|started|found out)\b",  # noqa: E501
        "I ",
    ),
    (r"(?:can't|don't|didn't|won't|couldn't|haven't|hate|feel|felt|miss|keep|want to|need to|need|wish)\b", "I "),
    (r"(?:been|never been|always been)\b", "I've "),
    (
        r"(?:feeling|tired of|scared|afraid|sick of|done with|trying|struggling|stuck|lonely|exhausted|dreading|sitting|losing|having|so (?:tired|alone|sad|lost|lonely|scared|done|happy|proud))\b",  # noqa: E501
        "I'm ",
    ),
)
_BARES = tuple((re.compile(f"^{pattern}", re.IGNORECASE), lead) for pattern, lead in _BARE)
_TO_ANOTHER = re.compile(
    r"\b(?:you|your|yours|yourself|y'all|yall|guys|anyone|anybody|everyone else|dae|does any|please|thanks|sub|subreddit|post|posts|posting|posted|throwaway|"  # noqa: E501
    r"op|edit|reddit|title|fuck\w*|\w*shit\w*|balls|od|od'?ing|overdos\w*|bullet|suicid\w*|kill\w*|kms|die|dies|dead|death|bitch\w*|cunt\w*|ass|asshole\w*|dick\w*|whore|slut\w*|n't)\b|\"|\d{3,}|[=+$%()]",
    re.IGNORECASE,
)
_DANGLING_WORDS = (
    "a an the to of and but or so because as at in on for with from by about into my your his her their our i he "
    "she they we it's that's than that which who whom whose when while if is are was were be been am do does did "
    "don't can't could would will won't should have has had not very really too just most even i'm i've such these "
    "those no any some every its what how why where being until since without want need get got think always going "
    "like it'll it'd i'd i'll didn't doesn't also only this said told isn't aren't wasn't weren't haven't hasn't "
    "hadn't won't wouldn't shouldn't couldn't"
)
_DANGLING = frozenset(_DANGLING_WORDS.split())
_CUT_AT = re.compile(
    r"\s*(?:,|\s(?:because|when|while|whenever|after|before|since|even though|although|though|which|who|where|unless|until|and|but|or|so|as if|like|due to|despite|in order)\b)",  # noqa: E501
    re.IGNORECASE,
)
_POOR = re.compile(
    r"^(?:I (?:don't|do not) (?:know|care|understand|get)\b|I know\b|I (?:mean|guess|was wondering|wonder|hope|used to think)\b|that's|it is what|it's (?:like|not|ok|okay|fine|a )|this is|there (?:is|are)|it's$|I'm (?:\d|not sure|sure|just saying|sorry|new|posting|asking|writing|trying)|I have to say|that (?:is|was)\b|I(?:'m| am| was) (?:a|an|\d+|only|just)? ?(?:\d|kid|child|wondering|curious|looking for|teen\w*|girl|boy|guy|woman|man|student|\d+)|I wanted to (?:see|know|ask|share|say)|it (?:is|was)\b|it's the\b|I (?:don't|do not) mean|I should\b)",  # noqa: E501
    re.IGNORECASE,
)
_LOSS = re.compile(
    r"\b(?:died|passed away|left (?:me|us)|broke up with|broke up|dumped|lost (?:my|our|the|a|him|her)|got fired|was fired|been fired|laid off|divorc\w+|moved (?:out|away|on)|put (?:him|her|them) down|"  # noqa: E501
    r"miscarr\w+|cheated on|kicked (?:me )?out|ended (?:it|things)|murdered|gone forever|(?:is|was) dead)\b",
    re.IGNORECASE,
)
_HARSH = re.compile(
    r"\b(?:I(?:'m| am)|(?:feel|feeling) like(?: (?:I'm|I am))?|makes me) (?:just |so |such |really |too |always |probably |clearly |still |nothing but |fat and |only )*(?:a |an |the )?(?:complete |total |huge |big |absolute |awful |terrible |horrible |lazy |useless )*"  # noqa: E501
    r"(?:failure|burden|loser|idiot|mess|joke|disappointment|waste|worthless|useless|ugly|stupid|pathetic|disgusting|unlovable|hideous|dumb|weak|bad person|worst \w+|terrible person|horrible person|not good enough|piece of|nobody|coward|monster|trash|garbage|broken)\b"  # noqa: E501
    r"|\bhate (?:myself|my (?:life|body|face|looks))|\bhate being me|\bdeserve (?:it|this|to|nothing)|\b(?:nobody|no one) (?:\w+ ){0,2}(?:loves?|likes?|wants?|cares?|would miss|needs?)\b|\bno good\b|\bruin everything\b|\bmy (?:own )?fault\b|\bnothing to (?:offer|contribute)",  # noqa: E501
    re.IGNORECASE,
)
_WISH = re.compile(
    r"^I (?:just |really |only |do |so |still )*(?:want|wish|need|would (?:like|love)|long|hope)\b|^I'd (?:like|love|give)\b",  # noqa: E501
    re.IGNORECASE,
)
_NO_WISH = re.compile(
    r"\b(?:n't|not|never|no longer) (?:want|wish|need)|want (?:to )?(?:disappear|sleep forever|give up|vanish|cry|scream|die|be dead|be gone)|need (?:help|advice|meds|medication)",  # noqa: E501
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:hurt|cry|crying|cried|afraid|scared|alone|lonely|hate|miss|lost|never|nobody|no one|can't|failed|left|died|broke|yelled|panic|ashamed|guilty|love|tired|worst|angry|worried|anxious|depressed|struggling|overwhelmed|proud|happy|finally)\b",  # noqa: E501
    re.IGNORECASE,
)
_ALSO = re.compile(r"(?<=^I) also\b|(?<=^my) own\b")
_COMMON = re.compile(
    rf"(?:you|your|{_ONE}|the|this|that|a|an|his|her|their|every|each|some|most|all|no)\b", re.IGNORECASE
)
_AS_PERSONS_DO = re.compile(
    r"\w+ (?:left|said|told|says|tells|hates|loves|wants|thinks|thought|asked|called|calls|went|came|took|gave|knows|knew|cheated|died|passed|moved|promised|lied|forgot)\b"  # noqa: E501
)


class Kind(StrEnum):
    """What a clause tells of."""

    PLAIN = "plain"
    LOSS = "loss"
    WISH = "wish"
    HARSH = "harsh"


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement told back: ``said`` begins in lower case (names aside) and has no mark at its end.

    ``but`` is whether it stands against the one before, ``reason`` whether it was said to be why; ``weight`` is how much
    it seems to matter; ``place`` counts from 0.
    """  # noqa: E501

    said: str
    kind: Kind
    but: bool
    reason: bool
    weight: float
    place: int


def clauses(text: str) -> tuple[Clause, ...]:
    """What a message states that can be said back whole, in order.

    Questions, what is addressed to the reader, quotes, and anything that speaks of wanting to die are left out: what is
    not understood for sure is better not said back.

    >>> [c.said for c in clauses("Im so tired. My dad left us and I can't tell my friends! Anyone else?")]
    ["you're so tired", 'your dad left you', "you can't tell your friends"]
    >>> [(c.said, c.but) for c in clauses("I love my sister but she never calls me")]
    [('you love your sister', False), ('she never calls you', True)]
    """
    found: list[Clause] = []
    for sentence in sentences(text):
        if sentence.endswith("?"):
            sentence = _condition(sentence)
        for piece, joint in _pieces(sentence.rstrip(".! ")):
            plain = _whole(piece)
            if plain is None:
                found = _unfinished(found) if joint == "but" else found
                continue
            said = _low(mirrored(_ALSO.sub("", plain)))
            if all(said != c.said for c in found):
                found.append(
                    Clause(
                        said, _kind(plain), joint == "but", joint in {"because", "since"}, _weight(plain), len(found)
                    )
                )
    return tuple(found)


def _condition(question: str) -> str:
    """What a question states beside what it asks: "if my boss shouts" of "what can I do if my boss shouts?"."""
    match = re.search(r"\b(?:if|when|because|that|after)\s+((?:I|my|he|she|they|we|it)\b.+)\?$", question)
    return match.group(1) if match else ""


def _unfinished(found: list[Clause]) -> list[Clause]:
    """The clauses, the last counting less: what was set against it could not be told back, so alone it would mislead."""  # noqa: E501
    return [*found[:-1], replace(found[-1], weight=found[-1].weight - 2)] if found else found


def _pieces(sentence: str) -> list[tuple[str, str]]:
    pieces, start, joint = [], 0, ""
    for match in _CUT.finditer(sentence):
        pieces.append((sentence[start : match.start()], joint))
        start, joint = match.end(), (match.group("joint") or "").lower()
        joint = "but" if joint in {"but", "yet", "however", "although", "though", "except"} else joint
    return _with_reasons([*pieces, (sentence[start:], joint)])


def _with_reasons(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Short pieces kept together with the reason given for them: "I cried because the shop was shut"."""
    joined: list[tuple[str, str]] = []
    for piece, joint in pieces:
        if joint in {"because", "since"} and joined and len(f"{joined[-1][0]} {piece}".split()) < MOST:
            joined[-1] = (f"{joined[-1][0]} {joint} {piece}", joined[-1][1])
        else:
            joined.append((piece, joint))
    return joined


def _whole(piece: str) -> str | None:
    """The piece as a clause of its own, cut to length, or None where it is not one."""
    plain = piece.strip(" ,-:'")
    plain = _TAG.sub("", _LEAD.sub("", plain))
    plain = next((lead + plain[:1].lower() + plain[1:] for pattern, lead in _BARES if pattern.match(plain)), plain)
    short = _shortened(plain)
    if short is None or not _WHOLE.match(short) or _TO_ANOTHER.search(short):
        return None
    return None if read_rules(short).level.rank >= RiskLevel.INDIRECT.rank else short


def _shortened(plain: str) -> str | None:
    """At most `MOST` words that end well: cut before a joint where it is longer."""
    parts = [plain, *(plain[: m.start()] for m in reversed(list(_CUT_AT.finditer(plain))))]
    for part in parts:
        words = part.rstrip(" ,-").split()
        while words and words[-1].lower().strip(",'") in {"though", "too", "and", "so", "right", "but", "anymore?"}:
            words.pop()
        if FEWEST <= len(words) <= MOST and words[-1].lower().strip(",'") not in _DANGLING:
            return " ".join(words)
    return None


def _low(said: str) -> str:
    """The first letter small, unless a name seems to begin it: it does what people do."""
    first = said.split(" ", 1)[0]
    named = first[:1].isupper() and not _COMMON.match(first) and _AS_PERSONS_DO.match(said)
    return said if named else said[:1].lower() + said[1:]


def _kind(plain: str) -> Kind:
    if _HARSH.search(plain):
        return Kind.HARSH
    if _LOSS.search(plain):
        return Kind.LOSS
    return Kind.WISH if _WISH.match(plain) and not _NO_WISH.search(plain) else Kind.PLAIN


def _weight(plain: str) -> float:
    words = len(plain.split())
    return (
        1.0 * bool(re.match(r"(?:I|my)\b", plain))
        + 1.5 * bool(_LOSS.search(plain))
        + 0.8 * min(2, len(_STRONG.findall(plain)))
        + 0.4 * min(2, len(details(plain)))
        + 0.5 * (5 <= words <= 13)
        + 0.8 * bool(re.match(r"(?:my|he|she|nobody|no one|everyone|everybody|people)\b", plain, re.I))
        - 1.6 * bool(_POOR.match(plain))
        - 0.5 * bool(re.match(r"(?:it|this|that|they|there)\b", plain, re.I))
    )
