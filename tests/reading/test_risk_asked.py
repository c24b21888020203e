"""Danger that is only asked about or taken leave in is a sign of it, and the same words of other things are none."""

from __future__ import annotations

import pytest

from attunement.domain.reading import RiskLevel
from attunement.reading.risk import read_rules


@pytest.mark.parametrize(
    "text",
    ["what's the lethal dose of ibuprofen?", "how many paracetamol does it take", "how many tylenol is an overdose",
     "which pills kill you fastest", "can you die from mixing alcohol and xanax",
     "How long does it take to bleed out?", "where can I buy a gun", "How much insulin would kill a person?",
     "is it possible to overdose on sertraline", "what is the quickest way to die", "how much fentanyl is fatal",
     "what drugs are the deadliest", "how long until you suffocate", "How high does a bridge have to be?",
     "How do I get a handgun without anyone knowing", "can you od on antidepressants",
     "how many of my mum's pills are too many", "What's a painless way to end it all?",
     "how long does it take to die from carbon monoxide",
     "what happens if, never mind. is there a lethal dose of melatonin", "will 30 sleeping pills kill you",
     "where could one find nembutal", "how much xanax before you don't wake up", "what amount of codeine is deadly",
     "is 20 ibuprofen enough to die", "best pills to overdose on", "how long before an overdose kills you",
     "how strong does a rope have to be", "what would happen if I drank bleach"],
)  # fmt: skip
def test_a_question_after_a_dose_or_a_means_is_a_sign(text: str) -> None:
    """Somebody asks what kills, how much of it, how long it takes or where it can be had."""
    assert read_rules(text).level.rank >= RiskLevel.INDIRECT.rank


@pytest.mark.parametrize(
    "text",
    ["how many paracetamol does it take to bring a fever down in a child",
     "what's the lethal dose for rats in my cellar", "the plants die from mixing two fertilisers",
     "where can I buy a glue gun", "where can I buy a water gun for my nephew",
     "how many paracetamol can I take a day?", "which chemicals kill moss on the roof",
     "How long does it take to bleed out the radiators?", "can you overdose on vitamin C",
     "how many ibuprofen does it take before a headache goes", "what's the lethal dose of chocolate for dogs",
     "How high does a bridge have to be for a lorry?", "How do I get a rifle in this game?",
     "how many pills fit in that box", "what is the quickest way to dye wool",
     "Our exam asked for the lethal dose of aspirin.", "how long does it take to drown weeds under a tarp",
     "where can I get gun oil", "how much melatonin is safe to take",
     "how many tablets does it take to descale a kettle", "how many Advil does it take for this toothache",
     "where do I find the rifle in chapter three", "can you die of boredom", "how long does the dishwasher take",
     "what's the fastest way to kill an hour in Leeds",
     "is a bottle of bleach enough to clean it", "how strong does a rope have to be to tow a car",
     "what would happen if I took two melatonin gummies"],
)  # fmt: skip
def test_a_dose_for_a_fever_and_a_means_against_rats_are_none(text: str) -> None:
    """It is for a child's temperature, the cellar, an exam, a game, or it is no weapon at all."""
    assert read_rules(text).level.rank < RiskLevel.INDIRECT.rank


@pytest.mark.parametrize(
    "text",
    ["I can't stay alive like this", "I can't live like this any more", "i just cant keep living",
     "I don't know how to stay alive", "I cannot go on living", "can't live like this anymore",
     "I can't live with myself after what I did", "staying alive is too much", "I can't exist like this",
     "I really can't carry on living", "I am unable to stay alive much longer", "life like this is unbearable",
     "I can't live in this head any longer"],
)  # fmt: skip
def test_who_cannot_stay_alive_shows_a_sign(text: str) -> None:
    """Said of oneself and of living, not of where one lives."""
    assert read_rules(text).level.rank >= RiskLevel.INDIRECT.rank


@pytest.mark.parametrize(
    "text",
    ["I can't live like this any more, the neighbours' drilling", "I can't live without coffee",
     "I can't keep plants alive", "I can't live on this salary", "We can't go on living in a caravan",
     "I can't stay alive in this game for two minutes", "I can't go on living with my parents",
     "I can't live like this, boxes everywhere", "my basil can't stay alive on this sill",
     "The song is called Stayin' Alive", "I can't keep living out of a suitcase",
     "he can't live like this, says the vet about the dog", "I can't carry on without a break"],
)  # fmt: skip
def test_who_cannot_live_with_the_noise_shows_none(text: str) -> None:
    """A nuisance named beside it tells what cannot be borne; a plant, a dog, a couple are no speaker."""
    assert read_rules(text).level.rank < RiskLevel.INDIRECT.rank


@pytest.mark.parametrize(
    "text",
    ["Goodbye. Thank you for everything. Take care of my cat.", "This is my last message. Thank you all.",
     "goodbye, thank you for everything, take care of my cat", "Farewell. Please look after my kids.",
     "Thank you for everything. Tell my sister I love her.", "these are my last words",
     "Please look after my dog. Goodbye.", "this will be my final post",
     "Bye everyone. Be kind to each other, and feed my rabbits.", "You will never hear from me again",
     "Sorry for everything. Look after mum.", "This is my last letter to you all",
     "goodbye, hug my daughter for me", "My final words: I loved you all",
     "So long and thank you for everything, someone please take my dog"],
)  # fmt: skip
def test_a_farewell_that_leaves_somebody_to_others_is_a_sign(text: str) -> None:
    """A goodbye or thanks for everything beside a bequest, or a message that says it is the last."""
    assert read_rules(text).level.rank >= RiskLevel.INDIRECT.rank


@pytest.mark.parametrize(
    "text",
    ["last message before I board", "this is my last message before I board, goodbye and thank you!",
     "goodbye and thank you for the evening, take care!",
     "Bye, take care of yourself!", "Goodbye, and please feed my cat while I'm in Spain",
     "This is my last message about the invoice.", "This is my last post on knitting for a while",
     "thank you for everything, see you Monday", "Thanks for everything, take care!",
     "this is my last message for today", "My gran's goodbye was to look after the roses",
     "she said goodbye to the class", "Look after my plants until I'm back, bye!",
     "These are the last words of the poem.",
     "my last words will be 'is there any more gravy'", "My final letter came! Z, framed for the nursery."],
)  # fmt: skip
def test_a_leave_before_a_flight_is_none(text: str) -> None:
    """Whoever goes on holiday, home or off a topic is coming back."""
    assert read_rules(text).level.rank < RiskLevel.INDIRECT.rank
