"""The pages, one file a part of the workspace."""

from fastapi import APIRouter

from attunement.web.pages import (
    alert_settings,
    alerts,
    front,
    journey,
    learning,
    library,
    objective,
    people,
    practice,
    privacy,
    reaching,
    reading,
    steward,
    supporter,
    talk,
    talk_memory,
    talk_settings,
    today,
)

ROUTERS: tuple[APIRouter, ...] = (
    front.router,
    today.router,
    talk_settings.router,
    talk_memory.router,
    talk.router,
    practice.router,
    journey.router,
    reading.router,
    library.router,
    privacy.router,
    reaching.router,
    supporter.router,
    alerts.router,
    alert_settings.router,
    steward.router,
    objective.router,
    people.router,
    learning.router,
)
