"""``attune reach``: how reaching out goes, and why one member would or would not be reached now."""

from __future__ import annotations

import typer

from attunement.cli.member import MemberId
from attunement.cli.opening import DEFAULT_URL, Url


def add_to(app: typer.Typer) -> None:
    """Add the group ``reach``."""
    group = typer.Typer(no_args_is_help=True, help="Reaching out to members who want it, at a good moment.")
    group.command("status", epilog="Example:\n\n  attune reach status --url sqlite:///data/attunement.db")(status)
    group.command("why", epilog="Example:\n\n  attune reach why MEMBER")(why)
    app.add_typer(group, name="reach")


def status(url: Url = DEFAULT_URL) -> None:
    """Show a week in counts: how often members were reached, why at other moments not, and how each channel does."""
    from rich.console import Console
    from rich.table import Table

    from attunement.cli.opening import opened
    from attunement.programme.reach.report import access_reach_report

    with opened(url) as house:
        report = access_reach_report(house)
    console = Console()
    console.print(
        f"{report.on} members want to be reached; in seven days {report.sent} offers, {report.taken} taken up"
    )
    table = Table("held back because", "times")
    for reason, times in sorted(report.held.items(), key=lambda pair: -pair[1]):
        table.add_row(reason, str(times))
    console.print(table if report.held else "Nothing was held back.")
    channels = Table("channel", "delivered", "too late", "waiting", "trouble")
    for one in report.channels:
        channels.add_row(one.channel, str(one.delivered), str(one.too_late), str(one.waiting), one.trouble or "")
    console.print(channels if report.channels else "Only the members' own page is set up; see docs/stewards.md.")


def why(member: MemberId, url: Url = DEFAULT_URL) -> None:
    """Say whether a member could be reached now, and if not, why. Nothing is sent, and nothing is written down."""
    from attunement.cli.opening import opened
    from attunement.policy.timing import Held
    from attunement.programme.decisions import access_fits
    from attunement.programme.members import access_member
    from attunement.programme.reach.settings import access_reach_settings
    from attunement.programme.reach.weighing import access_held

    with opened(url) as house, house.store.read() as connection:
        profile = access_member(connection, member)
        held = access_held(house, connection, profile, access_reach_settings(connection, member))
        if held is None and not access_fits(house, connection, member):
            held = Held.NOTHING_FITS
    typer.echo("could be reached" if held is None else f"held back: {held}")
