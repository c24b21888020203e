"""The companion for commands: by itself, or with the language model that the environment names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attunement.domain.errors import ErrorCode, Invalid

if TYPE_CHECKING:
    from attunement.dialogue.companion import Companion

VOICE_HELP = "Let the language model of ATTUNEMENT_LLM_URL or ATTUNEMENT_LLM_FILE answer, under the same guard."


def opened_companion(*, voice: bool, models: Path | None = None) -> Companion:
    """The companion with the words that ship, and the models that ship or those of another folder.

    Raises `Invalid` (``bad-input``) where ``voice`` is wanted and the environment names no language model.
    """
    from attunement.dialogue.backends.chosen import backend_from_environment
    from attunement.dialogue.companion import Companion
    from attunement.dialogue.replying.prompting import build_prompt

    if not voice:
        return Companion.shipped(models=models)
    backend = backend_from_environment()
    if backend is None:
        raise Invalid(
            ErrorCode.BAD_INPUT, "There is no language model. Set ATTUNEMENT_LLM_URL or ATTUNEMENT_LLM_FILE first."
        )
    return Companion.shipped(models=models, backend=backend, prompter=build_prompt)
