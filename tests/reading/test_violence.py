"""Words of being hurt by somebody close are found, and figures of speech are not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.reading import Harm, RiskLevel
from attunement.reading.text_reader import TextReader
from attunement.reading.violence import harm_beside, in_light_of_harm, is_hurt, tells_of_violence

READER = TextReader()


@pytest.mark.parametrize(
    "text",
    ["My husband hits me.", "He hit me again last night.", "my boyfriend chokes me when he’s angry", "My dad beats me",
     "She slapped me and threw a plate", "my ex keeps stalking me", "He threatened to kill me", "he broke my arm",
     "my bf gets violent when he drinks", "I don't feel safe at home", "im scared of my dad when he drinks",
     "I'm in an abusive relationship", "she won’t let me leave", "I'm scared to go home", "I was raped",
     "he tried to choke me", "He said if I leave he will kill me", "she'd hurt us if I told",
     "my stepdad touches me at night", "my friend raped me", "He said if I leave nobody will ever find us",
     "People think that he hits me. He won't let me out of the house", "They ask if he hits me and he never stops"],
)  # fmt: skip
def test_being_hurt_is_known_by_its_plainest_words(text: str) -> None:
    assert tells_of_violence(text)


@pytest.mark.parametrize(
    "text",
    ["She beat me at chess.", "my brother beats me every time we play", "He hit me up on the weekend",
     "he broke my heart", "It hit me that I am alone", "he really hurt me by forgetting my birthday",
     "I am scared of my boss", "I hit my head", "They locked me out of my account", "This homework is killing me",
     "I feel safe at home", "My mother never lets me finish a sentence", "They hit me with a question",
     "I'm afraid of her reaction", "my mum will kill me if I fail",
     "his songs always touch me", "He'd kill me if I go without him lol", "",
     "People ask if he hits me. He doesn't.", "I woke up with the cat on top of me"],
)  # fmt: skip
def test_figures_of_speech_and_quarrels_are_no_violence(text: str) -> None:
    assert not tells_of_violence(text)


@pytest.mark.parametrize(
    "text",
    ["He had his hands round my throat again", "cant breathe right, he just let go of my throat",
     "he grabbed me by the hair", "My husband threw me against the wall", "he pushed me down the stairs",
     "she held a knife to my throat", "my ex pointed a gun at me", "he pinned me down and laughed",
     "my boyfriend forces me to have sex", "he smashed my head against the door", "he threw a plate at me",
     "she burned me with the iron", "he spat in my face", "I wear long sleeves to hide the bruises",
     "My dad hits my mum", "he gets rough with me when he drinks"],
)  # fmt: skip
def test_being_hurt_is_known_by_what_is_done(text: str) -> None:
    """Hands, things and weapons, where no word for violence is used."""
    assert tells_of_violence(text)


@pytest.mark.parametrize(
    "text",
    ["he had sex with me while I was asleep", "He didn't stop when I said no",
     "my girlfriend carries on even though i said stop",
     "my parents want me to marry a man I have never met", "they're making me get engaged in June",
     "I'm not allowed out until I agree to the wedding", "the carer is rough with me when no one looks",
     "the staff leave grandad in wet sheets all day", "my coach asks me for pics in my underwear",
     "he's 34 and I'm 13 and he says we're in love", "my husband doesn't allow me to see my sisters",
     "he says if I leave I'll never see the kids again"],
)  # fmt: skip
def test_being_forced_kept_or_used_is_known_by_what_is_told(text: str) -> None:
    """No word for violence is needed where somebody had no say."""
    assert tells_of_violence(text)


@pytest.mark.parametrize(
    "text",
    ["he carries on even when I say no more sprouts", "she doesn't stop talking when I say it's late",
     "my parents want me to marry a man I love", "I will marry a man I never met on a dare in a film",
     "We can't leave until they agree to the wedding menu", "the physio is rough with me but it helps",
     "the nurse left me in clean sheets", "my coach wants pictures of the team for the website",
     "he's 34 and I'm 12 minutes away, we're in love with this cafe", "he's 34 and I'm 33 and he says we're in love",
     "my husband won't let me see my friends this week, it's all a surprise",
     "he says he'll never see the kids play again", "my brother keeps going when I tell him to stop",
     "he doesn't stop when I say no", "he kept going when I said no, my toddler", "the nurse kicks her shoes off",
     "the staff punched my ticket", "the nurse slapped my hand in a high five", "they left us in wet clothes all match",
     "he's 60 and I'm 10 years younger and he loves me", "my parents would never make me marry a man I don't love"],
)  # fmt: skip
def test_what_only_sounds_like_being_forced_is_none(text: str) -> None:
    assert not tells_of_violence(text)


@pytest.mark.parametrize(
    "text",
    ["he pushed me into a career I hate", "she threw me a party", "they threw me under the bus",
     "he dragged me into the meeting", "she put her arms around my neck", "he pointed the camera at me",
     "she twisted my arm and I went along", "he burned me a CD", "they made me have second thoughts",
     "my dad beats my mum at cards", "my dad kicked my brother out", "there is a lump in my throat",
     "he held me while I cried", "my hands were on my throat, that is how shocked I was"],
)  # fmt: skip
def test_what_only_sounds_like_it_is_no_violence(text: str) -> None:
    assert not tells_of_violence(text)


@pytest.mark.parametrize(
    "text",
    ["I'm 14 and my stepdad comes into my room at night",
     "my uncle comes into my room at night and i pretend to sleep", "my stepfather gets into my bed",
     "My mum's boyfriend comes into my bed when she is asleep", "im 12, my cousin makes me touch him",
     "my uncle puts his hand under my skirt", "my dad makes me take my clothes off",
     "My coach asks me for nudes, I'm 15", "My stepdad watches me in the shower",
     "grandpa says I mustn't tell anyone what we do",
     "my brother climbs into bed with me at night and I don't like it",
     "I'm thirteen and my teacher kisses me on the mouth", "my uncle shows me videos of naked people",
     "dad comes to my room every night and I can't say no", "My mum's boyfriend touches my legs"],
)  # fmt: skip
def test_a_child_that_is_abused_is_known_without_the_word(text: str) -> None:
    """It tells who comes, when and what for, and names nothing."""
    assert tells_of_violence(text)


@pytest.mark.parametrize(
    "text",
    ["my stepdad comes into my room to wake me for school", "My dad comes into my room at night to close the window",
     "my brother comes into my room at night and borrows my charger", "the cat comes into my bed at night",
     "My kids get into my bed at night", "my daughter comes into my room at night", "my uncle makes me laugh",
     "My coach makes me do push-ups", "My dad says I mustn't tell anyone about the party",
     "my stepdad puts his hand on my shoulder when I'm sad", "my mum comes into my room at night to check on me",
     "My cousin comes into bed with her crumbs", "my dad makes me take my shoes off",
     "I'm 14 and my brother comes into my room without knocking", "My teacher watches me play",
     "my dad shows me photos of naked mole rats", "my mum touched my chest to feel the fever"],
)  # fmt: skip
def test_who_wakes_a_child_for_school_does_it_no_harm(text: str) -> None:
    """A reason that is told, a sibling's or a child's nightmare and a coach's drill are none."""
    assert not tells_of_violence(text)


@pytest.mark.parametrize(
    "text",
    ["my ex keeps turning up outside my work", "my ex keeps coming to our flat at 2am", "He keeps following me home",
     "my ex-husband put a tracker on my car", "some guy has been following me from the bus",
     "my dad left us alone, i'm 9 and my brother is 4", "My mum left us alone since Friday", "my mum doesn't feed us",
     "mum never gives us anything to eat"],
)  # fmt: skip
def test_to_be_followed_and_to_be_left_alone_as_a_child_is_harm(text: str) -> None:
    """Nobody lays a hand on them."""
    assert tells_of_violence(text)


@pytest.mark.parametrize(
    "text",
    ["the postman keeps coming to my door", "my mum keeps coming to my house",
     "my ex keeps coming to my house to pick up the kids",
     "my grandson is a delight, he keeps coming to my house", "my brother keeps coming to my house for dinner",
     "a dog followed me home", "what a cat, he followed me home", "he always shows up at our house",
     "My parents left me home alone for two days, bliss", "he followed me on insta",
     "she keeps showing up at work on time",
     "my mum left us alone to talk", "my dad doesn't feed the cat", "My parents left me home alone and I partied",
     "my ex put a tag on the photo", "this example always shows up at my school", "I left my phone at work"],
)  # fmt: skip
def test_who_comes_to_dinner_follows_nobody(text: str) -> None:
    """A reason that is told, a dog and an evening alone are none."""
    assert not tells_of_violence(text)


def test_being_hurt_is_a_sign_of_danger_and_lowers_none() -> None:
    """A text that sounds like none becomes one with signs of it; what is worse stays as it was read."""
    hurt, worse = "My husband hits me.", "My husband hits me and I want to kill myself tonight."
    read, dire = READER.read([hurt, worse])
    raised = in_light_of_harm(read, hurt).risk
    assert read.risk.level.rank < RiskLevel.INDIRECT.rank
    assert (raised.level, raised.p) == (RiskLevel.INDIRECT, 0.7)
    assert in_light_of_harm(dire, worse) is dire
    [calm] = READER.read(["The tea was lovely."])
    assert in_light_of_harm(calm, "The tea was lovely.") is calm


@pytest.mark.parametrize("harm", [Harm.HURT, Harm.LIFE, Harm.WORRY])
def test_harm_that_a_model_reads_is_a_sign_and_no_more(harm: Harm) -> None:
    """Help is shown; nobody is called by it, for it may be an old death that it takes for a life in danger."""
    [read] = READER.read(["The tea was lovely."])
    told = replace(read, risk=replace(read.risk, harm=harm))
    assert in_light_of_harm(told, "The tea was lovely.").risk.level is RiskLevel.INDIRECT
    assert is_hurt("The tea was lovely.", told.risk) is (harm is Harm.HURT)


@pytest.mark.parametrize(
    "text",
    ["My son came out to me last night", "My daughter came out as trans yesterday",
     "I came out to my parents on Sunday", "my brother told us he's gay", "She's coming out to her class tomorrow",
     "i finally told my mum i'm bi", "he came out to them", "They came out as non-binary on Friday"],
)  # fmt: skip
def test_to_come_out_is_no_harm_whatever_a_model_hears(text: str) -> None:
    assert harm_beside(text, Harm.HURT) is Harm.NONE
    assert READER.read([text])[0].risk.harm is Harm.NONE


@pytest.mark.parametrize(
    "text",
    ["I came out to my dad and he kicked me out", "she came out as bi and they lock her in her room",
     "my brother told us he's gay and dad beat him", "He came out to the car and hit me",
     "my ex comes out to my work every day and waits for me", "he came out to my house again and keyed my car",
     "no words came out as he lay down beside me", "he told my parents I'm trans to get back at me",
     "my ex told everyone I'm gay", "My dad tells me I'm gay and worthless",
     "he told me he's bipolar and breaks things",
     "My wife came out to us in May. Since then my boss makes me work for nothing and keeps my passport."],
)  # fmt: skip
def test_what_is_done_to_who_came_out_or_is_something_else_stays_harm(text: str) -> None:
    assert harm_beside(text, Harm.HURT) is Harm.HURT


def test_only_being_hurt_is_taken_back_where_somebody_came_out() -> None:
    """A model that fears for their life, or of what the writer may do, is believed."""
    for harm in (Harm.WORRY, Harm.LIFE, Harm.THREAT):
        assert harm_beside("My son came out to me last night", harm) is harm


@given(st.text(max_size=400))
def test_any_text_is_looked_through(text: str) -> None:
    """Nothing a person can type stops it."""
    assert tells_of_violence(text) in (True, False)
