"""Plain text: each line is a text, and blocks of lines, as code between fences, stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from persnorm.blocks import may_hold_block, runs
from persnorm.files import Unreadable
from persnorm.formats import Fields
from persnorm.formats.portion import ByteSink, Done, Work
from persnorm.pieces import Piece, read_pieces


class Lines(NamedTuple):
    """Lines with their newlines, in runs, each with whether it is a block."""

    parts: list[tuple[str, bool]]

    def normalized(self, work: Work) -> Done:
        """Return the lines normalized, each by itself."""
        before = "".join(text for text, _ in self.parts)
        after = "".join(text if is_block else _normalized(text, work) for text, is_block in self.parts)
        return Done(after.encode(), before.count("\n") + (not before.endswith("\n")), after != before, work.tally)


def _normalized(text: str, work: Work) -> str:
    # All lines at once, where this gives the same: no block, and no pattern of the user's that may look across lines.
    if work.tally is None and not may_hold_block(text) and not work.normalizer.options.protect:
        return work.normalizer.normalize(text)
    lines = []
    for line in text.split("\n"):
        stripped = line.rstrip("\r")
        lines.append(work.normalize(stripped) + line[len(stripped) :])
    return "\n".join(lines)


class PlainText:
    """Reads and writes plain text."""

    unit = "line"
    is_text = True
    sink = ByteSink

    def read(self, stream: BinaryIO, name: str) -> Iterator[tuple[str, Lines]]:
        """Yield the lines in portions, each with a byte order mark that stood before it."""
        pieces = _UntilBroken(read_pieces(stream, name))
        for parts in runs(piece.text for piece in pieces):
            yield pieces.take_bom(), Lines(parts)
        if pieces.failure:
            raise pieces.failure


class _UntilBroken:
    """Pieces up to a failure, which is kept until what was read ahead has been parted."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._pieces = pieces
        self._bom = ""
        self.failure: Unreadable | None = None

    def __iter__(self) -> Iterator[Piece]:
        try:
            for piece in self._pieces:
                self._bom = self._bom or piece.bom
                yield piece
        except Unreadable as failure:
            self.failure = failure

    def take_bom(self) -> str:
        """Return the byte order mark, once."""
        bom, self._bom = self._bom, ""
        return bom


def make(_chosen: str, _fields: Fields) -> PlainText:
    """Return the format."""
    return PlainText()
