"""Emojis, and smiles of signs like ``:)``, as the words that stand for what they tell of feeling.

The network reads words and takes every emoji for the same unknown sign. What is here says them in words it knows, each
for what people mostly mean by it; what tells of no feeling (a bus, a flag) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SAID = {
    "haha": "😂 🤣 😹 😆 💀 xD XD",
    "phew, haha": "😅",
    "happy": ":) :-) (: =) :D :-D =D ^_^ 😀 😃 😄 😁 😊 ☺ 🙂 😸 😺 😇",
    "moved": "🥹",
    "excited": "🥳 🎉 🎊 🤩",
    "love": "<3 ❤ ♥ 😍 🥰 💕 💖 💗 💓 💞 💘 💝 💜 💙 💚 💛 🧡 🖤 🤍 🤎 🩷 🩵 🩶 💟 😘 😻 ♡ ❣ 💋 😚 😙 😗 🫶 💌",
    "a hug": "🤗 🫂",
    "sad": ":( :-( ): =( :c 😔 😞 ☹ 🙁 😿 😟 😥 😓 🥲 😣",
    "crying, so sad": ":'( :,( 😢 😭",
    "please, missing you": "🥺",
    "heartbroken": "</3 💔 ❤‍🩹",
    "angry": ">:( 😡 😠 🤬 👿 💢 😾",
    "annoyed": "-_- 😒 🙄 😑 😤 🙃",
    "fed up": "😩 😫 😖",
    "overwhelmed": "🫠 😵 😵‍💫",
    "disgusting": "🤢 🤮",
    "scared": "😨 😱 😰 😧 🙀 😦",
    "nervous": "😬 🫣",
    "embarrassed": "😳 🙈 🫥",
    "wow": "😲 😮 😯 🤯",
    "curious": "👀 🧐",
    "thinking": "🤔",
    "confused": "😕 🤨 ❓ ❔ ⁉",
    "great": "👍 👌 💯 🙆",
    "bravo": "👏 🙌 🏆 🥇 👑",
    "no, I disagree": "👎 🙅",
    "thank you": "🙏 💐",
    "hopeful": "🤞 🌈 🌅",
    "cool": "😎 🔥",
    "joking": ";) ;-) :P :p 😉 😏 😜 😝 😛 🤪",
    "I don't know": "🤷",
    "oh no, silly me": "🤦",
    "relieved": "😌 😮‍💨",
    "tired": "😴 😪 🥱 🛌",
    "strong, proud": "💪 ✊",
    "delicious": "😋 🤤",
    "in pain": "🤕 🤒 😷",
    "indifferent": ":| :/ :-/ 😐 😶",
    "peace": "☮ ✌ 🕊",
}
SAID = {emoji: words for words, emojis in _SAID.items() for emoji in emojis.split()}
"""The words of each emoji, or of each sequence of them that is one picture."""
AS_MUCH_AS = 2.0
"""Words that count as much as all emojis beside them; chosen on own check-ins with emojis and GoEmotions dev."""
_SIGN = "[\u203c\u2049\u2190-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001faff]"
_SHADE = "[\ufe0f\U0001f3fb-\U0001f3ff]*"
_TYPED = "|".join(re.escape(sign) + "+" for sign in sorted(SAID, key=len, reverse=True) if sign.isascii())
_RUN = re.compile(rf"({_SIGN}{_SHADE}(?:\u200d{_SIGN}{_SHADE})*)\1*|(?<![^\s.!?,])(?:{_TYPED})(?![^\s.!?,])")
RUN_OF_SIGNS = f"(?:{_SIGN}{_SHADE}\u200d?)+"
"""Neighbouring emojis, for a regular expression: what a tokenizer takes apart from the words they are typed onto."""
_LONGER = re.compile(r"(?<=(.))\1+$")
_SHADES = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")


@dataclass(frozen=True, slots=True)
class Spelt:
    """A text with its emojis `in_words`, and where each character of it stands in the text as it was typed.

    >>> spelt = Spelt.of("not now😭😭")
    >>> spelt.text, spelt.typed((9, 15))
    ('not now crying, so sad ', (7, 9))
    """

    text: str
    places: Sequence[tuple[int, int]]

    @classmethod
    def of(cls, text: str) -> Spelt:
        """The text in words."""
        places, end = list[tuple[int, int]](), 0
        for run in _RUN.finditer(text):
            places += ((k, k + 1) for k in range(end, run.start()))
            places += [run.span()] * len(_put(run))
            end = run.end()
        places += ((k, k + 1) for k in range(end, len(text)))
        return cls(in_words(text), places)

    def typed(self, span: tuple[int, int]) -> tuple[int, int]:
        """Where in the text as it was typed a range of characters ``[start, end)`` stands."""
        return self.places[span[0]][0], self.places[span[1] - 1][1]


def in_words(text: str) -> str:
    """A text with its emojis in words; one that is repeated is said once, one that tells of no feeling is left out.

    >>> in_words("not now😭😭 late for the bus 🚌")
    'not now crying, so sad  late for the bus  '
    """
    return _RUN.sub(_put, text)


def emoji_share(text: str) -> float:
    """How much the emojis of a text count beside its words: all where there are none, half with two, less with more.

    >>> emoji_share("🎉🎉"), emoji_share("she left 💔")
    (1.0, 0.5)
    """
    words = sum(any(map(str.isalpha, word)) for word in _RUN.sub(" ", text).split())
    return AS_MUCH_AS / (AS_MUCH_AS + words)


def tells_by_emoji(text: str) -> bool:
    """Whether there is an emoji in a text that tells of feeling.

    >>> tells_by_emoji("she left 💔"), tells_by_emoji("the 9 o'clock 🚌")
    (True, False)
    """
    return any(_said(run[1] or run[0]) for run in _RUN.finditer(text))


def _put(run: re.Match[str]) -> str:
    """What takes the place of an emoji, or of the same one several times in a row."""
    words = _said(run[1] or run[0])
    return f" {words} " if words else " "


def _said(emoji: str) -> str:
    """The words of one emoji, whatever its skin, or of a smile of signs, however wide: ``:))`` is ``:)``."""
    plain = _LONGER.sub("", emoji) if emoji.isascii() else _SHADES.sub("", emoji)
    return SAID.get(plain) or SAID.get(plain[0], "")
