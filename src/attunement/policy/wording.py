"""Says a decision's reasons as one sentence a member understands, and claims nothing that is not so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attunement.domain.decision import Choice, Reason
from attunement.domain.messages import N_
from attunement.domain.practice import Medium, Practice
from attunement.policy.traits import length_of

Translate = Callable[[str], str]
LEAST_WEIGHT = 0.015
LEAST_READ = 0.3

NEEDS_SAID = {
    "heard": N_("you said you want to be heard"),
    "calm": N_("you said you want to calm down"),
    "understand": N_("you said you want to understand something"),
    "act": N_("you said you want to do something about it"),
    "connect": N_("you said you want to feel closer to someone"),
}
NEEDS_READ = {
    "heard": N_("what you wrote sounds as if being heard might matter now"),
    "calm": N_("what you wrote sounds as if some calm might do good"),
    "understand": N_("what you wrote sounds as if you are trying to understand something"),
    "act": N_("what you wrote sounds as if you want to do something about it"),
    "connect": N_("what you wrote sounds as if closeness might matter now"),
}
MOODS_SAID = {
    "low": N_("you said you feel rather low, which this one is kind to"),
    "stirred": N_("you said you feel stirred up, which this one suits"),
    "bright": N_("you said you feel all right, which is a good time for this"),
}
MOODS_READ = {
    "low": N_("what you wrote sounds heavy, which this one is kind to"),
    "stirred": N_("what you wrote sounds stirred up, which this one suits"),
    "bright": N_("what you wrote sounds all right, which is a good time for this"),
}
STIRRED_SENSED = N_("your body seemed more stirred up than usual, which this one suits")
FEELINGS = {
    "sad": N_("there seems to be sadness in what you wrote"),
    "anxious": N_("there seems to be worry in what you wrote"),
    "angry": N_("there seems to be anger in what you wrote"),
    "ashamed": N_("there seems to be some shame in what you wrote"),
    "warm": N_("there seems to be warmth in what you wrote"),
}
MEDIA = {
    Medium.READ: N_("reading practices helped you before"),
    Medium.WRITE: N_("writing practices helped you before"),
    Medium.LISTEN: N_("listening practices helped you before"),
    Medium.SEE: N_("practices with a picture helped you before"),
    Medium.TOGETHER: N_("practices with another person helped you before"),
    Medium.REHEARSE: N_("rehearsals helped you before"),
}
LENGTHS = {
    "short": N_("short practices helped you before"),
    "middle": N_("practices of this length helped you before"),
    "long": N_("longer practices helped you before"),
}
THEME = N_("it is about something like what you wrote")
SAME = N_("this one helped you before")
KIN = N_("practices of this kind helped you before ({family})")
WIDE = N_("it keeps what you meet varied ({family})")
NEW = N_("you have not met this kind yet ({family})")
OF_ITS_FAMILY = {"new": NEW, "breadth": WIDE}
NAMES_FAMILY = {*OF_ITS_FAMILY, "helped:family"}
"""Reasons told with the name of the family: one of them is enough in a sentence."""
LEARNED = {
    "people-here": (20, N_("it has tended to help other people here")),
    "yours": (3, N_("going by how practices went for you, it may suit you")),
}
"""How many outcomes it takes to say so, and the words."""
FAIR = N_(
    "This is a fair draw from everything in the library, because you have not allowed anything to be used for choosing."
)
OPEN = N_("This is a fair pick among what fits now, to keep your choice wide.")
SMALL = N_("Several small things together spoke for it.")
RARER = N_("Others were likelier; this one came up so that your choice stays wide.")
EVEN = 1.5
"""A pick is told to be a fair one where its chance is within this factor of an even share among all that fit."""
OWN = N_("You chose this one yourself.")
BECAUSE = N_("Because {reasons}.")
AND = N_("{first}, and {second}")


def _same(text: str) -> str:
    return text


def clause(reason: Reason, practice: Practice, family: str, translate: Translate = _same) -> str:
    """One reason as half a sentence, or an empty one where it speaks against the practice or has nothing to say."""
    if not _speaks_for_it(reason):
        return ""
    kind, _, detail = reason.about.partition(":")
    said = reason.fact.get("source") == "said"
    if kind == "helped":
        return _helped(detail, practice, family, translate)
    phrase = ""
    if kind in {"need", "theme"} and not said and float(reason.fact["value"]) < LEAST_READ:
        return ""  # too faint to be said of somebody
    if kind == "need":
        phrase = (NEEDS_SAID if said else NEEDS_READ)[detail]
    elif kind == "mood":
        sensed = reason.fact.get("source") == "sensed"
        phrase = STIRRED_SENSED if sensed else (MOODS_SAID if said else MOODS_READ)[detail]
    elif kind == "feeling":
        phrase = FEELINGS[detail]
    elif reason.about == "theme":
        phrase = THEME  # not "theme:text", by which what is unlike the text may speak for it too
    elif kind in OF_ITS_FAMILY:
        return translate(OF_ITS_FAMILY[kind]).format(family=family)
    elif kind in LEARNED:
        least, words = LEARNED[kind]
        phrase = words if int(reason.fact.get("outcomes", 0)) >= least else ""
    return translate(phrase) if phrase else ""


def _speaks_for_it(reason: Reason) -> bool:
    """Whether it moved the offer enough to be told; breadth does that without any weight in the reward."""
    value = float(reason.fact.get("value", 0))
    return value >= LEAST_WEIGHT if reason.about == "breadth" else reason.weight >= LEAST_WEIGHT and value > 0


def _helped(detail: str, practice: Practice, family: str, translate: Translate) -> str:
    if detail == "family":
        return translate(KIN).format(family=family)
    phrase = {"practice": SAME, "medium": MEDIA[practice.medium], "length": LENGTHS[length_of(practice)]}[detail]
    return translate(phrase)


def sentence(
    choice: Choice, practice: Practice, family: str, translate: Translate = _same, *, variety: bool = True
) -> str:  # fmt: skip
    """The two strongest reasons in a sentence; where none is worth telling, how it came up all the same.

    Parameters
    ----------
    family:
        The family's title.
    translate:
        A gettext function.
    variety:
        Whether to tell that a kind is new or keeps the choice wide. Where not, and nothing else is there to tell, the
        sentence is empty.
    """
    abouts = {reason.about for reason in choice.reasons}
    if "own-choice" in abouts:
        return translate(OWN)
    if "fair-draw" in abouts:
        return translate(FAIR)
    told = [r for r in choice.reasons if variety or r.about.partition(":")[0] not in OF_ITS_FAMILY]
    clauses = _clauses(told, practice, family, translate)[:2]
    if not clauses:
        return translate(_without_reasons(choice)) if variety else ""
    text = clauses[0] if len(clauses) == 1 else translate(AND).format(first=clauses[0], second=clauses[1])
    return translate(BECAUSE).format(reasons=text)


def _clauses(reasons: Sequence[Reason], practice: Practice, family: str, translate: Translate) -> list[str]:
    """What is worth telling, strongest first, each once; of those that name the family, the first."""
    clauses, named = list[str](), False
    for reason in reasons:
        said = clause(reason, practice, family, translate)
        names = not NAMES_FAMILY.isdisjoint({reason.about, reason.about.partition(":")[0]})
        if said and said not in clauses and not (names and named):
            clauses.append(said)
            named = named or names
    return clauses


def _without_reasons(choice: Choice) -> str:
    """What is so of a choice no single reason of which is worth telling, going by its chance."""
    times = choice.probability * len(choice.probabilities)
    if times > EVEN:
        return SMALL
    return OPEN if times >= 1 / EVEN else RARER
