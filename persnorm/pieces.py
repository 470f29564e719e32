"""Pieces of a file: whole lines, so many that work on them pays, and so few that a file of any size passes through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from persnorm.files import BOM, Unreadable, not_utf8

SIZE = 1 << 15
"""Bytes of a piece, but for one line that is longer. From a pipe or a terminal a piece is what has come."""


class Piece(NamedTuple):
    """Whole lines of a file.

    Attributes:
        number: Of its first line, from 1.
        text: With all newlines.
        bom: The byte order mark before it, if it has one.
    """

    number: int
    text: str
    bom: str = ""


def read_pieces(stream: BinaryIO, name: str) -> Iterator[Piece]:
    """Yield the lines of an opened UTF-8 file in pieces.

    Raises:
        Unreadable: A line is not UTF-8, or the file cannot be read further; the lines before that have been yielded.
    """
    number, start = 1, 0  # of the next line: its number, and its first byte
    for raw in _whole_lines(stream):
        if isinstance(raw, OSError):
            raise Unreadable.of(name, raw, number)
        end, failure = len(raw), None
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            end = raw.rfind(b"\n", 0, error.start) + 1  # of the lines that are whole
            text = raw[:end].decode()
            line = b"".join(raw[end:].partition(b"\n")[:2])
            inside = UnicodeDecodeError("utf-8", line, error.start - end, error.end - end, error.reason)
            failure = Unreadable(not_utf8(name, number + text.count("\n"), start + end, inside))
        if text:
            bom = BOM if start == 0 and text.startswith(BOM) else ""
            yield Piece(number, text[len(bom) :], bom)
        if failure:
            raise failure
        number += text.count("\n")
        start += end


def _whole_lines(stream: BinaryIO) -> Iterator[bytes | OSError]:
    """Yield bytes that end with a newline, or with the file; at last the error that ends it, if one does."""
    begun: list[bytes] = []  # of a line that goes on
    while True:
        try:
            data: bytes = stream.read1(SIZE)  # type: ignore[attr-defined]
        except OSError as error:
            yield error
            return
        if not data:
            break
        end = data.rfind(b"\n") + 1
        if end:
            yield b"".join((*begun, data[:end]))
            begun.clear()
        if data[end:]:
            begun.append(data[end:])
    if begun:
        yield b"".join(begun)
