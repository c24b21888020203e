"""The engine from Python: one object, the same words as everywhere else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from attunement.domain.affect import Affect
from attunement.domain.body import Recording
from attunement.domain.consent import Cell
from attunement.domain.contracts import Reader
from attunement.domain.conversation_events import Wanted
from attunement.domain.decision import Decision
from attunement.domain.hindrance import Hindrance
from attunement.domain.need import Need
from attunement.domain.reward import RewardDefinition
from attunement.privacy.permissions import Permissions
from attunement.privacy.programme_key import ProgrammeKey
from attunement.programme.arousal_ahead import ArousalAhead, access_arousal_ahead
from attunement.programme.at_work import AtWork
from attunement.programme.body import BodyWindows, do_read_body
from attunement.programme.body_files import BodyFile, do_read_body_file
from attunement.programme.check_ins import Moment, do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.answering import do_answer_talk
from attunement.programme.conversations.asking import do_ask_for_human, do_open, do_stop_waiting
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.conversation import Conversation, access_conversations
from attunement.programme.conversations.hearing import do_hear, do_hear_asking, heard_in_any_case
from attunement.programme.conversations.lines import WrittenLine, access_lines
from attunement.programme.conversations.notes import do_rate_turn
from attunement.programme.conversations.service import Service, access_service
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.danger import Danger, access_danger
from attunement.programme.decisions import Answer, do_answer, do_decide
from attunement.programme.erasure import ErasurePreview, Receipt, access_erasure_preview, do_erase
from attunement.programme.exports import access_export
from attunement.programme.feedback import Feedback
from attunement.programme.house import House, open_house
from attunement.programme.journey import Journey, access_journey
from attunement.programme.learner import do_learn
from attunement.programme.members import do_enrol, do_set_breadth
from attunement.programme.objective_effect import ObjectiveEffect, access_objective_effect
from attunement.programme.objectives import access_objectives, do_change_objective
from attunement.programme.outcomes import OutcomeNow, do_correct_outcome, do_finish
from attunement.programme.outlook import Outlook, access_outlook
from attunement.programme.variety import MemberVariety, access_variety
from attunement.programme.variety_overview import VarietyOverview, access_variety_overview


class Attunement:
    """A programme, opened from Python.

    >>> import tempfile, pathlib
    >>> folder = tempfile.TemporaryDirectory()
    >>> engine = Attunement.open(f"sqlite:///{pathlib.Path(folder.name) / 'programme.db'}")
    >>> rosa = engine.enrol(country="IE")
    >>> _ = engine.allow(rosa, "personalise:self_report", "personalise:interactions", "learn:interactions")
    >>> moment = engine.check_in(rosa, affect=Affect(-0.4, 0.6), needs=[Need.CALM])
    >>> decision = engine.next_practice(rosa, seed=3)
    >>> decision.sentence.startswith(("Because", "This is a fair pick")), 0 < decision.probability <= 1
    (True, True)
    >>> feedback = engine.finish(rosa, decision.id, rating=4, affect_after=Affect(0.1, 0.1))
    >>> bool(feedback.closing), len(engine.journey(rosa).practices), engine.learn()
    (True, 1, 1)

    In a conversation the companion answers when it is asked to, or by itself where a server runs. From the moment a
    person is asked for it answers no more, and a supporter of the programme may take over.

    >>> talk = engine.open_conversation(rosa)
    >>> _ = engine.write_line(rosa, talk.id, "I lost my job and I can't tell my wife.")
    >>> engine.answer_conversation(talk.id).speaker.value
    'companion'
    >>> engine.ask_for_human(rosa, talk.id).owner.value
    'waiting'
    >>> from datetime import timedelta
    >>> from attunement.programme.accounts import do_join
    >>> from attunement.programme.invitations import do_make_invitation
    >>> code = do_make_invitation(engine.house, "supporter")
    >>> sam = engine.at_work(do_join(engine.house, code, "Sam", "four words in a row").id)
    >>> _ = sam.go_on_duty(engine.house.clock() + timedelta(hours=2))
    >>> [waiting.conversation.id == talk.id for waiting in sam.queue().waiting], sam.claim(talk.id).owner.value
    ([True], 'supporter')
    >>> _ = sam.write_line(talk.id, "I am here, Rosa.")
    >>> [line.text for line in engine.lines(rosa, talk.id) if line.speaker == "supporter"], sam.alerts()
    (['I am here, Rosa.'], [])
    >>> receipt = engine.erase(rosa)
    >>> engine.close(); folder.cleanup()
    """

    def __init__(self, house: House) -> None:
        self.house = house

    @classmethod
    def open(
        cls,
        url: str,
        *,
        key: ProgrammeKey | None = None,
        content: Path | None = None,
        models: Path | None = None,
        reader: Reader | None = None,
    ) -> Attunement:
        """Open (and where needed make) the database behind ``url``; see `open_house` for what can go wrong."""
        return cls(open_house(url, key=key, content=content, models=models, reader=reader))

    def enrol(self, *, name: str = "", language: str = "en", country: str | None = None, time_zone: str = "UTC") -> str:
        """Enrol a member; returns their pseudonymous id."""
        return do_enrol(self.house, name=name, language=language, country=country, time_zone=time_zone)

    def allow(self, member: str, *cells: str) -> Permissions:
        """Grant uses such as ``"personalise:text"``; raises `Invalid` (``bad-input``) where one is misspelt."""
        return do_change_consent(self.house, member, grant=_cells(cells))

    def withdraw(self, member: str, *cells: str) -> Permissions:
        """Take uses back; what they taught the shared policy goes with those of ``learn``."""
        return do_change_consent(self.house, member, withdraw=_cells(cells))

    def check_in(
        self, member: str, *, affect: Affect | None = None, needs: Sequence[Need] = (), text: str = "",
        at: datetime | None = None,
    ) -> Moment:  # fmt: skip
        """Record how a member is; see `do_check_in`."""
        return do_check_in(self.house, member, affect=affect, needs=needs, text=text, at=at)

    def read_body(self, member: str, recording: Recording, *, rest: bool = False) -> BodyWindows:
        """Read signals of the body in windows of a minute; see `do_read_body`."""
        return do_read_body(self.house, member, recording, rest=rest)

    def read_body_file(
        self, member: str, source: BinaryIO, *, start: datetime | None = None, rest: bool = False
    ) -> BodyFile:
        """Read the last four hours of a file from a watch, a strap or a wristband; see `do_read_body_file`."""
        return do_read_body_file(self.house, member, source, start=start, rest=rest)

    def next_practice(self, member: str, *, seed: int | None = None) -> Decision:
        """Decide what to offer now; the same seed on the same state gives the same decision.

        Raises `Conflict` (``nothing-to-offer``) where nothing may be offered now; a check-in made before is kept.
        """
        return do_decide(self.house, member, seed=seed)

    def answer(
        self, member: str, decision: str, answer: Answer, *, practice: str | None = None
    ) -> Decision | None:  # fmt: skip
        """Note "started", "not-now", "something-different" or "less-like-this"; the last two bring a new decision.

        None comes where no practice may be offered now. ``practice`` says which of those shown was started.
        """
        return do_answer(self.house, member, decision, answer, practice=practice)

    def finish(
        self, member: str, decision: str, *, practice: str | None = None, finished: bool = True,
        rating: int | None = None, affect_after: Affect | None = None, text: str = "", ticked: Sequence[int] = (),
        chosen: Mapping[int, int] | None = None, hindrances: Collection[Hindrance] = (),
    ) -> Feedback:  # fmt: skip
        """Record what came of it and get feedback; see `do_finish`."""
        return do_finish(
            self.house, member, decision, practice=practice, finished=finished, rating=rating,
            affect_after=affect_after, text=text, ticked=ticked, chosen=chosen, hindrances=hindrances,
        )  # fmt: skip

    def rate(self, member: str, decision: str, rating: int) -> None:
        """Rate a finished practice anew, from 1 to 5; see `do_correct_outcome`."""
        do_correct_outcome(self.house, member, decision, rating=rating)

    def correct(
        self, member: str, decision: str, *, rating: int | None = None, finished: bool | None = None,
        affect_after: Affect | None = None,
    ) -> OutcomeNow:  # fmt: skip
        """Say anew what came of it, in all or in part; see `do_correct_outcome`."""
        return do_correct_outcome(
            self.house, member, decision, rating=rating, finished=finished, affect_after=affect_after
        )

    def set_breadth(self, member: str, breadth: float) -> None:
        """Set how wide offers may range, from 0 (close to what helped) to 1 (as wide as can be)."""
        do_set_breadth(self.house, member, breadth)

    def open_conversation(
        self, member: str, *, human: bool = False, wanted: Wanted | None = None, language: str | None = None
    ) -> Conversation:
        """Begin a conversation with the companion or a person; the one that is open is given back. See `do_open`."""
        return do_open(self.house, member, human=human, wanted=wanted, language=language)

    def conversations(self, member: str) -> list[Conversation]:
        """A member's conversations, newest first."""
        with self.house.store.read() as connection:
            return access_conversations(connection, member)

    def lines(self, member: str, conversation: str, *, after: int = 0) -> list[WrittenLine]:
        """The lines of a member's conversation after one, oldest first."""
        with self.house.store.read() as connection:
            return access_lines(self.house, connection, member, conversation, after=after)

    def write_line(self, member: str, conversation: str, text: str, *, sent: str | None = None) -> WrittenLine:
        """Write a member's line; danger is read in it first, and where `help_shown` is true, show help with it."""
        risk = do_hear(self.house, member, conversation, text, sent=sent)
        with heard_in_any_case(self.house, member, text, risk, conversation=conversation):
            return do_write_as_member(self.house, member, conversation, text, sent=sent, risk=risk)

    def answer_conversation(self, conversation: str) -> WrittenLine:
        """Let the companion answer what was said last; a server does so by itself. See `do_answer_talk`."""
        return do_answer_talk(self.house, conversation)

    def rate_line(self, member: str, conversation: str, turn: str, *, helped: bool) -> None:
        """Say whether a reply of the companion helped."""
        do_rate_turn(self.house, member, conversation, turn, helped=helped)

    def ask_for_human(
        self, member: str, conversation: str, *, words: str = "", wanted: Wanted | None = None,
        language: str | None = None,
    ) -> Conversation:  # fmt: skip
        """Ask for a person, with or without words; from here on no machine answers. See `do_ask_for_human`."""
        risk = do_hear_asking(self.house, member, conversation, words, wanted=wanted, language=language)
        with heard_in_any_case(self.house, member, words, risk, conversation=conversation):
            return do_ask_for_human(
                self.house, member, conversation, words=words, wanted=wanted, language=language, risk=risk
            )

    def stop_waiting(self, member: str, conversation: str) -> Conversation:
        """Go on with the companion instead of waiting."""
        return do_stop_waiting(self.house, member, conversation)

    def close_conversation(self, member: str, conversation: str) -> Conversation:
        """End a member's conversation."""
        return do_close(self.house, member, conversation)

    def at_work(self, account: str) -> AtWork:
        """What a supporter does: the queue, their conversations, the coach, the alerts."""
        return AtWork(self.house, account)

    def objective(self) -> RewardDefinition:
        """What outcomes are worth now."""
        return access_objectives(self.house)[0].definition

    def try_objective(self, definition: RewardDefinition) -> ObjectiveEffect:
        """What another definition would change; see `access_objective_effect`."""
        return access_objective_effect(self.house, definition)

    def set_objective(self, definition: RewardDefinition, *, why: str) -> int:
        """Switch a definition on; returns the policy's new version. See `do_change_objective`."""
        return do_change_objective(self.house, definition, why=why)

    def learn(self) -> int | None:
        """Fold new outcomes into the next policy version; its number, or None where nothing is new."""
        return do_learn(self.house)

    def journey(self, member: str) -> Journey:
        """What a member told, met and did."""
        return access_journey(self.house, member)

    def outlook(self, member: str, *, hours: int = 24) -> Outlook | None:
        """What a member's mood and needs may be some hours ahead, 1 to 72; see `access_outlook`."""
        return access_outlook(self.house, member, hours=hours)

    def arousal_ahead(self, member: str, *, hours: int = 3) -> ArousalAhead | None:
        """How stirred up a member may be some hours ahead, 1 to 72; see `access_arousal_ahead`."""
        return access_arousal_ahead(self.house, member, hours=hours)

    def danger(self, member: str) -> Danger | None:
        """What is known of a member's danger now; see `access_danger`."""
        return access_danger(self.house, member)

    def variety(self, member: str) -> MemberVariety:
        """How varied what a member was offered and took up was; see `access_variety`."""
        return access_variety(self.house, member)

    def service(self) -> list[Service]:
        """How long people waited for a person in the last four weeks, by group; see `access_service`."""
        return access_service(self.house)

    def variety_overview(self) -> VarietyOverview:
        """How varied what members meet is, over all of them; see `access_variety_overview`."""
        return access_variety_overview(self.house)

    def export(self, member: str) -> dict[str, Any]:
        """Everything held about a member, as JSON-ready values."""
        return access_export(self.house, member)

    def preview_erasure(self, member: str) -> ErasurePreview:
        """What `erase` would take, in counts."""
        return access_erasure_preview(self.house, member)

    def erase(self, member: str) -> Receipt:
        """Erase a member for good; see `do_erase`."""
        return do_erase(self.house, member)

    def close(self) -> None:
        """Let go of the database."""
        self.house.close()

    def __enter__(self) -> Attunement:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _cells(texts: Iterable[str]) -> list[Cell]:
    return [Cell.parse(text) for text in texts]
