"""What every event of the log has."""

from __future__ import annotations

from typing import ClassVar

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Event(BaseModel):
    """What happened, when. ``kind`` names it in the log; ``of_member`` says whose key seals it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: ClassVar[str]
    of_member: ClassVar[bool] = True
    at: AwareDatetime
