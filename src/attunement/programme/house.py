"""All parts of a running programme, wired once."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from attunement.delivery.outbound import Outbound, outbound_from_environment
from attunement.dialogue.backends.chosen import backend_from_environment
from attunement.dialogue.backends.place import place_of
from attunement.dialogue.backends.resting import RestingBackend
from attunement.dialogue.coach import Coach
from attunement.dialogue.companion import Companion
from attunement.dialogue.replying.prompting import build_prompt
from attunement.domain.contracts import ExchangeReader, Reader, ReadsCheckIns, Remembers, SignalReader
from attunement.library.cases import Case, load_cases
from attunement.library.coach_words import load_coach_words
from attunement.library.companion_words import CompanionWords, load_companion_words
from attunement.library.consent_wording import ConsentWording, load_consent_wording
from attunement.library.elsewhere_wording import ElsewhereWording, load_elsewhere_wording
from attunement.library.helplines import Helplines, load_helplines
from attunement.library.library import Library, load_library
from attunement.library.openings import Opening, load_openings
from attunement.library.prompts import load_prompt
from attunement.library.resources import chosen_models, content_folder
from attunement.policy.features import FeatureMap
from attunement.privacy.programme_key import ProgrammeKey, find_key
from attunement.programme.alerts.owed import OwedAlerts
from attunement.programme.bell import Bell
from attunement.programme.crowd_shelf import CrowdShelf
from attunement.programme.listings import Listings
from attunement.programme.policy_shelf import PolicyShelf
from attunement.programme.throttle import Throttle
from attunement.reading.body.reader import BodyReader
from attunement.reading.nearness import PracticeFinder
from attunement.reading.practice_signals import PracticeSignalReader
from attunement.reading.reply_reader import ReplyReader
from attunement.reading.signals import RuleSignalReader
from attunement.reading.text_reader import TextReader
from attunement.store.engine import is_new, make_folder, parse_url, sqlite_file
from attunement.store.sealing import Sealer
from attunement.store.store import Store

if TYPE_CHECKING:
    from attunement.programme.mood_lessons import MoodLesson
    from attunement.programme.segments import Kinds


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, repr=False)
class House:
    """The store, the library, the readers and the policies of one programme.

    ``clock`` can be replaced in tests; all else is made by `open_house`. ``voiced`` is the companion with a
    language model, where the programme has one, and ``voice_place`` the other computer that runs on (empty: this one).
    ``words`` are those both of them go by.
    """

    store: Store
    key: ProgrammeKey
    library: Library
    wording: ConsentWording
    helplines: Helplines
    words: CompanionWords
    companion: Companion
    voiced: Companion | None
    elsewhere: ElsewhereWording
    reader: Reader
    replies: ExchangeReader
    coach: Coach
    finder: PracticeFinder
    signals: SignalReader
    policies: PolicyShelf
    body: BodyReader = field(default_factory=BodyReader)
    throttle: Throttle = field(default_factory=Throttle)
    bell: Bell = field(default_factory=Bell)
    outbound: Outbound = field(default_factory=Outbound)
    owed: OwedAlerts = field(default_factory=OwedAlerts)
    segments: CrowdShelf[Kinds] = field(default_factory=CrowdShelf)
    moods: CrowdShelf[MoodLesson] = field(default_factory=CrowdShelf)
    openings: tuple[Opening, ...] = ()
    cases: tuple[Case, ...] = ()
    clock: Callable[[], datetime] = now
    voice: RestingBackend | None = None
    demo: bool = False

    @cached_property
    def listings(self) -> Listings:
        """The lists of practices that decisions among very many refer to."""
        return Listings(self.store)

    @cached_property
    def check_in_reader(self) -> Reader:
        """What reads check-ins, where it is known that somebody tells of themselves."""
        return self.reader.for_check_ins() if isinstance(self.reader, ReadsCheckIns) else self.reader

    @cached_property
    def name(self) -> str:
        """What the programme is called on its pages."""
        return os.environ.get("ATTUNEMENT_NAME", "Attunement")

    @property
    def voice_place(self) -> str:
        """The host that what members write would be sent to; empty where it stays on this machine."""
        return place_of(self.voice) if self.voice is not None else ""

    def at(self, clock: Callable[[], datetime]) -> House:
        """The same house by another clock."""
        return replace(self, clock=clock)

    def forget(self) -> None:
        """Let go of what readers remember of anybody's words: somebody erased themselves."""
        for reader in (self.companion, self.voiced, self.coach, self.reader, self.replies):
            if isinstance(reader, Remembers):
                reader.forget()

    def close(self) -> None:
        """Let go of the database and of the language model."""
        if self.voice is not None:
            self.voice.close()
        self.store.close()


def key_file_for(url: str) -> Path:
    """Where the programme key lies when it is not in the environment: beside the SQLite file, or where told."""
    told = os.environ.get("ATTUNEMENT_KEY_FILE")
    file = sqlite_file(parse_url(url))
    if told:
        return Path(told)
    return Path(f"{file}.key") if file else Path("attunement.key")


def open_house(
    url: str, *, key: ProgrammeKey | None = None, content: Path | None = None, models: Path | None = None,
    reader: Reader | None = None, demo: bool = False,
) -> House:  # fmt: skip
    """Open a programme's database and wire the parts to it.

    Parameters
    ----------
    url:
        ``sqlite:///FILE`` (made where it is not there), ``postgresql://...`` or a plain file path.
    key:
        The programme key; by default from the environment or the key file.
    content:
        Another content folder than the one that ships.
    models:
        Another folder of models; by default the one ``ATTUNEMENT_MODELS`` names, or else the one that ships.

    Raises `StoreError` where the database cannot be used, `Invalid` where content has faults (``bad-content``) or the
    setting names no folder (``bad-input``).
    """
    file = sqlite_file(parse_url(url))
    if file is not None:
        make_folder(file.parent)
    folder = content or content_folder()
    library = load_library(folder)
    programme_key = key or find_key(key_file_for(url), make=file is None or is_new(file))
    store = Store(url, Sealer(programme_key))
    models = models or chosen_models()
    texts, replies, voice = TextReader(models=models), ReplyReader(models=models), backend_from_environment()
    helplines, words = load_helplines(folder), load_companion_words(_with(folder, "companion"))
    talking = partial(Companion, words=words, helplines=helplines, reader=reader or texts, replies=replies)
    return House(
        store=store,
        key=programme_key,
        library=library,
        wording=load_consent_wording(folder),
        helplines=helplines,
        words=words,
        companion=talking(),
        voiced=_voiced(folder, talking, voice),
        elsewhere=load_elsewhere_wording(_with(folder, "elsewhere.yaml")),
        reader=reader or texts,
        replies=replies,
        coach=Coach(replies, texts, load_coach_words(_with(folder, "coach"))),
        finder=PracticeFinder(texts.meanings, {p.id: f"{p.title}. {p.summary}" for p in library.practices}),
        signals=PracticeSignalReader(RuleSignalReader(), replies),
        policies=PolicyShelf(store, FeatureMap(library.practices)),
        body=BodyReader(models=models),
        voice=voice,
        openings=load_openings(_with(folder, "openings.yaml")),
        cases=load_cases(_with(folder, "cases")),
        outbound=outbound_from_environment(programme_key.subkey("push")),
        demo=demo,
    )


def _voiced(folder: Path, talking: Callable[..., Companion], voice: RestingBackend | None) -> Companion | None:
    """The companion that speaks with a language model, where there is one."""
    if voice is None:
        return None
    return talking(backend=voice, prompter=partial(build_prompt, text=load_prompt(_with(folder, "prompts"))))


def _with(folder: Path, name: str) -> Path:
    """A content folder of somebody's own, or the one that ships for a part they did not write."""
    return folder if (folder / name).exists() else content_folder()
