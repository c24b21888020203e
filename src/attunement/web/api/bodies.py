"""What programs send. Unknown fields are refused; numbers are numbers, not texts that look like them."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, RootModel, model_validator

from attunement.domain.affect import Affect
from attunement.domain.hindrance import Hindrance
from attunement.domain.need import Need
from attunement.library.countries import countries
from attunement.programme.members import LONGEST_NAME
from attunement.programme.reach.settings import MOST_A_DAY
from attunement.programme.text import LONGEST

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})")


def _only_rfc3339(value: object) -> object:
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        return value
    raise ValueError("should be an instant as RFC 3339 has it, such as 2026-05-01T18:30:00+02:00")


def _only_number(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value  # 3.0 is whole to JSON
    raise ValueError("should be a whole number")


Instant = Annotated[AwareDatetime, BeforeValidator(_only_rfc3339)]
Signed = Annotated[float, Field(strict=True, ge=-1, le=1, allow_inf_nan=False)]
Unit = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Text = Annotated[str, Field(max_length=LONGEST)]
Position = Annotated[int, Field(ge=0, le=99), BeforeValidator(_only_number)]
Rating = Annotated[int, Field(ge=1, le=5), BeforeValidator(_only_number)]
Clock = Annotated[
    str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="By the clock where they are.", examples=["21:00"])
]
PracticeId = Annotated[str, Field(max_length=60, examples=["name-three-feelings"])]
Language = Annotated[
    str, Field(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=35, examples=["en", "pt-BR"])
]
Country = Annotated[
    str,
    Field(
        pattern=r"^[A-Z]{2}$",
        description="ISO 3166-1 alpha-2, or XK.",
        examples=["IE"],
        json_schema_extra={"enum": sorted(countries())},
    ),
]
TimeZone = Annotated[
    str,
    Field(
        max_length=64,
        description="A name of the IANA time zone database.",
        examples=["Europe/Dublin"],
        json_schema_extra={"format": "iana-time-zone"},
    ),
]
CellText = Annotated[
    str,
    Field(
        pattern=r"^[a-z_]+:[a-z_]+$",
        description="purpose:category, of those the programme asks for.",
        examples=["personalise:text"],
        json_schema_extra={"format": "consent-cell"},
    ),
]


EmotionName = Annotated[
    str,
    Field(
        pattern=r"^[a-z]+$", max_length=20, description="One of the 28 labels of GoEmotions.", examples=["sadness"],
        json_schema_extra={"format": "emotion-label"},
    ),
]  # fmt: skip


class Body(BaseModel):
    """What all bodies have in common."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NewCorrection(Body):
    """What a member says of a reading: what they felt, and what they wanted where that was read wrongly."""

    emotions: Annotated[list[EmotionName], Field(max_length=28)]
    need: Need | None = None


class AffectBody(Body):
    """How somebody feels on two axes."""

    valence: Signed = Field(description="From -1 (unpleasant) to 1 (pleasant).", examples=[-0.4])
    arousal: Signed = Field(description="From -1 (still) to 1 (stirred up).", examples=[0.6])

    def value(self) -> Affect:
        """The same for the engine."""
        return Affect(self.valence, self.arousal)


class NewMember(Body):
    """Enrols a member. Nothing is allowed yet: send their consents next."""

    name: str = Field("", max_length=LONGEST_NAME, description="What they like to be called; sealed under their key.")
    language: Language = "en"
    country: Country | None = None
    time_zone: TimeZone = "UTC"
    synthetic: bool = Field(False, strict=True, description="True for made-up people of tests and demonstrations.")


class MemberChange(Body):
    """Changes what is sent and leaves the rest."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})
    language: Language | None = None
    country: Country | None = None
    time_zone: TimeZone | None = None
    breadth: Unit | None = Field(None, description="How wide offers may range: 0 close to what helped, 1 widest.")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("send at least one field to change")
        return self


class ConsentBody(Body):
    """All that is allowed from now on; what is not in it is withdrawn."""

    cells: list[CellText] = Field(max_length=50, examples=[["personalise:self_report", "personalise:text"]])


def _says_something(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [
        {"required": ["affect"], "properties": {"affect": {"type": "object"}}},
        {"required": ["needs"], "properties": {"needs": {"minItems": 1}}},
        {"required": ["text"], "properties": {"text": {"pattern": r"[^\s\u0000-\u001f\u007f]"}}},
    ]


class NewCheckIn(Body):
    """How a member is: at least one of affect, needs and text."""

    model_config = ConfigDict(json_schema_extra=_says_something)
    affect: AffectBody | None = None
    needs: list[Need] = Field([], max_length=5, description="What they want from the next minutes.")
    text: Text = Field("", description="What they wrote; read only under their consent.", examples=["Long day again."])
    at: Instant | None = Field(None, description="When it was; now by default. Not in the future.")


class NewDecision(Body):
    """Asks for an offer."""

    exclude: list[PracticeId] = Field([], max_length=50, description="Practices not to be offered just now.")


class NewAnswer(Body):
    """What the member did with an offer, short of an outcome."""

    answer: Literal["started", "not-now", "something-different", "less-like-this"]
    practice: PracticeId | None = Field(None, description="Which of those shown; the offered one by default.")


class TurnChoice(Body):
    """What was chosen in one turn of a rehearsal, both counted from 0."""

    turn: Position
    choice: Position


class NewOutcome(Body):
    """What came of a decision; it can be sent once, within fourteen days."""

    practice: PracticeId | None = Field(None, description="Which of those shown was done; the offered one by default.")
    finished: bool = Field(
        True, strict=True, description="False where they stopped early, which is as welcome to know."
    )
    rating: Rating | None = Field(None, description="Did it help? 1 to 5.")
    affect_after: AffectBody | None = None
    text: Text = Field("", description="What they wrote for the practice.")
    ticked: list[Position] = Field([], max_length=20, description="Positions in the practice's `look_for`, from 0.")
    chosen: list[TurnChoice] = Field([], max_length=20, description="The choices of a rehearsal.")
    hindrances: list[Hindrance] = Field([], max_length=5, description="What got in the way; the like rests a while.")


class NewRating(Body):
    """A finished practice rated anew."""

    rating: Rating = Field(description="Did it help? 1 to 5.")


def _changes_something(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [
        {"required": [part], "properties": {part: {"not": {"type": "null"}}}}
        for part in ("rating", "finished", "affect_after")
    ]


class OutcomeChange(Body):
    """Says anew what came of a decision: what is sent is changed, the rest stays."""

    model_config = ConfigDict(json_schema_extra=_changes_something)
    rating: Rating | None = Field(None, description="Did it help? 1 to 5.")
    finished: bool | None = Field(None, strict=True)
    affect_after: AffectBody | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.rating is None and self.finished is None and self.affect_after is None:
            raise ValueError("send at least one field to change")
        return self


def _weighs_something(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [
        {"required": [part], "properties": {part: {"exclusiveMinimum": 0}}}
        for part in ("rating", "finishing", "affect", "skill")
    ]


Weight = Annotated[float, Field(strict=True, ge=0, le=100, allow_inf_nan=False)]
SAYS_SOMETHING = r"[^\s\u0000-\u001f\u007f]"


class NewObjective(Body):
    """What an outcome would be worth: a weighted mean of what is known of it; at least one weight is above 0."""

    model_config = ConfigDict(json_schema_extra=_weighs_something)
    name: Annotated[str, Field(pattern=SAYS_SOMETHING, max_length=40, examples=["mostly ratings"])]
    rating: Weight = Field(0.0, description="Of the rating, 1 to 5.", examples=[6])
    finishing: Weight = Field(0.0, description="Of whether it was finished.")
    affect: Weight = Field(0.0, description="Of the change of mood, from low to bright.")
    skill: Weight = Field(0.0, description="Of the share of things met that the practice looks for.")
    by_rank: bool = Field(False, strict=True, description="Count ratings by their rank among all given until now.")


class ChangedObjective(NewObjective):
    """Switches it on."""

    why: Annotated[
        str, Field(pattern=SAYS_SOMETHING, max_length=300, description="A sentence for those who come after.")
    ]


class ReachBody(Body):
    """Whether, how and when to be reached; quiet hours run over midnight where they end before they begin."""

    on: bool
    channels: list[Literal["push", "email", "webhook"]] = Field(default=[], max_length=3)
    quiet_from: Clock = "21:00"
    quiet_until: Clock = "09:00"
    a_day: Annotated[int, Field(ge=1, le=MOST_A_DAY), BeforeValidator(_only_number)] = 1


class MailAddressBody(Body):
    """A mail address; a letter asks to confirm it."""

    channel: Literal["email"]
    address: Annotated[str, Field(max_length=254, json_schema_extra={"format": "mail-address"})]


class BrowserAddressBody(Body):
    """What a browser's push manager gave, as JSON with endpoint and keys."""

    channel: Literal["push"]
    address: Annotated[str, Field(max_length=2000, json_schema_extra={"format": "push-subscription"})]


class AddressBody(RootModel[MailAddressBody | BrowserAddressBody]):
    """Where a member can be reached."""

    root: Annotated[MailAddressBody | BrowserAddressBody, Field(discriminator="channel")]


class ReachAnswerBody(Body):
    """What they did with an offer that reached them."""

    answer: Literal["opened", "not-now"]
