"""Alerts that could not be written down: each is an alarm, and is tried again, until it is."""

from __future__ import annotations

import threading

from attunement.programme.alerts.alert import Alert


class OwedAlerts:
    """What this process still has to raise; one for each conversation, the gravest.

    It is lost with the process: whoever owes an alert has said so in the log of the server as well.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owed: dict[tuple[str, str | None], tuple[Alert, str]] = {}

    def add(self, alert: Alert, why: str) -> None:
        """Owe one; ``why`` is what went wrong."""
        with self._lock:
            key = (alert.member, alert.conversation)
            if key not in self._owed or self._owed[key][0].level.rank < alert.level.rank:
                self._owed[key] = (alert, why)

    def remove(self, alert: Alert) -> None:
        """It is raised, or its member is gone."""
        with self._lock:
            key = (alert.member, alert.conversation)
            if key in self._owed and self._owed[key][0] == alert:
                del self._owed[key]

    def all(self) -> list[tuple[Alert, str]]:
        """Each with what went wrong."""
        with self._lock:
            return list(self._owed.values())
