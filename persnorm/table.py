"""Tables of text, one row a line: a key, a tab and what is known of it, sorted by the key; the first line is a heading.

Taking the great ones apart is most of what a start takes, and a short text asks for few of their rows. So these are
read block by block, and as a whole only when much was asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _collections_abc import dict_items, dict_keys, dict_values

BLOCK = 1 << 11
"""So many bytes, and the rest of a row, are a block."""

_HALF_SPACE = "\N{ZERO WIDTH NON-JOINER}".encode()

PATIENCE = 1 << 11
"""So often what is not there is looked for in blocks. Then the whole table is read, which takes less from there on."""


class _ReadTable(dict[str, str]):
    """What a late table becomes: a dict like any other."""


class LateTable(_ReadTable):
    """A table that is read as its rows are asked for.

    Args:
        rows: The rows, sorted, in UTF-8.
        block: As ``BLOCK``.
    """

    def __init__(self, rows: bytes, block: int = BLOCK) -> None:
        super().__init__()
        self._rows = rows
        self._starts = list(_starts(rows, block))
        self._firsts = [_order(rows[start : rows.index(b"\t", start)]) for start in self._starts[:-1]]
        self._read: set[int] = set()
        self._patience = PATIENCE

    def __missing__(self, key: str) -> str:
        LateTable._look_in_block(self, key)
        row = dict.get(self, key)
        if row is None:
            raise KeyError(key)
        return row

    def get(self, key: str, default: Any = None) -> Any:
        """Return the row of a key, or the default."""
        row = dict.get(self, key)
        if row is None:
            LateTable._look_in_block(self, key)
            row = dict.get(self, key, default)
        return row

    def __contains__(self, key: object) -> bool:
        if not dict.__contains__(self, key) and isinstance(key, str):
            LateTable._look_in_block(self, key)
        return dict.__contains__(self, key)

    def __iter__(self) -> Iterator[str]:
        return dict.__iter__(LateTable._whole(self))

    def __len__(self) -> int:
        return dict.__len__(LateTable._whole(self))

    def __eq__(self, other: object) -> bool:
        return dict.__eq__(LateTable._whole(self), other)

    __hash__ = None  # type: ignore[assignment]  # as that of any dict

    def keys(self) -> dict_keys[str, str]:
        """Return all keys."""
        return dict.keys(LateTable._whole(self))

    def values(self) -> dict_values[str, str]:
        """Return all rows."""
        return dict.values(LateTable._whole(self))

    def items(self) -> dict_items[str, str]:
        """Return all rows with their keys."""
        return dict.items(LateTable._whole(self))

    def text(self) -> str:
        """Return the rows as they are in the file; nothing, if all of them are read."""
        return self._rows.decode()

    def _look_in_block(self, key: str) -> None:
        """Read the block that has a key, if any has."""
        rows = self._rows
        if not rows:
            return
        self._patience -= 1
        if self._patience < 0:
            LateTable._whole(self)
            return
        block = bisect_right(self._firsts, _order(key.encode("utf-8", "surrogatepass"))) - 1
        if block >= 0 and block not in self._read:
            start, end = self._starts[block : block + 2]
            self.update(_rows_of(rows[start:end].decode()))
            self._read.add(block)

    def _whole(self) -> _ReadTable:
        """Return the table, all of it read."""
        if rows := self._rows:
            self.update(_rows_of(rows.decode()))
            self.__class__ = _ReadTable  # type: ignore[assignment]  # from now on nothing stands between it and its rows
            self._rows = b""
        return self


def keys_ending_in(table: Mapping[str, str], ends: tuple[str, ...]) -> list[str]:
    """Return the keys of the rows that end in one of these; a late table need not be read for it."""
    if isinstance(table, LateTable) and (text := table.text()):
        return [row.partition("\t")[0] for row in text.split("\n") if row.endswith(ends)]
    return [key for key, row in table.items() if row.endswith(ends)]


def _order(key: bytes) -> bytes:
    """Return what a key is sorted by: in a file ``|`` stands for the half-space."""
    return key.replace(b"|", _HALF_SPACE)


def _starts(rows: bytes, block: int) -> Iterator[int]:
    """Yield where each block of rows begins, and where the last one ends."""
    start = 0
    while start < len(rows):
        yield start
        start = rows.find(b"\n", start + block) + 1 or len(rows)
    yield start


def parse_table(text: str) -> dict[str, str]:
    """Return the rows of a table by their key, empty ones if it has no others."""
    heading, _, rows = text.partition("\n")
    return _rows_of(rows) if "\t" in heading else dict.fromkeys(rows.rstrip("\n").split("\n"), "")


def _rows_of(rows: str) -> dict[str, str]:
    """Take rows apart: as each has one tab, nothing needs to be looked at row by row."""
    if not rows:
        return {}
    fields = iter(rows.rstrip("\n").replace("\n", "\t").split("\t"))
    return dict(zip(fields, fields, strict=True))
