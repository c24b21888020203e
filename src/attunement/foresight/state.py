"""One estimate of how a member is, from what they said and what was read; their own word weighs most."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from attunement.domain.affect import Affect
from attunement.domain.need import Need
from attunement.domain.reading import Reading, RiskLevel
from attunement.domain.state import State

SAID_SD = 0.15
READ_SD = 0.60
FELT_SD = 0.50
"""How far what is felt lies from what the body shows, even where that is measured well: the two go together loosely.
Mauss & Robinson 2009, Cognition and Emotion 23(2):209-237."""
HALF_LIFE_H = 6.0
CHANCE = 1 / len(Need)
FEELING_OF = {
    "sad": ("sadness", "grief", "disappointment"),
    "anxious": ("fear", "nervousness", "confusion"),
    "angry": ("anger", "annoyance", "disgust", "disapproval"),
    "ashamed": ("embarrassment", "remorse"),
    "warm": (
        "joy",
        "love",
        "gratitude",
        "caring",
        "relief",
        "optimism",
        "pride",
        "admiration",
        "amusement",
        "excitement",
    ),
}


def estimate_state(
    *, affect: Affect | None, needs: Sequence[Need], reading: Reading | None, near: Mapping[str, float] | None = None
) -> State:
    """Fuse self-report and reading, each weighted by its precision (1/sd²).

    >>> from attunement.domain.affect import Affect
    >>> state = estimate_state(affect=Affect(-0.6, 0.2), needs=[Need.CALM], reading=None)
    >>> state.valence, state.valence_sd, dict(state.needs), sorted(state.said)
    (-0.6, 0.15, {<Need.CALM: 'calm'>: 1.0}, ['affect', 'need:calm'])
    """
    said = {f"need:{n}" for n in needs} | ({"affect"} if affect else set())
    known = reading is not None and reading.language in {"en", "und"}
    read_v = _from_five(reading.emotion.valence) if reading and known else None
    read_a = _from_five(reading.emotion.arousal) if reading and known else None
    valence, valence_sd = _fuse(affect.valence if affect else None, read_v)
    arousal, arousal_sd = _fuse(affect.arousal if affect else None, read_a)
    return State(
        valence=valence,
        valence_sd=valence_sd,
        arousal=arousal,
        arousal_sd=arousal_sd,
        needs=_needs(needs, reading if known and not _in_danger(reading) else None),
        feelings=_feelings(reading.emotion.emotions) if reading and known else {},
        near=dict(near or {}) if known else {},
        risk=reading.risk.level if reading else State().risk,
        said=frozenset(said),
    )


def corrected_state(state: State, *, affect: Affect | None, emotions: Collection[str], need: Need | None) -> State:
    """The state after a member corrected what was read: their word takes the place of the reading.

    Valence and arousal come from what they said alone, since the reading that gave the wrong feelings is not trusted
    with the axes either. A need they chose stands alone; None leaves needs as they were.

    >>> wrong = State(valence=-0.4, valence_sd=0.6, feelings={"sad": 0.8})
    >>> corrected_state(wrong, affect=None, emotions=["joy"], need=None).feelings["warm"]
    1.0
    """
    told = estimate_state(affect=affect, needs=(), reading=None)
    state = replace(
        state, valence=told.valence, valence_sd=told.valence_sd, arousal=told.arousal, arousal_sd=told.arousal_sd,
        feelings=_feelings(dict.fromkeys(emotions, 1.0)),
    )  # fmt: skip
    return replace(state, needs={need: 1.0}, said=state.said | {f"need:{need}"}) if need else state


def with_body(state: State, *, arousal: float, sd: float) -> State:
    """The state with what was read from the body in its arousal, weighted by precision (1/sd²).

    Where the member said how they are, that stands and the body changes nothing, for as long as their word is surer
    than what is felt can be told from a body (some four and a half hours, `aged`).

    Parameters
    ----------
    arousal:
        0 to 1; 0.5 is as usual at rest, which counts as the middle of the axis.
    sd:
        Its standard deviation, on the same scale.

    >>> calm = with_body(State(), arousal=0.25, sd=0.1)
    >>> calm.arousal, round(calm.arousal_sd, 2), calm.sensed
    (-0.5, 0.54, -0.5)
    """
    if "affect" in state.said and state.arousal_sd < FELT_SD:
        return state
    sensed = round(2 * arousal - 1, 6)
    fused, fused_sd = weighed((state.arousal, state.arousal_sd), (sensed, (FELT_SD**2 + (2 * sd) ** 2) ** 0.5))
    return replace(state, arousal=fused, arousal_sd=fused_sd, sensed=sensed)


def _fuse(said: float | None, read: float | None) -> tuple[float, float]:
    return weighed(*((v, sd) for v, sd in ((said, SAID_SD), (read, READ_SD)) if v is not None))


def _from_five(value: float) -> float:
    """EmoBank's 1..5 to -1..1; its ratings crowd around 3, so the middle is widened twofold."""
    return max(-1.0, min(1.0, value - 3.0))


def weighed(*known: tuple[float, float]) -> tuple[float, float]:
    """The mean of values with standard deviations, each weighted by 1/sd², and its own.

    One with a deviation of 1 or more tells nothing; where none tells anything, 0 with a deviation of 1.

    >>> weighed((0.5, 0.2), (0.0, 1.0)), weighed()
    ((0.5, 0.2), (0.0, 1.0))
    """
    known = tuple((v, sd) for v, sd in known if sd < 1)
    if not known:
        return 0.0, 1.0
    precision = sum(sd**-2 for _, sd in known)
    return round(sum(v * sd**-2 for v, sd in known) / precision, 6), round(precision**-0.5, 6)


def _in_danger(reading: Reading | None) -> bool:
    """Where danger is read, no want is read beside it: "I want to die" does not ask to act."""
    return reading is not None and reading.risk.level.rank >= RiskLevel.INDIRECT.rank


def _needs(said: Sequence[Need], reading: Reading | None) -> Mapping[Need, float]:
    """What was said, alone, where anything was; else by how much more than chance (1 in 5) each was read."""
    distinct = list(dict.fromkeys(said))
    if distinct:
        return {n: round(1 / len(distinct), 6) for n in distinct}
    if reading is None:
        return {}
    return {n: round((p - CHANCE) / (1 - CHANCE), 6) for n, p in reading.need.p.items() if p > CHANCE}


def _feelings(emotions: Mapping[str, float]) -> dict[str, float]:
    return {
        group: round(min(1.0, max((emotions.get(e, 0.0) for e in members), default=0.0)), 6)
        for group, members in FEELING_OF.items()
    }


def aged(state: State, hours: float) -> State:
    """The same state some hours later: less certain, and its feelings and needs fading (half-life six hours).

    Danger does not fade: silence says nothing of it. Whoever uses a state says how long it counts.

    >>> aged(State(valence=-0.5, valence_sd=0.15), 6).valence_sd > 0.5
    True
    """
    left = 0.5 ** (max(0.0, hours) / HALF_LIFE_H)
    return State(
        valence=state.valence * left,
        valence_sd=1 - (1 - state.valence_sd) * left,
        arousal=state.arousal * left,
        arousal_sd=1 - (1 - state.arousal_sd) * left,
        sensed=None if state.sensed is None else state.sensed * left,
        needs={n: w * left for n, w in state.needs.items()},
        feelings={f: p * left for f, p in state.feelings.items()},
        near={practice: p * left for practice, p in state.near.items()},
        risk=state.risk,
        said=state.said,
    )
