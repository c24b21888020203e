"""What a clause tells of hurts, is good, or is neither."""

from __future__ import annotations

from attunement.dialogue.coach.tone import Tone, is_good, tone_of
from attunement.dialogue.hearing.clauses import Clause, Kind
from attunement.domain.reading import EmotionReading
from attunement.library.coach_words import load_coach_words
from attunement.library.resources import content_folder
from attunement.reading.text_reader import TextReader

MARKS = load_coach_words(content_folder()).marks
LABELS = tuple(TextReader().read([""])[0].emotion.emotions)


def clause(said: str, kind: Kind = Kind.PLAIN) -> Clause:
    return Clause(said, kind, but=False, reason=False, weight=0.0, place=0)


def read(valence: float, stress: float = 0.18, **emotions: float) -> EmotionReading:
    return EmotionReading(dict.fromkeys(LABELS, 0.0) | emotions, (), valence, 3.0, 3.0, stress, "test")


def test_what_weighs_is_what_is_read_from_the_clause() -> None:
    """1.5 (2.88 - 2.55) + 0.8 (0.6 - 0.18) + 0.1 = 0.931; what is read as neither is neither."""
    tone = tone_of(clause("you eat lunch by yourself"), read(2.55, 0.6, sadness=0.1), False, MARKS)
    assert round(tone.sore, 3) == 0.931
    assert tone_of(clause("you lie there and count"), read(2.9), False, MARKS) == Tone(0.0, 0.0)


def test_a_loss_weighs_however_it_is_read_and_a_fact_of_a_life_does_not() -> None:
    """A neutral reading of a death is not believed, nor a sad one of having moved."""
    assert tone_of(clause("your wife died in May", Kind.LOSS), read(3.1), True, MARKS).sore == 0.8
    assert tone_of(clause("you moved here in March"), read(2.7), False, MARKS) == Tone(0.0, 0.0, fact=True)


def test_good_news_is_glad_only_in_a_post_of_good_news() -> None:
    """The same clause in a sad post is neither."""
    passed, bright = clause("you passed your exam"), read(3.5, joy=0.4)
    assert tone_of(passed, bright, True, MARKS) == Tone(0.0, 1.2000000000000002)
    assert tone_of(passed, bright, False, MARKS) == Tone(0.0, 0.0)


def test_tears_in_good_news_are_not_pitied() -> None:
    """They are of joy as often as not."""
    assert tone_of(clause("you cried on the bus"), read(2.3), True, MARKS) == Tone(0.0, 0.0)


def test_a_post_is_good_where_what_is_bright_in_it_outweighs_the_rest() -> None:
    """High valence does not do where fear outweighs love."""
    assert is_good(read(3.3, joy=0.5, fear=0.1))
    assert not is_good(read(3.3, love=0.3, fear=0.7))


def test_what_is_no_bad_news_is_neither_pitied_nor_cheered() -> None:
    """A way out of hospital read as sad; denied, it weighs."""
    assert tone_of(clause("your son is out of hospital"), read(2.4), False, MARKS) == Tone(0.0, 0.0)
    assert tone_of(clause("the funeral was beautiful", Kind.LOSS), read(2.4), False, MARKS) == Tone(0.0, 0.0)
    assert tone_of(clause("your son isn't out of hospital"), read(2.4), False, MARKS).sore > 0.5


def test_that_somebody_laughed_at_news_is_not_cheered() -> None:
    """It may well be what hurts; who laughs with them is another matter."""
    assert tone_of(clause("you told him and he laughed"), read(3.4, joy=0.5), True, MARKS).glad == 0.0
    assert tone_of(clause("you fell in and they laughed with you"), read(3.4, joy=0.5), True, MARKS).glad > 0.0
