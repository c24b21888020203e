"""Tells what good is told of in a message, and what only looks like it: a show of joy, praise that is meant wryly."""

from __future__ import annotations

import re

from attunement.dialogue.hearing.clause_words import LOSS
from attunement.dialogue.hearing.felt_words import GLAD, NOT_YET
from attunement.dialogue.hearing.tone import tells_of_trouble
from attunement.domain.reading import Reading
from attunement.library.companion_words import CompanionWords

GOOD = ("kindness", "eased", "deed", GLAD)
"""Groups of ``feelings.yaml`` for what gladdens: a kindness, trouble that ended, a feat of their own, good news."""
STEP = "step"
WRY = "wry"
GLAD_FROM = 3.16
"""Valence (1 to 5) from which good news may be taken for such."""
BRIGHT_FROM = 0.2
"""How likely, all together, the bright labels of the reader are at least where an exclamation mark tells of joy."""
_BRIGHT = ("joy", "love", "excitement", "pride", "relief", "gratitude", "optimism", "admiration")
SPOILT = re.compile(
    r"\b(?:but|must be|supposed to|should|relapsed|barely|except|until|again(?!st)\b.{0,20}(?:lost|failed)|only to|"
    r"cried|worst|hate|wish|still (?:tired|sad|sick|scared|hurts?)|"
    r"would(?: have| of|'ve)? (?:have |of )?been|waited \w+ (?:min\w*|hours?)|i get an? (?:bot|robot|machine)|"
    r"(?:i|we)(?:'d| had|'ve)? (?:also |always )?(?:cheated|wanted|(?:applied|interviewed|hoped|trained) for))\b",
    re.IGNORECASE,
)
"""Set against something good, this takes the joy out of it."""
DENIED = re.compile(r"\b(?:not|never|nobody|no one|without)\b|n't\b", re.IGNORECASE)
_GOT_IT = re.compile(
    r"(\bi(?:'ve)? (?:(?:just|finally|actually|even|have) )*(?:got|landed|won|been offered|was offered) "
    r"(?:the|a|my) (?:\w+ ){1,3}?)(?:that )?i(?:'d| had)? (?:also |always |really )*(?:wanted|(?:applied|interviewed|"
    r"hoped|trained) for)\b",
    re.IGNORECASE,
)
"""What the member wanted and got themselves: no joy is taken out of that."""
_UNSURE = re.compile(r"\b(?:if|when|unless|whether|hardly|nobody|hope|pray)\b", re.IGNORECASE)
_TURNED = re.compile(
    r"\b(?:hit|hurts?|cry|crying|tears|died|afraid|scared|alone|left me|drunk|lied|fake|nobody|nothing|used to|"
    r"miss|my ex|relapse\w*|worse|guilty|failed|too late|dying|death|die|it'?s over|"
    r"and left|goodbye|walked out|broke up|dumped)\b",
    re.IGNORECASE,
)
"""Told beside what might be good, that it is not, or not only."""
_OTHERS_LOSE = re.compile(
    r"\b(?:he|she|they|everyone else|(?:my|our) (?:\w+ )?\w+)\b(?: (?:has|have|all|both|just))? "
    r"(?:failed|lost(?! weight)|didn'?t|did not|got nothing|was rejected|were rejected|dropped out|went home)\b",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"\bi (?:just |only |even )?(?:smiled|nodded|clapped|cheered|laughed|congratulated|pretended|hugged \w+|"
    r"said (?:congratulations|congrats|i(?:'m| was) (?:so )?(?:happy|glad|fine|ok\w*)))\b[^.!?]*"
    r"\b(?:then|but|and|until|because)(?: i)? (?:just )?(?:sat|lay|drove|went (?:to (?:the )?(?:bed|toilet|loo|"
    r"bathroom|car))|hid|locked|stared|cried|couldn'?t|walked (?:out|home|away|off)|left)\b"
    r"(?!.*\b(?:with|together|we)\b)",
    re.IGNORECASE,
)
_PRAISE = (
    r"(?:(?:just |oh |well |yeah,? |wow,? |really )?(?:great|fantastic|brilliant|wonderful|marvellous|perfect|amazing|"
    r"lovely|splendid|super)|lucky me|never better|living the dream|life is (?:great|good)|yay|hooray|woo ?hoo)"
)
_PRAISES = re.compile(
    rf"^\W*(?:(?:yeah|yes|oh|well|wow|sure),? )*(?:{_PRAISE}\b|i(?:'m| am)(?: \w+)? {_PRAISE}\b)|"
    r"\b(?:no biggie|no big deal|lucky me|thanks (?:universe|life|a lot)|living the dream)\b",
    re.IGNORECASE,
)

_SCOFFS = re.compile(rf"^\W*{_PRAISE},? (?:another|more|now (?:the|my|he|she|it)|just what|as if|that's all)\b", re.I)


def good_in(plain: str, words: CompanionWords) -> str:
    """The group of `GOOD`, or `STEP`, that is told of by what happened, where nothing else in it hurts; or empty.

    >>> from attunement.library.companion_words import load_companion_words
    >>> from attunement.library.resources import content_folder
    >>> words = load_companion_words(content_folder())
    >>> [good_in(text, words) for text in ("My scan came back clear", "I'm not nervous at all", "She brought me soup")]
    ['glad', 'eased', 'kindness']
    >>> good_in("I opened the bill for the first time", words), good_in("I wish he stopped drinking", words)
    ('step', '')
    """
    return next((group for group in (*GOOD, STEP) if _tells(plain, group, words)), "")


def eases_loss(plain: str) -> bool:
    """Whether what sounds like a loss is told with relief: "the divorce is final and I'm free".

    >>> eases_loss("The divorce is final and I'm free!"), eases_loss("The divorce is final and I cry")
    (True, False)
    """
    over = re.search(r"\bdivorc\w+\b", plain, re.IGNORECASE)
    free = re.search(r"\b(?:i'?m|i am|we're) (?:\w+ )?(?:free|relieved|glad|happy)\b|\bat last\b", plain, re.IGNORECASE)
    return bool(over and free) and not re.search(r"\b(?:but|not|never|isn't|fighting)\b|n't\b", plain, re.IGNORECASE)


def sounds_bright(plain: str, reading: Reading | None) -> bool:
    """Whether an exclamation mark, and what the reader finds, tell of something good."""
    loud = "!" in plain and "?" not in plain
    if reading is None or not loud or DENIED.search(plain) or SPOILT.search(plain) or _SCOFFS.search(plain):
        return False
    bright = sum(reading.emotion.emotions.get(label, 0.0) for label in _BRIGHT)
    good = reading.emotion.valence >= GLAD_FROM and bright >= BRIGHT_FROM
    return good and len(plain.split()) > 2 and not (tells_of_trouble(plain) or _TURNED.search(plain))


def only_shows_joy(plain: str) -> bool:
    """Whether joy was shown to others and something else felt.

    >>> only_shows_joy("I smiled and then I sat in the car for an hour"), only_shows_joy("I smiled and we danced")
    (True, False)
    """
    return bool(_SHOWN.search(plain))


def is_of_two_minds(plain: str) -> bool:
    """Whether somebody else came off badly where the member did well: nobody is congratulated on that.

    >>> is_of_two_minds("My friend failed and I passed"), is_of_two_minds("I failed twice and then I passed")
    (True, False)
    """
    return bool(_OTHERS_LOSE.search(plain))


def is_wry(plain: str) -> bool:
    """Whether something bad is told as if it were fine: "doing great, only got fired".

    >>> is_wry("I'm doing fantastic, only got fired, no biggie"), is_wry("I'm doing great, I got the job")
    (True, False)
    """
    bad = tells_of_trouble(plain) or LOSS.search(plain)
    return bool(bad and _PRAISES.search(plain)) and not re.search(r"\b(?:but|although|though)\b", plain, re.IGNORECASE)


def without_praise(text: str) -> str:
    """What was told wryly without its praise: "only got fired".

    >>> without_praise("Yeah I'm doing fantastic, only got fired, no biggie")
    'got fired'
    """
    kept = [piece.strip() for piece in re.split(r"[,;.!]+", text) if not _PRAISES.search(piece.strip())]
    return ". ".join(re.sub(r"^(?:only|just) ", "", piece) for piece in kept if piece)


def _tells(plain: str, group: str, words: CompanionWords) -> bool:
    """Whether a cue of a group is found that no wish, no question and nothing beside it takes back."""
    cues, plain = words.feelings[group].cues, _GOT_IT.sub(r"\1", plain)
    found = list(cues.finditer(plain)) if cues else []
    if not found or (group not in {GLAD, "deed"} and "?" in plain):
        return False
    before, after = plain[: found[-1].start()], plain[found[-1].end() :]
    hurts = any(f.pattern and f.pattern.search(after) for name, f in words.feelings.items() if name != GLAD)
    wished = NOT_YET.search(before[-40:]) or _UNSURE.search(before[-40:])
    set_against = SPOILT.search(after) or DENIED.search(after) or is_of_two_minds(plain)
    beside = after if group in {GLAD, "deed"} else f"{before} ; {after}"  # a feat is one, whatever came before it
    sore = _TURNED.search(beside) or tells_of_trouble(beside)
    return not (hurts or wished or set_against or sore)
