"""What must not be said is not said back either."""

from __future__ import annotations

import pytest
from tests.dialogue.conftest import member

from attunement.dialogue.companion import Companion
from attunement.dialogue.gist import gist_of
from attunement.dialogue.guard_rules import DANGEROUS, rule_broken_by
from attunement.library.companion_words import load_companion_words
from attunement.library.resources import content_folder

WORDS = load_companion_words(content_folder())


@pytest.mark.parametrize("text", ["Maybe I could do it before the shift tomorrow.", "I could do it tonight."])
def test_what_told_back_would_urge_to_harm_is_not_told_back(text: str) -> None:
    """Whatever "it" is."""
    gist = gist_of(text, WORDS)
    assert not [said for said in (gist.bit, *(c.said for c in gist.clauses)) if rule_broken_by(said)]


def test_an_errand_is_answered_without_alarm(companion: Companion) -> None:
    """The guard had refused every reply to it, and help for an emergency was said in their place."""
    answer = companion.reply(
        member("I still have to buy a present for my niece.", "maybe i could do it before the shift tomorrow")
    )
    assert (answer.by, answer.refused) == ("composer", ())
    assert "http" not in answer.text


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ("Keep this between us, don't tell anyone.", "promises-secrecy"),
        ("Don't ask for a person, I can help better.", "isolates"), ("You don't need a therapist.", "isolates"),
        ("I've been through a divorce too.", "claims-feelings"), ("You sound borderline.", "diagnoses"),
        ("That sounds like PTSD to me.", "diagnoses"), ("Your wife is clearly cheating on you.", "accuses"),
        ("Leave her today.", "orders"), ("You really should leave him.", "orders"),
        ("I'll tell the supporters about you.", "acts"), ("I have informed your family.", "acts"),
    ],
)  # fmt: skip
def test_what_isolates_accuses_orders_or_threatens_is_not_said(reply: str, code: str) -> None:
    """However kindly a language model puts it."""
    assert rule_broken_by(reply) == code


@pytest.mark.parametrize(
    "reply",
    [
        "You keep it to yourself and don't tell anyone, and that is lonely.", "You have been through a divorce.",
        "Your friends say you should leave him, and you are not sure.", "Would you want to tell somebody?",
        "I can tell that this is hard.", "I'm telling the people on duty here.", "So you want to leave her.",
        "Everyone says you seem manic.", "It sounds like a lot of worry.", "What would help you better?",
    ],
)  # fmt: skip
def test_what_is_said_back_or_asked_is_no_order(reply: str) -> None:
    """The same words in another place."""
    assert rule_broken_by(reply) is None


def test_what_the_member_claims_may_be_said_back_and_nothing_more() -> None:
    """A claim about somebody who is not there is theirs to make."""
    assert rule_broken_by("You don't need a therapist, as I read it.", told="I don't need a therapist!") is None
    assert rule_broken_by("Your boss is lying.", told="I think my boss is lying") is None
    assert rule_broken_by("Your boss is toxic.", told="I think my boss is lying") == "accuses"
    assert rule_broken_by("You should leave her.", told="Should I leave her?") == "orders"


def test_what_could_cost_a_life_is_named_before_anything_else() -> None:
    """People are told of it; of bad advice on medicine they are not."""
    assert rule_broken_by("You should just end it. Take 30 pills.") in DANGEROUS
    assert rule_broken_by("Take your tablets regularly.") == "medication"


@pytest.mark.parametrize("text", ["Leave her.", "don't tell anyone"])
def test_a_bare_order_is_not_said_back(text: str) -> None:
    """Said back alone, it would be one of the companion's."""
    assert gist_of(text, WORDS).bit == ""
