"""The events that are of no one member; they are sealed under the programme's key."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, Field

from attunement.domain.body_kept import Finite, Unit
from attunement.domain.event import Event

Role = Literal["member", "supporter", "steward", "integrator"]


class MemberErased(Event):
    """A member's key was destroyed; ``counts`` is what went with it. The only trace left is this pseudonymous id."""

    kind: ClassVar[str] = "member-erased"
    of_member: ClassVar[bool] = False
    member: str
    receipt: str
    counts: dict[str, int]


class StaffAccountMade(Event):
    """A supporter or steward can sign in."""

    kind: ClassVar[str] = "staff-account-made"
    of_member: ClassVar[bool] = False
    account: str
    role: Role
    name: str
    handle: str
    secret: str


class StaffPassphraseChanged(Event):
    """A supporter or steward chose another passphrase."""

    kind: ClassVar[str] = "staff-passphrase-changed"
    of_member: ClassVar[bool] = False
    account: str
    secret: str


class AccountClosed(Event):
    """A staff account can no longer sign in."""

    kind: ClassVar[str] = "account-closed"
    of_member: ClassVar[bool] = False
    account: str


class SupporterDescribed(Event):
    """What a supporter speaks, is good at, which team they are of, and how many talks at once are not too many."""

    kind: ClassVar[str] = "supporter-described"
    of_member: ClassVar[bool] = False
    account: str
    languages: list[str]
    skills: list[str] = []
    team: str | None = None
    capacity: Annotated[int, Field(ge=1, le=20)]


class InvitationMade(Event):
    """An invitation; ``code`` is a keyed hash, the code itself is shown once."""

    kind: ClassVar[str] = "invitation-made"
    of_member: ClassVar[bool] = False
    invitation: str
    code: str
    role: Role
    label: str
    uses: Annotated[int, Field(ge=1, le=100_000)]
    expires: AwareDatetime


class InvitationUsed(Event):
    """An invitation was used once; by whom is not kept."""

    kind: ClassVar[str] = "invitation-used"
    of_member: ClassVar[bool] = False
    invitation: str


class InvitationRevoked(Event):
    """An invitation was taken back."""

    kind: ClassVar[str] = "invitation-revoked"
    of_member: ClassVar[bool] = False
    invitation: str


class ApiKeyMade(Event):
    """An integrator's key; ``secret`` is a keyed hash, the key itself is shown once."""

    kind: ClassVar[str] = "api-key-made"
    of_member: ClassVar[bool] = False
    key: str
    secret: str
    label: str


class ApiKeyRevoked(Event):
    """An integrator's key stopped working."""

    kind: ClassVar[str] = "api-key-revoked"
    of_member: ClassVar[bool] = False
    key: str


class ObjectiveChanged(Event):
    """What outcomes are worth from now on, those there are among them; see `attunement.domain.reward`.

    ``account`` is who changed it, None where that was done at the command line; ``why`` is their sentence.
    """

    kind: ClassVar[str] = "objective-changed"
    of_member: ClassVar[bool] = False
    account: str | None
    name: str
    rating: Finite
    finishing: Finite
    affect: Finite
    skill: Finite
    steps: list[Unit]
    why: str


class PolicyPublished(Event):
    """A numbered version of the shared policy: all learnable outcomes up to ``through`` are folded in."""

    kind: ClassVar[str] = "policy-published"
    of_member: ClassVar[bool] = False
    version: int
    through: int
    outcomes: int
    policy: str
    reward_definition: str
    why: Literal["learned", "forgot", "objective", "fell-back"]


class DriftFound(Event):
    """Rewards came to fall short of what was expected, since the outcome at ``since``; ``version`` was served then.

    ``cause`` is ``version`` where an earlier version, ``good``, foretold the same outcomes better: it is served from
    now on, and learning pauses. It is ``world`` where no earlier one did, and ``unknown`` where there was none yet.
    """

    kind: ClassVar[str] = "drift-found"
    of_member: ClassVar[bool] = False
    version: int
    since: AwareDatetime
    cause: Literal["version", "world", "unknown"]
    good: int | None = None


class LearningResumed(Event):
    """A steward let learning go on: the next version folds in all that came meanwhile."""

    kind: ClassVar[str] = "learning-resumed"
    of_member: ClassVar[bool] = False


class PracticesListed(Event):
    """The ids of a library's practices in order; decisions among very many refer to them by ``version``, their hash."""

    kind: ClassVar[str] = "practices-listed"
    of_member: ClassVar[bool] = False
    version: str
    practices: list[str]
