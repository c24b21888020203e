"""The shape of a practice file: what its front matter must hold, checked field by field."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from attunement.domain.need import Need
from attunement.domain.practice import AvoidWhen, Medium, Signal, Skill, Viewpoint

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=90)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=12, max_length=400)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


_IN_ANSWERS = frozenset({Signal.WARMTH, Signal.UNDERSTANDING, Signal.ASKING})


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LookForMatter(_Closed):
    """One thing the feedback looks for; see `attunement.domain.practice.LookFor`."""

    signal: Signal
    label: Line
    met: Sentence
    unmet: Sentence
    wanted: bool = True


class ChoiceMatter(_Closed):
    """One answer in a rehearsal."""

    say: Sentence
    why: Sentence
    helps: Annotated[int, Field(ge=0, le=2)]


class TurnMatter(_Closed):
    """One turn of a rehearsal: two to four answers, one of which opens and one of which does not."""

    they: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=400)]
    choices: Annotated[list[ChoiceMatter], Field(min_length=2, max_length=4)]

    @model_validator(mode="after")
    def _has_contrast(self) -> TurnMatter:
        helps = {c.helps for c in self.choices}
        if 2 not in helps or helps == {2}:
            raise ValueError("each turn needs one choice with 'helps: 2' and one with less")
        return self


class PracticeMatter(_Closed):
    """The whole front matter of ``content/practices/ID.md``."""

    id: Slug
    title: Line
    family: Slug
    summary: Sentence
    medium: Medium
    skill: Skill
    minutes: Annotated[int, Field(ge=2, le=20)]
    intensity: Annotated[int, Field(ge=1, le=3)]
    needs: Annotated[list[Need], Field(min_length=1, max_length=3)]
    viewpoints: Annotated[list[Viewpoint], Field(min_length=1, max_length=3)]
    avoid_when: Annotated[list[AvoidWhen], Field(max_length=3)]
    not_for: Sentence
    look_for: Annotated[list[LookForMatter], Field(min_length=2, max_length=5)]
    closing: Sentence
    ask: Sentence | None = None
    answers: Annotated[str, StringConstraints(strip_whitespace=True, min_length=12, max_length=800)] | None = None
    tells_of_another: Annotated[bool, Field(strict=True)] = False
    picture: Slug | None = None
    rehearsal: Annotated[list[TurnMatter], Field(min_length=2, max_length=6)] | None = None

    @model_validator(mode="after")
    def _fits_its_medium(self) -> PracticeMatter:
        text_signals = [item for item in self.look_for if item.signal is not Signal.SELF]
        if self.medium is Medium.WRITE and not self.ask:
            raise ValueError("a 'write' practice needs 'ask', the question over the text field")
        if self.medium is Medium.WRITE and len(text_signals) < 2:
            raise ValueError("a 'write' practice looks for at least two signals in the text")
        if text_signals and not self.ask:
            raise ValueError("signals are found in text: add 'ask', or use 'signal: self'")
        if self.answers is None and any(item.signal in _IN_ANSWERS for item in self.look_for):
            raise ValueError("warmth, understanding and asking are read in an answer: add 'answers', what was said")
        if self.tells_of_another and (self.answers or not self.ask):
            raise ValueError("'tells_of_another' goes with an 'ask' and without 'answers'")
        if (self.medium is Medium.SEE) != (self.picture is not None):
            raise ValueError("a 'see' practice names its 'picture', and only a 'see' practice does")
        if (self.medium is Medium.REHEARSE) != (self.rehearsal is not None):
            raise ValueError("a 'rehearse' practice has a 'rehearsal', and only a 'rehearse' practice does")
        return self


class EvidenceMatter(_Closed):
    """One reference behind a family."""

    kind: Annotated[str, StringConstraints(pattern=r"^(meta-analysis|review|trial|experiment|observation|theory)$")]
    says: Sentence
    reference: Sentence
    link: Annotated[str, StringConstraints(pattern=r"^https://")]


class FamilyMatter(_Closed):
    """The whole of ``content/families/ID.yaml``."""

    id: Slug
    title: Line
    about: Sentence
    evidence: Annotated[list[EvidenceMatter], Field(min_length=1, max_length=4)]
