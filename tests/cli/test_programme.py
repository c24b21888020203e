"""Commands on a programme: members, policy, learning, rebuilding, and how commands fail."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from attunement.domain.programme_events import DriftFound
from attunement.library.resources import content_folder
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.asking import do_open
from attunement.programme.decisions import do_decide
from attunement.programme.house import open_house
from attunement.programme.members import do_enrol
from attunement.programme.outcomes import do_finish

if TYPE_CHECKING:
    from conftest import Attune


@pytest.fixture
def lived(tmp_path: Path) -> tuple[str, str]:
    """A database in which one member finished one practice; its address and the member."""
    url = f"sqlite:///{tmp_path / 'programme.db'}"
    house = open_house(url)
    member = do_enrol(house, name="Rosa")
    cells = [c for c in house.wording.asked if c.purpose in ("personalise", "learn")]
    do_change_consent(house, member, grant=cells)
    do_finish(house, member, do_decide(house, member).id, rating=5)
    house.close()
    return url, member


def test_export_prints_everything_as_json(attune: Attune, lived: tuple[str, str]) -> None:
    """The export parses, and holds the member's enrolment and their outcome."""
    url, member = lived
    data = json.loads(attune("member", "export", member, "--url", url).stdout)
    kinds = [event["kind"] for event in data["events"]]
    assert (data["member"], kinds[0], kinds[-1]) == (member, "member-enrolled", "outcome-recorded")


def test_erase_asks_first(attune: Attune, lived: tuple[str, str]) -> None:
    """Answered with no, nothing goes; with --yes they go and a receipt is printed; then they are unknown."""
    url, member = lived
    refused = attune("member", "erase", member, "--url", url, given=b"n\n")
    assert refused.exit_code == 1
    assert "sealed records" in refused.stderr
    assert "receipt" in attune("member", "erase", member, "--url", url, "--yes").stdout
    gone = attune("member", "export", member, "--url", url)
    assert (gone.exit_code, gone.stderr.split(":")[0]) == (1, "unknown-member")


def test_learn_then_show(attune: Attune, lived: tuple[str, str]) -> None:
    """Learning makes version 1 once, and showing it names its outcomes and its beliefs in words."""
    url, _ = lived
    assert attune("learn", "--url", url).stdout == "version 1\n"
    assert attune("learn", "--url", url).stdout == "nothing new to learn\n"
    shown = attune("policy", "show", "--url", url)
    assert shown.exit_code == 0
    assert "fits the need" in shown.stdout
    missing = attune("policy", "show", "--url", url, "--version", "9")
    assert (missing.exit_code, missing.stderr.split(":")[0]) == (1, "not-found")


def test_policy_status_and_resume(attune: Attune, lived: tuple[str, str]) -> None:
    """The status is told in words and as JSON; what is not paused cannot be resumed, and what is, can be once."""
    url, _ = lived
    assert "early: version 0 is served, 0 outcomes" in attune("policy", "status", "--url", url).stdout
    refused = attune("policy", "resume", "--url", url)
    assert (refused.exit_code, refused.stderr.split(":")[0]) == (1, "learning-not-paused")
    house = open_house(url)
    with house.store.write() as transaction:
        now = house.clock()
        transaction.append(DriftFound(at=now, version=2, since=now, cause="version", good=1))
    house.close()
    told = json.loads(attune("policy", "status", "--json", "--url", url).stdout)
    assert (told["state"], told["alarm"]["good"]) == ("paused", 1)
    assert attune("learn", "--url", url).stdout == "learning is paused: see 'attune policy status'\n"
    assert attune("policy", "resume", "--url", url).stdout == "learning goes on\n"
    assert attune("learn", "--url", url).stdout == "version 1\n"


def test_rebuild_reads_every_event(attune: Attune, lived: tuple[str, str]) -> None:
    """Rebuilding tells how many events it read, and what was derived is there again."""
    url, member = lived
    before = attune("member", "export", member, "--url", url).stdout
    result = attune("rebuild", "--url", url)
    assert int(result.stdout.split()[0]) == len(json.loads(before)["events"])
    assert json.loads(attune("member", "export", member, "--url", url).stdout)["events"] == json.loads(before)["events"]


def test_rebuild_waits_for_the_server_to_be_stopped(attune: Attune, lived: tuple[str, str]) -> None:
    """Beside a server it ends with a code and with what to do."""
    url, _ = lived
    server = open_house(url)
    server.store.hold_as_server()
    result = attune("rebuild", "--url", url)
    server.close()
    assert (result.exit_code, result.stderr.strip().splitlines()[-1].split(":")[0]) == (1, "store-in-use")
    assert "Stop it first" in result.stderr
    assert attune("rebuild", "--url", url).exit_code == 0


def test_variety_tells_nothing_of_few(attune: Attune, lived: tuple[str, str]) -> None:
    """With one member there is nothing to tell, in the table and as JSON, but the threshold."""
    url, _ = lived
    told = json.loads(attune("variety", "--url", url, "--json").stdout)
    assert (told["members"], told["share"], told["guarded"], told["alarm"]) == (None, None, None, False)
    assert (told["threshold"], len(told["weeks"])) == (0.45, 8)
    assert attune("variety", "--url", url).stdout.count("fewer than five") == 2


def test_waits_are_told_in_groups_of_five(attune: Attune, lived: tuple[str, str]) -> None:
    """Of four there is nothing; of five who wait there is all, in the table and as JSON."""
    url, _ = lived
    house = open_house(url)
    for _ in range(4):
        do_open(house, do_enrol(house), human=True)
    assert attune("service", "--url", url, "--json").stdout == ""
    assert "fewer than 5" in attune("service", "--url", url).stdout
    do_open(house, do_enrol(house), human=True)
    house.close()
    told = [json.loads(line) for line in attune("service", "--url", url, "--json").stdout.splitlines()]
    assert [(one["by"], one["asked"], one["claimed"], one["half_min"]) for one in told] == [
        ("all", 5, 0.0, None), ("language", 5, 0.0, None),
    ]  # fmt: skip
    assert attune("service", "--url", url).stdout.count("too few") == 4


def test_a_mistyped_address_makes_no_database(attune: Attune, tmp_path: Path) -> None:
    """A command on a database that is not there says so and leaves no file."""
    result = attune("learn", "--url", f"sqlite:///{tmp_path / 'nowhere.db'}")
    assert (result.exit_code, result.stderr.split(":")[0]) == (1, "not-found")
    assert list(tmp_path.iterdir()) == []


def test_content_check_names_file_line_and_change(attune: Attune, tmp_path: Path) -> None:
    """Content with a fault ends with 1 and one line a fault; the content that ships has none."""
    (tmp_path / "practices").mkdir()
    (tmp_path / "practices" / "broken.md").write_text("no front matter\n")
    helplines = (content_folder() / "helplines.yaml").read_text("utf-8")
    (tmp_path / "helplines.yaml").write_text(helplines.replace("\n  IE:\n", "\n  XX:\n"))
    result = attune("content", "check", tmp_path)
    assert result.exit_code == 1
    assert "broken.md:1:" in result.stdout
    assert "'XX' is no country" in result.stdout
    done = attune("content", "check")
    assert (done.exit_code, "Warning" in done.stderr) == (0, False)


def test_content_check_warns_of_states_that_nothing_is_offered_in(attune: Attune, tmp_path: Path) -> None:
    """Without a gentle practice somebody in danger can be offered none: that is told, and is no fault."""
    shutil.copytree(content_folder(), tmp_path, dirs_exist_ok=True)
    for file in (tmp_path / "practices").glob("*.md"):
        file.write_text(file.read_text("utf-8").replace("\nintensity: 1\n", "\nintensity: 2\n"), "utf-8")
    result = attune("content", "check", tmp_path)
    assert result.exit_code == 0
    assert "nothing is left to offer to somebody of whom 'risk' holds. Add a practice of intensity 1" in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        "serve",
        "read",
        "replay",
        "learn",
        "rebuild",
        "content check",
        "member erase",
        "policy show",
        "policy status",
        "policy resume",
        "objective try",
    ],
)
def test_help_says_how_it_is_used(attune: Attune, command: str) -> None:
    """Every command's help describes it and gives an example."""
    result = attune(*command.split(), "--help")
    assert result.exit_code == 0
    assert f"attune {command}" in result.stdout


def test_help_waits_for_nothing_heavy() -> None:
    """``attune --help`` loads neither database nor numbers, models or couriers."""
    heavy = "('sqlalchemy', 'numpy', 'onnxruntime', 'httpx', 'webpush')"
    code = f"import sys, attunement.cli.app; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
