"""A steward's page: the programme in counts, invitations, staff, and keys for programs."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.errors import AttunementError, ErrorCode, Invalid
from attunement.domain.messages import N_
from attunement.policy.choosing import EXPLORE_LEAST
from attunement.programme.accounts import access_staff
from attunement.programme.alerts.alarms import access_alert_status
from attunement.programme.api_keys import access_api_keys, do_make_api_key, do_revoke_api_key
from attunement.programme.house import House
from attunement.programme.invitations import access_invitations, do_make_invitation, do_revoke_invitation
from attunement.programme.overview import Overview, access_overview
from attunement.programme.reach.report import access_reach_report
from attunement.programme.variety_overview import access_variety_overview
from attunement.web.access import Role
from attunement.web.pages.alert_view import ALARMS
from attunement.web.pages.forms import text_of
from attunement.web.pages.learning import learning_view
from attunement.web.pages.page import Page, page_for
from attunement.web.pages.practice import HINDERED

router = APIRouter(include_in_schema=False)
StewardPage = Annotated[Page, Depends(page_for(Role.STEWARD))]
ROLES = ("member", "supporter", "steward")
HELD_BECAUSE = {
    "stopped": N_("turned off"),
    "quiet-hours": N_("quiet hours"),
    "care": N_("danger read lately, or a person with them or asked for"),
    "waiting": N_("an earlier one still waiting"),
    "too-soon": N_("too soon after the last, or after a visit"),
    "nothing-fits": N_("no practice fitted"),
    "budget-spent": N_("enough for that day"),
    "chance": N_("left to another moment"),
}
WAYS = {"push": N_("notices"), "email": N_("letters"), "webhook": N_("your own application")}
WHY_WORDS = {
    "learned": N_("learned from new outcomes"), "forgot": N_("took someone out who asked for it"),
    "objective": N_("learned all anew, as what counts was changed"),
    "fell-back": N_("went back to an earlier version, which foretold better"),
}  # fmt: skip


@router.get("/steward")
def overview(page: StewardPage) -> Response:
    """The programme at a glance."""
    return _overview(page)


def _overview(page: Page, *, status: int = 200, **shown: Any) -> Response:
    seen = access_overview(page.house)
    return page.render(
        "steward.html", status=status, at="/steward", counts=_counts(page, seen), families=_families(page.house, seen),
        hindrances=_hindrances(page, seen),
        policies=_policies(page, seen), learning=learning_view(page), invitations=access_invitations(page.house),
        staff=access_staff(page.house), keys=access_api_keys(page.house), reaching=_reaching(page),
        variety=access_variety_overview(page.house), alerts=_alert_alarms(page),
        **{"typed": {}, "errors": {}, **shown},
    )  # fmt: skip


def _alert_alarms(page: Page) -> dict[str, Any]:
    stands = access_alert_status(page.house)
    counted = Counter(alarm.kind for alarm in stands.alarms)
    return {
        "stands": stands,
        "alarms": [{"words": page.gettext(ALARMS[kind]), "times": times} for kind, times in counted.items()],
    }


def _reaching(page: Page) -> dict[str, Any]:
    seen = access_reach_report(page.house)
    held = sorted(seen.held.items(), key=lambda pair: -pair[1])
    return {
        "on": seen.on, "sent": seen.sent, "taken": seen.taken,
        "channels": [{"words": page.gettext(WAYS[one.channel]), "row": one} for one in seen.channels],
        "held": [{"words": page.gettext(HELD_BECAUSE[reason]), "times": times} for reason, times in held],
    }  # fmt: skip


def _counts(page: Page, seen: Overview) -> list[dict[str, Any]]:
    _ = page.gettext
    rows = [
        (_(N_("Members")), seen.members),
        (_(N_("of them synthetic")), seen.synthetic),
        (_(N_("Checked in within seven days")), seen.active),
        (_(N_("Check-ins")), seen.check_ins),
        (_(N_("Practices offered")), seen.offers),
        (_(N_("Practices ended, done or stopped")), seen.outcomes),
        (_(N_("People who erased themselves")), seen.erased),
    ]
    return [{"label": label, "value": page.number(value)} for label, value in rows]


def _families(house: House, seen: Overview) -> list[dict[str, Any]]:
    if not seen.offers:
        return []
    practices = house.library.practices
    parts = zip(practices, house.policies.features.breadth.evenly(practices).tolist(), strict=True)
    least = Counter[str]()
    for practice, part in parts:
        least[practice.family] += EXPLORE_LEAST * part
    return [
        {
            "title": f.title, "share": f.share, "floor": least[f.family], "finished": f.finished,
            "rating": f.rating,
        }
        for f in seen.families
    ]  # fmt: skip


def _hindrances(page: Page, seen: Overview) -> list[dict[str, Any]]:
    told = sorted(seen.hindrances.items(), key=lambda pair: -pair[1])
    return [{"words": page.gettext(HINDERED[one]), "times": times} for one, times in told]


def _policies(page: Page, seen: Overview) -> list[dict[str, Any]]:
    told = page.gettext(N_("%(why)s; %(count)s outcomes in it, worth as in “%(reward)s”"))
    return [
        {
            "version": row.version, "when": row.at, "current": place == 0,
            "note": told % {"why": page.gettext(WHY_WORDS[row.why]), "count": page.number(row.outcomes),
                            "reward": row.reward_definition},
        }
        for place, row in enumerate(seen.versions)
    ]  # fmt: skip


@router.post("/steward/invitations")
def invite(page: StewardPage) -> Response:
    """Make an invitation, and show its code this once."""
    role, note = text_of(page.form, "role"), text_of(page.form, "note")
    try:
        if role not in ROLES:
            raise Invalid(ErrorCode.BAD_INPUT, "Choose whom to invite: a member, a supporter or a steward.")
        code = do_make_invitation(page.house, role, label=note)  # type: ignore[arg-type]
    except AttunementError as error:
        return _overview(
            page, status=error.status, typed={"role": role, "note": note}, errors={"note": page.words_of(error)}
        )
    return _overview(page, new_invitation=code)


@router.post("/steward/invitations/{invitation}/revoke")
def revoke_invitation(page: StewardPage, invitation: str) -> Response:
    """Take an invitation back."""
    do_revoke_invitation(page.house, invitation)
    return page.redirect("/steward", said="revoked")


@router.post("/steward/keys")
def make_key(page: StewardPage) -> Response:
    """Make a key for a program, and show it this once."""
    label = text_of(page.form, "key_name")
    try:
        made = do_make_api_key(page.house, label)
    except AttunementError as error:
        return _overview(
            page, status=error.status, typed={"key_name": label}, errors={"key_name": page.words_of(error)}
        )
    return _overview(page, new_key=made.key)


@router.post("/steward/keys/{key}/revoke")
def revoke_key(page: StewardPage, key: str) -> Response:
    """Take a key back; it stops working within seconds."""
    do_revoke_api_key(page.house, key)
    return page.redirect("/steward", said="revoked")
