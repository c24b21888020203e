"""Which words of a reply carried what was read of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from attunement.domain.reply import Behaviour, Mechanism, ReplyReading, Strategy
from attunement.reading.heads import Array, softmax
from attunement.reading.network import SIZE
from attunement.reading.reply_heads import LEVELS, ReadWindow, ReplyHeads

EMPATHY = (*map(str, Mechanism), "concern", "distress")
"""What is worth asking of how empathic a reply is."""
SKILL = "skill"
Said = Callable[[Collection[int]], Array]
"""What the words of a reply say by themselves, without those of the tokens at these places."""
WHAT = (*EMPATHY, *map(str, Strategy), *map(str, Behaviour), SKILL)
"""All that can be asked of a reply, in the order of `scores_of`."""


def asked_of_turn(reading: ReplyReading) -> tuple[str, ...]:
    """What is worth asking of what a turn does: the likeliest strategy and behaviour, skill; nothing of one unread."""
    if reading.likeliest_strategy is None:
        return ()
    behaviour = max(reading.behaviour, key=lambda name: reading.behaviour[name])
    return (str(reading.likeliest_strategy), str(behaviour), SKILL)


def weights_of(
    heads: ReplyHeads, windows: Sequence[ReadWindow], groups: Sequence[Collection[int]], said: Said
) -> Array:
    r"""How much lower each score of `WHAT` would be without each group of tokens, ``(n_groups, len(WHAT))``.

    All heads are read from means over the states :math:`h_t` of the reply's tokens, so what a word did is told without
    reading again: it is the score of all states less that of the states of the other words, exactly. A state has seen
    the words around it, so that in one short sentence words differ little; of several sentences, it is the one that
    does a thing that stands out, more surely than where words are left out of the text and it is read again.

    Zhou et al. 2016, *Learning deep features for discriminative localization*, arXiv:1512.04150, in one dimension.
    """
    whole = scores_of(heads, windows, said(()))
    left = [scores_of(heads, [_without(window, group) for window in windows], said(group)) for group in groups]
    return np.asarray(whole - np.stack(left), np.float32) if left else np.zeros((0, len(WHAT)), np.float32)


def scores_of(heads: ReplyHeads, windows: Sequence[ReadWindow], said: Array) -> NDArray[np.float64]:
    """Each of `WHAT` as a number ``(len(WHAT),)``: the expected level 0 to 2 of a mechanism, points 1 to 7 of concern
    and distress, and log-odds of everything else.
    """
    windows = [window for window in windows if len(window.states)]
    states = np.concatenate([window.states for window in windows]) if windows else np.zeros((1, SIZE), np.float32)
    mean = np.asarray(states.mean(axis=0), np.float32)
    levels = np.zeros(len(Mechanism))
    for window in windows:
        p = [softmax(row) for row in heads.level_scores(window.states, window.carried)]
        levels = np.maximum(levels, np.stack(p) @ np.arange(LEVELS))
    likely = np.concatenate([heads.strategies(mean), heads.behaviours(mean, said), [heads.skill_of(mean)]])
    likely = np.clip(likely.astype(np.float64), 1e-7, 1 - 1e-7)
    return np.concatenate([levels, heads.reactions(mean), np.log(likely / (1 - likely))])


def _without(window: ReadWindow, tokens: Collection[int]) -> ReadWindow:
    kept = [k for k in range(len(window.states)) if window.start + k not in tokens]
    return ReadWindow(window.states[kept], window.carried[kept], window.start)
