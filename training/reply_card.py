"""Writes the card of the reader of replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from attunement.domain.reply import Mechanism
from training.reply_choice import LevelChoice
from training.reply_data import HERE, own_replies, own_strategies
from training.reply_sources import FOLDS, NOWHERE, TOGETHER, untaught

CARD = """# The reader of replies

One MiniLM that reads a reply after what it answers, fine-tuned on all of these tasks at once, in 8-bit integers, and
small heads; it is the mean of the weights of {together} networks that learned in another order each (Wortsman et al. 2022,
arXiv:2203.05482). It reads how much of three mechanisms of empathy a reply shows and which words carry each; which of eight
helping strategies it uses; whether it reflects, asks or informs as in motivational interviewing; and how much empathic
concern and distress of their own its writer tells of. English only. Made {version} by

    pip install -e '.[train]'
    python -m training.reply_encoder --data FOLDER_OF_PUBLIC_SETS{begin}
    python -m training.reply_folds --data FOLDER_OF_PUBLIC_SETS{begin}
    python -m training.reply_reader --data FOLDER_OF_PUBLIC_SETS

**Research, non-commercial.** These weights learned from sets whose terms say so: see below and `../NOTICE`. For other
uses, train on your own exchanges (`--only-own --own FOLDER` with each of these commands): the same recipe, and nothing
in it but texts of yours or of this project.

| file | what it is |
|---|---|
| `encoder.int8.onnx` | the network, 6 layers of 384 numbers; its tokenizer is that of `../text` |
| `heads.npz` | the heads, what calibrates them, how levels and spans are chosen |
| `wordings.npz` | what words and pairs of words of a turn say by themselves of its behaviour |
| `SHA256SUMS` | what these three must be; checked before they are opened |

## What it was made from
| part | data | terms |
|---|---|---|
| start | {start} |
| empathy and what carries it | EPITOME, Reddit part (2,398 pairs). Sharma et al. 2020, arXiv:2009.08441 | attribution; academic, non-commercial |
| strategies | ESConv train (12,759 turns). Liu et al. 2021, arXiv:2106.01144 | CC BY-NC 4.0 |
| behaviour, skill | AnnoMI (4,275 turns, 115 sessions). Wu et al. 2022, ICASSP | released for research, asks for citation |
| concern, distress | Empathic Reactions (1,485 essays). Buechel et al. 2018, arXiv:1808.10399 | CC BY 4.0 |
| before it: empathy, strategies | `training/data_replies_*.yaml` ({n_replies} replies to {n_posts} posts, marked as the annotators of EPITOME mark), `training/data_strategies.yaml` ({n_turns} turns) | {terms} |

No text of any set is in this folder.{untaught}

## Measured
Empathy, behaviour, concern and distress are cross-validated in five folds by networks of the same recipe{folds};
seekers, sessions and writers are never on both sides.{read_by} Levels and spans of a fold were chosen on the others. Mean
over seeds, and the least and the greatest. Macro-F1 is the mean of the F1 of the three levels; token-F1 is over all tokens
of all replies. ESConv valid was not learned from; there the network was measured as it ships.

| figure | mean | seeds |
|---|---|---|
{rows}

A level is not always the likeliest: to its log-probability is added {offsets}, so that a rare level is found about as
often as it is there.

Four tenths of what is said of behaviour are what a turn's words and pairs of neighbouring words say by themselves, of
those that five turns of AnnoMI have (`training/reply_wordings.py`), learned for each fold from the others. How much that
weighs was chosen on three of the five folds. A turn is taken for a reflection (`reflects`) from a probability on that the
folds chose, in the figure above for each fold the others; what is likeliest finds fewer of them.

## Limits
- Peers on Reddit, paid chat helpers and demonstrations of interviews, mostly American; not clinicians at work.
- Of what a reply answers, it reads the last 64 tokens, some 50 words; what stands before them does not count.
- It reads what words do, not what they did to anybody. A reply can score high and be wrong, or low and be all it takes.
- Level 1 of interpretations is rare (3%) and annotators disagree about it; it is found badly.
- It must not be used to grade people, and never both to improve replies and to report how good they are.
- `skill` of one turn says little; only the mean over a session does.
- Fairness across dialects and groups is not yet measured. It is not a medical device.
"""  # noqa: E501

OWN_CARD = """# The reader of replies, made from own exchanges

One MiniLM that reads a reply after what it answers, in 8-bit integers, and small heads; it is the mean of the weights
of {together} networks that learned in another order each. It reads how much of three mechanisms of empathy a reply
shows, which words carry each, and what else it was taught (below). English only. Made {version} by

    pip install -e '.[train]'
    python -m training.reply_encoder --only-own --own FOLDER{begin}
    python -m training.reply_folds --only-own --own FOLDER{begin}
    python -m training.reply_reader --only-own --own FOLDER

| file | what it is |
|---|---|
| `encoder.int8.onnx` | the network, 6 layers of 384 numbers; its tokenizer is that of `../text` |
| `heads.npz` | the heads, how levels and spans are chosen |
| `wordings.npz` | empty: words are counted for behaviour alone, which is not taught |
| `SHA256SUMS` | what these three must be; checked before they are opened |

## What it was made from
| part | data | terms |
|---|---|---|
| start | {start} |
| empathy and what carries it | `data_replies*.yaml` ({n_replies} replies to {n_posts} posts) | {terms} |
| strategies | `data_strategies.yaml` ({n_turns} turns) | {terms} |

No public set of replies was learned from, and no text is in this folder. What `../NOTICE` says of sets in `replies/` is
of the weights that came with the program, not of these.{untaught}

## Measured
Empathy is cross-validated in five folds by networks of the same recipe{folds}; replies to a post are never on both
sides.{read_by}
Levels and spans of a fold were chosen on the others. Mean over seeds, and the least and the greatest. Macro-F1 is the
mean of the F1 of the three levels; token-F1 is over all tokens of all replies. Strategies are not measured, and turns
marked with a strategy were learned from in every fold: one that is also a reply above makes figures look better.

| figure | mean | seeds |
|---|---|---|
{rows}

A level is not always the likeliest: to its log-probability is added {offsets}, so that a rare level is found about as
often as it is there.

## Limits
- It knows how these replies were marked. Where others write, or would mark them otherwise, it can be wrong.
- With few replies to a level its figures are uncertain, and it is found badly.
- Of what a reply answers, it reads the last 64 tokens, some 50 words; what stands before them does not count.
- It reads what words do, not what they did to anybody. A reply can score high and be wrong, or low and be all it takes.
- It must not be used to grade people, and never both to improve replies and to report how good they are.
- Weights can give away something of what they learned from: pass them on only where the exchanges could be.
- Fairness across dialects and groups is not yet measured. It is not a medical device.
"""

READ_BY = (
    " As with what ships, a mean of weights\n"
    "reads each exchange: of {n} networks, of seeds that follow one another, none of which learned from it. Each seed\n"
    "has folds of its own, so that they did not learn from quite the same."
)
NUMBERS = ("no", "one", "two", "three", "four", "five")
SAYS_NOTHING = {
    "strategy": "each strategy is as likely as any other",
    "behaviour": "each behaviour is as likely as any other",
    "skill": "always 0.5",
    "reaction": "concern and distress are always 4, the middle of 1 to 7",
}


def write_reply_card(
    file: Path, figures: Mapping[str, Sequence[float]], choices: Sequence[LevelChoice], version: str, *,
    data: Path, own: Path = HERE, start: str | None = None, n_folds: int = FOLDS, n_together: int = TOGETHER,
) -> None:  # fmt: skip
    """Write the card of a reader that learned from these folders; ``data`` is `NOWHERE` for own exchanges alone.

    ``start`` is the run or the folder it began with, None for MiniLM; ``n_folds`` is how many folds there are figures
    of, over all seeds, and ``n_together`` of how many networks the mean is that read an exchange there.
    """
    rows = "\n".join(
        f"| {name} | {np.mean(values):.3f}"
        + (f" ({min(values):.3f} to {max(values):.3f})" if len(values) > 1 else "")
        + f" | {len(values)} |"
        for name, values in figures.items()
    )
    offsets = "; ".join(
        f"{mechanism.replace('_', ' ')} {choice.offset[1]:+.2f} at level 1, {choice.offset[2]:+.2f} at level 2"
        for mechanism, choice in zip(Mechanism, choices, strict=True)
    )
    heads = "; ".join(f"`{head}` ({SAYS_NOTHING[head]})" for head in untaught(data, own))
    said = {"untaught": f"\n\n**Not taught**, since no exchange tells of it: {heads}." if heads else ""}
    said |= _counts(own)
    said["begin"] = f" --start {start}" if start else ""
    said["start"] = f"the network `{start}` | see its card" if start else "MiniLM (all-MiniLM-L6-v2) | Apache-2.0"
    said["folds"] = f", of which {n_folds} {'was' if n_folds == 1 else 'were'} run" if n_folds < FOLDS else ""
    said["together"] = NUMBERS[TOGETHER]
    said["read_by"] = READ_BY.format(n=NUMBERS[n_together]) if n_together > 1 else ""
    card = OWN_CARD if data == NOWHERE else CARD
    file.write_text(card.format(version=version, rows=rows, offsets=offsets, **said), encoding="utf-8")


def _counts(own: Path) -> dict[str, str]:
    replies = own_replies(own)
    return {
        "n_replies": f"{len(replies):,}",
        "n_posts": f"{len({e.group for e in replies}):,}",
        "n_turns": f"{len(own_strategies(own)):,}",
        "terms": "written for this project, Apache-2.0" if own == HERE else "those of the organisation that trained it",
    }
