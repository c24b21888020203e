"""Who a text is about is taken out of heads, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
import yaml
from benchmarks.fairness import TEMPLATES
from training.evenness import Evenness, sentences_of_persons

from attunement.reading.heads import Head

SIZE = 6
"""Of these made-up vectors the last two numbers tell who a text is about, and what it says a little."""


def made_up(seed: int = 1) -> tuple[np.ndarray, list[np.ndarray], Head]:
    """Comments, persons of twelve sentences, and a head."""
    rng = np.random.default_rng(seed)
    comments = rng.normal(size=(400, SIZE)) @ rng.normal(size=(SIZE, SIZE)) + rng.normal(size=SIZE)
    persons = [rng.normal(size=SIZE) + np.pad(rng.normal(size=(5, 2)), ((0, 0), (SIZE - 2, 0))) for _ in range(12)]
    head = Head(rng.normal(size=(SIZE, 3)).astype(np.float32), rng.normal(size=3).astype(np.float32))
    return comments, persons, head


def between(head: Head, persons: list[np.ndarray]) -> float:
    """How far scores lie apart between the persons of a sentence."""
    return float(np.mean([head(p.astype(np.float32)).std(axis=0) for p in persons]))


def test_without_weight_a_head_stays_as_it_is() -> None:
    comments, persons, head = made_up()
    even = Evenness.of(comments, persons, weight=0.0).apply(head)
    np.testing.assert_allclose(even.weight, head.weight, atol=1e-4)
    np.testing.assert_allclose(even.bias, head.bias, atol=1e-3)


def test_the_more_weight_the_less_persons_differ() -> None:
    comments, persons, head = made_up()
    apart = [between(Evenness.of(comments, persons, weight=w).apply(head), persons) for w in (0.0, 1.0, 10.0, 1e6)]
    assert apart == sorted(apart, reverse=True)
    assert apart[-1] < 0.01 * apart[0]


def test_of_comments_on_the_whole_it_says_what_it_said() -> None:
    comments, persons, head = made_up()
    before, after = (h(comments.astype(np.float32)) for h in (head, Evenness.of(comments, persons).apply(head)))
    np.testing.assert_allclose(after.mean(axis=0), before.mean(axis=0), atol=1e-3)


def test_a_head_fitted_on_even_vectors_says_the_same_of_vectors_as_they_are() -> None:
    comments, persons, head = made_up()
    even = Evenness.of(comments, persons)
    back = even.unmapped(head.weight.astype(float), head.bias.astype(float))
    np.testing.assert_allclose(
        back(comments.astype(np.float32)), even.vectors(comments) @ head.weight + head.bias, atol=1e-3
    )


def test_what_is_taught_is_not_what_is_measured() -> None:
    """No sentence by which `benchmarks.fairness` measures is among those that teach."""
    templates = yaml.safe_load(TEMPLATES.read_text(encoding="utf-8"))
    measured = {
        sentence.format(who=word)
        for group, words in templates["groups"].items()
        for sentence in templates["templates"][group]
        for word in words
    }
    taught = [sentence for persons in sentences_of_persons() for sentence in persons]
    assert len(taught) > 2000
    assert measured.isdisjoint(taught)


@pytest.mark.parametrize("persons", sentences_of_persons()[::20], ids=lambda persons: persons[0][:30])
def test_only_the_person_changes(persons: list[str]) -> None:
    assert len(set(persons)) == len(persons)
    assert not any("{" in sentence for sentence in persons)
