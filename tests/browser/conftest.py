"""A real server, a real Chromium, and a page that fails a test at the first complaint in its console."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PHONE = {"width": 360, "height": 740}
PATIENCE_MS = 40_000  # for a machine with other work; only what fails takes as long
expect.set_options(timeout=PATIENCE_MS)
Visit = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, where there is one; else Playwright's."""
    found = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    return {**browser_type_launch_args, "args": FLAGS, **({"executable_path": found} if found else {})}


@contextmanager
def serving(*arguments: str | Path) -> Iterator[str]:
    """The address of ``attune serve`` in a process of its own."""
    command = [sys.executable, "-m", "attunement.cli", "serve", "--port", "0", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            told = process.stdout.readline().decode()
            yield re.sub(r"(?<=\d)/.*", "", told.split()[-1])
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demonstration, shared by all tests that only look around."""
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    with serving("--demo", "--url", f"sqlite:///{file}") as address:
        yield address


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A programme nobody has set up yet."""
    file = tmp_path_factory.mktemp("empty") / "programme.db"
    with serving("--url", f"sqlite:///{file}") as address:
        yield address


def _visiting(browser: Browser) -> Visit:
    """Opens a page of a browser in a context of its own, a phone's size unless told otherwise.

    What the console complains of, or what asks another host, fails the test.
    """

    @contextmanager
    def visit(address: str, **options: Any) -> Iterator[Page]:
        complaints: list[str] = []

        def heard(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning") and "status of 4" not in message.text:
                complaints.append(message.text)

        def asked(request: Request) -> None:
            if not request.url.startswith((address, "data:", "blob:")):
                complaints.append(request.url)

        context = browser.new_context(base_url=address, **{"viewport": PHONE, **options})
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", asked)
        yield page
        context.close()
        assert complaints == []

    return visit


@pytest.fixture
def visiting(browser: Browser) -> Visit:
    """Opens a page in the browser that all tests share."""
    return _visiting(browser)


@pytest.fixture
def apart(launch_browser: Callable[[], Browser]) -> Iterator[tuple[Visit, Visit]]:
    """Open a page each in two browsers that share nothing, not even a process: as two people have them."""
    with ExitStack() as both:
        browsers = [launch_browser() for _ in range(2)]
        for one in browsers:
            both.callback(one.close)
        yield _visiting(browsers[0]), _visiting(browsers[1])


@pytest.fixture
def picture(output_path: str) -> Callable[[Page, str], None]:
    """Keeps what a page looks like now, as its person sees it, in ``test-results``: numbered, to be looked through."""
    kept = Path(output_path)

    def keep(page: Page, name: str) -> None:
        number = len(list(kept.glob("*.png"))) + 1
        page.screenshot(path=kept / f"{number:02}-{name}.png", animations="disabled")

    return keep


@pytest.fixture(scope="session")
def enter() -> Callable[[Page, str], None]:
    """Looks around the demonstration in a role."""

    def look_around(page: Page, role: str) -> None:
        page.goto("/")
        page.locator(f"button[value={role}]").click()
        page.wait_for_url(re.compile(r"/(today|queue|steward)"))

    return look_around
