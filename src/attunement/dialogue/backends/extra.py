"""Language models need packages that are not always installed."""

from __future__ import annotations

import importlib
from types import ModuleType

from attunement.domain.errors import AttunementError, ErrorCode


def import_extra(package: str) -> ModuleType:
    """A package of the extra ``llm``.

    Raises
    ------
    AttunementError
        ``MISSING_EXTRA``, naming the command, where it is not installed.
    """
    try:
        return importlib.import_module(package)
    except ModuleNotFoundError as error:
        raise AttunementError(
            ErrorCode.MISSING_EXTRA,
            "Language models need the package '{package}'. Install it with: pip install 'attunement[llm]'",
            package=package,
        ) from error
