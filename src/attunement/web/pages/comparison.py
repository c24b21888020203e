"""How simpler ways of choosing would have done on the same offers, worked out when a steward asks for it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.messages import N_
from attunement.policy.off_policy import LEAST_ESS, LEAST_PEOPLE, Estimate
from attunement.programme.policy_comparison import PolicyComparison, Verdict, access_policy_comparison
from attunement.web.access import Role
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
StewardPage = Annotated[Page, Depends(page_for(Role.STEWARD))]
LOOKED_AT = 300
POLICIES = {
    "partial-pooling": N_("The same, learned anew"),
    "lin-ucb": N_("Most promising (LinUCB)"),
    "epsilon-greedy": N_("Best so far (epsilon-greedy)"),
    "popularity": N_("Liked by most (popularity)"),
    "uniform": N_("By chance (uniform)"),
}
VERDICTS = {
    Verdict.BETTER: N_("better"),
    Verdict.WORSE: N_("worse"),
    Verdict.INSUFFICIENT: N_("cannot be told yet"),
}


@router.get("/steward/comparison")
def comparison(page: StewardPage, work_out: bool = False) -> Response:
    """What it is, and the table where it was asked for: it takes some seconds."""
    found = access_policy_comparison(page.house, newest=LOOKED_AT) if work_out else None
    return page.render(
        "comparison.html", at="/steward", looked_at=LOOKED_AT, found=found, rows=_rows(page, found) if found else [],
        least=round(LEAST_ESS), people=LEAST_PEOPLE,
    )  # fmt: skip


def _rows(page: Page, found: PolicyComparison) -> list[dict[str, Any]]:
    """As served first, then the others; estimates in words of numbers, none where there is too little."""
    served = {
        "name": page.gettext(N_("As served")), "worth": _told(page, found.value), "gain": "",
        "ended": _told(page, found.share_ended), "verdict": "",
    }  # fmt: skip
    return [served] + [
        {
            "name": page.gettext(POLICIES.get(one.policy, one.policy)), "worth": _told(page, one.value),
            "gain": _told(page, one.gain), "ended": _told(page, one.share_ended),
            "verdict": page.gettext(VERDICTS[one.verdict]),
        }
        for one in found.policies
    ]  # fmt: skip


def _told(page: Page, estimate: Estimate) -> dict[str, str] | None:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return None
    value, low, high = (page.number(round(x, 2) + 0.0) for x in (estimate.value, estimate.low, estimate.high))
    return {"value": value, "low": low, "high": high}
