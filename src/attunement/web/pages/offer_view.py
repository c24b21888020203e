"""A decision as `offer.html` shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from attunement.domain.consent import Category
from attunement.domain.decision import Decision, Reason
from attunement.domain.messages import N_
from attunement.domain.practice import Practice
from attunement.domain.reading import RiskLevel
from attunement.library.helplines import CountryHelp
from attunement.policy.wording import clause, sentence
from attunement.programme.house import House

Translate = Callable[[str], str]

DATA_WORDS = {
    "self_report": N_("what you said of how you are"),
    "text": N_("what you wrote"),
    "interactions": N_("what you met and did here before"),
    "body": N_("what your body showed in the last minutes"),
}
REASON_WORDS = {
    "need": N_("what you want from the next minutes"),
    "mood": N_("how you feel"),
    "feeling": N_("the feelings in what you wrote"),
    "theme": N_("whether it is about what you wrote"),
    "helped": N_("what helped you before"),
    "tired": N_("whether you met something like it lately"),
    "new": N_("whether this kind is new to you"),
    "people-here": N_("how practices like this went for people here"),
    "yours": N_("how practices like this went for you"),
    "the-rest": N_("many smaller things together"),
}


def offer_view(
    house: House, decision: Decision, translate: Translate, *, help: dict[str, Any] | None, unread: str = ""
) -> dict[str, Any]:  # fmt: skip
    """What `parts/offer.html` shows of a decision.

    ``help`` is what `help_view` gives, where it comes first: in danger variety is no reason to do anything, and one
    quiet thing is enough. ``unread`` tells why nothing was read of the text it follows from; then it was not used.
    """
    practice = house.library.practice(decision.offered)
    family = house.library.families[practice.family].title
    return {
        "decision_id": decision.id,
        "practice": practice,
        "why": sentence(decision.choice, practice, family, translate, variety=help is None),
        "reasons": _reasons(decision, practice, family, translate),
        "probability": decision.probability,
        "eligible": len(decision.choice.probabilities),
        "used": [translate(DATA_WORDS[name]) for name in decision.used if not (unread and name == Category.TEXT)],
        "unused": [translate(DATA_WORDS[name]) for name in decision.not_used],
        "alternatives": [] if help else [
            house.library.practice(p) for p in decision.choice.alternatives if p in house.library
        ],
        "help": help,
        "unread": unread,
    }  # fmt: skip


def help_view(help: CountryHelp, *, hurt: bool = False, of_body: bool = False) -> dict[str, Any]:
    """A country's help as `parts/cards.html` shows it.

    ``hurt`` is where somebody hurts them: lines for that are first. ``of_body`` is where nothing but their body is in
    danger: then the emergency number stands alone.
    """
    lines = () if of_body else help.lines_for(hurt=hurt)
    return {"emergency": help.emergency, "country": help.country, "lines": lines}


def needs_help(risk: RiskLevel) -> bool:
    """Whether help comes before the offer."""
    return risk.rank >= RiskLevel.INDIRECT.rank


def _reasons(decision: Decision, practice: Practice, family: str, translate: Translate) -> list[dict[str, Any]]:
    """The additive reasons, each weight as a share of all of them (-1 to 1); what is worded alike is told once."""
    weights: dict[str, float] = defaultdict(float)
    for reason in decision.choice.reasons:
        if abs(reason.weight) > 1e-6:
            weights[_label(reason, practice, family, translate)] += reason.weight
    told = {label: weight for label, weight in weights.items() if abs(weight) > 1e-6}
    whole = sum(map(abs, told.values()))
    return [{"label": label, "weight": weight / whole} for label, weight in told.items()]


def _label(reason: Reason, practice: Practice, family: str, translate: Translate) -> str:
    said = clause(reason, practice, family, translate)
    return said or translate(REASON_WORDS[reason.about.partition(":")[0]])
