"""JSON lines in and out: one line for each line, in order, and a bad line says what is wrong with it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import orjson
import typer

from attunement.domain.errors import AttunementError, ErrorCode, Invalid
from attunement.programme.text import read_json

Asked = TypeVar("Asked")
SOME_FAILED = 3
_BOM = b"\xef\xbb\xbf"
_KINDS = {
    str: "text", int: "a number", float: "a number", bool: "true or false", list: "a list", dict: "an object",
    type(None): "null",
}  # fmt: skip
"""What JSON calls what can stand in a field."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number (from 1), and the object on it or the error in it."""

    number: int
    value: dict[str, Any] | Invalid


def parse_lines(source: Iterable[bytes], *, skip: int = 0) -> Iterator[Line]:
    """Each line as an object; never raises for what is on a line.

    >>> [line.value for line in parse_lines([b'{"text": "hello"}'])]
    [{'text': 'hello'}]
    >>> [str(line.value) for line in parse_lines([b"[1]"])]
    ['The line is not a JSON object. Write one object a line, such as {"text": "..."}.']
    """
    for number, raw in enumerate(source, start=1):
        if number > skip:
            yield Line(number, _parse(raw.removeprefix(_BOM) if number == 1 else raw))


def _parse(raw: bytes) -> dict[str, Any] | Invalid:
    if not raw.strip():
        return Invalid(ErrorCode.BAD_INPUT, "The line is empty. Write one JSON object a line.")
    try:
        raw.decode("utf-8")
        value = read_json(raw)
    except UnicodeDecodeError as error:
        return Invalid(
            ErrorCode.BAD_TEXT, "The line is not UTF-8 (byte {byte}). Save the file as UTF-8.", byte=error.start
        )
    except orjson.JSONDecodeError as error:
        return Invalid(ErrorCode.BAD_INPUT, "The line is not JSON: {reason}. Correct it.", reason=error.msg)
    if not isinstance(value, dict):
        return Invalid(
            ErrorCode.BAD_INPUT,
            'The line is not a JSON object. Write one object a line, such as {{"text": "..."}}.',
            kind=type(value).__name__,
        )
    return value


def in_batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    """Lines in lists of at most ``size``, in order.

    >>> [len(batch) for batch in in_batches([Line(n, {}) for n in range(5)], 2)]
    [2, 2, 1]
    """
    rest = iter(lines)
    while batch := list(islice(rest, size)):
        yield batch


def answer_lines(
    file: Path | None, parse: Callable[[dict[str, Any]], Asked], read: Callable[[list[Asked]], list[dict[str, Any]]],
    *, batch: int,
) -> None:  # fmt: skip
    """Answer each line of a file (or of standard input) on standard output, in order, ``batch`` lines at a time.

    ``parse`` makes of a line what ``read`` answers; where it raises `AttunementError`, the answer is the error, and the
    command ends with 3 when all lines are done.
    """
    failed = False
    with source_of(file) as source, sink_of(None) as sink:
        for lines in in_batches(parse_lines(source), batch):
            answers = _answers(lines, parse, read)
            failed = failed or any("error" in answer for answer in answers)
            sink.writelines(as_line(answer) for answer in answers)
            sink.flush()
    if failed:
        raise typer.Exit(SOME_FAILED)


def _answers(
    lines: list[Line], parse: Callable[[dict[str, Any]], Asked], read: Callable[[list[Asked]], list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    answers: list[dict[str, Any] | None] = []
    asked: list[Asked] = []
    for line in lines:
        try:
            if isinstance(line.value, AttunementError):
                raise line.value
            asked.append(parse(line.value))
            answers.append(None)
        except AttunementError as error:
            answers.append(error_of(error, line.number))
    found = iter(read(asked))
    return [next(found) if answer is None else answer for answer in answers]


def required_text(value: dict[str, Any], field: str) -> str:
    """A field that must be there and be text; raises `Invalid` (``bad-input``)."""
    found = value.get(field)
    if not isinstance(found, str):
        raise _not_given(value, field, "it as text in quotes")
    return found


def required_list(value: dict[str, Any], field: str, *, of: str) -> list[Any]:
    """A field that must be there and be a list ``of`` something; raises `Invalid` (``bad-input``)."""
    found = value.get(field)
    if not isinstance(found, list):
        raise _not_given(value, field, f"a list of {of}")
    return found


def _not_given(value: dict[str, Any], field: str, wanted: str) -> Invalid:
    what = _KINDS[type(value[field])] if field in value else "missing"
    return Invalid(
        ErrorCode.BAD_INPUT, "The field '{field}' is {what}. Give {wanted}.", field=field, what=what, wanted=wanted
    )


def error_of(error: AttunementError, number: int) -> dict[str, Any]:
    """What is written for a line that failed."""
    return {"error": {"code": error.code, "message": str(error), "line": number}}


def as_line(value: dict[str, Any]) -> bytes:
    """An object as one line of JSON."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_SERIALIZE_NUMPY)


@contextmanager
def source_of(file: Path | None) -> Iterator[BinaryIO]:
    """A file to read bytes from, or standard input where there is none; misuse where it cannot be read."""
    if file is None or str(file) == "-":
        yield sys.stdin.buffer
        return
    with _opened(file, "rb", "FILE") as source:
        yield source


@contextmanager
def sink_of(file: Path | None, *, append: bool = False, told_as: str = "--out") -> Iterator[BinaryIO]:
    """A file to write bytes to, or standard output where there is none; misuse where it cannot be written."""
    if file is None or str(file) == "-":
        with _whole(sys.stdout.buffer) as sink:
            yield sink
        return
    with _opened(file, "ab" if append else "wb", told_as) as sink:
        yield sink


def _opened(file: Path, mode: str, told_as: str) -> BinaryIO:
    try:
        return cast(BinaryIO, file.open(mode))
    except FileNotFoundError as error:
        raise typer.BadParameter(f"there is no file '{file}'.", param_hint=told_as) from error
    except OSError as error:
        raise typer.BadParameter(f"'{file}' cannot be used ({error.strerror}).", param_hint=told_as) from error


@contextmanager
def _whole(sink: BinaryIO) -> Iterator[BinaryIO]:
    """A sink that writes all it is given: under PYTHONUNBUFFERED standard output stops half way at a signal."""
    if not isinstance(sink, io.RawIOBase):
        yield sink
        return
    buffered = io.BufferedWriter(sink)
    try:
        yield buffered
    except OSError:  # what could not be written is not tried again
        with suppress(OSError):
            buffered.detach()
        raise
    except BaseException:  # interrupted: what was answered is written
        buffered.detach()
        raise
    buffered.detach()
