"""Why the companion said what it said, in plain reasons a member can read."""

from __future__ import annotations

from attunement.dialogue.hearing.talk import Talk
from attunement.dialogue.replying.reason import Reason
from attunement.dialogue.replying.remembering import Memory
from attunement.dialogue.replying.strategy import StrategyChoice
from attunement.domain.conversation import Candidate
from attunement.domain.messages import N_
from attunement.library.companion_words import CompanionWords


def why_said(
    talk: Talk, said: Candidate, choice: StrategyChoice | None, memory: Memory | None, words: CompanionWords
) -> tuple[Reason, ...]:
    """Plain reasons for what was said, at least one; only what is in the reply is named."""
    now, reasons = talk.now, list(choice.reasons if choice else ())
    if memory is not None and memory.kept in said.text:
        reasons.append(Reason(N_("You asked me to remember: {line}"), {"line": memory.line}))
    if now.feeling and now.feeling in said.text.lower():
        reasons.append(Reason(N_("You wrote that you feel {feeling}."), {"feeling": now.feeling}))
    if now.who and now.who in said.text.lower():
        reasons.append(Reason(N_("You spoke of {who}."), {"who": now.who}))
    if now.topic and any(q in said.text for q in words.topics[now.topic].questions):
        about = words.topics[now.topic].about
        reasons.append(Reason(N_("It seemed to be about {about}."), {"about": about}))
    return tuple(reasons or (Reason(N_("It answers what you wrote last.")),))
