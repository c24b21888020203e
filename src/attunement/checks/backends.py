"""What every `Backend` keeps to, given that its model is there and works."""

from __future__ import annotations

from attunement.domain.conversation import Backend, BackendFailed, Line, Prompt, Speaker

SAYS = "Answer in one short sentence of plain English."
PROMPT = Prompt(SAYS, (Line(Speaker.MEMBER, "I failed my exam and I am sad."),), "example-1")
ODD = (
    Prompt("", (Line(Speaker.MEMBER, ""),), "example-1"),
    Prompt(
        SAYS,
        (
            Line(Speaker.COMPANION, "Hello."),
            Line(Speaker.MEMBER, "😀\ud800"),
        ),
        "example-1",
    ),
    Prompt(SAYS, (*(Line(Speaker.MEMBER, "Hi."),) * 3, Line(Speaker.SUPPORTER, "Hello.")), "example-1"),
    Prompt(SAYS, (Line(Speaker.MEMBER, "word " * 20_000),), "example-1"),
)


def gives_different_replies(backend: Backend) -> None:
    """At least one reply and no more than asked for, none empty, none twice."""
    for n in (1, 3):
        replies = backend.generate(PROMPT, n)
        assert 1 <= len(replies) <= n
        assert len(set(replies)) == len(replies)
        assert all(reply.strip() == reply != "" for reply in replies)


def fails_only_as_a_failure(backend: Backend) -> None:
    """Whatever a prompt holds, there are replies or a `BackendFailed` with a cause."""
    for prompt in ODD:
        try:
            said = backend.generate(prompt, 1)
        except BackendFailed as failed:
            said = [str(failed)]
        assert said
        assert all(said)


def has_a_name(backend: Backend) -> None:
    """A reply can be traced to its model, which is not taken for the composer."""
    assert backend.name.strip()
    assert backend.name != "composer"


BACKEND_CHECKS = (gives_different_replies, fails_only_as_a_failure, has_a_name)
