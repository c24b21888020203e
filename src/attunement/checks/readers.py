"""What every `Reader`, every `ExchangeReader` and every `SignalReader` keeps to."""

from __future__ import annotations

import math

from attunement.checks.examples import EXCHANGES, TEXTS
from attunement.domain.contracts import ExchangeReader, Reader, SignalReader
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


def exchanges_keep_their_order(reader: ExchangeReader) -> None:
    """Exchanges read the other way round give the readings the other way round."""
    assert reader.read(EXCHANGES) == reader.read(EXCHANGES[::-1])[::-1]
    assert reader.read([]) == []


def same_exchange_same_reading(reader: ExchangeReader) -> None:
    """An exchange reads the same again, and alone as among others, to the bit."""
    together = reader.read(EXCHANGES)
    assert together == reader.read(EXCHANGES)
    assert together == [reader.read([exchange])[0] for exchange in EXCHANGES]


def replies_are_numbers_in_range(reader: ExchangeReader) -> None:
    """Probabilities lie in 0 to 1 and sum to 1, levels in 0 to 2, concern and distress in 1 to 7."""
    for exchange, reading in zip(EXCHANGES, reader.read(EXCHANGES), strict=True):
        sums: list[tuple[float, ...]] = [found.p for found in reading.empathy.values()]
        sums += [tuple(reading.strategy.values()), tuple(reading.behaviour.values())]
        assert all(math.isclose(sum(p), 1, abs_tol=1e-5) and min(p) >= 0 for p in sums), exchange
        assert all(found.level in (0, 1, 2) for found in reading.empathy.values()), exchange
        assert 0 <= reading.skill <= 1, exchange
        assert all(1 <= x <= 7 for x in (reading.concern, reading.distress)), exchange
        assert reading.model, "a reading names the model it is from"


def what_carries_lies_in_the_reply(reader: ExchangeReader) -> None:
    """A level over 0 is carried by ranges of characters of the reply, in order and apart; level 0 by none."""
    for (before, reply), reading in zip(EXCHANGES, reader.read(EXCHANGES), strict=True):
        for found in reading.empathy.values():
            assert bool(found.spans) == (found.level > 0), (before, reply)
            ends = [0, *(end for _, end in found.spans)]
            assert all(e <= start < end <= len(reply) for e, (start, end) in zip(ends, found.spans, strict=False)), (
                reply
            )


def an_empty_reply_shows_nothing(reader: ExchangeReader) -> None:
    """Where nothing was replied, no mechanism is read."""
    reading = reader.read([("I feel so alone.", "")])[0]
    assert all(found.level == 0 for found in reading.empathy.values())


READER_CHECKS = (order_is_kept, same_text_same_reading, batch_equals_one_by_one, nothing_to_read, numbers_in_range)
SIGNAL_READER_CHECKS = (
    finds_only_what_was_asked, spans_lie_in_the_text, same_text_same_signals, nothing_in_an_empty_text
)  # fmt: skip
EXCHANGE_READER_CHECKS = (
    exchanges_keep_their_order, same_exchange_same_reading, replies_are_numbers_in_range,
    what_carries_lies_in_the_reply, an_empty_reply_shows_nothing,
)  # fmt: skip
