"""The typed events of the log. Unknown fields are refused; an event, once written, never changes.

Events of a member are sealed under that member's key; the others under the programme's key.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from attunement.domain.alert_events import (
    AlertClosed,
    AlertEscalated,
    AlertPassedOn,
    AlertRaised,
    AlertRose,
    AlertsArranged,
    AlertTaken,
    AlertTold,
    StaffAddressChosen,
    StaffBrowserDropped,
    StaffBrowserGiven,
)
from attunement.domain.body_kept import BodyWindowKept, Finite, RestKept, Signed, Unit
from attunement.domain.coach_events import CoachChancesSet, CoachUsed
from attunement.domain.consent import Category, Purpose
from attunement.domain.conversation_events import (
    CoachDrawn,
    ConversationClaimed,
    ConversationClosed,
    ConversationGivenBack,
    ConversationOpened,
    ConversationTransferred,
    HumanAsked,
    LineRemembered,
    NoteWritten,
    RememberedChanged,
    RememberedForgotten,
    SecondPersonAsked,
    SecondPersonCame,
    SecondPersonLeft,
    StillWaiting,
    TalkChosen,
    TalkReadAgain,
    TurnRated,
    TurnWritten,
)
from attunement.domain.event import Event
from attunement.domain.need import Need
from attunement.domain.offer_events import DecisionAnswered, DecisionMade, OutcomeCorrected, OutcomeRecorded
from attunement.domain.programme_events import (
    AccountClosed,
    ApiKeyMade,
    ApiKeyRevoked,
    DriftFound,
    InvitationMade,
    InvitationRevoked,
    InvitationUsed,
    LearningResumed,
    MemberErased,
    ObjectiveChanged,
    PolicyPublished,
    PracticesListed,
    StaffAccountMade,
    StaffPassphraseChanged,
    SupporterDescribed,
)
from attunement.domain.reach_events import (
    AddressConfirmed,
    AddressDropped,
    AddressGiven,
    DeliveryEnded,
    LetterQueued,
    ReachAnswered,
    ReachChosen,
    ReachWeighed,
)


class MemberEnrolled(Event):
    """A member joined. ``synthetic`` marks made-up people of demonstrations and replays.

    ``keeper`` is the API key through which an integrator enrolled them, or None where they joined themselves.
    """

    kind: ClassVar[str] = "member-enrolled"
    name: str = ""
    language: str = "en"
    country: str | None = None
    time_zone: str = "UTC"
    synthetic: bool = False
    keeper: str | None = None


class ConsentChanged(Event):
    """A member allowed or stopped one use of one category.

    Each is chained to the member's one before: ``hash`` covers the fields and ``previous``.
    """

    kind: ClassVar[str] = "consent-changed"
    purpose: Purpose
    category: Category
    granted: bool
    wording: int
    expires: AwareDatetime | None = None
    previous: str
    hash: str


class StateKept(BaseModel):
    """The state as an event keeps it; see `attunement.domain.state.State`. ``sensed`` tells that the body counted."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    valence: Signed
    valence_sd: Finite
    arousal: Signed
    arousal_sd: Finite
    sensed: Signed | None = None
    needs: dict[Need, Unit] = {}
    feelings: dict[str, Unit] = {}
    risk: str = "none"
    said: list[str] = []


class ReadingKept(BaseModel):
    """What was read from a text, as an event keeps it; see `attunement.domain.reading.Reading`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    emotions: dict[str, Unit]
    labels: list[str]
    valence: Finite
    arousal: Finite
    dominance: Finite
    stress: Unit
    needs: dict[Need, Unit]
    risk: str
    risk_p: Unit
    language: str
    model: str


class CheckedIn(Event):
    """A member said how they are. ``state`` is what the engine made of it, under the consent of that moment.

    ``reading`` and ``near`` (practices that speak of the same, 0 to 1) are there only where the text was allowed to
    be read for personalising.
    """

    kind: ClassVar[str] = "checked-in"
    moment: str
    valence: Signed | None = None
    arousal: Signed | None = None
    needs: list[Need] = []
    text: str = ""
    reading: ReadingKept | None = None
    near: dict[str, Unit] = {}
    state: StateKept


class ReadingCorrected(Event):
    """A member said what a reading of their words got wrong; the reading itself stays as it was read.

    ``emotions`` (GoEmotions labels, maybe none) are what holds instead, and so is ``need``; None leaves it as read.
    ``learnable`` is whether readers may learn from it (purpose ``learn``, category ``text``).
    """

    kind: ClassVar[str] = "reading-corrected"
    moment: str
    emotions: list[str]
    need: Need | None = None
    learnable: bool


class BodyRead(Event):
    """Signals of a member's body were read, window by window, oldest first.

    The signals themselves are not kept: only what was read from them, and how the member is at rest as far as it is
    known afterwards, which the next windows are compared with. No window begins before the one before it ends.
    """

    kind: ClassVar[str] = "body-read"
    windows: Annotated[list[BodyWindowKept], Field(min_length=1)]
    rest: RestKept


class PreferenceSet(Event):
    """A member set how wide the offers may range: 0 close to what helped, 1 as wide as can be."""

    kind: ClassVar[str] = "preference-set"
    breadth: Unit


class ProfileChanged(Event):
    """A member changed language, country or time zone; None leaves one as it was, an empty country takes it back."""

    kind: ClassVar[str] = "profile-changed"
    language: str | None = None
    country: str | None = None
    time_zone: str | None = None


class MemberAccountMade(Event):
    """A member can sign in. ``handle`` is a keyed hash of their name, ``secret`` an Argon2id hash."""

    kind: ClassVar[str] = "member-account-made"
    account: str
    handle: str
    secret: str
    invitation: str


class PassphraseChanged(Event):
    """A member chose another passphrase."""

    kind: ClassVar[str] = "passphrase-changed"
    account: str
    secret: str


KINDS: dict[str, type[Event]] = {
    cls.kind: cls
    for cls in (
        MemberEnrolled, ConsentChanged, CheckedIn, ReadingCorrected, BodyRead, DecisionMade, DecisionAnswered,
        OutcomeRecorded, OutcomeCorrected, PreferenceSet, ReachChosen, AddressGiven, AddressConfirmed, AddressDropped,
        ReachWeighed, ReachAnswered, LetterQueued, DeliveryEnded, ProfileChanged, MemberAccountMade, PassphraseChanged,
        ConversationOpened, TurnWritten, HumanAsked, ConversationClaimed, ConversationTransferred,
        ConversationGivenBack, ConversationClosed, StillWaiting, NoteWritten, TurnRated, TalkChosen, LineRemembered,
        RememberedChanged, RememberedForgotten,
        SecondPersonAsked, SecondPersonCame, SecondPersonLeft, TalkReadAgain, CoachDrawn,
        AlertRaised, AlertRose, AlertTold, AlertTaken, AlertPassedOn, AlertEscalated, AlertClosed, StaffAddressChosen,
        StaffBrowserGiven, StaffBrowserDropped, AlertsArranged,
        MemberErased, StaffAccountMade, StaffPassphraseChanged, AccountClosed, InvitationMade, InvitationUsed,
        InvitationRevoked, ApiKeyMade, ApiKeyRevoked, ObjectiveChanged, PolicyPublished,
        DriftFound, LearningResumed, SupporterDescribed, PracticesListed,
        CoachUsed, CoachChancesSet,
    )
}  # fmt: skip
