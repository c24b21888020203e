"""Why something was said, in words that can be told in any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """A marked sentence for people (`N_`) and what stands in its gaps.

    >>> str(Reason("You spoke of {who}.", {"who": "your sister"}))
    'You spoke of your sister.'
    """

    words: str
    facts: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.told(str)

    def told(self, translate: Callable[[str], str]) -> str:
        """The sentence as ``translate`` says it; one that names other gaps is told as it was marked."""
        try:
            return translate(self.words).format_map(self.facts)
        except (KeyError, ValueError, IndexError):
            return self.words


def as_facts(reasons: tuple[Reason, ...]) -> dict[str, str | float]:
    """Reasons as they are logged: the marked words, and beside them what stands in their gaps.

    >>> as_facts((Reason("You spoke of {who}.", {"who": "your sister"}),))
    {'reason-1': 'You spoke of {who}.', 'reason-1-who': 'your sister'}
    """
    told: dict[str, str | float] = {}
    for k, reason in enumerate(reasons, 1):
        told[f"reason-{k}"] = reason.words
        told |= {f"reason-{k}-{name}": fact for name, fact in reason.facts.items()}
    return told


def from_facts(logged: Mapping[str, str | float]) -> tuple[Reason, ...]:
    """The reasons in what was logged, in order; what was logged before there were gaps has none.

    >>> [str(reason) for reason in from_facts(as_facts((Reason("You spoke of {who}.", {"who": "Ana"}),)))]
    ['You spoke of Ana.']
    """
    reasons = []
    for k in range(1, 1 + sum(name.startswith("reason-") and name.count("-") == 1 for name in logged)):
        head = f"reason-{k}-"
        facts = {name.removeprefix(head): str(fact) for name, fact in logged.items() if name.startswith(head)}
        reasons.append(Reason(str(logged.get(f"reason-{k}", "")), facts))
    return tuple(reasons)
