"""A summary that says nothing that is not in the talk, and where each sentence is from."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.conversation import Speaker
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy
from attunement.programme.conversations.lines import WrittenLine
from attunement.programme.conversations.summary import Told, summarise

AT = datetime(2026, 5, 1, tzinfo=UTC)


def _line(number: int, speaker: Speaker, text: str, **more: object) -> WrittenLine:
    return WrittenLine(number, f"id-{number}", AT, speaker, text, **more)  # type: ignore[arg-type]


TALK = [
    _line(1, Speaker.NOTICE, "You are writing with the companion."),
    _line(2, Speaker.MEMBER, "hi"),
    _line(3, Speaker.COMPANION, "What is on your mind?", strategy=Strategy.QUESTION),
    _line(4, Speaker.MEMBER, "My sister left and I miss her. What did I do?"),
    _line(5, Speaker.COMPANION, "You miss her.", strategy=Strategy.REFLECTION),
    _line(6, Speaker.MEMBER, "I can't go on like this.", risk=RiskLevel.INDIRECT),
    _line(7, Speaker.COMPANION, "What happened?", strategy=Strategy.QUESTION),
    _line(8, Speaker.MEMBER, "I just want a person. Please."),
]


def test_each_sentence_says_what_it_is_from() -> None:
    """The danger, the first telling line, the strongest feeling, the last two askings and what was tried."""
    found = summarise(TALK, {4: ("sadness", 0.6), 6: ("grief", 0.5), 8: ("sadness", 0.2)}, {})
    assert [(one.told, one.quote, one.lines, one.is_) for one in found] == [
        (Told.DANGER, "I can't go on like this.", (6,), "indirect"),
        (Told.BROUGHT, "My sister left and I miss her. What did I do?", (4,), ""),
        (Told.FEELING, "My sister left and I miss her. What did I do?", (4, 8), "sadness"),
        (Told.ASKED, "I just want a person.", (8,), ""),
        (Told.ASKED, "Please.", (8,), ""),
        (Told.TRIED, "", (3, 7), "Question"),
        (Told.TRIED, "", (5,), "Reflection of feelings"),
    ]


def test_the_wish_for_a_person_is_not_what_brought_them() -> None:
    """Unless there is nothing else; as something asked for it is told in any case."""
    asking = [
        _line(1, Speaker.MEMBER, "Can I talk to somebody real, please?"),
        _line(2, Speaker.MEMBER, "My dog died."),
    ]
    both = {one.told: one.quote for one in summarise(asking, {}, {}, wishes={1})}
    assert both == {Told.BROUGHT: "My dog died.", Told.ASKED: "Can I talk to somebody real, please?"}
    assert summarise(asking[:1], {}, {}, wishes={1})[0].quote == "Can I talk to somebody real, please?"


def test_what_supporters_tried_and_what_was_offered_is_told_with_its_lines() -> None:
    """By whom, as far as a computer read what they do; a practice by its id; the companion's doing first."""
    more = [
        _line(9, Speaker.COMPANION, "Would a walk help?", strategy=Strategy.SUGGESTION, why={"practice": "a-walk"}),
        _line(10, Speaker.SUPPORTER, "I am here.", name="Noor"),
        _line(11, Speaker.SUPPORTER, "What did you say to her?", name="Noor"),
        _line(12, Speaker.SUPPORTER, "And then?", name="Ida"),
        _line(13, Speaker.SUPPORTER, "Where was that?", name="Noor"),
    ]
    found = summarise(more, {}, dict.fromkeys((11, 12, 13), Strategy.QUESTION))
    assert [(one.told, one.who, one.lines, one.is_) for one in found] == [
        (Told.TRIED, "", (9,), "Providing Suggestions"),
        (Told.OFFERED, "", (9,), "a-walk"),
        (Told.WROTE, "Noor", (10,), ""),
        (Told.WROTE, "Noor", (11, 13), "Question"),
        (Told.WROTE, "Ida", (12,), "Question"),
    ]


def test_handing_over_is_nothing_that_was_tried() -> None:
    """What the companion says when it was asked for a person gives information by its kind, and helped with nothing."""
    handed = _line(3, Speaker.COMPANION, "I ask for one.", strategy=Strategy.INFORMATION, why={"moment": "hand_over"})
    told = _line(5, Speaker.COMPANION, "They open at nine.", strategy=Strategy.INFORMATION, why={"moment": "thanks"})
    assert summarise([handed], {}, {}) == ()
    assert [one.lines for one in summarise([handed, told], {}, {})] == [(5,)]


def test_wanting_to_die_is_not_told_as_something_asked_for() -> None:
    """To want is to ask for something, but not in a line of danger, whose words stand under danger alone."""
    lines = [_line(1, Speaker.MEMBER, "I want to die.", risk=RiskLevel.EXPLICIT)]
    assert [one.told for one in summarise(lines, {}, {})] == [Told.DANGER, Told.BROUGHT]
    assert [one.told for one in summarise([_line(1, Speaker.MEMBER, "I want to rest.")], {}, {})][-1] == Told.ASKED


def test_nothing_is_told_of_feelings_that_may_not_be_read() -> None:
    """Without readings there is no feeling in it; without lines of theirs, nothing at all of them."""
    assert Told.FEELING not in {one.told for one in summarise(TALK, {}, {})}
    assert summarise(TALK[:1], {}, {}) == ()
    assert [one.quote for one in summarise(TALK[:2], {}, {})] == ["hi"]


@given(st.lists(st.text(min_size=1, max_size=300), max_size=6))
def test_every_quote_is_in_the_lines_it_names(texts: list[str]) -> None:
    """Word for word, but for white space and what a cut leaves out at the end."""
    lines = [_line(i, Speaker.MEMBER, text) for i, text in enumerate(texts, 1)]
    plain = {line.line: " ".join(line.text.split()) for line in lines}
    for one in summarise(lines, {}, {}):
        for number in one.lines:
            assert one.quote.removesuffix(" …") in plain[number]
