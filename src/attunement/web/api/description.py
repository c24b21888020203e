"""The OpenAPI description: who may use what, and one schema for every error."""

from __future__ import annotations

from typing import Any

from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute

from attunement import __version__
from attunement.web.access import Allow, AllowInTalk, AllowMember, Role
from attunement.web.problems import Problem
from attunement.web.security import SESSION_COOKIE

ABOUT = """Personalised empathy practice, with people in charge of it. Attunement is not a medical device.

Integrators send `Authorization: Bearer att_...`; members are signed in by a session cookie. Errors are RFC 9457
problems: match on `code`. `POST`, `PUT`, `PATCH` and `DELETE` take an `Idempotency-Key`."""
SCHEMES = {
    "api-key": {"type": "http", "scheme": "bearer", "description": "An integrator's key, made by a steward."},
    "session": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE, "description": "A person who is signed in."},
}


def describe(routes: list[BaseRoute]) -> dict[str, Any]:
    """The description of these routes, as OpenAPI 3.1 has it."""
    description = get_openapi(title="Attunement", version=__version__, description=ABOUT, routes=routes)
    components = description["components"]
    components["securitySchemes"] = SCHEMES
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"] |= {**problem.pop("$defs"), "Problem": problem}
    for path, method, roles in declared_roles(routes):
        operation = description["paths"].get(path, {}).get(method.lower())
        if operation is not None and roles and Role.ANONYMOUS not in roles:
            schemes = {"api-key" if role is Role.INTEGRATOR else "session" for role in roles}
            operation["security"] = [{scheme: []} for scheme in sorted(schemes)]
    return description


def declared_roles(routes: list[BaseRoute]) -> list[tuple[str, str, frozenset[Role]]]:
    """Path, method and declared roles of every route that takes requests; no roles where none are declared."""
    found = []
    for route in iter_route_contexts(routes):
        dependant = getattr(route, "dependant", None)
        roles = frozenset(_roles(dependant)) if dependant is not None else frozenset[Role]()
        found += [(route.path or "", method, roles) for method in sorted(route.methods or ())]
    return found


def _roles(dependant: Dependant) -> set[Role]:
    call = dependant.call
    own = call.roles if isinstance(call, Allow | AllowMember | AllowInTalk) else frozenset()
    return set(own).union(*(_roles(inner) for inner in dependant.dependencies))
