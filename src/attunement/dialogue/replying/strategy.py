"""Chooses what the next turn does, learning from what this member found helpful, with known probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.random import Generator

from attunement.dialogue.replying.reason import Reason
from attunement.domain.messages import N_
from attunement.domain.need import Need
from attunement.domain.reply import Strategy

EXPLORED = 0.15
"""The share of turns spread evenly over all strategies open to the turn, so that each can be learned about."""
DRAWS = 512
PRIOR_WEIGHT = 4.0
OPEN = (Strategy.QUESTION, Strategy.RESTATEMENT, Strategy.REFLECTION, Strategy.AFFIRMATION, Strategy.SUGGESTION)
"""What an ordinary turn may do. The rest answers special moments, and a machine discloses nothing."""
_NEEDS = (Need.HEARD, Need.CALM, Need.UNDERSTAND, Need.ACT, Need.CONNECT)
_FITS: Mapping[Strategy, Mapping[Need, float]] = MappingProxyType(
    {
        strategy: dict(zip(_NEEDS, fits, strict=True))
        for strategy, fits in (
            (Strategy.QUESTION, (0.55, 0.40, 0.65, 0.45, 0.50)),
            (Strategy.RESTATEMENT, (0.60, 0.45, 0.60, 0.40, 0.50)),
            (Strategy.REFLECTION, (0.65, 0.55, 0.50, 0.35, 0.55)),
            (Strategy.AFFIRMATION, (0.55, 0.55, 0.40, 0.45, 0.55)),
            (Strategy.SUGGESTION, (0.20, 0.50, 0.40, 0.65, 0.40)),
        )
    }
)
"""How often each may help by what somebody needs: a judgement to begin with, worth `PRIOR_WEIGHT` turns of feedback."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """How often a member said that turns with each strategy helped, and that they did not."""

    helped: Mapping[Strategy, int] = field(default_factory=dict)
    missed: Mapping[Strategy, int] = field(default_factory=dict)

    def told(self, strategy: Strategy, *, helped: bool) -> Feedback:
        """The feedback with one more answer.

        >>> Feedback().told(Strategy.QUESTION, helped=True).helped[Strategy.QUESTION]
        1
        """
        counts = dict(self.helped if helped else self.missed)
        counts[strategy] = counts.get(strategy, 0) + 1
        return Feedback(counts, self.missed) if helped else Feedback(self.helped, counts)


@dataclass(frozen=True, slots=True)
class Situation:
    """What the choice of a strategy goes by.

    ``needs`` are weights of what the member may need; ``ideas`` is what they prefer, from 0 (more listening) to 1 (more
    ideas), 0.5 where they never said; ``asked`` is whether they asked what to do; ``lately`` what the last turns did.
    """

    needs: Mapping[Need, float]
    ideas: float = 0.5
    asked: bool = False
    lately: tuple[Strategy, ...] = ()


@dataclass(frozen=True, slots=True)
class StrategyChoice:
    """The strategy chosen, the probability of each that was open (they sum to 1), and the reasons in plain words."""

    strategy: Strategy
    probabilities: Mapping[Strategy, float]
    reasons: tuple[Reason, ...]

    @property
    def probability(self) -> float:
        """The probability with which this one was chosen."""
        return self.probabilities[self.strategy]


class StrategyPolicy:
    r"""Thompson sampling on how likely each strategy helps this member, with an even share of exploration.

    The chance that strategy :math:`s` helps has a Beta posterior, :math:`a_s = w f_s + h_s`,
    :math:`b_s = w (1 - f_s) + m_s`: the fit :math:`f_s` to the needs read counts as :math:`w` turns, and :math:`h_s`,
    :math:`m_s` are the turns the member said helped or missed. A strategy's share is how often its draw is the highest
    of many; its probability is :math:`\varepsilon/K + (1 - \varepsilon)` times its share.

    Thompson (1933), *Biometrika* 25:285-294.

    >>> from numpy.random import default_rng
    >>> often = Feedback(helped={Strategy.REFLECTION: 40}, missed={Strategy.QUESTION: 40})
    >>> choice = StrategyPolicy().choose(Situation({Need.HEARD: 1.0}), OPEN, often, rng=default_rng(1))
    >>> choice.probabilities[Strategy.REFLECTION] > 0.8, choice.probabilities[Strategy.QUESTION] >= EXPLORED / 5
    (True, True)
    """

    name = "strategy-thompson"
    version = 1

    def choose(
        self, situation: Situation, allowed: Sequence[Strategy], feedback: Feedback, *, rng: Generator
    ) -> StrategyChoice:
        """One of ``allowed``, drawn from exactly the probabilities that are returned."""
        a, b = (np.array(x) for x in zip(*(_belief(s, situation, feedback) for s in allowed), strict=True))
        draws = rng.beta(a, b, size=(DRAWS, len(allowed)))
        shares = np.bincount(draws.argmax(axis=1), minlength=len(allowed)) / DRAWS
        p = EXPLORED / len(allowed) + (1 - EXPLORED) * shares
        strategy = allowed[int(rng.choice(len(allowed), p=p))]
        probabilities = {s: float(x) for s, x in zip(allowed, p, strict=True)}
        return StrategyChoice(strategy, probabilities, _reasons(strategy, situation, feedback))


def _belief(strategy: Strategy, situation: Situation, feedback: Feedback) -> tuple[float, float]:
    fit = _fit(strategy, situation)
    helped, missed = feedback.helped.get(strategy, 0), feedback.missed.get(strategy, 0)
    return PRIOR_WEIGHT * fit + helped, PRIOR_WEIGHT * (1 - fit) + missed


def _fit(strategy: Strategy, situation: Situation) -> float:
    """How often a strategy may help here, from 0.05 to 0.95."""
    total = sum(situation.needs.values())
    by_need = _FITS[strategy]
    fit = sum(w * by_need[n] for n, w in situation.needs.items()) / total if total else by_need[Need.HEARD]
    towards_ideas = strategy is Strategy.SUGGESTION
    fit += (0.5 if towards_ideas else -0.1) * (situation.ideas - 0.5)
    fit += 0.35 * (situation.asked and towards_ideas) - 0.15 * situation.lately[-2:].count(strategy)
    return float(np.clip(fit, 0.05, 0.95))


def _reasons(strategy: Strategy, situation: Situation, feedback: Feedback) -> tuple[Reason, ...]:
    reasons = []
    if situation.asked and strategy is Strategy.SUGGESTION:
        reasons.append(Reason(N_("You asked what could be done.")))
    helped, missed = feedback.helped.get(strategy, 0), feedback.missed.get(strategy, 0)
    if helped > missed:
        told = {"helped": str(helped), "said": str(helped + missed)}
        reasons.append(Reason(N_("You said before that answers like this helped ({helped} of {said})."), told))
    if situation.ideas > 0.6 and strategy is Strategy.SUGGESTION:
        reasons.append(Reason(N_("You prefer more ideas.")))
    if situation.ideas < 0.4 and strategy is not Strategy.SUGGESTION:
        reasons.append(Reason(N_("You prefer more listening.")))
    return tuple(reasons)
