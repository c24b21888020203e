"""Finds implementations of the contracts, and yields the checks that apply to each."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import ModuleType
from typing import Any

from attunement.checks.backends import BACKEND_CHECKS
from attunement.checks.forecasters import FORECASTER_CHECKS
from attunement.checks.policies import POLICY_CHECKS
from attunement.checks.readers import EXCHANGE_READER_CHECKS, READER_CHECKS, SIGNAL_READER_CHECKS
from attunement.domain.contracts import ExchangeReader, Forecaster, Policy, Reader, SignalReader
from attunement.domain.conversation import Backend

CONTRACTS: Mapping[type, tuple[Callable[[Any], None], ...]] = {
    Reader: READER_CHECKS,
    ExchangeReader: EXCHANGE_READER_CHECKS,
    SignalReader: SIGNAL_READER_CHECKS,
    Policy: POLICY_CHECKS,
    Forecaster: FORECASTER_CHECKS,
    Backend: BACKEND_CHECKS,
}


def checks_for(implementation: object) -> Iterator[tuple[str, Callable[[], None]]]:
    """The name of each check that applies to an implementation, and the check itself, ready to be called.

    A class says which checks it cannot keep, and why, in ``exempt_from_checks`` (name of the check to reason).

    Raises TypeError where the object keeps to the form of no contract, or an exemption names no check or no reason.
    """
    contracts = [c for c in CONTRACTS if isinstance(implementation, c) and fulfils(type(implementation), c)]
    if not contracts:
        raise TypeError(f"{type(implementation).__name__} has the name, version and methods of no contract")
    exempt: Mapping[str, str] = getattr(implementation, "exempt_from_checks", {})
    checks = [check for contract in contracts for check in CONTRACTS[contract]]
    for name, reason in exempt.items():
        if name not in {check.__name__ for check in checks} or not reason.strip():
            raise TypeError(f"the exemption '{name}' names no check, or gives no reason")
    for check in checks:
        if check.__name__ not in exempt:
            yield check.__name__, partial(check, implementation)


def examples_of(cls: type) -> Iterator[object]:
    """Instances of a class to check: those its ``for_checks`` makes, or one made without arguments.

    Raises TypeError where it can be made neither way.
    """
    if hasattr(cls, "for_checks"):
        yield from cls.for_checks()
        return
    try:
        yield cls()
    except TypeError as error:
        raise TypeError(f"give {cls.__name__} a classmethod 'for_checks' that yields instances to check") from error


def fulfils(cls: type, contract: type) -> bool:
    """Whether a class has all methods of a contract, with parameters of the same names."""
    wanted = {n: m for n, m in vars(contract).items() if inspect.isfunction(m) and not n.startswith("_")}
    return all(_parameters(getattr(cls, name, None)) == _parameters(method) for name, method in wanted.items())


def _parameters(method: object) -> list[str] | None:
    return list(inspect.signature(method).parameters) if inspect.isfunction(method) else None


def implementations(package: ModuleType) -> list[type]:
    """Every class of a package that has the form of a contract, in order of module and name.

    Modules that only run under another program (migrations) are passed over.
    """
    found: dict[str, type] = {}
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if ".migrations" in info.name or info.name.endswith("__main__"):
            continue
        for name, cls in inspect.getmembers(importlib.import_module(info.name), inspect.isclass):
            own = cls.__module__ == info.name and not getattr(cls, "_is_protocol", False)
            if own and any(fulfils(cls, contract) for contract in CONTRACTS):
                found[f"{info.name}.{name}"] = cls
    return [found[name] for name in sorted(found)]
