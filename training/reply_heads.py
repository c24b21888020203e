"""Writes the heads of the reader of replies, as `attunement.reading.reply_heads` loads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from attunement.domain.reply import Mechanism
from attunement.reading.heads import Array, Head
from attunement.reading.model_files import WORDINGS
from attunement.reading.network import SIZE
from attunement.reading.reply_heads import WIDTHS
from attunement.reading.reply_reader import MIDDLE
from training.reply_choice import LevelChoice, TurnChoice
from training.wordings import write_table

NEVER = 2.0
"""From which probability a turn is taken for a reflection where nothing is known of that."""

if TYPE_CHECKING:
    from training.reply_wordings import TurnWords
    from training.tasks import Scale


def write_reply_heads(
    file: Path, state: Mapping[str, Array], choices: Sequence[LevelChoice], *,
    words: TurnWords, turn: TurnChoice | None, scale: Scale | None, untaught: Sequence[str] = (),
    version: str,
) -> None:  # fmt: skip
    """Write the heads of a fine-tuned network.

    Parameters
    ----------
    state:
        Its weights and biases by their names in `training.reply_network.ReplyNetwork`; the encoder's are left.
    choices:
        How the levels of each mechanism are chosen.
    words:
        What words say of behaviour, which is written beside the heads.
    turn, scale:
        How it is chosen what a turn does; what brings ``reaction`` back to points. None where nothing is known.
    untaught:
        Heads that are written so that they say nothing.
    """
    names = {name: f"heads.{name}" for name in WIDTHS if name != "carries"} | {"carries": "carries"}
    heads = {name: Head(state[f"{key}.weight"].T, state[f"{key}.bias"]) for name, key in names.items()}
    heads["behaviour"] = words.beside(heads["behaviour"])
    write_table(file.parent / WORDINGS, words.table)
    if turn is not None:
        skill = heads["skill"]
        heads["skill"] = Head(skill.weight * turn.slope, skill.bias * turn.slope + turn.offset)
    if scale is not None:
        heads["reaction"] = Head(heads["reaction"].weight * scale.sd, heads["reaction"].bias * scale.sd + scale.mean)
    heads |= {name: silent_head(name) for name in untaught}
    arrays = {f"{name}_weight": head.weight for name, head in heads.items()}
    arrays |= {f"{name}_bias": head.bias for name, head in heads.items()}
    mechanisms = range(len(Mechanism))
    arrays |= {
        "levels": np.stack([state[f"levels.{k}.weight"].T for k in mechanisms]),
        "levels_bias": np.stack([state[f"levels.{k}.bias"] for k in mechanisms]),
        "temperature": np.array([choice.temperature for choice in choices]),
        "offset": np.stack([choice.offset for choice in choices]),
        "cut": np.array([choice.cut for choice in choices]),
        "reflects_from": np.array(turn.reflects_from if turn is not None else NEVER),
    }
    np.savez_compressed(
        file, version=np.array(version), **{name: np.asarray(array, np.float32) for name, array in arrays.items()}
    )


def silent_head(name: str) -> Head:
    """A head that says of every reply what is said of one that is not read: all alike, or the middle of the scale."""
    width = WIDTHS[name]
    return Head(np.zeros((SIZE, width), np.float32), np.full(width, MIDDLE if name == "reaction" else 0, np.float32))
