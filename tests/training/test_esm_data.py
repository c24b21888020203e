"""Studies of how people felt, read in order of time."""

from pathlib import Path

import pytest
from training.esm_data import items


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three made-up studies: one with instants, one numbered through, one of two periods."""
    folder = tmp_path / "openesm"
    folder.mkdir()
    (folder / "0001_x_ts.tsv").write_text(
        "id\tresponse\trelax\nb\t2026-05-04 12:30:00 CET\t3\nb\t2026-05-04 09:00:00 MSK\t1\nb\tNA\t5\na\tNA\tNA\n"
    )
    rows = "".join(f"p\t{k}\t{(k - 1) % 2 + 1}\t{(k - 1) // 2 + 1}\t{k}\n" for k in range(1, 5))
    (folder / "0012_x_ts.tsv").write_text("id\tbeep\tbeep_new\tday\thappy\n" + rows)
    (folder / "0010_x_ts.tsv").write_text(
        "id\tstudy_period\tday\tbeep\tsad\nq\t1\t1\t1\t7\nq\t0\t1\t1\t1\nq\t0\t1\tNA\t4\nq\t0\t1\t2\tNA\n"
    )
    return tmp_path


def _only(data: Path, study: str, name: str):
    return next(item for item in items(data, study) if item.name == name)


def test_ratings_stand_in_order_of_time_and_reach_from_nought_to_one(data: Path, monkeypatch) -> None:
    monkeypatch.setattr("training.esm_data.ITEMS", {"0001": "relax", "0012": "happy", "0010": "sad"})
    relax = _only(data, "0001", "relax")
    assert [(p.person, p.values.tolist()) for p in relax.people] == [("b", [0.0, 1.0])]
    assert relax.people[0].hours[1] - relax.people[0].hours[0] == 3.5
    assert relax.people[0].hours[0] % 24 == 9


def test_beeps_spread_over_the_waking_day_and_periods_follow_each_other(data: Path, monkeypatch) -> None:
    monkeypatch.setattr("training.esm_data.ITEMS", {"0001": "relax", "0012": "happy", "0010": "sad"})
    assert _only(data, "0012", "happy").people[0].hours.tolist() == [34.0, 46.0, 58.0, 70.0]
    sad = _only(data, "0010", "sad").people[0]
    assert sad.values.tolist() == [0.0, 1.0]
    assert sad.hours[1] - sad.hours[0] == 60 * 24
