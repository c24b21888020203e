"""What is read of an endpoint's answers; all else in them is left alone."""

from __future__ import annotations

from pydantic import BaseModel, Field

from attunement.dialogue.backends.spoken import Choice


class _Said(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Said
    finish_reason: str | None = None


class _Answer(BaseModel):
    choices: list[_Choice]


class _PieceChoice(BaseModel):
    delta: _Said = Field(default_factory=_Said)
    finish_reason: str | None = None


class _Piece(BaseModel):
    choices: list[_PieceChoice] = []


def choices_of(body: bytes) -> list[Choice]:
    """The replies in a whole answer; raises ValueError where it is none.

    >>> choices_of(b'{"choices": [{"message": {"content": "Oh no."}, "finish_reason": "length"}]}')
    [Choice(text='Oh no.', whole=False)]
    """
    found = _Answer.model_validate_json(body).choices
    return [Choice(choice.message.content or "", choice.finish_reason != "length") for choice in found]


def piece_of(chunk: BaseModel | dict[str, object]) -> Choice:
    """The words in one part of a streamed answer, often none; raises ValueError where it is not such a part.

    >>> piece_of({"choices": [{"delta": {"content": "Oh"}}]}).text, piece_of({"choices": []}).text
    ('Oh', '')
    """
    for choice in _Piece.model_validate(chunk, from_attributes=True).choices[:1]:
        return Choice(choice.delta.content or "", choice.finish_reason != "length")
    return Choice("", True)
