"""Every class that has the form of a contract keeps to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

import attunement
from attunement.checks.run import checks_for, examples_of, fulfils, implementations
from attunement.dialogue.backends.llama_cpp import LlamaCppBackend
from attunement.dialogue.backends.openai import OpenAIBackend
from attunement.dialogue.backends.resting import RestingBackend
from attunement.domain.context import Context
from attunement.domain.contracts import Policy, Reader, SignalReader
from attunement.domain.conversation import Prompt
from attunement.domain.decision import Choice
from attunement.domain.practice import Practice
from attunement.foresight.forecaster import AffectForecaster
from attunement.policy.linear import BayesianLinearPolicy
from attunement.policy.optimistic import EpsilonGreedyPolicy, LinUcbPolicy
from attunement.policy.pooled import PooledPolicy
from attunement.policy.popularity import PopularityPolicy
from attunement.policy.uniform import UniformPolicy
from attunement.reading.reply_reader import ReplyReader
from attunement.reading.signals import RuleSignalReader
from attunement.reading.text_reader import TextReader
from attunement.store.store import Store

FOUND = implementations(attunement)


def _cases() -> list[object]:
    return [
        pytest.param(check, id=f"{cls.__name__}-{i}-{name}")
        for cls in FOUND
        for i, example in enumerate(examples_of(cls))
        for name, check in checks_for(example)
    ]


@pytest.mark.parametrize("check", _cases())
def test_keeps_to_its_contract(check: Callable[[], None]) -> None:
    """Each check named in the id holds."""
    check()


def test_all_known_implementations_are_found() -> None:
    """Discovery finds what is there, so a new class cannot slip past, and takes nothing else for one."""
    policies = {BayesianLinearPolicy, PooledPolicy, LinUcbPolicy, EpsilonGreedyPolicy, PopularityPolicy, UniformPolicy}
    assert AffectForecaster in FOUND
    assert {OpenAIBackend, LlamaCppBackend, RestingBackend} <= set(FOUND)
    assert policies | {TextReader, ReplyReader, RuleSignalReader} <= set(FOUND)
    assert fulfils(UniformPolicy, Policy)
    assert not fulfils(UniformPolicy, Reader)
    assert not fulfils(Store, Reader), "Store.read takes no texts"


class Favourite(UniformPolicy):
    """Says it is fair and always offers the first."""

    name = "favourite"

    def decide(self, context: Context, candidates: Sequence[Practice], *, rng: np.random.Generator) -> Choice:
        """Not what was promised."""
        fair = super().decide(context, candidates, rng=rng)
        return Choice(
            candidates[0].id, fair.probabilities, (), (), 0.0, self.name, self.version,
        )  # fmt: skip


def test_a_policy_that_logs_another_probability_is_caught() -> None:
    """The frequency check fails for a policy whose offers do not follow its probabilities."""
    with pytest.raises(AssertionError):
        dict(checks_for(Favourite()))["offered_is_sampled_from_these"]()


class Boastful(UniformPolicy):
    """Says it shows things twice as often as it does."""

    def decide(self, context: Context, candidates: Sequence[Practice], *, rng: np.random.Generator) -> Choice:
        """More than is true."""
        fair = super().decide(context, candidates, rng=rng)
        return replace(fair, inclusion={practice: min(1.0, 2 * p) for practice, p in fair.inclusion.items()})


def test_a_policy_that_tells_another_chance_to_be_shown_is_caught() -> None:
    """The frequency check of what is shown fails for a policy that tells chances which are not so."""
    with pytest.raises(AssertionError):
        dict(checks_for(Boastful()))["shown_as_often_as_is_told"]()


class Parrot:
    """Says the same each time, however many replies are wanted."""

    name = "parrot"

    def generate(self, prompt: Prompt, n: int) -> list[str]:
        """Not different."""
        return ["Hello."] * n


def test_a_backend_that_repeats_itself_is_caught() -> None:
    """Three times the same is not three replies; the other checks hold."""
    checks = dict(checks_for(Parrot()))
    with pytest.raises(AssertionError):
        checks.pop("gives_different_replies")()
    for check in checks.values():
        check()


class Excused(Favourite):
    """Says why it cannot keep a check."""

    exempt_from_checks = {"offered_is_sampled_from_these": "shows how an exemption is declared"}  # noqa: RUF012


class Sloppy(Favourite):
    """Gives no reason."""

    exempt_from_checks = {"offered_is_sampled_from_these": " "}  # noqa: RUF012


def test_an_exemption_needs_a_reason() -> None:
    """A declared exemption leaves out just that check; one without a reason, or of no check, is refused."""
    left = {name for name, _ in checks_for(Favourite())} - {name for name, _ in checks_for(Excused())}
    assert left == {"offered_is_sampled_from_these"}
    with pytest.raises(TypeError, match="no reason"):
        list(checks_for(Sloppy()))


def test_a_class_without_examples_says_what_to_add() -> None:
    """A class that cannot be made without arguments is told to bring its own examples."""
    with pytest.raises(TypeError, match="for_checks"):
        list(examples_of(Needy))
    with pytest.raises(TypeError, match="no contract"):
        list(checks_for(object()))
    assert not fulfils(Needy, SignalReader)


class Needy:
    """Needs something to be made of."""

    def __init__(self, of: str) -> None:
        self.of = of
