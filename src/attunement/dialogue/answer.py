"""What the companion answers: what is said, what it rests on, what is to be done."""

from __future__ import annotations

from dataclasses import dataclass

from attunement.dialogue.replying.reason import Reason
from attunement.dialogue.replying.strategy import StrategyChoice
from attunement.dialogue.safety.assessment import Action
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, and all that is needed to explain, log and act on it.

    ``by`` is who wrote it (``composer``, ``guard`` or a language model); ``moment`` the special moment answered,
    ``step`` the step of safety, each empty where there was none; ``choice`` how the strategy was chosen, where it was;
    ``practice`` the id of a practice that was offered; ``refused`` the codes of candidates the guard did not let
    pass; ``remembered`` the remembered line it comes back to; ``prompt`` the version of a language model's prompt.
    """

    text: str
    strategy: Strategy
    by: str
    risk: RiskLevel
    actions: tuple[Action, ...]
    why: tuple[Reason, ...]
    language: str
    moment: str = ""
    step: str = ""
    choice: StrategyChoice | None = None
    practice: str | None = None
    refused: tuple[str, ...] = ()
    words: str = ""
    remembered: str = ""
    prompt: str = ""
