"""Synthetic members: they keep to what they were made to like, and to their seed."""

from __future__ import annotations

import numpy as np

from attunement.domain.affect import Affect
from attunement.library.library import Library
from attunement.reading.risk import read_rules
from attunement.simulation.check_in_texts import texts_by_mood
from attunement.simulation.synthetic_member import Likes, SyntheticMember


def make(library: Library, seed: int) -> SyntheticMember:
    rng = np.random.default_rng(seed)
    return SyntheticMember(Likes.drawn(sorted(library.families), rng), rng)


def test_the_same_seed_lives_the_same_life(library: Library) -> None:
    """Two members of one seed feel, need, say and answer alike."""

    def life(m: SyntheticMember) -> list[object]:
        return [(m.next_mood(), m.needs(), m.says(), m.responds(p)) for p in library.practices[:20]]

    assert life(make(library, 5)) == life(make(library, 5)) != life(make(library, 6))


def test_what_they_like_is_worth_more(library: Library) -> None:
    """Over the whole library the liked family is worth more on average than the disliked one."""
    member = make(library, 1)
    ranked = sorted(member.likes.families, key=lambda f: member.likes.families[f])
    worth = {f: np.mean([member.worth(p) for p in library.practices if p.family == f]) for f in ranked}
    assert worth[ranked[-1]] > worth[ranked[0]] + 0.3


def test_the_same_practice_again_is_worth_less(library: Library) -> None:
    """Each meeting lowers the worth by 0.12 until it is nothing."""
    member, practice = make(library, 2), library.practices[0]
    before = member.worth(practice)
    member.responds(practice)
    assert member.worth(practice) == max(0.0, before - 0.12) or before == 1.0


def test_moods_return_home() -> None:
    """Over 5,000 steps the mean mood lies within 0.05 of where it returns to, and never leaves -1 to 1."""
    likes = Likes({}, {}, 5.0, valence=-0.2, arousal=0.1)
    member = SyntheticMember(likes, np.random.default_rng(0))
    moods = [member.next_mood() for _ in range(5000)]
    assert abs(np.mean([m.valence for m in moods]) + 0.2) < 0.05
    assert abs(np.mean([m.arousal for m in moods]) - 0.1) < 0.05
    assert all(isinstance(m, Affect) for m in moods)


def test_no_made_up_text_speaks_of_danger() -> None:
    """There are at least 80 different texts in five moods, and none sets off a pattern of danger."""
    texts = [text for group in texts_by_mood().values() for text in group]
    assert len(texts) == len(set(texts)) >= 80
    assert len(texts_by_mood()) == 5
    assert {read_rules(text).level.rank for text in texts} <= {0, 1}
