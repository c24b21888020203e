"""What programs get back about what was read at one check-in, and the member's own word on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Self

from pydantic import Field

from attunement.domain.need import Need
from attunement.domain.reading import Attribution, RiskLevel
from attunement.programme.corrections import CheckInRead
from attunement.web.api.answers import Answer, RiskInfo, WordInfo


class CorrectionInfo(Answer):
    """What a member says they felt, and wanted; null where they left the need as it was read."""

    emotions: list[str]
    need: Need | None


class CheckInReadInfo(Answer):
    """One check-in with what was read from its words, which of them carried it, and the member's own correction.

    Valence, arousal and dominance run from 1 to 5, stress from 0 to 1.
    """

    moment: str
    at: datetime
    text: str
    language: str
    was_read: bool = Field(
        description="False where the words are in a language that is not read, or there are none. The numbers then say "
        "nothing: emotions are how often each occurs, needs are alike, all else is in the middle. Only risk counts."
    )
    labels: list[str]
    emotions: dict[str, float]
    needs: dict[Need, float]
    valence: float
    arousal: float
    dominance: float
    stress: float
    risk: RiskInfo
    model: str
    words: dict[str, list[WordInfo]] = Field(description="For each emotion found and the likeliest need; maybe empty.")
    other_words: dict[str, list[WordInfo]] = Field(
        description="For valence, arousal, dominance and stress, those that moved each away from its middle (weights "
        "below 0 moved it down); for risk where danger was read; maybe empty."
    )
    correction: CorrectionInfo | None

    @classmethod
    def of(cls, read: CheckInRead) -> Self:
        """The same as JSON has it."""
        kept, correction = read.reading, read.correction
        return cls(
            moment=read.moment, at=read.at, text=read.text, language=kept.language, was_read=read.was_read,
            labels=kept.labels, emotions=kept.emotions, needs=kept.needs, valence=kept.valence, arousal=kept.arousal,
            dominance=kept.dominance, stress=kept.stress, risk=RiskInfo(level=RiskLevel(kept.risk), p=kept.risk_p),
            model=kept.model, words=_words(read.words), other_words=_words(read.other_words),
            correction=CorrectionInfo(emotions=correction.emotions, need=correction.need) if correction else None,
        )  # fmt: skip


def _words(found: Mapping[str, Sequence[Attribution]]) -> dict[str, list[WordInfo]]:
    return {what: [WordInfo.model_validate(word) for word in words] for what, words in found.items()}
