"""The pages, one file a part of the workspace."""

from fastapi import APIRouter

from attunement.web.pages import (
    alert_settings,
    alerts,
    coach_panel,
    conversation,
    front,
    growth,
    journey,
    learning,
    library,
    objective,
    people,
    practice,
    privacy,
    queue,
    reaching,
    reading,
    service,
    steward,
    supporter,
    today,
)

ROUTERS: tuple[APIRouter, ...] = (
    front.router,
    today.router,
    practice.router,
    journey.router,
    reading.router,
    library.router,
    privacy.router,
    reaching.router,
    supporter.router,
    alerts.router,
    alert_settings.router,
    queue.router,
    conversation.router,
    coach_panel.router,
    growth.router,
    steward.router,
    service.router,
    objective.router,
    people.router,
    learning.router,
)
