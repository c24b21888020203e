"""A member is told where their words would go, by name, before they are sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from attunement.domain.errors import ErrorCode, Invalid
from attunement.library.elsewhere_wording import load_elsewhere_wording
from attunement.library.resources import content_folder


def test_the_wording_that_ships_names_the_place_and_what_a_no_costs() -> None:
    """The host stands in it, and no mark is left."""
    wording = load_elsewhere_wording(content_folder())
    said = wording.says_of("api.example.org")
    assert "api.example.org" in said
    assert not set("{}") & set(said)
    assert "cannot be called back" in said
    assert "nothing you write to it leaves here" in wording.without


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\ntitle: T\nsays: It is sent.\nwithout: W\n",
        "version: 1\ntitle: T\nsays: To {place} {x}.\nwithout: W\n",
        "version: 0\ntitle: T\nsays: To {place}.\nwithout: W\n", "title: [", "",
    ],
)  # fmt: skip
def test_a_wording_with_faults_cannot_be_used(tmp_path: Path, text: str) -> None:
    """No place named, an unknown mark, no version, no YAML, nothing; nor where there is no file."""
    with pytest.raises(Invalid):
        load_elsewhere_wording(tmp_path)
    (tmp_path / "elsewhere.yaml").write_text(text)
    with pytest.raises(Invalid) as raised:
        load_elsewhere_wording(tmp_path)
    assert raised.value.code is ErrorCode.BAD_CONTENT
