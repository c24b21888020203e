"""The application: one house behind its doors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI

from attunement import __version__
from attunement.programme.alerts.clock import AlertClock
from attunement.programme.conversations.answering import Answerer
from attunement.programme.conversations.tending import Tender
from attunement.programme.house import House
from attunement.programme.learner import Learner
from attunement.programme.reach.reacher import Reacher
from attunement.programme.recurring import Recurring
from attunement.programme.tidying import Tidier
from attunement.programme.warming import WarmUp
from attunement.web import i18n
from attunement.web.access import Keyring
from attunement.web.api import (
    alerts,
    conversations,
    growth,
    member_talks,
    members,
    moments,
    objective,
    programme,
    reaching,
    reading,
    signals,
    support,
    talk,
)
from attunement.web.api.description import describe
from attunement.web.assets import Assets
from attunement.web.live import streams
from attunement.web.live.watch import Watch
from attunement.web.middleware import BodyLimit, SecureResponses
from attunement.web.pages import ROUTERS
from attunement.web.pages.errors import error_page
from attunement.web.problems import install_problems, on_crash
from attunement.web.settings import Settings

APIS = (
    members, moments, signals, reaching, programme, objective, reading, talk, conversations, member_talks, support,
    growth, alerts, streams,
)  # fmt: skip


class Application(FastAPI):
    """FastAPI with our own description of itself."""

    def openapi(self) -> dict[str, Any]:
        """What ``/api/openapi.json`` answers; made once."""
        if self.openapi_schema is None:
            self.openapi_schema = describe(self.routes)
        return self.openapi_schema


def create_app(house: House, *, settings: Settings | None = None) -> FastAPI:
    """The application for one house; the caller opens the house and closes it.

    While it runs it holds the database as its server (`Store.hold_as_server`) and, where ``settings.learn`` says so,
    runs the learner, the reacher, the companion, the tender of talks, the clock of alerts and the tidier of the
    database, and opens all models.
    """
    settings = settings or Settings.from_environment()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = settings.threads
        house.store.hold_as_server()
        at_work: tuple[Recurring | WarmUp, ...] = ()
        if settings.learn:
            at_work = (
                WarmUp(house), Learner(house), Reacher(house, i18n.translate), Answerer(house), Tender(house),
                AlertClock(house, i18n.translate), Tidier(house),
            )  # fmt: skip
        for one in at_work:
            one.start()
        watching = asyncio.create_task(Watch(house).run())
        yield
        watching.cancel()
        for one in at_work:
            one.stop()

    app = Application(
        title="Attunement", version=__version__, lifespan=lifespan, openapi_url="/api/openapi.json", docs_url=None,
        redoc_url=None, redirect_slashes=False,
    )  # fmt: skip
    app.state.house, app.state.settings, app.state.keyring = house, settings, Keyring(house)
    install_problems(app, page=error_page)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecureResponses, crashed=on_crash)
    app.mount("/static", Assets(), name="static")
    for router in (*(api.router for api in APIS), *ROUTERS):
        app.router.routes.extend(router.routes)  # as they are: `include_router` would make each anew, in half a second
    return app
