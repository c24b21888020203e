"""The reader of texts: a fine-tuned MiniLM, linear heads, rules for danger."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path

import numpy as np

from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.need import Need
from attunement.domain.reading import SIGNS, Attribution, EmotionReading, NeedReading, Reading, RiskLevel, RiskReading
from attunement.library.resources import models_folder
from attunement.reading.emojis import Spelt, in_words
from attunement.reading.encoder import Encoded, Encoder, Feelings
from attunement.reading.heads import Heads, load_heads
from attunement.reading.language import LanguageTeller, can_read, can_read_feeling, has_words
from attunement.reading.long_risk import read_rules_throughout
from attunement.reading.model_files import HEADS, checked, model_name
from attunement.reading.network import Vectors
from attunement.reading.plain_text import left_out
from attunement.reading.risk import RULE_P, RuleReading
from attunement.reading.risk_why import words_left, words_matched
from attunement.reading.second_look import UNSEEN, sentences_matched, set_aside
from attunement.reading.violence import harm_beside
from attunement.reading.why import DANGER, as_typed, attributions, direction, what_can_be_asked

MIDDLE = 3.0


class TextReader:
    """Reads emotion, affect, stress, need and danger from English texts; a `Reader`.

    One network, fine-tuned on all of them at once, and a linear head for each. Danger leans to recall: the level is
    what the patterns find or what the head finds, whichever is higher, where the head gives danger a probability above
    its threshold (stated in the card); words of danger that patterns find where the head sees next to none
    (`second_look`) are distress. Emojis are read as what they tell of feeling (`in_words`); a text of no words and no
    such emojis is read as neutral. A text in another language is *not* guessed at: its emotions are how often each
    occurs, its affect the middle, its needs alike, its danger what a few plain phrases of that language say;
    ``language`` tells which it is. What a member can send is read whole; of a text of over 200,000 characters the
    network reads the first and the last 50,000, patterns all, and ``left_out`` says so.

    Parameters
    ----------
    models:
        The folder of models; None for the one that came with the program.
    encoder:
        What turns texts into vectors; None for the one in the folder.

    Raises
    ------
    AttunementError
        ``MODEL_BROKEN`` at the first reading, where a model file is missing or damaged.

    >>> reader = TextReader()
    >>> reading = reader.read(["Thank you so much, you made my day!"])[0]
    >>> reading.emotion.labels[0], reading.risk.level.value, reading.language
    ('gratitude', 'none', 'en')
    """

    name = "text-reader"
    version = "24"

    def __init__(self, *, models: Path | None = None, encoder: Encoder | None = None) -> None:
        self._models = models
        self._encoder = encoder or Encoder(folder=models / "text" if models is not None else None)
        self._language = LanguageTeller()
        self._lock = threading.Lock()
        self._loaded: Heads | None = None

    @classmethod
    def for_checks(cls) -> Iterator[TextReader]:
        """The one that ships, of any text and of check-ins."""
        reader = cls()
        yield reader
        yield reader.for_check_ins()

    @property
    def model(self) -> str:
        """Name and version, as it stands in every reading."""
        return model_name(self.name, self.version, self._models)

    def load(self) -> None:
        """Open all files now, so that a fault shows at start-up and the first member does not wait."""
        self._heads()
        self._encoder.load()

    def forget(self) -> None:
        """Let go of what is remembered of texts: somebody erased themselves."""
        self._encoder.forget()

    def for_check_ins(self) -> TextReader:
        """This reader for texts that are known to be somebody telling of themselves; it shares all else with it.

        By themselves, many a short line ("finally a day off") could as well be a comment, which tells of feeling less.

        >>> line, reader = ["finally a day off"], TextReader()
        >>> [one.read(line)[0].emotion.labels for one in (reader, reader.for_check_ins())]
        [(), ('joy',)]
        """
        other = copy(self)
        other._loaded = self._heads().always_told()
        return other

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading for each text, in order."""
        languages = [self._language.tell(text) for text in texts]
        readable = [k for k, text in enumerate(texts) if can_read_feeling(text, languages[k])]
        rules = {k: read_rules_throughout(texts[k]) for k in readable}
        read = [texts[k] for k in readable]
        encoded = dict(zip(readable, self._encoder.encode_windows(read), strict=True))
        felt = dict(zip(readable, self._encoder.feelings(read, list(encoded.values())), strict=True))
        rules |= self._set_aside(texts, rules, encoded)
        left = {k: rule.left for k, rule in rules.items() if rule.harmless}
        others = dict(zip(left, self._encoder.encode_windows(list(left.values())), strict=True))
        return [
            replace(
                self._read_english(text, encoded[k], felt[k], languages[k], rules[k], others.get(k)),
                left_out=left_out(text),
            )
            if k in encoded
            else self._unread(text, languages[k])
            for k, text in enumerate(texts)
        ]

    def meanings(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors ``(n_texts, 384)`` by what texts are about: the nearer, the larger their product."""
        vectors = self._encoder.encode(texts)
        return self._heads().meanings(vectors) if len(texts) else vectors

    def why(self, text: str, what: str) -> tuple[Attribution, ...]:
        """How much each word of an English text moved what was read, in the order of the text.

        A word's weight is how much lower the score would be without it: the text is read again without each word (or
        each few; of over 62 tokens, without each piece of some 20, see `Encoder.parts`). Heads are linear, so for
        affect and stress this is exact, and for emotions as far as the text stays one in which somebody tells of
        themselves, or not, and has no emojis; for a need and for danger it is of first order. Weights need not sum to
        the score. Of another language, or where there are no words, nothing can be told and nothing is.

        Danger is told by what it was read in. Where a pattern found it, those are the words the pattern matched, as
        one, with the log-odds the pattern stands for, in other languages too. Where something was set aside (an idiom,
        a denial, a line of fiction), they are the words of the rest.

        Parameters
        ----------
        what:
            A GoEmotions label, ``valence``, ``arousal``, ``dominance``, ``stress``, a need, or ``risk``.

        Raises `Invalid` (``bad-input``) where ``what`` is none of these.

        >>> words = TextReader().why("Thank you so much, you made my day!", "gratitude")
        >>> max(words, key=lambda word: word.weight).start
        0
        """
        if what not in what_can_be_asked(self._heads()):
            raise Invalid(
                ErrorCode.BAD_INPUT,
                "'{what}' is not something that is read. Ask for an emotion, valence, arousal, dominance, stress, a "
                "need or risk.",
                what=what,
            )
        if what == DANGER:
            return self._why_danger(text)
        return self._words(text, what) if can_read_feeling(text, self._language.tell(text)) else ()

    def _why_danger(self, text: str) -> tuple[Attribution, ...]:
        rules, reading = read_rules_throughout(text), self.read([text])[0]
        if rules.level in SIGNS and rules.level is reading.risk.level:
            return words_matched(text, rules)
        if not can_read(text, reading.language):
            return ()
        if not rules.harmless:
            return self._words(text, DANGER)
        return words_left(text, rules, self._words(rules.left, DANGER)) if has_words(rules.left) else ()

    def _words(self, text: str, what: str) -> tuple[Attribution, ...]:
        said = text if what == DANGER else in_words(text)
        along = direction(self._heads(), self._encoder.encode([said])[0], what)
        found = attributions(self._encoder.parts(said), along)
        return found if said == text else as_typed(found, Spelt.of(text))

    def _set_aside(
        self, texts: Sequence[str], rules: Mapping[int, RuleReading], encoded: Mapping[int, Encoded]
    ) -> dict[int, RuleReading]:
        """What patterns found where the network sees no danger, neither in the text nor in the sentence by itself."""
        doubted = [k for k, rule in rules.items() if rule.doubted and self._danger(encoded[k]) < UNSEEN]
        alone = self._encoder.encode_windows([sentences_matched(texts[k], rules[k]) for k in doubted])
        return {k: set_aside(rules[k]) for k, one in zip(doubted, alone, strict=True) if self._danger(one) < UNSEEN}

    def _danger(self, encoded: Encoded) -> float:
        return float(self._heads().risk_of(encoded.windows)[RiskLevel.INDIRECT.rank :].sum())

    def _read_english(
        self, text: str, encoded: Encoded, felt: Feelings, language: str, rules: RuleReading, left: Encoded | None
    ) -> Reading:
        """Danger is read in what is ``left`` where the rules set something aside: an idiom must not hide the rest.

        What is felt is read with emojis in words, danger in the words as they stand: a smile hides none.
        """
        heads, told = self._heads(), felt.told
        p = heads.emotions(told, felt.comment)
        over = sorted(np.flatnonzero(p >= heads.least(told)), key=lambda k: -p[k])
        valence, arousal, dominance = (float(x) for x in heads.affect_of(told))
        emotions = {label: float(x) for label, x in zip(heads.labels, p, strict=True)}
        emotion = EmotionReading(
            emotions=emotions,
            labels=tuple(heads.labels[k] for k in over),
            valence=valence,
            arousal=arousal,
            dominance=dominance,
            stress=heads.stress_of(told),
            model=self.model,
        )
        need = {need: float(x) for need, x in zip(Need, heads.needs(told), strict=True)}
        whole = [float(x) for x in heads.risk_of(encoded.windows)]
        dangerous = whole if left is None else [float(x) for x in heads.risk_of(left.windows)]
        risk = replace(
            self._risk(rules, whole, dangerous),
            harm=harm_beside(text, heads.harm_of((left or encoded).windows)), answer=heads.answer_of(encoded.whole),
        )  # fmt: skip
        return Reading(emotion, NeedReading(need, self.model), risk, language, self.model)

    def _risk(self, rules: RuleReading, p: list[float], dangerous: list[float]) -> RiskReading:
        danger = min(1.0, sum(dangerous[RiskLevel.INDIRECT.rank :]))
        level, threshold = RiskLevel.NONE, self._heads().risk_threshold
        if danger >= threshold and (has_words(rules.left) or not rules.harmless):
            level = _level_of(dangerous)
        elif p[RiskLevel.DISTRESS.rank] >= p[RiskLevel.NONE.rank]:
            level = RiskLevel.DISTRESS
        if rules.level.rank >= level.rank:
            level = rules.level
        if level.rank < RiskLevel.INDIRECT.rank:
            danger = min(danger, 0.99 * threshold)
        return RiskReading(level, max(danger, RULE_P[rules.level]), self.model)

    def _unread(self, text: str, language: str) -> Reading:
        """A text without words is neutral; one in another language is said to be unread by uninformative values."""
        heads, empty = self._heads(), not has_words(text)
        if empty:
            emotions = {label: float(label == "neutral") for label in heads.labels}
        else:
            emotions = {label: float(x) for label, x in zip(heads.labels, heads.prevalence, strict=True)}
        emotion = EmotionReading(
            emotions=emotions,
            labels=("neutral",) if empty else (),
            valence=MIDDLE,
            arousal=MIDDLE,
            dominance=MIDDLE,
            stress=0.0 if empty else 0.5,
            model=self.model,
        )
        rules = read_rules_throughout(text)
        risk = RiskReading(rules.level, RULE_P[rules.level], self.model)
        alike = {need: 1 / len(Need) for need in Need}
        return Reading(emotion, NeedReading(alike, self.model), risk, language, self.model)

    def _heads(self) -> Heads:
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    file = (self._models or models_folder()) / "text" / HEADS
                    checked(file, made_by="training.text_reader")
                    self._loaded = load_heads(file)
        return self._loaded


def _level_of(p: list[float]) -> RiskLevel:
    """The highest level of danger that, with those above it, holds half of all danger."""
    danger = sum(p[RiskLevel.INDIRECT.rank :])
    if p[RiskLevel.IMMINENT.rank] >= danger / 2:
        return RiskLevel.IMMINENT
    explicit = p[RiskLevel.EXPLICIT.rank] + p[RiskLevel.IMMINENT.rank]
    return RiskLevel.EXPLICIT if explicit >= danger / 2 else RiskLevel.INDIRECT
