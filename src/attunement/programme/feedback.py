"""Feedback on a practice done: what went as wanted, one small thing to try, and never nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from attunement.domain.contracts import SignalReader
from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.practice import LookFor, Practice, Signal
from attunement.domain.reading import RiskLevel


@dataclass(frozen=True, slots=True)
class FeedbackItem:
    """One thing looked for. ``met`` is None where it could not be looked at (nothing written, or not to be read).

    ``spans`` are character ranges in what was written that carry the signal.
    """

    label: str
    met: bool | None
    text: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RehearsalItem:
    """One turn of a rehearsal: what was said to it, what that does, and what would have opened more."""

    they: str
    said: str
    why: str
    helps: int
    better: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a member hears after a practice. ``skill_shown`` is the share of things met, or None where none was seen.

    ``risk`` is read from any text, on the spot, and kept nowhere; ``alerted`` tells that people of the programme are
    told, which the member must hear too.
    """

    practice: str
    items: tuple[FeedbackItem, ...]
    rehearsal: tuple[RehearsalItem, ...]
    closing: str
    text: str = ""
    read: bool = False
    risk: RiskLevel = RiskLevel.NONE
    alerted: bool = False

    @property
    def help_shown(self) -> bool:
        """Whether help must be shown before anything else."""
        return self.risk.rank >= RiskLevel.INDIRECT.rank

    @property
    def skill_shown(self) -> float | None:
        """From 0 to 1: things met among things looked at, rehearsal choices counted by how far they open."""
        seen = [float(i.met) for i in self.items if i.met is not None] + [r.helps / 2 for r in self.rehearsal]
        return round(sum(seen) / len(seen), 4) if seen else None


def give_feedback(
    practice: Practice,
    signals: SignalReader | None,
    *,
    text: str,
    ticked: Sequence[int],
    chosen: Mapping[int, int],
) -> Feedback:
    """Look for what the practice looks for; ``signals`` is None where the text may not be read.

    Raises `Invalid` (``bad-input``) where a tick or a choice points at nothing.
    """
    if any(not 0 <= t < len(practice.look_for) for t in ticked):
        raise Invalid(ErrorCode.BAD_INPUT, "A tick points at nothing in this practice. Reload the page and tick again.")
    readable = signals if text and practice.ask else None
    wanted = [item.signal for item in practice.look_for if item.signal is not Signal.SELF]
    found = readable.find(text, wanted, answers=practice.answers) if readable else {}
    items = []
    for position, item in enumerate(practice.look_for):
        if item.signal is Signal.SELF or readable is None:
            items.append(_own_word(item, position in ticked))
        else:
            hit = found.get(item.signal)
            met = (hit is not None) == item.wanted
            items.append(FeedbackItem(item.label, met, item.met if met else item.unmet, hit.spans if hit else ()))
    return Feedback(
        practice.id, tuple(items), _rehearsal(practice, chosen), practice.closing, text, readable is not None
    )


def _own_word(item: LookFor, ticked: bool) -> FeedbackItem:
    """What a member says of themselves stands; what they did not tick is offered as something to look at."""
    return FeedbackItem(item.label, True, item.met) if ticked else FeedbackItem(item.label, None, item.unmet)


def _rehearsal(practice: Practice, chosen: Mapping[int, int]) -> tuple[RehearsalItem, ...]:
    items = []
    for turn_number, choice_number in sorted(chosen.items()):
        try:
            if min(turn_number, choice_number) < 0:
                raise IndexError
            turn = practice.rehearsal[turn_number]
            choice = turn.choices[choice_number]
        except IndexError as error:
            raise Invalid(
                ErrorCode.BAD_INPUT,
                "A choice points at nothing in this rehearsal. Reload the page and choose again.",
            ) from error
        best = max(turn.choices, key=lambda c: c.helps)
        items.append(
            RehearsalItem(turn.they, choice.say, choice.why, choice.helps, "" if choice.helps == 2 else best.say)
        )
    return tuple(items)
