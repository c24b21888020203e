"""What programs send to have it read. None of it is kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from attunement.reading.history import MOST_EARLIER
from attunement.web.api.bodies import Body, Text


class TextToRead(Body):
    """A text, and what the same person wrote in the 72 hours before, oldest first: its risk is read in that light."""

    text: Text
    history: list[Text] = Field(default=[], max_length=MOST_EARLIER)


def _with_history(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


class TextsBody(Body):
    """Texts to be read, each as it is or with what was written before. They are not kept."""

    texts: list[
        Annotated[TextToRead, BeforeValidator(_with_history, json_schema_input_type=Text | TextToRead)]
    ] = Field(
        min_length=1, max_length=64,
        examples=[["Thank you so much!", {"text": "I'm so sad.", "history": ["Nobody would miss me."]}]],
    )  # fmt: skip
    why: bool = Field(default=False, description="Whether to say what each word did to what was read.")
    check_ins: bool = Field(
        default=False,
        description="Whether the texts are check-ins, whose writers tell how they are: more is heard then.",
    )


class Exchange(Body):
    """A reply, and what it answers (may be empty)."""

    post: Text = Field(default="", examples=["I failed my exam again."])
    reply: Text = Field(examples=["I'm so sorry, that must hurt. What happened?"])


class ExchangesBody(Body):
    """Replies to be read. They are not kept."""

    exchanges: list[Exchange] = Field(min_length=1, max_length=32)
    why: bool = Field(default=False, description="Whether to say what each word did to what was read.")


class DraftBody(Body):
    """A draft of a reply, and what it answers. Neither is kept."""

    post: Text = Field(examples=["My dad left us last week."])
    draft: Text = Field(examples=["You can always look for a flat that is cheaper."])
