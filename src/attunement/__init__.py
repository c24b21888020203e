"""Attunement: an engine that personalises empathy practice and keeps people in charge of it.

>>> from attunement import Attunement
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from attunement.domain.affect import Affect
    from attunement.domain.need import Need
    from attunement.programme.engine import Attunement

__version__ = "0.1.0"
__all__ = ["Affect", "Attunement", "Need", "__version__"]

_HOMES = {
    "Affect": "attunement.domain.affect",
    "Attunement": "attunement.programme.engine",
    "Need": "attunement.domain.need",
}


def __getattr__(name: str) -> object:
    """Load the engine when it is first asked for, so that ``attune --help`` need not wait for it (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'attunement' has no attribute '{name}'")
    return getattr(importlib.import_module(_HOMES[name]), name)
