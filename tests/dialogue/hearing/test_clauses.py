"""What somebody wrote is told back whole, in the second person and their own words, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.dialogue.hearing.clauses import Kind, clauses, shortenings


@pytest.mark.parametrize(
    ("post", "told"),
    [
        ("My dad left us last week.", ["your dad left you last week"]),
        ("Im so tired, and I cant sleep!", ["you're so tired", "you can't sleep"]),
        ("Lost my keys again", ["you lost your keys again"]),
        ("Feeling empty since March.", ["you're feeling empty since March"]),
        ("I still don't know anybody here", ["you still don't know anybody here"]),
        ("my boss yells at me in front of customers", ["your boss yells at you in front of customers"]),
        ("On the way home my husband told me he's leaving", ["your husband told you he's leaving"]),
        ("The only thing is that I'm scared of the bus", ["you're scared of the bus"]),
        ("It's my birthday and nobody wrote.", ["it's your birthday and nobody wrote"]),
        ("now I only have to learn where everything is", ["you only have to learn where everything is"]),
        ("I think my boyfriend is cheating on me", ["you think your boyfriend is cheating on you"]),
        ("nobody at work talks to me", ["nobody at work talks to you"]),
        ("He grumbled at first, but washed the pan.", ["he grumbled at first", "he washed the pan"]),
        (
            "I told her how tired I am and she really listened.",
            ["you told her how tired you are", "she really listened"],
        ),
        ("I got a parcel I can't use.", ["you got a parcel you can't use"]),
        ("I lost my job I can't sleep.", ["you lost your job", "you can't sleep"]),
        ("The whole room smells like her.", ["the whole room smells like her"]),
        ("I can't put it on.", ["you can't put it on"]),
        ("I think I'll take the bus and see her.", ["you'll take the bus and see her"]),
        ("last monday I sat in the garden", ["you sat in the garden"]),
        ("it lets me drown in my emotions", ["it lets you drown in your emotions"]),
        ("I can't do anything right", ["you can't do anything right"]),
        ("today was such a long day", ["today was such a long day"]),
        ("everybody avoids saying his name", ["everybody avoids saying his name"]),
        ("maybe he doesn't love me", []),
        ("He said: we wrote it. I wrote every page.", ["you wrote every page"]),
        ("Why does my sister hate me?", []),
        ("You know how you feel when you fail?", []),
        ("Does anyone else feel this?", []),
        ("you people are all the same", []),
        ("check http://x.org", []),
        ("", []),
    ],
)
def test_statements_are_told_back_and_nothing_else(post: str, told: list[str]) -> None:
    """Statements in order, joined ones apart; questions, links and what is addressed to the reader are left."""
    assert [clause.said for clause in clauses(post)] == told


def test_a_clause_knows_what_it_was_before_it_was_turned_round() -> None:
    """In the first person, as they said it."""
    assert [clause.own for clause in clauses("I also told my boss that I'm ill.")] == ["I told my boss that I'm ill"]


def test_kinds_are_told_apart() -> None:
    """A loss, a wish and a harsh word about oneself are not reflected alike."""
    kinds = [c.kind for c in clauses("My dog died. I want to feel normal again. I'm such a failure. I went to work.")]
    assert kinds == [Kind.LOSS, Kind.WISH, Kind.HARSH, Kind.PLAIN]


@pytest.mark.parametrize(
    ("post", "kind"),
    [("I want to kill myself", Kind.DARK), ("I wish I was dead", Kind.DARK), ("My mother is dying now", Kind.LOSS)],
)
def test_death_is_told_back_only_where_it_is_asked_for(post: str, kind: Kind) -> None:
    """Somebody's own wish to die is dark, that somebody else dies is a loss; a machine is given neither."""
    assert clauses(post) == ()
    assert [clause.kind for clause in clauses(post, dark=True)] == [kind]


def test_a_clause_is_shortened_only_where_it_still_ends_well() -> None:
    """No shorter form ends in a word that wants another after it, nor before what it leads to ("so sad that")."""
    said = "you wanted to call your sister because you missed him"
    assert list(shortenings(said)) == [said, "you wanted to call your sister"]
    assert list(shortenings("you are so tired of")) == []
    assert list(shortenings("the dark makes you so sad")) == ["the dark makes you so sad"]
    assert list(shortenings("you haven't spoken since the funeral")) == ["you haven't spoken since the funeral"]
    for ago in ("three weeks ago", "a few months ago", "10 years ago"):
        assert list(shortenings(f"your sister left you {ago}"))[1:] in ([], ["your sister left you"])


@pytest.mark.parametrize("text", ["I am so \x1b sad today", "I am so sad \ue000 today"])
def test_what_cannot_be_printed_is_not_said_back(text: str) -> None:
    """A stray sign of a keyboard or of a terminal."""
    assert clauses(text)
    assert all(clause.said.isprintable() for clause in clauses(text))


@given(st.text(max_size=300), st.booleans())
def test_no_text_breaks_it_and_no_first_person_is_left(text: str, dark: bool) -> None:
    """Whatever is typed, what is told back has no first person left and no mark, and can be printed."""
    for clause in clauses(text, dark=dark):
        assert clause.said.isprintable()
        assert not {"i", "me", "my", "myself", "i'm"} & set(clause.said.lower().split())
        assert not set("{}<>[]@#") & set(clause.said)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("I cheated on my wife", Kind.PLAIN), ("my wife cheated on me", Kind.LOSS), ("he left me", Kind.LOSS)],
)
def test_what_somebody_did_is_no_loss_of_theirs(text: str, kind: Kind) -> None:
    """Nobody is told that such a thing leaves a gap."""
    assert [clause.kind for clause in clauses(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("he thinks I am lazy", "he thinks you are lazy"),
        ("she says I have to leave", "she says you have to leave"),
        ("my mum thinks I have friends over there", "your mum thinks you have friends over there"),
        ("I'm scared I am losing him", "you're scared you are losing him"),
    ],
)
def test_what_others_think_of_somebody_is_never_told_back_as_so(text: str, said: str) -> None:
    """A companion that said "you are lazy" would take their side."""
    assert [clause.said for clause in clauses(text)] == [said]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("he told me I am a loser", Kind.PLAIN), ("I am a loser", Kind.HARSH),
        ("nobody at home wants to hear it", Kind.PLAIN), ("nobody wants me", Kind.HARSH),
        ("a voice in my head says I'm worthless", Kind.HARSH), ("I lost my dad way too soon", Kind.LOSS),
        ("I lost my house keys", Kind.PLAIN), ("nobody cares about that game", Kind.PLAIN),
        ("nobody cares about me", Kind.HARSH),
    ],
)  # fmt: skip
def test_a_harsh_word_is_ones_own_and_a_loss_no_thing(text: str, kind: Kind) -> None:
    """What others said, and what nobody wants to hear, is no harsh voice of the member's; a key is no loss."""
    assert [clause.kind for clause in clauses(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("If only I had studied", "you wish you had studied"),
        ("if only she had called me", "you wish she had called you"),
        ("If only my brother would listen", "you wish your brother would listen"),
    ],
)  # fmt: skip
def test_what_did_not_happen_is_told_back_as_a_wish(text: str, said: str) -> None:
    """Never as if it had."""
    assert [clause.said for clause in clauses(text)] == [said]


def test_had_i_known_is_no_statement() -> None:
    """Turned round, it would be nonsense."""
    assert clauses("Had I known") == ()


@pytest.mark.parametrize(
    ("post", "told"),
    [
        ("my mum sez dump him but she dont get it", ["your mum says dump him", "she doesn't get it"]),
        ("Walter always said I sing like a goose", ["Walter always said you sing like a goose"]),
        (
            "I make jokes because otherwise I'd have to talk about it",
            ["you make jokes because otherwise you'd have to talk about it"],
        ),
        ("The flat smells of paint", ["the flat smells of paint"]),
        ("Finally feel calm.", ["you finally feel calm"]),
        ("Never been so sad.", ["you've never been so sad"]),
        ("we bin 2gether 3 yrs", ["you've been together 3 years"]),
        ("maybe ill txt him 2nite", ["you'll text him tonight"]),
        ("idk just tired tbh", []),
        ("But I'm 54, who hires me", []),
        ("I have an uncle, who hates me", ["you have an uncle"]),
    ],
)
def test_what_is_typed_or_spoken_loosely_is_told_back_in_whole_sentences(post: str, told: list[str]) -> None:
    """With a subject and its verb, no question asked in passing, and no capital that is no name."""
    assert [clause.said for clause in clauses(post)] == told
