"""Attunement: an engine that personalises empathy practice and keeps people in charge of it.

>>> from attunement import Attunement
"""

from attunement.domain.affect import Affect
from attunement.domain.need import Need
from attunement.programme.engine import Attunement

__version__ = "0.1.0"
__all__ = ["Affect", "Attunement", "Need", "__version__"]
