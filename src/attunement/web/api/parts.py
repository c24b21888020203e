"""What most endpoints need: the house, and whom a request is about."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request

from attunement.programme.house import House
from attunement.web.access import Allow, AllowMember, Caller, Role


async def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


TheHouse = Annotated[House, Depends(_house)]
MemberId = Annotated[str, Depends(AllowMember(Role.MEMBER, Role.INTEGRATOR))]
ErasableId = Annotated[str, Depends(AllowMember(Role.MEMBER, Role.INTEGRATOR, erased_too=True))]
Integrator = Annotated[Caller, Depends(Allow(Role.INTEGRATOR))]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
