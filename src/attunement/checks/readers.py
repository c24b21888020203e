"""What every `Reader` and every `SignalReader` keeps to."""

from __future__ import annotations

import math

from attunement.checks.examples import TEXTS
from attunement.domain.contracts import Reader, SignalReader
from attunement.domain.practice import Signal
from attunement.domain.reading import Reading

SIGNALS = tuple(s for s in Signal if s is not Signal.SELF)
CLOSE = 1e-6  # a batch may be padded, which moves float32 sums in their last digits


def order_is_kept(reader: Reader) -> None:
    """Texts read the other way round give the readings the other way round."""
    forth, back = reader.read(TEXTS), reader.read(TEXTS[::-1])
    assert len(forth) == len(TEXTS), "one reading for each text"
    for text, a, b in zip(TEXTS, forth, back[::-1], strict=True):
        _assert_same(a, b, text)


def same_text_same_reading(reader: Reader) -> None:
    """The same text gives the same reading, to the bit, when read again."""
    assert reader.read(TEXTS) == reader.read(TEXTS)


def batch_equals_one_by_one(reader: Reader) -> None:
    """A text reads the same alone as among others."""
    for text, together in zip(TEXTS, reader.read(TEXTS), strict=True):
        _assert_same(together, reader.read([text])[0], text)


def nothing_to_read(reader: Reader) -> None:
    """No texts give no readings, and an empty text gives one that speaks of no danger."""
    assert reader.read([]) == []
    assert reader.read([""])[0].risk.level.rank == 0


def numbers_in_range(reader: Reader) -> None:
    """Probabilities lie in 0 to 1, needs sum to 1, affect lies in 1 to 5, and each reading names its model."""
    for text, reading in zip(TEXTS, reader.read(TEXTS), strict=True):
        emotion = reading.emotion
        units = [*emotion.emotions.values(), *reading.need.p.values(), emotion.stress, reading.risk.p]
        assert all(0 <= p <= 1 for p in units), text
        assert math.isclose(sum(reading.need.p.values()), 1, abs_tol=CLOSE), text
        assert all(1 <= v <= 5 for v in (emotion.valence, emotion.arousal, emotion.dominance)), text
        assert set(emotion.labels) <= set(emotion.emotions), text
        assert reading.model, "a reading names the model it is from"


def _assert_same(a: Reading, b: Reading, text: str) -> None:
    assert _words(a) == _words(b), text
    assert all(math.isclose(x, y, abs_tol=CLOSE) for x, y in zip(_numbers(a), _numbers(b), strict=True)), text


def _words(r: Reading) -> tuple[object, ...]:
    return r.emotion.labels, r.risk.level, r.language, r.model, tuple(r.emotion.emotions), tuple(r.need.p)


def _numbers(r: Reading) -> list[float]:
    e = r.emotion
    return [*e.emotions.values(), *r.need.p.values(), e.valence, e.arousal, e.dominance, e.stress, r.risk.p]


def finds_only_what_was_asked(signals: SignalReader) -> None:
    """Each signal asked for is answered, and no other."""
    for text in TEXTS:
        assert set(signals.find(text, SIGNALS[:3])) == set(SIGNALS[:3]), text
        assert signals.find(text, []) == {}, text


def spans_lie_in_the_text(signals: SignalReader) -> None:
    """A signal that is found is carried by at least one non-empty range of characters of the text."""
    for text in TEXTS:
        for signal, found in signals.find(text, SIGNALS).items():
            if found is not None:
                assert found.signal == signal, text
                assert found.spans, text
                assert all(0 <= start < end <= len(text) for start, end in found.spans), text


def same_text_same_signals(signals: SignalReader) -> None:
    """The same text gives the same signals, whichever others are asked for and in whichever order."""
    for text in TEXTS:
        everything = signals.find(text, SIGNALS)
        assert signals.find(text, SIGNALS[::-1]) == everything, text
        assert all(signals.find(text, [s]) == {s: everything[s]} for s in SIGNALS), text


def nothing_in_an_empty_text(signals: SignalReader) -> None:
    """Nothing is found where nothing is written."""
    assert not any(signals.find("", SIGNALS).values())


READER_CHECKS = (order_is_kept, same_text_same_reading, batch_equals_one_by_one, nothing_to_read, numbers_in_range)
SIGNAL_READER_CHECKS = (
    finds_only_what_was_asked, spans_lie_in_the_text, same_text_same_signals, nothing_in_an_empty_text
)  # fmt: skip
