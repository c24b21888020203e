"""All parts of a running programme, wired once."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from attunement.delivery.outbound import Outbound, outbound_from_environment
from attunement.dialogue.coach import Coach
from attunement.domain.contracts import ExchangeReader, Reader, SignalReader
from attunement.library.cases import Case, load_cases
from attunement.library.coach_words import load_coach_words
from attunement.library.consent_wording import ConsentWording, load_consent_wording
from attunement.library.helplines import Helplines, load_helplines
from attunement.library.library import Library, load_library
from attunement.library.openings import Opening, load_openings
from attunement.library.resources import content_folder
from attunement.policy.features import FeatureMap
from attunement.privacy.programme_key import ProgrammeKey, find_key
from attunement.programme.bell import Bell
from attunement.programme.policy_shelf import PolicyShelf
from attunement.programme.segment_shelf import SegmentShelf
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
    from attunement.programme.segments import Kinds


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, repr=False)
class House:
    """The store, the library, the readers and the policies of one programme.

    ``clock`` can be replaced in tests; all else is made by `open_house`.
    """

    store: Store
    key: ProgrammeKey
    library: Library
    wording: ConsentWording
    helplines: Helplines
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
    segments: SegmentShelf[Kinds] = field(default_factory=SegmentShelf)
    openings: tuple[Opening, ...] = ()
    cases: tuple[Case, ...] = ()
    clock: Callable[[], datetime] = now
    demo: bool = False

    @cached_property
    def name(self) -> str:
        """What the programme is called on its pages."""
        return os.environ.get("ATTUNEMENT_NAME", "Attunement")

    def at(self, clock: Callable[[], datetime]) -> House:
        """The same house by another clock."""
        return replace(self, clock=clock)

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()


def key_file_for(url: str) -> Path:
    """Where the programme key lies when it is not in the environment: beside the SQLite file, or where told."""
    told = os.environ.get("ATTUNEMENT_KEY_FILE")
    file = sqlite_file(parse_url(url))
    if told:
        return Path(told)
    return Path(f"{file}.key") if file else Path("attunement.key")


def open_house(
    url: str, *, key: ProgrammeKey | None = None, content: Path | None = None, reader: Reader | None = None,
    demo: bool = False,
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

    Raises `StoreError` where the database cannot be used, `Invalid` (``bad-content``) where content has faults.
    """
    file = sqlite_file(parse_url(url))
    if file is not None:
        make_folder(file.parent)
    folder = content or content_folder()
    library = load_library(folder)
    programme_key = key or find_key(key_file_for(url), make=file is None or is_new(file))
    store = Store(url, Sealer(programme_key))
    texts, replies = TextReader(), ReplyReader()
    return House(
        store=store,
        key=programme_key,
        library=library,
        wording=load_consent_wording(folder),
        helplines=load_helplines(folder),
        reader=reader or texts,
        replies=replies,
        coach=Coach(replies, texts, load_coach_words(folder if (folder / "coach").is_dir() else content_folder())),
        finder=PracticeFinder(texts.meanings, {p.id: f"{p.title}. {p.summary}" for p in library.practices}),
        signals=PracticeSignalReader(RuleSignalReader(), replies),
        policies=PolicyShelf(store, FeatureMap(library.practices)),
        openings=load_openings(folder),
        cases=load_cases(folder),
        outbound=outbound_from_environment(programme_key.subkey("push")),
        demo=demo,
    )
