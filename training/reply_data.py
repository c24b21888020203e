"""Replies, what they answer, and what is known of them: EPITOME, ESConv, AnnoMI, Empathic Reactions, our own.

Public sets are left out where their folder is missing, so the same recipe runs on an organisation's own data: a folder
with files like ``data_replies_a.yaml`` (any name that begins with ``data_replies``) and ``data_strategies.yaml``.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from attunement.domain.reply import Behaviour, Mechanism, Strategy

HERE = Path(__file__).parent
OWN_REPLIES, OWN_STRATEGIES = "data_replies*.yaml", "data_strategies.yaml"
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Span = tuple[int, int]
LEVELS = 3


@dataclass(frozen=True, slots=True)
class Exchange:
    """A reply, what it answers, and what is known of it.

    ``group`` is kept whole when people are left out (a seeker, a conversation, a transcript, a writer); ``target`` is
    ``(n,)``, of what form depends on the set; ``spans`` are, for each mechanism, the ranges of the reply that carry it.
    """

    group: str
    before: str
    reply: str
    target: tuple[float, ...]
    spans: tuple[tuple[Span, ...], ...] = ((), (), ())


def epitome(data: Path) -> list[Exchange]:
    """Posts and replies with the levels of the three mechanisms; a rationale that does not stand in its reply is left.

    Sharma et al. 2020, *A computational approach to understanding empathy expressed in text-based peer support*,
    arXiv:2009.08441.
    """
    if not (data / "epitome").is_dir():
        return []
    tables = []
    for mechanism in Mechanism:
        file = data / "epitome" / f"{mechanism.replace('_', '-')}-reddit.csv"
        with file.open(encoding="utf-8", newline="") as stream:
            tables.append({row["rp_id"]: row for row in csv.DictReader(stream)})
    exchanges = []
    for key in tables[0]:
        rows = [table[key] for table in tables]
        reply = rows[0]["response_post"]
        spans = tuple(_spans(reply, row["rationales"].split("|")) for row in rows)
        levels = tuple(float(row["level"]) for row in rows)
        exchanges.append(Exchange(rows[0]["sp_id"], rows[0]["seeker_post"], reply, levels, spans))
    return exchanges


def own_replies(folder: Path = HERE) -> list[Exchange]:
    """The same for exchanges written for this project, or an organisation's own; a group is all that answers a post.

    Ours are marked as the annotators of EPITOME mark, even where the definitions they were given would say otherwise: a
    bare "sorry to hear that" is a strong reaction to them, and a detailed story of one's own a strong interpretation.
    """
    exchanges, numbers = [], dict[str, int]()
    for post in (post for file in sorted(folder.glob(OWN_REPLIES)) for post in _yaml(file)):
        number = numbers.setdefault(post["post"].strip(), len(numbers))
        for reply in post["replies"]:
            spans = tuple(_spans(reply["text"], reply["spans"].get(m, [])) for m in Mechanism)
            levels = tuple(float(reply[m]) for m in Mechanism)
            exchanges.append(Exchange(f"own-{number}", post["post"], reply["text"], levels, spans))
    return exchanges


def esconv(data: Path, split: str) -> list[Exchange]:
    """Supporters' turns of the conversations of a split, with what was said before and a one for their strategy.

    Liu et al. 2021, *Towards emotional support dialog systems*, arXiv:2106.01144.
    """
    file = data / "esconv_full" / f"{split}.jsonl"
    if not file.exists():
        return []
    exchanges = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        before: list[tuple[str, str]] = []
        for turn in json.loads(line)["dialog"]:
            role = "supporter" if turn["speaker"] == "sys" else "seeker"
            if role == "supporter" and turn.get("strategy"):
                target = _one(Strategy(turn["strategy"]))
                exchanges.append(Exchange(f"{split}-{number}", said_before(before), turn["text"].strip(), target))
            before.append((role, turn["text"].strip()))
    return exchanges


def own_strategies(folder: Path = HERE) -> list[Exchange]:
    """The same for turns written for this project, or an organisation's own."""
    exchanges = []
    for row in _yaml(folder / OWN_STRATEGIES):
        strategy = Strategy[row["strategy"].replace("-", "_").upper()]
        exchanges.append(Exchange(row["before"], row["before"], row["turn"], _one(strategy)))
    return exchanges


def said_before(turns: list[tuple[str, str]]) -> str:
    """What a turn answers: the last thing the seeker said; nothing at the beginning."""
    last = [text for role, text in turns if role == "seeker"][-1:]
    return last[0] if last else ""


def annomi(data: Path) -> list[Exchange]:
    """Therapists' turns with the share of annotators for each `Behaviour`, then 1 for a session of good quality.

    Wu et al. 2022, *AnnoMI*, ICASSP.
    """
    file = data / "annomi" / "AnnoMI-full.csv.gz"
    if not file.exists():
        return []
    turns: dict[tuple[str, int], list[dict[str, str]]] = defaultdict(list)
    with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            turns[row["transcript_id"], int(row["utterance_id"])].append(row)
    exchanges, before = [], ""
    for (transcript, _), rows in sorted(turns.items(), key=lambda item: (int(item[0][0]), item[0][1])):
        text = rows[0]["utterance_text"].strip()
        if rows[0]["interlocutor"] == "client":
            before = text
            continue
        votes = Counter(_behaviour(row) for row in rows)
        shares = tuple(votes[b] / len(rows) for b in Behaviour)
        exchanges.append(Exchange(transcript, before, text, (*shares, float(rows[0]["mi_quality"] == "high"))))
    return exchanges


def empathic_reactions(data: Path) -> list[Exchange]:
    """Essays about news, and the empathic concern and distress (1 to 7) their writers told of.

    Buechel et al. 2018, *Modeling empathy and distress in reaction to news stories*, arXiv:1808.10399.
    """
    file = data / "empathic_reactions" / "messages.csv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [Exchange(r["response_id"], "", r["essay"], (float(r["empathy"]), float(r["distress"]))) for r in rows]


def targets(exchanges: list[Exchange]) -> NDArray[np.float32]:
    """``(n_exchanges, n)``."""
    return np.array([exchange.target for exchange in exchanges], np.float32)


def _behaviour(row: dict[str, str]) -> Behaviour:
    main = row["main_therapist_behaviour"]
    if main == "reflection":
        return Behaviour.COMPLEX_REFLECTION if row["reflection_subtype"] == "complex" else Behaviour.SIMPLE_REFLECTION
    if main == "question":
        return Behaviour.OPEN_QUESTION if row["question_subtype"] == "open" else Behaviour.CLOSED_QUESTION
    return Behaviour.INPUT if main == "therapist_input" else Behaviour.OTHER


def _one(chosen: Strategy) -> tuple[float, ...]:
    return tuple(float(name is chosen) for name in Strategy)


def _spans(reply: str, parts: list[str]) -> tuple[Span, ...]:
    found = []
    for part in filter(None, (piece.strip() for piece in parts)):
        start = reply.find(part)
        if start >= 0:
            found.append((start, start + len(part)))
    return tuple(found)


def _yaml(file: Path) -> list[Any]:
    if not file.exists():
        return []
    return list(yaml.load(file.read_text(encoding="utf-8"), Loader=_FAST))  # noqa: S506 (it is a safe one)
