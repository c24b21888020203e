"""What every `Policy` keeps to."""

from __future__ import annotations

import copy
import math
import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from attunement.checks.examples import example_contexts, example_histories, example_practices
from attunement.domain.context import Context, Experience, History, Met
from attunement.domain.contracts import Policy
from attunement.domain.decision import Choice
from attunement.domain.errors import AttunementError, ErrorCode, Invalid
from attunement.domain.need import Need
from attunement.domain.state import State

PRACTICES = example_practices()
SEEDS = 300
RARE = math.log(2e6)


def _feature_names(policy: Policy) -> list[str]:
    """Names the policy itself gives to what it sees, so that it can be taught."""
    choices = [policy.decide(c, PRACTICES, rng=np.random.default_rng(0)) for c in example_contexts(PRACTICES)]
    return sorted({name for choice in choices for seen in choice.features.values() for name in seen}) or ["always"]


def _lessons(policy: Policy) -> list[History]:
    return example_histories(_feature_names(policy))


def _situations(policy: Policy) -> Iterator[tuple[Policy, Context]]:
    """The policy as it is and taught a little, in each context, for newcomers and for somebody it has learned from."""
    lessons = _lessons(policy)
    contexts = example_contexts(PRACTICES)
    for taught in (policy, policy.learn(lessons)):
        for context in contexts:
            yield taught, context
    yield policy, replace(contexts[1], own=lessons[0])
    yield policy.learn(lessons), replace(contexts[1], own=lessons[0], shared=lessons[0])


def _choices(policy: Policy) -> list[Choice]:
    return [policy.decide(c, PRACTICES, rng=np.random.default_rng(7)) for c in example_contexts(PRACTICES)]


def probabilities_are_whole(policy: Policy) -> None:
    """Probabilities sum to 1 over exactly the candidates, and none is under the floor."""
    for taught, context in _situations(policy):
        for candidates in (PRACTICES, PRACTICES[3:5], PRACTICES[::-1]):
            choice = taught.decide(context, candidates, rng=np.random.default_rng(1))
            assert set(choice.probabilities) == {p.id for p in candidates}
            assert math.isclose(sum(choice.probabilities.values()), 1, abs_tol=1e-9)
            floor = taught.floor(context, candidates)
            assert 0 < floor <= 1 / len(candidates) + 1e-12
            assert min(choice.probabilities.values()) >= floor - 1e-12


def offered_is_sampled_from_these(policy: Policy) -> None:
    """Over many seeds, practices are offered as often as their logged probabilities say.

    Bernstein's inequality bounds how far chance alone takes the count from its mean: no further than this in all but
    one of a million cases.
    """
    for taught, context in _situations(policy):
        offered, promised, variance = (dict.fromkeys([p.id for p in PRACTICES], 0.0) for _ in range(3))
        for seed in range(SEEDS):
            choice = taught.decide(context, PRACTICES, rng=np.random.default_rng(seed))
            offered[choice.offered] += 1
            for practice, p in choice.probabilities.items():
                promised[practice] += p
                variance[practice] += p * (1 - p)
        for practice in offered:
            gap = abs(offered[practice] - promised[practice])
            assert gap <= _by_chance(variance[practice]), (practice, gap)


def _by_chance(variance: float) -> float:
    return RARE / 3 + math.sqrt((RARE / 3) ** 2 + 2 * RARE * variance)


def shown_as_often_as_is_told(policy: Policy) -> None:
    """Where a policy tells chances to be shown, practices are shown that often, and they are those of what is shown."""
    for taught, context in _situations(policy):
        shown, told, spare = Counter[str](), dict[str, float](), 0.0
        for seed in range(SEEDS):
            choice = taught.decide(context, PRACTICES, rng=np.random.default_rng(seed))
            assert set(choice.inclusion) in (set(), {choice.offered, *choice.alternatives})
            shown.update(choice.inclusion.keys())
            told.update(choice.inclusion)
            spare = SEEDS * choice.inclusion_error
        for practice, chance in told.items():
            gap, chances = shown[practice] - SEEDS * chance, _by_chance(SEEDS * chance * (1 - chance))
            assert -chances <= gap <= chances + spare, (practice, gap)


def same_seed_same_choice(policy: Policy) -> None:
    """The same seed gives the same choice in every part; a policy taught the same afterwards too."""
    for taught, context in _situations(policy):
        first, second = (taught.decide(context, PRACTICES, rng=np.random.default_rng(3)) for _ in range(2))
        assert first == second


def order_of_learning_does_not_matter(policy: Policy) -> None:
    """All at once, one by one and backwards lead to the same policy."""
    lessons = _lessons(policy)
    one_by_one = policy
    for lesson in lessons:
        one_by_one = one_by_one.learn([lesson])
    expected = _choices(policy.learn(lessons))
    assert _choices(one_by_one) == expected
    assert _choices(policy.learn(lessons[::-1])) == expected


def forgetting_equals_never_having_seen(policy: Policy) -> None:
    """Learning of some people and forgetting a few equals, to the bit, learning of the others alone."""
    lessons = _lessons(policy)
    theirs, others = lessons[::3], [person for i, person in enumerate(lessons) if i % 3]
    assert _choices(policy.learn(lessons).forget(theirs)) == _choices(policy.learn(others))
    assert _choices(policy.learn(lessons).forget(lessons)) == _choices(policy)


def strangers_are_not_forgotten(policy: Policy) -> None:
    """Forgetting whom a policy that knows nobody never saw is refused as a whole, or left without effect."""
    lessons, before = _lessons(policy), _choices(policy)
    for strangers in (lessons, lessons[:1], lessons[:1] * 50):
        try:
            left = policy.forget(strangers)
        except Invalid:
            continue
        assert _choices(left) == before


def learning_leaves_the_old_policy(policy: Policy) -> None:
    """Policies are values: learning and forgetting give another one."""
    before = _choices(policy)
    policy.learn(_lessons(policy)).forget(_lessons(policy)[:3])
    assert _choices(policy) == before


def weights_sum_to_the_difference(policy: Policy) -> None:
    """The reasons' weights sum to the offered practice's expected reward minus the average of the candidates'."""
    for taught, context in _situations(policy):
        rng = np.random.default_rng(0)
        expected = {p.id: taught.decide(context, [p], rng=rng).expected for p in PRACTICES}
        average = sum(expected.values()) / len(expected)
        for seed in range(20):
            choice = taught.decide(context, PRACTICES, rng=np.random.default_rng(seed))
            told = sum(reason.weight for reason in choice.reasons)
            assert math.isclose(choice.expected, expected[choice.offered], abs_tol=1e-9), choice.offered
            assert math.isclose(told, choice.expected - average, abs_tol=1e-9), choice.offered


def one_candidate_is_enough(policy: Policy) -> None:
    """A single candidate is offered with probability 1 and without alternatives."""
    for taught, context in _situations(policy):
        choice = taught.decide(context, PRACTICES[:1], rng=np.random.default_rng(0))
        assert choice.offered == PRACTICES[0].id
        assert choice.alternatives == ()
        assert math.isclose(choice.probability, 1, abs_tol=1e-12)


def no_candidate_is_a_coded_error(policy: Policy) -> None:
    """Where there is nothing to offer it says so (``nothing-to-offer``)."""
    asked = (lambda: policy.decide(Context(), [], rng=np.random.default_rng(0)), lambda: policy.floor(Context(), []))
    assert [_code(ask) for ask in asked] == [ErrorCode.NOTHING_TO_OFFER] * 2


def doubles_are_refused(policy: Policy) -> None:
    """A practice that stands twice among the candidates is refused, for probabilities by name could not sum to 1."""
    twice = [PRACTICES[0], *PRACTICES[:3]]
    assert _code(lambda: policy.decide(Context(), twice, rng=np.random.default_rng(0))) is ErrorCode.BAD_INPUT


def numbers_that_are_none_decide_nothing(policy: Policy) -> None:
    """A context with a number that is none, or far beyond what it can be, is refused, or chosen by as one that tells
    nothing."""
    nan, nothing = math.nan, policy.decide(Context(), PRACTICES, rng=np.random.default_rng(0))
    state = State()
    bad = (
        Context(breadth=nan), Context(replace(state, valence=nan)), Context(replace(state, needs={Need.CALM: nan})),
        Context(replace(state, near={PRACTICES[0].id: nan})), Context(replace(state, feelings={"sad": math.inf})),
        Context(met=(Met(PRACTICES[0].id, nan),)), Context(met=(Met(PRACTICES[0].id, 1.0, math.inf),)),
        Context(leaning=(("always", nan),)), Context(replace(state, needs={Need.CALM: 1e9})),
        Context(replace(state, near={PRACTICES[0].id: 1e9})), Context(replace(state, arousal=-1e9)),
        Context(met=(Met(PRACTICES[0].id, 1.0, 1e300),)), Context(met=(Met(PRACTICES[0].id, 1.0, -5.0),)),
        Context(met=(Met(PRACTICES[0].id, -5000.0),)), Context(breadth=2.0),
    )  # fmt: skip
    for context in bad:
        try:
            choice = policy.decide(context, PRACTICES, rng=np.random.default_rng(0))
        except Invalid:
            continue
        assert choice == nothing, context


def _code(ask: Callable[[], object]) -> ErrorCode | None:
    try:
        ask()
    except AttunementError as error:
        return error.code
    return None


def what_cannot_be_is_not_learned(policy: Policy) -> None:
    """Features and rewards that are no numbers, or absurd, are refused as a whole, or left without effect."""
    name, before = _feature_names(policy)[0], _choices(policy)
    bad = [
        *(Experience({name: value}, 0.5) for value in (math.nan, math.inf, 1e9)),
        *(Experience({name: 1.0}, reward) for reward in (math.nan, -1e9, 1e9)),
    ]
    for experience in bad:
        try:
            taught = policy.learn([History((experience,))])
        except Invalid:
            continue
        assert _choices(taught) == before, experience


def inputs_stay_as_they_are(policy: Policy) -> None:
    """Neither contexts nor candidates nor experiences are changed."""
    contexts, lessons = example_contexts(PRACTICES), _lessons(policy)
    candidates = list(PRACTICES)
    before = pickle.dumps((contexts, lessons, candidates))
    kept = copy.deepcopy((contexts, lessons, candidates))
    for context in contexts:
        policy.learn(lessons).decide(context, candidates, rng=np.random.default_rng(0))
    assert (contexts, lessons, candidates) == kept
    assert pickle.dumps((contexts, lessons, candidates)) == before


def alternatives_are_candidates(policy: Policy) -> None:
    """Alternatives are other candidates, each once; what is shown carries the features it can be learned by."""
    for taught, context in _situations(policy):
        choice = taught.decide(context, PRACTICES, rng=np.random.default_rng(5))
        shown = (choice.offered, *choice.alternatives)
        assert len(set(shown)) == len(shown)
        assert set(shown) <= {p.id for p in PRACTICES}
        assert not choice.features or set(choice.features) == set(shown)
        assert (choice.policy, choice.policy_version) == (taught.name, taught.version)


POLICY_CHECKS = (
    probabilities_are_whole, offered_is_sampled_from_these, shown_as_often_as_is_told, same_seed_same_choice,
    order_of_learning_does_not_matter, forgetting_equals_never_having_seen, strangers_are_not_forgotten,
    learning_leaves_the_old_policy,
    weights_sum_to_the_difference, one_candidate_is_enough, no_candidate_is_a_coded_error, doubles_are_refused,
    numbers_that_are_none_decide_nothing,
    what_cannot_be_is_not_learned, inputs_stay_as_they_are, alternatives_are_candidates,
)  # fmt: skip
