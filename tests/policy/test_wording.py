"""The sentence claims nothing that is not so."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.checks.examples import example_histories, example_practices
from attunement.domain.context import Context, Met
from attunement.domain.decision import Choice, Reason
from attunement.domain.need import Need
from attunement.domain.state import State
from attunement.policy import wording
from attunement.policy.features import FeatureMap
from attunement.policy.linear import BayesianLinearPolicy
from attunement.policy.uniform import UniformPolicy
from attunement.policy.wording import sentence

PRACTICES = example_practices()
BY_ID = {p.id: p for p in PRACTICES}
PRIOR = BayesianLinearPolicy(FeatureMap(PRACTICES))
TAUGHT = PRIOR.learn(example_histories(PRIOR.features.names, n=60))
SAID = st.sets(st.sampled_from(["affect", *(f"need:{n}" for n in Need)]))
STATES = st.builds(
    State,
    valence=st.floats(-1, 1), valence_sd=st.sampled_from([0.15, 0.6, 1.0]),
    arousal=st.floats(-1, 1), arousal_sd=st.sampled_from([0.15, 0.6, 1.0]),
    sensed=st.none() | st.floats(-1, 1),
    needs=st.dictionaries(st.sampled_from(Need), st.floats(0, 1)),
    feelings=st.dictionaries(st.sampled_from(["sad", "anxious", "angry", "ashamed", "warm"]), st.floats(0, 1)),
    near=st.dictionaries(st.sampled_from(sorted(BY_ID)), st.floats(0, 1), max_size=8),
    said=SAID.map(frozenset),
)  # fmt: skip
METS = st.lists(
    st.builds(Met, st.sampled_from(sorted(BY_ID)), st.floats(0, 60), st.none() | st.floats(0, 1)), max_size=8
)


def _told(choice: Choice) -> str:
    practice = BY_ID[choice.offered]
    return sentence(choice, practice, practice.family)


@settings(max_examples=300, deadline=None)
@given(STATES, METS, st.booleans(), st.integers(0, 9))
def test_a_sentence_claims_only_what_is_so(state: State, met: list[Met], taught: bool, seed: int) -> None:
    """Nobody is told they said what they did not say, wrote what was not read, or were helped by what was not."""
    context = Context(state, tuple(met))
    choice = (TAUGHT if taught else PRIOR).decide(context, PRACTICES, rng=np.random.default_rng(seed))
    told = _told(choice)
    for need, phrase in wording.NEEDS_SAID.items():
        assert phrase not in told or f"need:{need}" in state.said
    for mood, phrase in wording.MOODS_SAID.items():
        assert phrase not in told or "affect" in state.said
        assert (
            phrase not in told or {"low": -state.valence, "stirred": state.arousal, "bright": state.valence}[mood] > 0
        )
    if wording.STIRRED_SENSED in told:
        assert "affect" not in state.said
        assert state.sensed is not None
        assert state.sensed >= state.arousal > 0
    if not state.known:
        assert "you said" not in told
        assert "what you wrote" not in told or state.near
    assert wording.THEME not in told or state.near.get(choice.offered, 0) >= wording.LEAST_READ
    for need, phrase in wording.NEEDS_READ.items():
        assert phrase not in told or state.needs.get(Need(need), 0) >= wording.LEAST_READ
    if not state.feelings:
        assert not any(phrase in told for phrase in wording.FEELINGS.values())
    if not any(m.reward is not None and m.reward > 0.5 for m in met):
        assert "helped you before" not in told
    if not met:
        assert "you have not met this kind yet" not in told
    assert taught or wording.LEARNED["people-here"][1] not in told
    assert told.endswith(".")
    assert told[0].isupper()


@given(st.integers(0, 50))
def test_a_fair_draw_says_so(seed: int) -> None:
    """The uniform policy claims no reason but fairness."""
    assert _told(UniformPolicy().decide(Context(), PRACTICES, rng=np.random.default_rng(seed))) == wording.FAIR


def _choice(*reasons: Reason) -> Choice:
    return Choice(PRACTICES[0].id, {PRACTICES[0].id: 1.0}, (), reasons, 0.5, "p", 0)


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        ([], wording.OPEN),
        ([Reason("own-choice", 0.0)], wording.OWN),
        ([Reason("need:calm", 0.1, {"source": "said", "value": 1.0})], "Because you said you want to calm down."),
        ([Reason("need:calm", 0.1, {"source": "read", "value": 1.0})],
         "Because what you wrote sounds as if some calm might do good."),
        ([Reason("need:calm", 0.1, {"source": "read", "value": 0.29})], wording.OPEN),
        ([Reason("mood:stirred", 0.1, {"source": "sensed", "value": 0.5})],
         "Because your body seemed more stirred up than usual, which this one suits."),
        ([Reason("theme", 0.1, {"source": "read", "value": 0.9})],
         "Because it is about something like what you wrote."),
        ([Reason("need:calm", -0.1, {"source": "said", "value": 1.0})], wording.OPEN),
        ([Reason("need:calm", 0.001, {"source": "said", "value": 1.0})], wording.OPEN),
        ([Reason("people-here", 0.1, {"outcomes": 19, "value": 1.0})], wording.OPEN),
        ([Reason("people-here", 0.1, {"outcomes": 20, "value": 1.0})],
         "Because it has tended to help other people here."),
        ([Reason("helped:practice", 0.1, {"value": -0.3})], wording.OPEN),
        ([Reason("helped:practice", 0.2, {"value": 0.3}), Reason("feeling:sad", 0.1, {"value": 0.5}),
          Reason("new:family", 0.05, {"value": 1.0})],
         "Because this one helped you before, and there seems to be sadness in what you wrote."),
        ([Reason("new", 0.1, {"value": 1.0}), Reason("breadth", 0.0, {"value": 0.5})],
         "Because you have not met this kind yet (Listening)."),
        ([Reason("helped:family", 0.1, {"value": 0.5}), Reason("breadth", 0.0, {"value": 0.5}),
          Reason("feeling:sad", 0.05, {"value": 0.5})],
         "Because practices of this kind helped you before (Listening), and there seems to be sadness in what you "
         "wrote."),
    ],
)  # fmt: skip
def test_sentences_by_hand(reasons: list[Reason], said: str) -> None:
    """The two strongest reasons that speak for it are told, and what is weak, against it, or thinly known is not."""
    assert sentence(_choice(*reasons), PRACTICES[0], "Listening") == said


@pytest.mark.parametrize(
    ("chance", "said"),
    [(1 / 29, wording.OPEN), (1.4 / 29, wording.OPEN), (0.7 / 29, wording.OPEN), (0.236, wording.SMALL),
     (1.6 / 29, wording.SMALL), (0.6 / 29, wording.RARER)],
)  # fmt: skip
def test_a_pick_is_called_fair_only_where_its_chance_was_even(chance: float, said: str) -> None:
    """Of 29 that fit, one with a chance of 23.6 in 100 was no fair pick, though no single reason is worth telling."""
    others = {str(k): (1 - chance) / 28 for k in range(28)}
    choice = Choice(PRACTICES[0].id, {PRACTICES[0].id: chance, **others}, (), (), 0.5, "p", 0)
    assert sentence(choice, PRACTICES[0], "Listening") == said


def test_variety_can_be_left_unsaid() -> None:
    """Then the other reasons are told, and nothing is where there are none."""
    varied = (Reason("new", 0.2, {"value": 1.0}), Reason("breadth", 0.0, {"value": 0.5}))
    calm = Reason("need:calm", 0.1, {"source": "said", "value": 1.0})
    assert sentence(_choice(*varied), PRACTICES[0], "Listening", variety=False) == ""
    told = sentence(_choice(*varied, calm), PRACTICES[0], "Listening", variety=False)
    assert told == "Because you said you want to calm down."


def test_having_met_the_like_lately_is_one_reason() -> None:
    """The practice and its family, both met yesterday, make one reason, whose weight and value are the sum of both."""
    choice = PRIOR.decide(Context(met=(Met(PRACTICES[0].id, 1.0),)), PRACTICES[:2], rng=np.random.default_rng(0))
    [told] = [reason for reason in choice.reasons if reason.about.startswith("tired")]
    seen = choice.features[choice.offered]
    assert told.about == "tired"
    assert told.fact["value"] == pytest.approx(seen.get("tired/practice", 0) + seen.get("tired/family", 0), abs=1e-5)


def test_every_phrase_can_be_translated() -> None:
    """Each half sentence passes through the translator before anything is filled in."""
    asked: list[str] = []

    def translate(text: str) -> str:
        asked.append(text)
        return text

    reasons = [Reason("new:family", 0.2, {"value": 1.0}), Reason("helped:medium", 0.1, {"value": 0.5})]
    told = sentence(_choice(*reasons), PRACTICES[0], "Listening", translate)
    assert "(Listening)" in told
    assert asked == [wording.NEW, wording.MEDIA[PRACTICES[0].medium], wording.AND, wording.BECAUSE]
