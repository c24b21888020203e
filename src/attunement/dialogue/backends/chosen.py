"""Which language model a programme has, as its environment says."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from pathlib import Path

from attunement.dialogue.backends.llama_cpp import LlamaCppBackend
from attunement.dialogue.backends.openai import OpenAIBackend
from attunement.dialogue.backends.resting import RestingBackend
from attunement.domain.errors import ErrorCode, Invalid

TIMEOUT_S = 12.0
LONGEST_S = 120.0
_OF_AN_ENDPOINT = ("ATTUNEMENT_LLM_KEY", "ATTUNEMENT_LLM_MODEL", "ATTUNEMENT_LLM_PASSED_ON_TO")


def backend_from_environment(environment: Mapping[str, str] = os.environ) -> RestingBackend | None:
    """The model that ``ATTUNEMENT_LLM_URL`` or ``ATTUNEMENT_LLM_FILE`` names, or None where neither does.

    An endpoint needs ``ATTUNEMENT_LLM_MODEL`` and may have a ``_KEY`` and a ``_PASSED_ON_TO``; ``_TIMEOUT`` (seconds)
    is for both. Raises `Invalid` where one of them cannot work, ``MISSING_EXTRA`` where the package is not installed.

    >>> backend_from_environment({}) is None
    True
    """
    told = {name: environment.get(name, "").strip() for name in ("ATTUNEMENT_LLM_URL", "ATTUNEMENT_LLM_FILE")}
    url, file = told.values()
    if url and file:
        raise Invalid(ErrorCode.BAD_INPUT, "Set ATTUNEMENT_LLM_URL or ATTUNEMENT_LLM_FILE, not both.")
    for name in _OF_AN_ENDPOINT:
        if environment.get(name) and not url:
            raise Invalid(ErrorCode.BAD_INPUT, "{name} needs ATTUNEMENT_LLM_URL.", name=name)
    timeout = _timeout(environment.get("ATTUNEMENT_LLM_TIMEOUT", ""))
    if url:
        key, model, passed_on_to = (environment.get(name, "").strip() for name in _OF_AN_ENDPOINT)
        return RestingBackend(OpenAIBackend(url, model=model, key=key, timeout=timeout, passed_on_to=passed_on_to))
    return RestingBackend(LlamaCppBackend(Path(file), timeout=timeout)) if file else None


def _timeout(told: str) -> float:
    try:
        seconds = float(told or TIMEOUT_S)
    except ValueError:
        seconds = math.nan
    if not 1.0 <= seconds <= LONGEST_S:
        raise Invalid(ErrorCode.BAD_INPUT, "ATTUNEMENT_LLM_TIMEOUT must be seconds from 1 to 120.")
    return seconds
