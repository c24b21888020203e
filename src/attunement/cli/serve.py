"""``attune serve``: the workspace and the API, in one process."""

from __future__ import annotations

import ipaddress
import socket
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from attunement.cli.opening import DEFAULT_URL, Models
from attunement.domain.errors import AttunementError, ErrorCode, Refused

if TYPE_CHECKING:
    from attunement.programme.house import House

DEMO_URL = "sqlite:///data/demo.db"
PORTS_TRIED = 20
SWITCH_S = 0.0005  # a request that comes back from its model need not wait 5 ms for another thread to let go
EXAMPLES = """
Examples:

  attune serve --demo

  attune serve --url postgresql://attunement@db/attunement --host 0.0.0.0 --port 80
"""


def add_to(app: typer.Typer) -> None:
    """Add ``serve``."""
    app.command("serve", epilog=EXAMPLES)(serve)


def serve(
    demo: Annotated[bool, typer.Option("--demo", help="A programme of made-up people.")] = False,
    url: Annotated[str | None, typer.Option(envvar="ATTUNEMENT_URL", help=f"By default {DEFAULT_URL}.")] = None,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port, or the next free one; 0 for any.")] = 8000,
    browse: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")] = False,
    models: Models = None,
) -> None:  # fmt: skip
    """Serve the workspace and the API, and print the one address to open.

    An empty programme starts at /set-up, where the first steward makes their account. With --demo it starts with
    made-up people in a database of its own, and anyone on this machine can look around in any role.
    """
    if demo and not _is_loopback(host):
        raise Refused(
            ErrorCode.NOT_ALLOWED,
            "A demonstration lets anyone in, so it listens on this machine only and not at {host}. "
            "Leave --host out, or leave --demo out.",
            host=host,
        )
    listening = listen(host, port)
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    from attunement.programme.house import open_house

    house = open_house(_database(url, demo=demo), models=models, demo=demo)
    try:
        threadpool_limits(limits=1, user_api="blas")  # a decision's sums are small: many threads wait for one another
        house.store.hold_as_server()
        if demo:
            _seed(house)
        _run(house, listening, host, browse=browse)
    finally:
        house.close()
        listening.close()


def _database(url: str | None, *, demo: bool) -> str:
    if demo:
        return url or DEMO_URL
    return url or DEFAULT_URL


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """A socket on the first free port from ``port`` on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    tried = range(port, min(port + PORTS_TRIED, 65536)) if port else (0,)
    for number in tried:
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, or asyncio leaves Nagle on
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, number))
            listening.listen(512)  # so that another server beside this one sees at once that it is taken
        except OSError as error:
            listening.close()
            failure = error
            continue
        return listening
    raise AttunementError(
        ErrorCode.BAD_INPUT,
        "No port from {first} to {last} can be used at {host} ({reason}). Choose another with --port or --host.",
        first=tried[0], last=tried[-1], host=host, reason=failure.strerror or failure,
    )  # fmt: skip


def _seed(house: House) -> None:
    from rich.console import Console

    from attunement.programme.demo import do_seed_demo, is_seeded

    if not is_seeded(house):
        with Console(stderr=True).status("Making up three weeks of a programme") as status:
            do_seed_demo(house, told=status.update)


def _run(house: House, listening: socket.socket, host: str, *, browse: bool) -> None:
    import uvicorn

    from attunement.programme.accounts import access_is_set_up
    from attunement.web.app import create_app
    from attunement.web.settings import Settings

    sys.setswitchinterval(SWITCH_S)
    app = create_app(house, settings=Settings.from_environment())
    address = _address(host, listening, path="/" if access_is_set_up(house) else "/set-up")
    config = uvicorn.Config(app, log_level="warning", access_log=False, http="httptools", timeout_graceful_shutdown=5)

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            typer.echo(f"Attunement is at {address}")  # said once it answers, and once Ctrl-C is heard for certain
            if browse:
                typer.launch(address)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            house.bell.close()  # live streams never end by themselves; those who follow come again at once
            await super().shutdown(sockets)

    Server(config).run(sockets=[listening])


def _address(host: str, listening: socket.socket, *, path: str) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listening.getsockname()[1]}{path}"
