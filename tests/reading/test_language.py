"""Languages are told apart, and doubt is said."""

from __future__ import annotations

import threading
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.reading import language
from attunement.reading.language import UNKNOWN, LanguageTeller, can_read, has_words

TELLER = LanguageTeller()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I can't do this anymore", "en"),
        ("im so tired of everything tbh", "en"),
        ("The interview went well and the manager was kind.", "en"),
        ("Je me sens très triste ce soir", "fr"),
        ("Ich weiß nicht, was ich tun soll", "de"),
        ("No sé qué hacer con mi hermana", "es"),
        ("Мне сегодня очень грустно", "ru"),
        ("今日はとても疲れた", "ja"),
        ("أشعر بالحزن اليوم", "ar"),
        ("Jestem dzisiaj bardzo zmęczony", "pl"),
    ],
)
def test_the_language_of_a_sentence_is_told(text: str, code: str) -> None:
    assert TELLER.tell(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Traurig", "de"), ("ich will sterben", "de"), ("estoy triste", "es"), ("no me siento bien", "es"),
        ("tengo miedo", "es"), ("je suis triste", "fr"), ("merci beaucoup", "fr"), ("mi sento solo", "it"),
        ("quero morrer", "pt"), ("ik wil dood", "nl"), ("jestem smutny", "pl"), ("jag är trött", "sv"),
        ("saya sedih", "id"), ("я устал", "ru"),
        ("ben üzgünüm", "tr"), ("mám strach", "cs"),
    ],
)  # fmt: skip
def test_a_few_everyday_words_tell_their_language(text: str, code: str) -> None:
    assert TELLER.tell(text) == code
    assert not can_read(text, code)


@pytest.mark.parametrize(
    "text", ["no", "so so", "not glad", "I am so sad", "my son had angst", "was it me", "ok ya", "ciao", "gracias"]
)
def test_english_that_looks_like_another_language_stays_english(text: str) -> None:
    assert can_read(text, TELLER.tell(text))


def test_what_is_in_no_language_is_not_guessed_at() -> None:
    """Five words of which none is English are not read, though their language is unclear; slang is."""
    assert not can_read("lorem ipsum dolor sit amet", TELLER.tell("lorem ipsum dolor sit amet"))
    assert can_read("wnt 2 dy n no1 wuld kno abt me", UNKNOWN)


@pytest.mark.parametrize(
    "text",
    ["asdkjh qwe zzz", "lkjlkj lkj lkj", "lkjlkj", "hjkl hjkl", "fjdksla fjdksla", "sdf i sdf", "aaaaaa", "b c d"],
)
def test_the_noise_of_a_keyboard_is_not_read(text: str) -> None:
    """Few words are not read as English for being few: one of them must be an English one."""
    assert not can_read(text, TELLER.tell(text))


@pytest.mark.parametrize(
    "text", ["numb", "Dinner?", "blah blah", "ugh", "idk", "meh", "sooo tiredddd", "depresed", "anxios", "kil myslf"]
)
def test_a_word_a_shrug_and_a_slip_of_the_fingers_are_read(text: str) -> None:
    """A single word is enough, and so is one with a letter missing, too many or in the wrong place."""
    assert can_read(text, TELLER.tell(text))


@pytest.mark.parametrize("text", ["", "   ", "12:30", "😀😀", "!!!", "\ud800"])
def test_a_text_without_words_has_no_language(text: str) -> None:
    assert TELLER.tell(text) == UNKNOWN


@settings(deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_any_text_gets_a_short_code(text: str) -> None:
    assert 2 <= len(TELLER.tell(text)) <= 3


def test_all_tellers_of_languages_share_one_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many threads ask at once, and whichever teller, it is opened once."""
    opened: list[int] = []
    both = threading.Barrier(2)

    def opening() -> object:
        opened.append(1)
        return "the model"

    monkeypatch.setattr(language, "_opened", cache(opening))

    def ask() -> None:
        both.wait()
        language._identifier()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened == [1]


@pytest.mark.parametrize("before", ["12:30, 14:15. ", "\N{SLIGHTLY SMILING FACE} ", "\n"])
def test_what_is_no_word_hides_no_words_after_it(before: str) -> None:
    """However long it goes on: the text is read, not taken for an empty one."""
    text = before * 3000 + "I have said goodbye to everybody."
    assert has_words(text)
    assert LanguageTeller().tell(text) == "en"
    assert can_read(text, "und")
