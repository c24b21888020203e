"""The pages, one file a part of the workspace."""

from fastapi import APIRouter

from attunement.web.pages import (
    front,
    journey,
    learning,
    library,
    practice,
    privacy,
    reading,
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
    supporter.router,
    steward.router,
    learning.router,
)
