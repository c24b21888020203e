"""Writes the card of the reader of replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from attunement.domain.reply import Mechanism
from training.reply_choice import LevelChoice

CARD = """# The reader of replies

One MiniLM that reads a reply after what it answers, fine-tuned on all of these tasks at once, in 8-bit integers, and
small heads. It reads how much of three mechanisms of empathy a reply shows and which words carry each; which of eight
helping strategies it uses; whether it reflects, asks or informs as in motivational interviewing; and how much empathic
concern and distress of their own its writer tells of. English only. Made {version} by

    pip install -e '.[train]'
    python -m training.text_encoder --data FOLDER_OF_PUBLIC_SETS --name first
    python -m training.reply_encoder --data FOLDER_OF_PUBLIC_SETS --start first
    python -m training.reply_folds --data FOLDER_OF_PUBLIC_SETS --start first
    python -m training.reply_reader --data FOLDER_OF_PUBLIC_SETS

**Research, non-commercial.** These weights learned from sets whose terms say so: see below and `../NOTICE`. For other
uses, train on your own exchanges (`python -m training.reply_encoder --only-own --own FOLDER`): the same recipe, and
nothing in it but texts of yours or of this project.

| file | what it is |
|---|---|
| `encoder.int8.onnx` | the network, 6 layers of 384 numbers; its tokenizer is that of `../text` |
| `heads.npz` | the heads, what calibrates them, how levels and spans are chosen |
| `SHA256SUMS` | what the first must be; checked before it is opened |

## What it was made from
| part | data | terms |
|---|---|---|
| start | the first run of the network of `../text` | CC BY-SA 4.0, see its card |
| empathy and what carries it | EPITOME, Reddit part (2,398 pairs). Sharma et al. 2020, arXiv:2009.08441 | attribution; academic, non-commercial |
| strategies | ESConv train (12,759 turns). Liu et al. 2021, arXiv:2106.01144 | CC BY-NC 4.0 |
| behaviour, skill | AnnoMI (4,275 turns, 115 sessions). Wu et al. 2022, ICASSP | released for research, asks for citation |
| concern, distress | Empathic Reactions (1,485 essays). Buechel et al. 2018, arXiv:1808.10399 | CC BY 4.0 |
| empathy, strategies | `training/data_replies.yaml` (400 replies), `training/data_strategies.yaml` (720 turns), written for this project | Apache-2.0 |

No text of any set is in this folder.

## Measured
Empathy, behaviour, concern and distress are cross-validated in five folds by networks of the same recipe; seekers,
sessions and writers are never on both sides. Levels and spans of a fold were chosen on the other four. Mean over seeds,
and the least and the greatest. Macro-F1 is the mean of the F1 of the three levels; token-F1 is over all tokens of all
replies. ESConv valid was not learned from; there the network was measured as it ships.

| figure | mean | seeds |
|---|---|---|
{rows}

A level is not always the likeliest: to its log-probability is added {offsets}, so that a rare level is found about as
often as it is there.

## Limits
- Peers on Reddit, paid chat helpers and demonstrations of interviews, mostly American; not clinicians at work.
- It reads what words do, not what they did to anybody. A reply can score high and be wrong, or low and be all it takes.
- Level 1 of interpretations is rare (3%) and annotators disagree about it; it is found badly.
- It must not be used to grade people, and never both to improve replies and to report how good they are.
- `skill` of one turn says little; only the mean over a session does.
- Fairness across dialects and groups is not yet measured. It is not a medical device.
"""  # noqa: E501


def write_reply_card(
    file: Path, figures: Mapping[str, Sequence[float]], choices: Sequence[LevelChoice], version: str
) -> None:
    """Write the card."""
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
    file.write_text(CARD.format(version=version, rows=rows, offsets=offsets), encoding="utf-8")
