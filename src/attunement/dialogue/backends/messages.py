"""A prompt as the messages that chat models take."""

from __future__ import annotations

from typing import Literal, TypedDict

from attunement.domain.conversation import Prompt, Speaker


class Message(TypedDict):
    """One message, in the form every chat endpoint and chat template knows."""

    role: Literal["system", "user", "assistant"]
    content: str


def messages_of(prompt: Prompt) -> list[Message]:
    """How to be, then what was said by turns, beginning with the person.

    Lines of the companion are the model's own, all others the user's. Many chat templates refuse two messages in a row
    from one side, or one of the model's at the beginning: lines are joined, and an opening of the model's is left out.

    >>> from attunement.domain.conversation import Line
    >>> said = (Line(Speaker.COMPANION, "Hello."), Line(Speaker.MEMBER, "Hi."), Line(Speaker.MEMBER, "I am sad."))
    >>> [(message["role"], message["content"]) for message in messages_of(Prompt("Be kind.", said, "x-1"))]
    [('system', 'Be kind.'), ('user', 'Hi.\\nI am sad.')]
    """
    messages: list[Message] = [{"role": "system", "content": prompt.system}]
    for line in prompt.lines:
        role: Literal["user", "assistant"] = "assistant" if line.speaker is Speaker.COMPANION else "user"
        if messages[-1]["role"] == role:
            messages[-1]["content"] += f"\n{line.text}"
        elif role == "user" or len(messages) > 1:
            messages.append({"role": role, "content": line.text})
    return messages
