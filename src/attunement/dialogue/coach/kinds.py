"""What a clause told back is to a supporter: a hurt, a loss, a deed, a feeling, a wish, a belief, or danger."""

from __future__ import annotations

import re

from attunement.dialogue.coach.facts import is_clock, is_unharmed
from attunement.dialogue.coach.tone import Tone, matches
from attunement.dialogue.hearing.clauses import Clause
from attunement.dialogue.hearing.clauses import Kind as Told
from attunement.dialogue.hearing.tense import tense_of
from attunement.library.coach_words import Kind, Marks, Tense

SORE_ENOUGH = 0.5  # a few words without what stands around them are easily misread
BEFALLS_ENOUGH = 0.45
_LACKS = re.compile(r"n't\b|\b(?:not|never|no|nobody|nothing|no one|none|without|alone)\b")
"""What is denied them weighs though little is read from it: "your son won't let you see your grandchildren"."""
_FEEL = re.compile(
    r"^you(?:'re|'ve| have| are)?(?: (?:just|still|always|often|really|sometimes|also|only|never|"
    r"been|absolutely|so|all))* (?:feel|felt|feeling|hate|miss|dread|fear|despise)\b"
)
_WANT = re.compile(
    r"^you(?:'d)?(?: (?:just|really|only|still|always|so badly))* (?:want|wanted|wish|need|would like|hope)\b"
)
_WISH = re.compile(
    r"^you(?:'d|'re)?(?: (?:just|really|only|still|always|often|sometimes|actually|"
    r"so badly))* (?:wouldn't mind|want|wish|don't want|don't wanna|would rather|rather|feel like|keep thinking|"
    r"think about|can't stop thinking|thinking|ready)\b"
)

_REGRET = re.compile(r"^you (?:could|should|would|might)(?:n't| not)?(?:'ve| have)\b")
"""What they hold against themselves afterwards: told back as it seems to them, never as how it was."""


def kind_of(clause: Clause, tone: Tone, in_good: bool, marks: Marks) -> Kind | None:
    """What a clause is; None for harm that did not come, for the hour, and for a death that is not their own wish."""
    said = clause.said
    if is_unharmed(said) or is_clock(said):
        return None
    if clause.kind is Told.DARK or (clause.kind is not Told.LOSS and matches(marks.dark, said)):
        return Kind.DARK if _WISH.match(said) else None
    if tone.glad:
        return Kind.GLAD
    if _WANT.match(said):
        return Kind.WANT
    if not tone.sore:
        return None if tone.fact else Kind.PLAIN
    if _FEEL.match(said):
        return Kind.FEEL
    return _weighing(clause, tone, in_good, marks)


def _weighing(clause: Clause, tone: Tone, in_good: bool, marks: Marks) -> Kind:
    """What a clause is that weighs: their own deed, a loss, what seems to them, or what else happened to them."""
    said, tense = clause.said, tense_of(clause.said)
    if matches(marks.deed, said):
        return Kind.DEED
    if tense is not Tense.FUTURE and (clause.kind is Told.LOSS or matches(marks.grave, said)):
        return Kind.GRAVE
    if _REGRET.match(said):
        return Kind.BELIEF
    over = tense is Tense.PAST and clause.kind is not Told.HARSH
    if matches(marks.belief, said) and not over:
        return Kind.BELIEF
    if not said.startswith("you ") or marks.befalls.search(said):
        return Kind.HURT if tone.sore >= BEFALLS_ENOUGH or _LACKS.search(said) else Kind.PLAIN
    return Kind.PLAIN if in_good or tone.sore < SORE_ENOUGH else Kind.DEED
