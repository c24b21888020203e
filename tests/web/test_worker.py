"""What a browser keeps to show notices (``static/worker.js``), in the engine that browsers run it in."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import playwright
import pytest

from attunement.web.assets import STATIC

NODE = Path(playwright.__file__).parent / "driver" / "node"
TOLD = {
    "id": "1", "title": "Something", "words": "For you.", "link": "/reached/1", "stop": "/stop/1", "stop_words": "Stop"
}  # fmt: skip
BROWSER = """
const [worker, pressed] = process.argv.slice(1), handlers = {}, did = [];
const {action, status, opens, told} = JSON.parse(pressed);
globalThis.self = {
  addEventListener: (name, handler) => { handlers[name] = handler; },
  registration: { showNotification: async (title, {tag, actions}) => did.push(["shown", title, tag, actions.length]) },
  clients: { openWindow: async (at) => { if (!opens) throw new Error("too late"); did.push(["opened", at]); } },
};
globalThis.fetch = async (at, {method}) => {
  did.push([method, at]);
  if (!status) throw new TypeError("no network");
  return {ok: status < 300, status};
};
require(worker);
const waits = [], notification = {data: told, close: () => did.push(["closed"])};
const happened = action === "push" ? {data: {json: () => told}} : {action, notification};
handlers[action === "push" ? "push" : "notificationclick"]({...happened, waitUntil: (it) => waits.push(it)});
Promise.all(waits).then(() => console.log(JSON.stringify(did)));
"""


def _after(action: str, *, status: int = 200, opens: bool = True, told: dict[str, str] = TOLD) -> list[list[Any]]:
    """What the worker does on a push, or on a press on its notice; ``status`` 0 is a line that is down."""
    pressed = json.dumps({"action": action, "status": status, "opens": opens, "told": told})
    command = [NODE, "-e", BROWSER, "--", STATIC / "worker.js", pressed]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return list(json.loads(ran.stdout))


def test_a_notice_has_a_way_to_stop_where_there_is_one() -> None:
    """An offer's can be stopped; an alert's cannot."""
    assert _after("push") == [["shown", "Something", "1", 1]]
    assert _after("push", told=TOLD | {"stop": ""}) == [["shown", "Something", "1", 0]]


def test_a_press_on_a_notice_leads_to_what_it_is_about() -> None:
    """And stops nothing."""
    assert _after("") == [["closed"], ["opened", "/reached/1"]]


def test_a_press_on_stop_stops_and_opens_nothing() -> None:
    """One press is enough."""
    assert _after("stop") == [["closed"], ["POST", "/stop/1"]]


@pytest.mark.parametrize("status", [0, 404, 500])
def test_a_stop_that_failed_is_seen(status: int) -> None:
    """The page behind the link opens; where none may open any more, the notice is there again."""
    assert _after("stop", status=status) == [["closed"], ["POST", "/stop/1"], ["opened", "/stop/1"]]
    assert _after("stop", status=status, opens=False)[2:] == [["shown", "Something", "1", 1]]
