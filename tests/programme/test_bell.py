"""The bell wakes those who listen, and with a mark only those who have not seen that it stands so."""

from __future__ import annotations

from attunement.programme.bell import Bell


def test_a_mark_wakes_only_those_who_do_not_know_it() -> None:
    """Two follow one talk, and one of them has read its third line already: only the other is woken for it."""
    bell, woken = Bell(), []
    bell.listen("talk", lambda: woken.append("has read it"), knows=lambda mark: mark == 3)
    bell.listen("talk", lambda: woken.append("has not"))
    bell.ring_for("talk", 3)
    assert woken == ["has not"]
    bell.ring_for("talk", 4)
    assert woken == ["has not", "has read it", "has not"]


def test_a_ring_without_a_mark_wakes_everybody() -> None:
    """Whatever a listener knows, and also when the bell is closed."""
    bell, woken = Bell(), []
    bell.listen("talk", lambda: woken.append("all the same"), knows=lambda _: True)
    bell.ring("talk", "another")
    bell.close()
    assert woken == ["all the same"] * 2
    assert bell.closed


def test_who_stopped_listening_is_woken_no_more() -> None:
    """Each of two that listen to the same stops by itself."""
    bell, woken = Bell(), []
    stop = bell.listen("talk", lambda: woken.append("first"))
    bell.listen("talk", lambda: woken.append("second"))
    stop()
    bell.ring("talk")
    bell.ring_for("talk", 1)
    assert woken == ["second"] * 2
