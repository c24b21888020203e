"""``attune alerts``: what is open, whether it reaches people, taking an alert and closing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from attunement.cli.opening import DEFAULT_URL, Url

if TYPE_CHECKING:
    from attunement.programme.alerts.seeing import SeenAlert
    from attunement.programme.house import House

AlertId = Annotated[str, typer.Argument(help="The id of an alert, as 'attune alerts list' shows it.")]
By = Annotated[str, typer.Option("--by", help="In whose name: a supporter or steward, as they sign in.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def add_to(app: typer.Typer) -> None:
    """Add the group ``alerts``."""
    group = typer.Typer(no_args_is_help=True, help="Alerts that somebody may be in danger, and who looks after them.")
    group.command("list", epilog="Example:\n\n  attune alerts list")(list_)
    group.command("status", epilog="Example:\n\n  attune alerts status || page-somebody")(status)
    group.command("take", epilog="Example:\n\n  attune alerts take ALERT --by Sam")(take)
    group.command("close", epilog="Example:\n\n  attune alerts close ALERT --by Sam --done talked")(close)
    app.add_typer(group, name="alerts")


def list_(
    closed: Annotated[bool, typer.Option("--closed", help="Those that are closed, newest first.")] = False,
    as_json: AsJson = False, url: Url = DEFAULT_URL,
) -> None:  # fmt: skip
    """List open alerts, the most urgent first: who, how urgent, how it stands. Nothing that somebody wrote."""
    from attunement.cli.jsonl import as_line
    from attunement.cli.opening import opened
    from attunement.programme.alerts.seeing import access_alerts

    with opened(url) as house:
        found = access_alerts(house, closed=closed)
    if as_json:
        for seen in found:
            typer.echo(as_line(_fields(seen)), nl=False)
        return
    for seen in found:
        alert = seen.alert
        stands = alert.done or (f"with {seen.owner}" if alert.owner else f"taken by nobody, due {alert.due:%H:%M} UTC")
        typer.echo(
            f"{alert.id}  {alert.level}  {seen.name or '(no name)'}  {alert.raised:%Y-%m-%d %H:%M} UTC  {stands}"
        )
    if not found:
        typer.echo("no alert is closed" if closed else "no alert is open")


def status(as_json: AsJson = False, url: Url = DEFAULT_URL) -> None:
    """Say whether alerts reach people; ends with 1 where one does not, so that a watchdog can call somebody."""
    from dataclasses import asdict

    from attunement.cli.jsonl import as_line
    from attunement.cli.opening import opened
    from attunement.programme.alerts.alarms import access_alert_status

    with opened(url) as house:
        stands = access_alert_status(house)
    alarms = [{"alert": one.alert.id, "kind": one.kind, "why": one.why} for one in stands.alarms]
    if as_json:
        typer.echo(as_line({**asdict(stands), "alarms": alarms}), nl=False)
    else:
        ways = ", ".join(stands.ways) or "none beside the page"
        typer.echo(f"{stands.open} open, {stands.waiting} waiting; {stands.there} supporters here; ways: {ways}")
        for one in alarms:
            typer.echo(f"ALARM {one['kind']}: {one['alert']} {one['why']}".rstrip())
    if alarms:
        raise typer.Exit(1)


def take(alert: AlertId, by: By, url: Url = DEFAULT_URL) -> None:
    """Look after an alert in somebody's name."""
    from attunement.cli.opening import opened
    from attunement.programme.alerts.owning import do_take_alert

    with opened(url) as house:
        taken = do_take_alert(house, _account(house, by), alert)
    typer.echo(f"{by} looks after it; say how it stands by {taken.due:%H:%M} UTC")


def close(
    alert: AlertId, by: By,
    done: Annotated[
        str, typer.Option(help="What was done: talked, help-called, handed-over, not-reached or false-alarm.")
    ],
    note: Annotated[str, typer.Option(help="A sentence for colleagues; the member finds it in their export.")] = "",
    url: Url = DEFAULT_URL,
) -> None:  # fmt: skip
    """Close an alert with what was done."""
    from attunement.cli.opening import opened
    from attunement.domain.alert import Done
    from attunement.programme.alerts.owning import do_close_alert

    if done not in set(Done):
        raise typer.BadParameter(f"one of {', '.join(Done)}", param_hint="--done")
    with opened(url) as house:
        do_close_alert(house, _account(house, by), alert, Done(done), note=note)
    typer.echo("closed")


def _account(house: House, name: str) -> str:
    from attunement.domain.errors import ErrorCode, NotFound
    from attunement.programme.accounts import access_staff

    found = next((one.id for one in access_staff(house) if one.name == name), None)
    if found is None:
        raise NotFound(
            ErrorCode.NOT_FOUND,
            "No supporter or steward is called '{name}'. Give the name they sign in with.",
            name=name,
        )
    return found


def _fields(seen: SeenAlert) -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(seen.alert), "name": seen.name, "owner_name": seen.owner, "meant_for_name": seen.meant_for}
