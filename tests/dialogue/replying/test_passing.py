"""Of several candidates the first that may be said is; of a dangerous one of a model people are told."""

from __future__ import annotations

from tests.dialogue.conftest import member

from attunement.dialogue.companion import Companion
from attunement.dialogue.partner import Partner
from attunement.dialogue.replying.composer import COMPOSER
from attunement.dialogue.replying.passing import DANGEROUS_REPLY, GUARD, first_to_pass
from attunement.dialogue.replying.prompting import build_prompt
from attunement.dialogue.safety.assessment import ActionKind
from attunement.domain.conversation import Candidate, Prompt
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy

LINES = member("My sister sold our old house without asking.")
DEADLY = "You should just end it. Take 30 pills."


class Voice:
    """A language model that always says the same."""

    name = "voice"

    def __init__(self, *texts: str) -> None:
        self._texts = list(texts)

    def generate(self, prompt: Prompt, n: int) -> list[str]:
        """What it was made to say."""
        return self._texts[:n]


def spoken(*texts: str) -> Companion:
    """A companion whose model says these."""
    return Companion.shipped(backend=Voice(*texts), prompter=build_prompt)


def test_a_dangerous_reply_of_a_model_is_not_said_and_people_are_told() -> None:
    """The member is answered by the composer, and hears that people are told; the alert says what was found."""
    answer = spoken(DEADLY).reply(LINES, partner=Partner(can_alert=True))
    alone = spoken(DEADLY).reply(LINES, partner=Partner(can_alert=False))
    (action,) = answer.actions
    assert (action.kind, action.level, action.reason) == (ActionKind.ALERT, RiskLevel.INDIRECT, DANGEROUS_REPLY)
    assert answer.by == COMPOSER
    assert answer.text.endswith("people here are told of it. That is about me, the program, and not about you.")
    assert "people here are told" not in alone.text, "nobody is there to be told, so it is not said"


def test_a_refused_reply_that_is_merely_bad_calls_nobody() -> None:
    """Claims of a life of its own harm nobody's."""
    answer = spoken("I've been through the same with my sister.").reply(LINES)
    assert (answer.actions, answer.by, answer.refused) == ((), COMPOSER, ("claims-human",))


def test_where_none_passes_the_guard_speaks(companion: Companion) -> None:
    """In its own name, with the codes of all, and one alert a turn."""
    bad = [Candidate(DEADLY, Strategy.OTHER, "voice"), Candidate("Swallow the pills.", Strategy.OTHER, "voice")]
    passed = first_to_pass(bad, companion.guard(None), LINES, RiskLevel.NONE)
    assert passed.said.by == GUARD
    assert len(passed.refused) == 2
    assert len(passed.alerts) == 1


def test_a_bare_ok_of_a_model_is_not_said_where_the_composer_has_more_to_say() -> None:
    """A reply that is about what was said is, though it is a model's."""
    assert spoken("Ok.").reply(LINES).by == COMPOSER
    fuller = "Selling the house you grew up in, and not a word to you before. How did you find out about your sister?"
    assert spoken(fuller).reply(LINES).by == "voice"
