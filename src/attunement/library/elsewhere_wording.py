"""What a member reads before what they write to the companion is sent to another computer; versioned, as consent is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from attunement.domain.errors import ErrorCode, Invalid


class ElsewhereWording(BaseModel):
    """The whole of ``content/elsewhere.yaml``; ``says`` names the other computer where it holds ``{place}``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Annotated[int, Field(ge=1)]
    title: str
    says: Annotated[str, StringConstraints(pattern=r"^[^{}]*\{place\}[^{}]*$")]
    without: str

    def says_of(self, place: str) -> str:
        """What is sent, to where, and what that means.

        >>> wording = ElsewhereWording(version=1, title="T", says="To {place}.", without="W")
        >>> wording.says_of("api.example.org")
        'To api.example.org.'
        """
        return self.says.replace("{place}", place)


def load_elsewhere_wording(folder: Path) -> ElsewhereWording:
    """Read the wording; raises `Invalid` (``bad-content``) where it has faults."""
    try:
        return ElsewhereWording.model_validate(yaml.safe_load((folder / "elsewhere.yaml").read_text("utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise Invalid(
            ErrorCode.BAD_CONTENT,
            "elsewhere.yaml cannot be used: {reason}",
            reason=str(error).replace("\n", " ")[:400],
        ) from error
