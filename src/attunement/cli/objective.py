"""``attune objective``: what outcomes are worth, what another definition would change, and switching it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from attunement.cli.opening import DEFAULT_URL, Url

if TYPE_CHECKING:
    from attunement.domain.reward import RewardDefinition
    from attunement.policy.off_policy import Estimate
    from attunement.programme.objective_effect import ObjectiveEffect

Name = Annotated[str, typer.Argument(help="A short plain name, such as 'mostly ratings'.")]
Weight = Annotated[float, typer.Option(min=0, max=100, help="How much it counts, beside the others.")]
ByRank = Annotated[bool, typer.Option("--by-rank", help="Count a rating by its rank among all given, not in steps.")]


def add_to(app: typer.Typer) -> None:
    """Add the group ``objective``."""
    group = typer.Typer(no_args_is_help=True, help="What outcomes are worth: see it, try another, switch it on.")
    group.command("show", epilog="Example:\n\n  attune objective show")(show)
    group.command("try", epilog="Example:\n\n  attune objective try 'mostly ratings' --rating 8 --finishing 2")(try_)
    group.command(
        "set", epilog="Example:\n\n  attune objective set 'mostly ratings' --rating 8 --finishing 2 --why 'As agreed.'"
    )(set_)  # fmt: skip
    app.add_typer(group, name="objective")


def show(url: Url = DEFAULT_URL) -> None:
    """Show what outcomes are worth, and what they were worth before, newest first."""
    from attunement.cli.opening import opened
    from attunement.programme.objectives import access_objectives

    with opened(url) as house:
        for objective in access_objectives(house):
            when = f"{objective.at:%Y-%m-%d %H:%M}" if objective.at else "from the start"
            typer.echo(f"{objective.definition.name} ({when}): {_words(objective.definition)}")
            if objective.why:
                typer.echo(f"  {objective.by or 'at the command line'}: {objective.why}")


def try_(
    name: Name, rating: Weight = 0, finishing: Weight = 0, affect: Weight = 0, skill: Weight = 0,
    by_rank: ByRank = False, url: Url = DEFAULT_URL,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:  # fmt: skip
    """Simulate what another definition would change. Nothing is written."""
    from dataclasses import asdict

    from attunement.cli.jsonl import as_line
    from attunement.cli.opening import opened
    from attunement.programme.objective_effect import access_objective_effect
    from attunement.programme.objectives import access_definition

    with opened(url) as house:
        definition = access_definition(
            house, name, rating=rating, finishing=finishing, affect=affect, skill=skill, by_rank=by_rank
        )
        effect = access_objective_effect(house, definition)
    if as_json:
        typer.echo(as_line(asdict(effect)), nl=False)
    else:
        _print(effect)


def set_(
    name: Name, why: Annotated[str, typer.Option(help="Why, in a sentence.")], rating: Weight = 0,
    finishing: Weight = 0, affect: Weight = 0, skill: Weight = 0, by_rank: ByRank = False, url: Url = DEFAULT_URL,
    yes: Annotated[bool, typer.Option("--yes", help="Do not show what would change, and do not ask.")] = False,
) -> None:  # fmt: skip
    """Show what would change, ask, and switch a definition on: all outcomes are learned anew by it."""
    from attunement.cli.opening import opened
    from attunement.programme.objective_effect import access_objective_effect
    from attunement.programme.objectives import access_definition, do_change_objective

    with opened(url) as house:
        definition = access_definition(
            house, name, rating=rating, finishing=finishing, affect=affect, skill=skill, by_rank=by_rank
        )
        if not yes:
            _print(access_objective_effect(house, definition))
            typer.confirm("Use it from now on?", abort=True)
        version = do_change_objective(house, definition, why=why)
    typer.echo(f"in use; version {version} of the policy has learned by it")


def _words(definition: RewardDefinition) -> str:
    from attunement.domain.reward import EQUAL_STEPS

    total = sum(definition.weights.values())
    parts = ", ".join(f"{part} {weight / total:.0%}" for part, weight in definition.weights.items() if weight)
    steps = ", ".join(f"{step:.2f}" for step in definition.steps)
    return parts if definition.steps == EQUAL_STEPS else f"{parts}; ratings 1 to 5 count {steps}"


def _print(effect: ObjectiveEffect) -> None:
    from rich.console import Console
    from rich.table import Table

    def pair(values: tuple[float, float] | None, form: str) -> str:
        return "too few to say" if values is None else " -> ".join(format(value, form) for value in values)

    table = Table("family", "worth", "place", "share of offers", title=f"{effect.before.name} -> {effect.after.name}")
    for f in effect.families:
        table.add_row(f.title, pair(f.mean, ".2f"), pair(f.rank, "d"), pair(f.share, ".0%"))
    console = Console()
    console.print(table)
    console.print(f"Families, if shares were even: {pair(effect.variety, '.1f')}")
    console.print(f"Mean rating: {_told(effect.rating)}")
    console.print(f"Offers taken and finished: {_told(effect.finished)}")
    console.print(
        f"It rests on {effect.outcomes} outcomes of {effect.people} people ({effect.silent} tell nothing of what would "
        f"count) and on {effect.decisions} offers to {effect.deciders} people, all of whom allow learning. Of each "
        "offer only the practices shown are on record: all others are left out, and so is the wish for breadth. What "
        "is worth how much cannot be compared between two definitions, places can."
    )


def _told(pair: tuple[Estimate, Estimate]) -> str:
    def one(e: Estimate) -> str:
        return "not enough to tell" if e.value is None else f"{e.value:.2f} ({e.low:.2f} to {e.high:.2f})"

    return f"{one(pair[0])} -> {one(pair[1])}, from {pair[0].n} offers"
