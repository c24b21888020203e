"""Checks content files and says, for each fault, the file, the line and what to change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from attunement.domain.practice import Medium
from attunement.library.front_matter import FamilyMatter, PracticeMatter

_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster; a programme reads all at its start
M = TypeVar("M", bound=BaseModel)

FENCE = re.compile(r"\A---\r?\n(.*?\r?\n)---\r?\n(.*)\Z", re.DOTALL)
HEADING = re.compile(r"^## +(.+?)\s*$", re.MULTILINE)
PAUSE = re.compile(r"^\[pause (\d{1,3})s\]$", re.MULTILINE)
WORDS_AT_LEAST = {
    Medium.READ: 220, Medium.WRITE: 110, Medium.LISTEN: 150, Medium.SEE: 90, Medium.TOGETHER: 140, Medium.REHEARSE: 60
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to change in one file. ``line`` counts from 1."""

    file: Path
    line: int
    change: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.change}"


@dataclass(frozen=True, slots=True)
class PracticeSource:
    """A practice file taken apart: its front matter and the steps under it."""

    matter: PracticeMatter
    steps: tuple[tuple[str, str], ...]


def line_of(node: yaml.Node | None, path: tuple[int | str, ...]) -> int:
    """The line (from 1) at which ``path`` stands in a composed YAML document, or its nearest parent."""
    line = 1 if node is None else node.start_mark.line + 1
    for key in path:
        if isinstance(node, yaml.MappingNode):
            found = [(k, v) for k, v in node.value if k.value == str(key)]
            if not found:
                return line
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def parse_matter(file: Path, text: str, offset: int, shape: type[M]) -> tuple[M | None, list[Fault]]:
    """Read ``text`` as YAML of the given shape; ``offset`` is the number of lines above it in the file."""
    try:
        data = _load(text)
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or "cannot be read"
        unclosed = "end of stream" in problem  # a quote that is never closed: tell where it opens
        mark = getattr(error, "context_mark" if unclosed else "problem_mark", None)
        line = (mark.line + 1 if mark else 1) + offset
        return None, [
            Fault(file, line, f"not valid YAML: {problem}. Quote text that holds ': ' or starts with a mark.")
        ]
    if not isinstance(data, dict):
        return None, [Fault(file, 1 + offset, "the front matter must be 'name: value' lines.")]
    try:
        return shape.model_validate(data), []
    except ValidationError as error:
        faults, tree = [], yaml.compose(text)
        for item in error.errors():
            where = ".".join(str(part) for part in item["loc"]) or "front matter"
            faults.append(
                Fault(file, line_of(tree, item["loc"]) + offset, f"{where}: {_say(item['type'], item['msg'])}")
            )
        return None, faults


def _load(text: str) -> object:
    try:
        return yaml.load(text, Loader=_FAST)  # noqa: S506 (it is a safe one)
    except yaml.YAMLError:
        return yaml.safe_load(text)  # which says better what is wrong, and where


def _not_utf8(file: Path, error: UnicodeDecodeError) -> Fault:
    return Fault(file, 1, f"not UTF-8 (byte {error.start}); save it as UTF-8.")


def _say(kind: str, message: str) -> str:
    if kind == "missing":
        return "is missing; add it."
    if kind == "extra_forbidden":
        return "is not a known field; remove it or correct its spelling."
    return message.removeprefix("Value error, ") + "."


def read_practice(file: Path) -> tuple[PracticeSource | None, list[Fault]]:
    """Take one practice file apart; a file with faults yields None and the faults."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(file, error)]
    match = FENCE.match(text)
    if not match:
        return None, [Fault(file, 1, "must start with '---', then the front matter, then '---' on a line of its own.")]
    matter, faults = parse_matter(file, match.group(1), 1, PracticeMatter)
    body, body_line = match.group(2), match.group(1).count("\n") + 3
    if matter is None:
        return None, faults
    if matter.id != file.stem:
        faults.append(Fault(file, 2, f"id: is '{matter.id}' but the file is named '{file.stem}'; make them the same."))
    steps, step_faults = _steps(file, body, body_line, matter.medium)
    faults += step_faults
    return (None if faults else PracticeSource(matter, steps)), faults


def _steps(file: Path, body: str, line: int, medium: Medium) -> tuple[tuple[tuple[str, str], ...], list[Fault]]:
    faults = []
    parts = HEADING.split(body)
    if parts[0].strip():
        faults.append(Fault(file, line, "text stands before the first '## ' heading; put it under a step."))
    steps = tuple((t.strip(), x.strip()) for t, x in zip(parts[1::2], parts[2::2], strict=True))
    if len(steps) < 2:
        faults.append(Fault(file, line, "needs at least two steps, each under a '## ' heading."))
    for title, text in steps:
        if not text:
            faults.append(Fault(file, line, f"the step '{title}' is empty; say what to do."))
    words = len(PAUSE.sub("", body).split())
    if words < WORDS_AT_LEAST[medium]:
        faults.append(
            Fault(
                file,
                line,
                f"has {words} words of steps; a '{medium}' practice needs {WORDS_AT_LEAST[medium]} to be doable.",
            )
        )
    return steps, faults


def read_family(file: Path) -> tuple[FamilyMatter | None, list[Fault]]:
    """Read one family file; a file with faults yields None and the faults."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(file, error)]
    matter, faults = parse_matter(file, text, 0, FamilyMatter)
    if matter and matter.id != file.stem:
        faults.append(Fault(file, 1, f"id: is '{matter.id}' but the file is named '{file.stem}'; make them the same."))
    return matter, faults


def check_content(folder: Path) -> list[Fault]:
    """All faults under a content folder, in order of file and line; an empty list means it can be used."""
    faults: list[Fault] = []
    families = set()
    for file in sorted((folder / "families").glob("*.yaml")):
        family, found = read_family(file)
        faults += found
        if family:
            families.add(family.id)
    pictures = {file.stem for file in (folder / "pictures").glob("*.svg")}
    titles: dict[str, Path] = {}
    for file in sorted((folder / "practices").glob("*.md")):
        source, found = read_practice(file)
        faults += found
        if source is None:
            continue
        matter = source.matter
        if matter.family not in families:
            faults.append(
                Fault(file, 1, f"family: there is no 'families/{matter.family}.yaml'; name one that is there.")
            )
        if matter.picture and matter.picture not in pictures:
            faults.append(Fault(file, 1, f"picture: there is no 'pictures/{matter.picture}.svg'; add it."))
        if matter.title in titles:
            faults.append(Fault(file, 1, f"title: '{titles[matter.title].name}' has the same; choose another."))
        titles[matter.title] = file
    return sorted(faults, key=lambda f: (str(f.file), f.line))
