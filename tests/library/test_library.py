"""The library that ships: enough of it, varied, and able to serve every moment."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product

import pytest

from attunement.domain.need import Need
from attunement.domain.practice import Medium, Practice, Signal, Skill, Viewpoint
from attunement.domain.reading import RiskLevel
from attunement.domain.state import State
from attunement.library.content_check import check_content
from attunement.library.library import Library
from attunement.library.resources import content_folder
from attunement.policy.eligibility import eligible


def test_the_content_that_ships_has_no_faults() -> None:
    """Every file under content/ can be used."""
    assert [str(fault) for fault in check_content(content_folder())] == []


def test_there_is_something_of_every_kind(library: Library) -> None:
    """Each family, medium, skill, need and viewpoint has practices, and no family is a single one's."""
    families = Counter(p.family for p in library.practices)
    assert set(families) == set(library.families)
    assert min(families.values()) >= 3
    assert {p.medium for p in library.practices} == set(Medium)
    assert {p.skill for p in library.practices} == set(Skill)
    assert {n for p in library.practices for n in p.needs} == set(Need)
    assert {v for p in library.practices for v in p.viewpoints} == set(Viewpoint)


@pytest.mark.parametrize(
    ("valence", "arousal", "risk"),
    list(product((-1.0, -0.4, 0.0, 1.0), (-1.0, 0.0, 1.0), (RiskLevel.NONE, RiskLevel.INDIRECT, RiskLevel.IMMINENT))),
)
def test_every_moment_leaves_a_choice(library: Library, valence: float, arousal: float, risk: RiskLevel) -> None:
    """However low, stirred or in danger somebody is, at least three practices of two media may be offered."""
    left = eligible(library.practices, State(valence=valence, arousal=arousal, risk=risk))
    assert len(left) >= 3
    assert len({p.medium for p in left}) >= 2


def test_every_family_stands_on_evidence(library: Library) -> None:
    """Each family names what stands behind it, with a link."""
    for family in library.families.values():
        assert family.evidence
        assert all(e.link.startswith("https://") and e.says and e.reference for e in family.evidence)


def test_no_words_are_used_twice(library: Library) -> None:
    """No two practices share a title, a summary, a closing or a feedback text."""

    def told(practice: Practice) -> list[str]:
        feedback = [text for item in practice.look_for for text in (item.met, item.unmet)]
        return [practice.title, practice.summary, practice.closing, *feedback]

    counted = Counter(text for practice in library.practices for text in told(practice))
    assert [text for text, n in counted.items() if n > 1] == []


def test_the_best_answer_is_not_always_in_one_place(library: Library) -> None:
    """In rehearsals the most helpful answer stands in every position, and is not always the longest."""
    turns = [turn for p in library.practices for turn in p.rehearsal]
    places = Counter(max(range(len(t.choices)), key=lambda i, t=t: t.choices[i].helps) for t in turns)
    longest = sum(max(t.choices, key=lambda c: len(c.say)).helps == 2 for t in turns)
    assert max(places.values()) <= 0.6 * len(turns)
    assert longest <= 0.7 * len(turns)


def test_what_is_written_for_is_looked_at(library: Library) -> None:
    """Signals are looked for in a text only where there is a field to write it in."""
    for practice in library.practices:
        assert practice.ask or all(item.signal is Signal.SELF for item in practice.look_for)


def test_who_is_to_be_answered_stands_in_answers(library: Library) -> None:
    """Where the steps of a practice with a text have people speak, ``answers`` has their words, one after the other.

    Somebody who is to be answered speaks in a line of their own, which begins with who it is.
    """
    spoken = re.compile(r'^(?:\d+\. )?\*\*[^*]+:\*\* \*?"(.+?)"\*?$', re.MULTILINE)
    played = {p.id: spoken.findall("\n".join(s.text for s in p.steps)) for p in library.practices if p.ask}
    assert {name for name, said in played.items() if said} == {p.id for p in library.practices if p.answers}
    for practice in library.practices:
        if practice.answers:
            assert practice.answers == " ".join(played[practice.id])


def test_whoever_tells_of_another_has_a_field_to_do_it_in(library: Library) -> None:
    """Retelling a message, or writing from another's chair, is told apart from one's own words."""
    others = [p for p in library.practices if p.tells_of_another]
    assert {"the-voice-note-twice", "two-chairs-one-kitchen"} <= {p.id for p in others}
    assert all(p.ask and not p.answers for p in others)
