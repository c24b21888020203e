"""Where there may be danger to life: how much, what to say and what the programme is to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from attunement.dialogue.moments import SECRET
from attunement.domain.conversation import Line, Speaker
from attunement.domain.reading import RiskLevel, RiskReading
from attunement.library.helplines import CountryHelp
from attunement.reading.plain_text import normalise
from attunement.reading.risk import read_rules
from attunement.reading.risk_history import with_history

_ASKED = re.compile(
    r"\b(?:killing yourself|suicide|ending your life|end your life|wanting to die|kill yourself|hurt yourself|doing it today|safe (?:at this|right now|where))\b.{0,160}\?|"  # noqa: E501
    r"\bending their life\. are you\?|\b(?:already done something|you might use|stay on the phone until|spoken of suicide)\b.{0,160}\?", re.IGNORECASE | re.DOTALL  # noqa: E501
)  # fmt: skip
_YES = re.compile(
    r"^(?:yes+|yea+h*|yep|yup|i (?:am|do|have|did)\b|sometimes|often|every (?:day|night)|a lot|all the time|maybe|kind of|i guess|probably|a (?:bit|little)|lately|i think so|it has crossed|"  # noqa: E501
    r"i(?:'ve| have) thought|not (?:today|tonight|yet)\b|what if i (?:am|do|was)|and if i (?:am|was)|i think about (?:it|that))"  # noqa: E501
)
_UNSURE = re.compile(
    r"^(?:i (?:don'?t|do not) know|idk|dunno|not sure|i'?m not sure|hard to say|does it matter|why (?:does|do)|whatever|maybe|sort of|it doesn'?t matter|\.+|i don'?t want to (?:talk|say)|can'?t say|rather not|no comment|what do you think|who cares|not really sure|i can'?t (?:say|talk))"  # noqa: E501
)
_NO = re.compile(r"\b(?:no+|nope|nah|not|never|n'?t|of course not|god no)\b")
_TAKEN_BACK = re.compile(
    r"\b(?:i(?:'m| am) (?:fine|ok|okay|safe)|just (?:tired|venting|kidding|joking|a (?:joke|saying|figure of speech|phrase|lyric|song))|figure of speech|(?:only|just) meant|i meant|joke|kidding|nothing like that|not like that|don'?t (?:want|wanna) to die|wouldn'?t (?:ever |actually |really )?(?:do|hurt|kill)|not suicidal|no thoughts)\b"  # noqa: E501
)
_PASSIVE = re.compile(
    r"\bwish (?:that )?i (?:just |could just )?(?:wouldn'?t|didn'?t|don'?t|couldn'?t|never) (?:have to )?wake|\bnever wake up\b|\b(?:sleep|asleep) and (?:not|never) wake|"  # noqa: E501
    r"\bif i (?:just |simply )?(?:disappeared|vanished|was gone|wasn'?t here|weren'?t here)\b|\bstop existing\b|\bdon'?t want to (?:exist|be here|be alive|live) ?(?:any ?more)?"  # noqa: E501
)
_MEANS = re.compile(
    r"\b(?:rifle|gun|pistol|shotgun|rope|noose|blades?|razors?|(?:the|my|late \w+'s|her|his) (?:pills|tablets)|stockpil\w+|on the (?:bridge|roof|ledge)|(?:at|by) the (?:window|tracks|rails)|how i would do it)\b"  # noqa: E501
)
_SOON = re.compile(
    r"\b(?:tonight|right now|now|today|this (?:morning|afternoon|evening)|here|going to|gonna|about to|in my hands?|in front of me)\b"  # noqa: E501
)
"""Beside a means at hand it makes danger imminent, whatever the model alone is believed."""
_ABOUT_THEM = re.compile(
    r"\b(?:he|she|they)(?:'s| is| are| said| says| told me| wrote| isn'?t| has| wants?)\b.{0,60}\b(?:suicid\w*|kill (?:him|her|them)sel\w+|wants? to die|(?:end|ending) (?:his|her|their) life|answering|hurt (?:him|her|them)sel\w+|goodbye)"  # noqa: E501
)
_OTHER = re.compile(
    r"\b(?:my|a) (?:\w+ )?(?:friend|brother|sister|mum|mom|mother|dad|father|son|daughter|kid|child|husband|wife|partner|boyfriend|girlfriend|roommate|ex|uncle|aunt|cousin|colleague|student|neighbou?r|teammate|flatmate)\b"  # noqa: E501
    r".{0,80}\b(?:suicid\w*|kill (?:him|her|them)sel\w+|want(?:s|ed)? to die|end (?:his|her|their) life|hurt(?:ing)? (?:him|her|them)sel\w+|self[- ]?harm\w*|cutting (?:him|her|them)sel\w+|overdos\w*|goodbye|live any ?more|be here any ?more|not wake)"  # noqa: E501
)
_OWN = re.compile(
    r"\bi (?:also |do |just |really )*(?:want to|wanna|am going to|feel like|think about|keep thinking|can'?t go on|wish i)\b.{0,40}\b(?:die|dead|kill|end|disappear|hurt myself)\b|\bmyself\b"  # noqa: E501
)
_HARM = re.compile(
    r"\b(?:i(?:'m| am)? ?(?:\w+ ){0,3}(?:want to|wanna|going to|gonna|will|could|plan to|about to)) (?:\w+ ){0,2}(?:kill|stab|shoot|strangle|murder|beat up|hurt) (?:him|her|them|my (?!self)\w+|that \w+|this \w+|everyone|people|someone)\b(?! feelings)"  # noqa: E501
)
_JOKE = re.compile(
    r"\b(?:lol|haha+|lmao|jk|joking|kidding)\b|\bif (?:he|she|they|it|this|that)\b|\bcould kill (?:him|her|them) (?:sometimes|for)\b"  # noqa: E501
)
_FRIGHT = re.compile(
    r"\b(?:already (?:took|taken|swallowed|cut)|i (?:just )?(?:took|swallowed) (?:all|the|too many|a (?:lot|bunch|handful) of))\b.{0,30}\b(?:pills?|tablets|them|meds|medication|bottle)\b"  # noqa: E501
)
_PUTTING_IN_ORDER = re.compile(
    r"\b(?:wrote|writing|written) (?:\w+ ){0,3}(?:letters?|notes?) (?:to|for) (?:\w+ ){0,2}(?:kids?|children|family|parents|mum|mom|wife|husband|everyone|friends?)\b|"  # noqa: E501
    r"\b(?:giving|gave|given) away (?:all )?(?:my|everything)|\b(?:look after|take care of|feed) (?:\w+ ){1,3}(?:when|if|once|after) i(?:'m| am) (?:gone|not (?:here|there|around))|"  # noqa: E501
    r"\bwon'?t be (?:needing|around|here)\b|\b(?:tell|told) (?:\w+ ){1,3}i (?:love|loved) (?:him|her|them)\b.{0,30}(?:last|for me)|\bsaid (?:my )?goodbyes?\b"  # noqa: E501
)
_AT_PEACE = re.compile(
    r"\b(?:at peace|made (?:up )?my (?:peace|mind)|i(?:'ve| have) decided|thank you for everything|goodbye everyone|it(?:'s| is) all sorted|none of (?:it|this) matters (?:now|any ?more))\b"  # noqa: E501
)
_LEAVING = re.compile(
    r"^(?:(?:ok(?:ay)?|well|thanks?|thank you|anyway|alright|right|so)[,. ]*)*(?:i(?:'ve| have|'?ll| need| should)?(?: got)? ?(?:to |gotta )?(?:go|leave|sleep|head off|run)\b.{0,25}|"  # noqa: E501
    r"(?:good ?)?bye+.{0,12}|good ?night.{0,12}|see (?:you|ya).{0,12}|talk (?:to you )?(?:later|soon).{0,8}|take care.{0,8})$"  # noqa: E501
)
"""An ordinary leave, which by itself is no farewell to life: the model alone is not believed there."""
_ONE_LOWER = {RiskLevel.IMMINENT: RiskLevel.EXPLICIT, RiskLevel.EXPLICIT: RiskLevel.INDIRECT}
"""Where the model alone sees danger, it is asked about before people are called."""
MOST_ASKED_ON_A_GUESS = 2
"""So often danger that only the model saw is asked about, where no answer and no other line speaks of any."""
FAINT_WITHIN = 4
FAINT = 0.8
SURE = 0.95
"""From this probability signs of danger that no rule finds are taken as such at once; from `FAINT` they are faint."""


class ActionKind(StrEnum):
    """What the programme is to do beside saying the reply, in rising order."""

    ASK = "ask"
    SHOW_HELP = "show-help"
    ALERT = "alert"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, how grave it is, and a code for why; ``help`` is what to show, with ``show-help``."""

    kind: ActionKind
    level: RiskLevel
    reason: str
    help: CountryHelp | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """How much danger there may be now, at which step of ``safety.yaml`` the talk is (empty for none), and what to do.

    ``promised`` is whether the member asked to keep it secret; ``faint`` whether there is no more than a faint sign, to
    which the companion answers as usual, with one careful question about how bad it gets.
    """

    level: RiskLevel
    step: str
    actions: tuple[Action, ...]
    promised: bool = False
    faint: bool = False

    def asks_for(self, kind: ActionKind) -> bool:
        """Whether one of the actions is of this kind."""
        return any(action.kind is kind for action in self.actions)


def assess(
    lines: Sequence[Line], readings: Sequence[RiskReading], helps: CountryHelp, *, before: Sequence[RiskLevel] = ()
) -> Assessment:
    """How much danger a talk speaks of, by what was said in all of it and not just at its end.

    Parameters
    ----------
    lines:
        The talk; its last member line is the one to answer.
    readings:
        What was read from each member line alone, in order.
    helps:
        Whom the member can call where they are.
    before:
        What was read in the 72 hours before the talk.
    """
    said = [normalise(line.text) for line in lines if line.speaker is Speaker.MEMBER]
    if not said:
        return Assessment(RiskLevel.NONE, "", ())
    levels, faint = _with_faint([_sure_level(text, reading) for text, reading in zip(said, readings, strict=True)])
    of_others = [_is_of_another(said[: k + 1]) for k in range(len(said))]
    levels = [
        min(x, RiskLevel.DISTRESS, key=lambda x: x.rank) if other else x
        for x, other in zip(levels, of_others, strict=True)
    ]
    last, own = said[-1], levels[-1]
    earlier = [*before, *_since_denial(lines, levels)[:-1]]
    asked = _times_asked(lines)
    if _HARM.search(last) and not _JOKE.search(last):
        return Assessment(
            RiskLevel.EXPLICIT, "harm", _actions(RiskLevel.EXPLICIT, "harm-to-others", helps, ask=True, hold=False)
        )
    if of_others[-1] and readings[-1].level.rank >= RiskLevel.INDIRECT.rank:
        level = RiskLevel.INDIRECT
        return Assessment(level, "another", _actions(level, "another-person", helps, ask=True, hold=False))
    let_be = asked >= MOST_ASKED_ON_A_GUESS and not before and not _in_words(said)
    level = _level(last, own, earlier, asked_now=_asked_last(lines) and not let_be)
    if let_be and own.rank <= RiskLevel.DISTRESS.rank and level is RiskLevel.INDIRECT:
        level = own
    step = _step(last, level, own, earlier, asked=asked, asked_now=_asked_last(lines))
    if not step:
        return Assessment(max(level, RiskLevel.INDIRECT if faint else level, key=lambda x: x.rank), "", (), faint=faint)
    alert = (
        level.rank >= RiskLevel.EXPLICIT.rank
        or asked > 0
        or sum(x.rank >= RiskLevel.INDIRECT.rank for x in earlier) > 0
    )
    hold = level is RiskLevel.IMMINENT or (level is RiskLevel.EXPLICIT and _grave(earlier) and asked > 0)
    actions = _actions(level, step, helps, ask=step != "denied", hold=hold, alert=alert and step != "denied")
    return Assessment(level, step, actions, promised=bool(SECRET.search(last)))


def _in_words(said: Sequence[str]) -> bool:
    """Whether any line speaks of danger in words that rules know, or left it open when asked."""
    return any(
        read_rules(text).level.rank >= RiskLevel.INDIRECT.rank or _PUTTING_IN_ORDER.search(text)
        or _PASSIVE.search(text) or _AT_PEACE.search(text) or _UNSURE.search(text)
        for text in said
    )  # fmt: skip


def _sure_level(text: str, reading: RiskReading) -> tuple[RiskLevel, bool]:
    """The level of a line, and whether it is only faintly above distress: seen by the model alone, and not surely."""
    if _PUTTING_IN_ORDER.search(text) or _PASSIVE.search(text):
        return max(reading.level, RiskLevel.INDIRECT, key=lambda x: x.rank), False
    by_rule = read_rules(text).level.rank >= RiskLevel.INDIRECT.rank
    if reading.level.rank >= RiskLevel.INDIRECT.rank:
        if not by_rule and _LEAVING.search(text):
            return RiskLevel.NONE, False
        if by_rule:
            return reading.level, False
        if reading.p < SURE:
            return RiskLevel.DISTRESS, reading.p >= FAINT
        return _ONE_LOWER.get(reading.level, reading.level), False
    return reading.level, bool(_AT_PEACE.search(text)) and len(text.split()) > 4


def _is_of_another(said: Sequence[str]) -> bool:
    """Whether the last of these tells of somebody else's danger, named in it or just before."""
    last = said[-1]
    if _OWN.search(last):
        return False
    return bool(_OTHER.search(last) or (_ABOUT_THEM.search(last) and any(_OTHER.search(text) for text in said[:-1])))


def _with_faint(found: Sequence[tuple[RiskLevel, bool]]) -> tuple[list[RiskLevel], bool]:
    """Levels where a second faint sign soon after the first counts as a sign, and whether the last is only faint."""
    levels, last = [], False
    for k, (level, faint) in enumerate(found):
        again = faint and any(earlier for _, earlier in found[max(0, k - FAINT_WITHIN) : k])
        last = faint and not again
        levels.append(RiskLevel.INDIRECT if again else level)
    return levels, last


def _since_denial(lines: Sequence[Line], levels: Sequence[RiskLevel]) -> list[RiskLevel]:
    """Levels in which hints before a plain no count no more: who was asked and said no is not asked for every sigh.

    What was said plainly stays.
    """
    since, k, asked = list(levels), -1, False
    for line in lines:
        if line.speaker is not Speaker.MEMBER:
            asked = asks_about_danger(line.text)
            continue
        k += 1
        answered = asked and since[k].rank <= RiskLevel.DISTRESS.rank and _denies(normalise(line.text))
        if answered and not _grave(since[:k]):
            since[: k + 1] = [min(x, RiskLevel.DISTRESS, key=lambda x: x.rank) for x in since[: k + 1]]
        asked = False
    return since


def _actions(
    level: RiskLevel, reason: str, helps: CountryHelp, *, ask: bool, hold: bool, alert: bool = True
) -> tuple[Action, ...]:
    kinds = [
        (ActionKind.ASK, ask),
        (ActionKind.SHOW_HELP, True),
        (ActionKind.ALERT, alert or hold),
        (ActionKind.HOLD, hold),
    ]
    return tuple(
        Action(kind, level, reason, helps if kind is ActionKind.SHOW_HELP else None) for kind, wanted in kinds if wanted
    )


def _level(last: str, own: RiskLevel, earlier: Sequence[RiskLevel], *, asked_now: bool) -> RiskLevel:
    """The level of the last line, in the light of what came before and of whether it answers a plain question."""
    if _FRIGHT.search(last):
        return RiskLevel.IMMINENT
    if own.rank >= RiskLevel.INDIRECT.rank and _MEANS.search(last) and _SOON.search(last) and not _NO.search(last):
        return RiskLevel.IMMINENT
    if _MEANS.search(last) and any(x.rank >= RiskLevel.INDIRECT.rank for x in earlier) and not _NO.search(last):
        return max(own, RiskLevel.EXPLICIT, key=lambda x: x.rank)
    level = with_history(own, earlier)
    if not asked_now or level.rank >= RiskLevel.EXPLICIT.rank:
        return level
    if _YES.search(last) and not _TAKEN_BACK.search(last):
        return RiskLevel.EXPLICIT
    if _UNSURE.search(last) or not _denies(last):
        return max(level, RiskLevel.INDIRECT, key=lambda x: x.rank)
    return level


def _step(
    last: str, level: RiskLevel, own: RiskLevel, earlier: Sequence[RiskLevel], *, asked: int, asked_now: bool
) -> str:
    """Where in ``safety.yaml`` the talk is."""
    if level is RiskLevel.IMMINENT:
        return "imminent"
    if level is RiskLevel.EXPLICIT:
        return "stay" if _grave(earlier) and asked else "present"
    if asked_now and _denies(last) and own.rank <= RiskLevel.DISTRESS.rank and not _grave(earlier):
        return "denied"
    if _grave(earlier) and level.rank >= RiskLevel.DISTRESS.rank:
        return "stay"
    if level is RiskLevel.INDIRECT:
        return ("ask_again" if asked == 1 else "stay") if asked else "ask"
    if _grave(earlier[-2:]):
        return "stay"
    return ""


def _denies(last: str) -> bool:
    """Whether an answer to the plain question is a no; what says neither yes nor no is none."""
    return bool(_NO.search(last) or _TAKEN_BACK.search(last)) and not _UNSURE.search(last)


def _grave(levels: Sequence[RiskLevel]) -> bool:
    return any(level.rank >= RiskLevel.EXPLICIT.rank for level in levels)


def asks_about_danger(text: str) -> bool:
    """Whether a line asks plainly about danger to life.

    >>> asks_about_danger("May I ask straight out: are there thoughts of suicide?")
    True
    >>> asks_about_danger("What hurts most about it?")
    False
    """
    return bool(_ASKED.search(text))


def _times_asked(lines: Sequence[Line]) -> int:
    return sum(
        line.speaker in {Speaker.COMPANION, Speaker.SUPPORTER} and asks_about_danger(line.text) for line in lines
    )


def _asked_last(lines: Sequence[Line]) -> bool:
    others = [line for line in lines if line.speaker in {Speaker.COMPANION, Speaker.SUPPORTER}]
    return bool(others) and asks_about_danger(others[-1].text)
