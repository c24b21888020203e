"""JSON for programs: the same use cases as the pages, described at ``/api/openapi.json``."""
