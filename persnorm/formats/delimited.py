"""CSV and TSV: a row is a record. Only the cells asked for are written anew; all else stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import BinaryIO, NamedTuple

from persnorm.files import Unreadable, shown_name
from persnorm.formats import Fields
from persnorm.formats.portion import ByteSink, Done, Work
from persnorm.pieces import Piece, read_pieces

LONGEST_ROW = 1 << 24
"""Code points after which a quote that was opened is taken for one that is never closed."""


class Rows(NamedTuple):
    """Whole rows of a file, the number of the first line, and which cells of a row are text, from 0."""

    text: str
    number: int
    name: str
    delimiter: str
    columns: tuple[int, ...]
    keeps_bad: bool
    is_header: bool = False

    def normalized(self, work: Work) -> Done:
        """Return the rows with their texts normalized."""
        if self.is_header:
            return Done(self.text.encode(), 0, False, work.tally)
        done: list[str] = []
        bad: list[str] = []
        failure = ""
        number, last = self.number, max(self.columns)
        for row in rows_of(self.text, self.delimiter):
            cells = cells_of(row, self.delimiter)
            if row.strip("\r\n") and len(cells) <= last:
                told = f"{shown_name(self.name)}:{number}: {len(cells)} columns, but text in column {last + 1}"
                if not self.keeps_bad:
                    failure = f"{told}; mend it, or keep such rows as they are with --keep-bad"
                    break
                bad.append(f"{told}; kept as it is")
                done.append(row)
            else:
                done.append(self._normalized(row, cells, work) if row.strip("\r\n") else row)
            number += row.count("\n")
        text = "".join(done)
        return Done(text.encode(), work.texts, text != self.text, work.tally, tuple(bad), failure)

    def _normalized(self, row: str, cells: list[tuple[int, int]], work: Work) -> str:
        done, end = [], 0
        for column in self.columns:
            start, after = cells[column]
            old = row[start:after]
            text = content(old)
            new = work.normalize(text)
            if new != text:
                done += [row[end:start], _cell(new, old, self.delimiter)]
                end = after
        return "".join([*done, row[end:]])


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what matches a row, and what matches a cell.

    A quote opens a cell only at its start. Nothing can be matched in two ways, so that the time is linear.
    """
    other = f"[^{re.escape(delimiter)}\n]*"
    cell = rf'(?:"[^"]*(?:""[^"]*)*"(?!"){other}|(?!"){other})'
    sign = re.escape(delimiter)
    return re.compile(rf"{cell}(?:{sign}{cell})*(?:\n|\Z)"), re.compile(cell)


def rows_of(text: str, delimiter: str) -> Iterator[str]:
    """Yield the rows of a text with their newlines, and then what is left of a row that is not closed."""
    row = _patterns(delimiter)[0]
    end = 0
    while end < len(text):
        found = row.match(text, end)
        yield found[0] if found else text[end:]
        end = found.end() if found else len(text)


def cells_of(row: str, delimiter: str) -> list[tuple[int, int]]:
    r"""Return where each cell of a row starts and ends, quotes included.

    >>> cells_of('a,"b,c",\r\n', ",")
    [(0, 1), (2, 7), (8, 8)]
    """
    cell = _patterns(delimiter)[1]
    cells = []
    pos = 0
    while found := cell.match(row, pos):
        cells.append((pos, found.end()))
        pos = found.end() + 1
        if row[found.end() : pos] != delimiter:
            break
    start, end = cells[-1]
    return [*cells[:-1], (start, len(row[:end].rstrip("\r")))]


def _is_quoted(cell: str) -> bool:
    return len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1].replace('""', "")


def content(cell: str) -> str:
    """Return the text of a cell. One that goes on after its closing quote is taken as it stands."""
    return cell[1:-1].replace('""', '"') if _is_quoted(cell) else cell


def _cell(text: str, old: str, delimiter: str) -> str:
    """Return a text as a cell, with quotes if the one that it replaces had them, or if it needs them."""
    if _is_quoted(old) or any(sign in text for sign in (delimiter, "\n", "\r")) or (text[:1] == '"' != old[:1]):
        return '"' + text.replace('"', '""') + '"'
    return text


class Delimited:
    """Reads and writes CSV or TSV."""

    unit = "text"
    is_text = True
    sink = ByteSink

    def __init__(self, delimiter: str, fields: Fields) -> None:
        self._delimiter = delimiter
        self._fields = fields

    def read(self, stream: BinaryIO, name: str) -> Iterator[tuple[str, Rows]]:
        """Yield whole rows in portions, the header by itself."""
        columns: tuple[int, ...] = ()
        for bom, number, text in _whole_rows(read_pieces(stream, name), name, self._delimiter):
            if not columns:
                header = next(rows_of(text, self._delimiter), "")
                columns = self._columns(header, name)
                if self._fields.has_header:
                    yield bom, self._rows(header, number, name, columns, is_header=True)
                    rest = text[len(header) :]
                    yield "", self._rows(rest, number + header.count("\n"), name, columns)
                    continue
            yield bom, self._rows(text, number, name, columns)

    def _rows(self, text: str, number: int, name: str, columns: tuple[int, ...], *, is_header: bool = False) -> Rows:
        return Rows(text, number, name, self._delimiter, columns, self._fields.keeps_bad, is_header)

    def _columns(self, header: str, name: str) -> tuple[int, ...]:
        names = [content(header[start:end]) for start, end in cells_of(header, self._delimiter)]
        if not self._fields.has_header:
            return tuple(sorted({int(field) - 1 for field in self._fields.names}))
        for field in self._fields.names:
            if field not in names:
                there = ", ".join(names)
                raise Unreadable(
                    f"{shown_name(name)}:1: no column {field!r}; there are {shown_name(there)}; "
                    "is the delimiter another one, or is there no header?"
                )
        return tuple(sorted({names.index(field) for field in self._fields.names}))


def _whole_rows(pieces: Iterator[Piece], name: str, delimiter: str) -> Iterator[tuple[str, int, str]]:
    """Yield pieces that end with a row: the byte order mark, the number of the first line, the text."""
    row = _patterns(delimiter)[0]
    begun, number, bom = "", 1, ""
    search_again = 0
    for piece in pieces:
        bom = bom or piece.bom
        begun += piece.text
        if len(begun) < search_again:  # the same row is not searched again for each piece
            continue
        end = 0
        if '"' not in begun:
            end = len(begun)
        while end < len(begun) and (found := row.match(begun, end)):
            end = found.end()
        if end:
            yield bom, number, begun[:end]
            bom = ""
            number += begun.count("\n", 0, end)
            begun = begun[end:]
        search_again = 2 * len(begun)
        if len(begun) > LONGEST_ROW:
            break
    if not begun:
        return
    end = 0
    while end < len(begun) and (found := row.match(begun, end)):
        end = found.end()
    if end:
        yield bom, number, begun[:end]
    if end < len(begun):
        number += begun.count("\n", 0, end)
        raise Unreadable(f"{shown_name(name)}:{number}: a quote is opened in this row and not closed; close it")


def make(chosen: str, fields: Fields) -> Delimited:
    """Return the format."""
    return Delimited(fields.delimiter or {"csv": ",", "tsv": "\t"}[chosen], fields)
