"""What the web server is told from outside, and nothing else."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the application is served.

    Parameters
    ----------
    origin:
        The address people see (``https://example.org``), where a proxy stands in front; else it is told by requests.
    learn:
        Whether this process runs the learner, the reacher and the clock of alerts.
    writes:
        How many writes one caller may make in a minute; a key, for each member it speaks for.
    threads:
        How many requests are worked on at once.
    """

    origin: str | None = None
    learn: bool = True
    writes: int = 600
    threads: int = 8

    @classmethod
    def from_environment(cls) -> Settings:
        """Read ``ATTUNEMENT_ORIGIN``."""
        return cls(origin=(os.environ.get("ATTUNEMENT_ORIGIN") or "").rstrip("/") or None)
