"""A steward's page on the objective: how it is defined, what another would change, and only then switching it on."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from attunement.domain.errors import AttunementError, Conflict, ErrorCode, Invalid
from attunement.domain.messages import N_
from attunement.domain.reward import EQUAL_STEPS, RewardDefinition
from attunement.programme.objective_effect import access_objective_effect
from attunement.programme.objectives import (
    Objective,
    access_definition,
    access_objectives,
    do_change_objective,
)
from attunement.web.pages.forms import number_of, text_of
from attunement.web.pages.page import Page
from attunement.web.pages.steward import StewardPage

router = APIRouter(include_in_schema=False)
PARTS = {
    "rating": (N_("The rating"), N_("Did it help? From 1 to 5; not everybody says.")),
    "finishing": (N_("Finishing"), N_("Whether it was done to the end.")),
    "affect": (N_("Feeling brighter"), N_("How the mood changed from before to after, where both were told.")),
    "skill": (
        N_("Skill shown"),
        N_("The share of what a practice looks for that was met, where it looks for anything."),
    ),
}


@router.get("/steward/objective")
def objective(page: StewardPage) -> Response:
    """How it is defined now, and a form to try another."""
    return _objective(page)


@router.post("/steward/objective/effect")
def effect(page: StewardPage) -> Response:
    """What the definition in the form would change; nothing is written."""
    try:
        definition = _definition(page)
    except AttunementError as error:
        return _objective(page, status=error.status, errors={"form": page.words_of(error)})
    return _objective(page, effect=access_objective_effect(page.house, definition))


@router.post("/steward/objective")
def change(page: StewardPage) -> Response:
    """Use the definition from now on; where that is refused, what would change and what was typed is shown again."""
    account = page.caller.account
    try:
        definition = _definition(page)
    except AttunementError as error:
        return _objective(page, status=error.status, errors={"form": page.words_of(error)})
    try:
        do_change_objective(
            page.house, definition, why=text_of(page.form, "why"), account=account.id if account else None
        )
    except (Conflict, Invalid) as error:
        field = "name" if error.code is ErrorCode.NAME_TAKEN else "why"
        return _objective(
            page, status=error.status, errors={field: page.words_of(error)},
            effect=access_objective_effect(page.house, definition),
        )  # fmt: skip
    return page.redirect("/steward/objective", said="objective")


def _definition(page: Page) -> RewardDefinition:
    weights = {part: number_of(page.form, part) for part in PARTS}
    return access_definition(page.house, text_of(page.form, "name"), by_rank=bool(page.form.get("by_rank")), **weights)


def _objective(page: Page, *, status: int = 200, **shown: Any) -> Response:
    now, *earlier = access_objectives(page.house)
    parts = [
        {"name": name, "label": page.gettext(label), "hint": page.gettext(hint)}
        for name, (label, hint) in PARTS.items()
    ]
    return page.render(
        "objective.html", status=status, at="/steward", now=_defined(page, now), parts=parts,
        earlier=[_defined(page, one) for one in earlier],
        **{"typed": _typed(page, now.definition), "errors": {}, "effect": None, **shown},
    )  # fmt: skip


def _typed(page: Page, now: RewardDefinition) -> dict[str, Any]:
    """What is in the form; before anything is, the definition in force."""
    if page.form:
        kept = {name: text_of(page.form, name) for name in (*PARTS, "name", "why")}
        return kept | {"by_rank": bool(page.form.get("by_rank"))}
    total = sum(now.weights.values())
    weights = {part: f"{100 * weight / total:.4g}" for part, weight in now.weights.items()}
    return weights | {"name": "", "why": "", "by_rank": now.steps != EQUAL_STEPS}


def _defined(page: Page, one: Objective) -> dict[str, Any]:
    definition, total = one.definition, sum(one.definition.weights.values())
    return {
        "name": definition.name, "at": one.at, "by": one.by, "why": one.why,
        "parts": [
            {"label": page.gettext(PARTS[part][0]), "share": weight / total}
            for part, weight in definition.weights.items() if weight
        ],
        "steps": None if definition.steps == EQUAL_STEPS else definition.steps,
    }  # fmt: skip
