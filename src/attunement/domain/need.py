"""What a person may want from the next minutes."""

from __future__ import annotations

from enum import StrEnum


class Need(StrEnum):
    """Five needs, after Hill's helping skills (Hill 2020, *Helping Skills*, 5th ed.)."""

    HEARD = "heard"
    CALM = "calm"
    UNDERSTAND = "understand"
    ACT = "act"
    CONNECT = "connect"
