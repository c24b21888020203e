"""Made-up practices, contexts and experiences that checks run on. Plain values: nothing here is content."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from attunement.domain.context import Context, Experience, History, Met
from attunement.domain.need import Need
from attunement.domain.practice import LookFor, Medium, Practice, Signal, Skill, Step, Viewpoint
from attunement.domain.state import State

FAMILIES = ("listening", "self-kindness", "repair")
TEXTS = (
    "", "   ", "I feel so alone since she left.", "Thank you!", "I want to kill myself tonight.", "😀😀😀",
    "Je me sens perdu et je ne sais pas quoi faire.", "a" * 5000, "\u202eabc", "What did you feel when they left? "
    "I'm sorry, I should not have said that. You always do this.", "line\nline\n\nline",
)  # fmt: skip

EXCHANGES = (
    ("", ""), ("I failed again.", ""), ("", "I'm so sorry you are going through this. What happened?"),
    ("She left and I can't sleep.", "It sounds like the nights are the worst. I know how empty a bed can feel."),
    ("She left.", "Tu n'es pas seul, je suis là pour toi."), ("😀", "😀😀"), ("a" * 3000, "word " * 900),
    ("\u202eabc", "I care.\n\nDid you — tell anyone?"), ("I want to die.", "Please call someone tonight; I'm worried."),
)  # fmt: skip


def example_practices(n: int = 12) -> tuple[Practice, ...]:
    """``n`` practices that differ in all that a policy may look at.

    >>> len({p.id for p in example_practices(5)})
    5
    """
    media, skills, needs, viewpoints = list(Medium), list(Skill), list(Need), list(Viewpoint)
    return tuple(
        Practice(
            id=f"example-{i}", title=f"Example {i}", family=FAMILIES[i % len(FAMILIES)], summary="An example.",
            medium=media[i % len(media)], skill=skills[i % len(skills)], minutes=2 + i % 19, intensity=1 + i % 3,
            needs=(needs[i % len(needs)],), viewpoints=(viewpoints[i % len(viewpoints)],), avoid_when=(),
            not_for="Nobody.", steps=(Step("Begin", "Begin."), Step("End", "End.")),
            look_for=(LookFor(Signal.SELF, "Done", "It is done.", "Try it."),), closing="Done.",
        )
        for i in range(n)
    )  # fmt: skip


def example_contexts(practices: Sequence[Practice]) -> tuple[Context, ...]:
    """Nothing known; a calm member with a past; a stirred one who wants wide offers; a low one who wants close ones,
    like whom people lean to writing.
    """
    met = tuple(
        Met(p.id, days_ago=float(i), reward=(i % 5) / 4 if i % 2 else None, answer="done" if i % 2 else None)
        for i, p in enumerate(practices[:7])
    )
    calm = State(0.4, 0.2, -0.2, 0.2, needs={Need.CALM: 1.0}, said=frozenset({"affect", "need:calm"}))
    stirred = State(-0.7, 0.5, 0.8, 0.5, needs=dict.fromkeys(Need, 0.2), feelings={"anxious": 0.9, "sad": 0.3})
    low = State(-0.9, 0.15, -0.8, 0.15, feelings={"ashamed": 1.0}, said=frozenset({"affect"}))
    leaning = (("medium/write", 0.1), ("length", -0.05))
    return (
        Context(), Context(calm, met), Context(stirred, met[:2], breadth=1.0),
        Context(low, met, breadth=0.0, leaning=leaning),
    )  # fmt: skip


def example_experiences(names: Sequence[str], *, n: int = 40, seed: int = 0) -> list[Experience]:
    """``n`` experiences with a few of the named features each, values from -1 to 1, rewards 0 to 1, weeks apart."""
    rng = np.random.default_rng(seed)
    experiences = []
    for k in range(n):
        some = rng.choice(len(names), size=min(6, len(names)), replace=False)
        features = {names[i]: float(v) for i, v in zip(some, rng.uniform(-1, 1, len(some)), strict=True)}
        experiences.append(Experience(features, float(rng.uniform()), f"example-{k % 5}", day=40.0 * (k % 7)))
    return experiences


def example_histories(names: Sequence[str], *, n: int = 40, seed: int = 0) -> list[History]:
    """``n`` experiences as the histories of some people, of one to four experiences each."""
    experiences, sizes = example_experiences(names, n=n, seed=seed), (3, 1, 4, 2)
    people: list[History] = []
    while experiences:
        size = sizes[len(people) % len(sizes)]
        people.append(History(tuple(experiences[:size])))
        experiences = experiences[size:]
    return people
