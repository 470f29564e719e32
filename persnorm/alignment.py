"""Which code points of a result stand for which of its source: offsets and spans, both ways.

A change as a rule makes it may hold letters that stay, as the guillemet in ``"« متن"`` → ``"«متن"``. Here it is taken
apart, so that these map to themselves.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise, product
from typing import NamedTuple

from persnorm.rule import ZWNJ

_LARGEST = 10_000
"""Of the product of two lengths that are compared letter by letter; beyond that a change is taken as a whole."""

# What rules exchange one for one: the same letter, digit or sign in other clothes.
_SAME = str.maketrans("يىكةۀ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹,;?.٪«»“”" + ZWNJ, 'ییکهه01234567890123456789،؛؟٫%""""' + " ")

_WEIGHT = {" ": 1}
"""What a pair of the same is worth; of letters 2."""


class Cell(NamedTuple):
    """A stretch of the source and what stands for it in the result; of equal lengths, each letter for its own."""

    start: int
    end: int
    result_start: int
    result_end: int


class Alignment:
    """A source and its result, cell by cell.

    Args:
        pieces: Stretches of the source, without gap or overlap: start, what stands there, and what stands for it now.

    Attributes:
        cells: Its cells, without gap or overlap; two that meet are not both of equal lengths.

    Example:
        >>> alignment = Alignment([(0, "ab", "ab"), (2, " ", ""), (3, "c", "c")])
        >>> alignment.lengths, Alignment.from_lengths([2, 2, 1, 0, 1, 1]).cells == alignment.cells
        ([2, 2, 1, 0, 1, 1], True)
    """

    def __init__(self, pieces: Iterable[tuple[int, str, str]]) -> None:
        self._set(_cells_of(pieces))

    @classmethod
    def from_lengths(cls, lengths: Sequence[int]) -> Alignment:
        """Make an equal alignment from ``lengths``, as they come back from a file."""
        alignment = cls.__new__(cls)
        sources, results = (list(accumulate(lengths[side::2], initial=0)) for side in (0, 1))
        alignment._set(
            Cell(*source, *result) for source, result in zip(pairwise(sources), pairwise(results), strict=True)
        )
        return alignment

    def _set(self, cells: Iterable[Cell]) -> None:
        self.cells: list[Cell] = list(_merged(cells))
        self._forward = _Side([(cell.start, cell.end) for cell in self.cells])
        self._backward = _Side([(cell.result_start, cell.result_end) for cell in self.cells])

    @property
    def lengths(self) -> list[int]:
        """The length of each cell in the source and in the result, in turn: all that has to be kept in a file."""
        return [n for cell in self.cells for n in (cell.end - cell.start, cell.result_end - cell.result_start)]

    def to_source(self, offset: int) -> int:
        """Map an offset in the result to the source; see ``Explanation.to_source``."""
        return self._backward.map(offset, self._forward)

    def to_result(self, offset: int) -> int:
        """Map an offset in the source to the result; see ``Explanation.to_result``."""
        return self._forward.map(offset, self._backward)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the result to the source; see ``Explanation.source_span``."""
        return self._backward.map_span(start, end, self._forward)

    def result_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the source to the result; see ``Explanation.result_span``."""
        return self._forward.map_span(start, end, self._backward)


class _Side:
    """One side of the cells: where each starts and ends."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.spans = spans
        self._starts = [start for start, _ in spans]
        self._length = spans[-1][1] if spans else 0

    def map(self, offset: int, other: _Side) -> int:
        if offset >= self._length:
            return other._length
        index = self._cell_at(offset)
        (start, _), (other_start, other_end) = self.spans[index], other.spans[index]
        # Within one letter for several, or several for one: the one, or the last.
        return min(other_start + offset - start, max(other_end - 1, other_start))

    def map_span(self, start: int, end: int, other: _Side) -> tuple[int, int]:
        if start == end:
            return (self.map(start, other),) * 2
        first, last = self._cell_at(start), self._cell_at(end - 1)
        begin, stop = other.spans[first][0], other.spans[last][1]
        if self._is_even(first, other):
            begin += start - self.spans[first][0]
        if self._is_even(last, other):
            stop -= self.spans[last][1] - end
        return begin, stop

    def _cell_at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1  # of cells that start together the last: the others are empty

    def _is_even(self, index: int, other: _Side) -> bool:
        (start, end), (other_start, other_end) = self.spans[index], other.spans[index]
        return end - start == other_end - other_start


def _cells_of(pieces: Iterable[tuple[int, str, str]]) -> Iterator[Cell]:
    at = 0
    for start, before, now in pieces:
        for cell in _aligned(before, now):
            yield Cell(start + cell.start, start + cell.end, at + cell.result_start, at + cell.result_end)
        at += len(now)


def _merged(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Yield the cells with those of equal lengths that meet as one, and without empty ones."""
    even = Cell(0, 0, 0, 0)
    for cell in cells:
        if cell.end - cell.start == cell.result_end - cell.result_start:
            even = even._replace(end=cell.end, result_end=cell.result_end)
            continue
        if even.start < even.end:
            yield even
        yield cell
        even = Cell(cell.end, cell.end, cell.result_end, cell.result_end)
    if even.start < even.end:
        yield even


def _aligned(before: str, now: str) -> Iterator[Cell]:
    """Yield the cells of one piece, by offsets in it."""
    if before == now or len(before) == len(now) == 1:
        yield Cell(0, len(before), 0, len(now))
        return
    source, result = before.translate(_SAME), now.translate(_SAME)
    done = result_done = 0
    for at, result_at in (*_same_letters(source, result), (len(source), len(result))):
        if (done, result_done) != (at, result_at):
            yield Cell(done, at, result_done, result_at)
        if at < len(source):
            yield Cell(at, at + 1, result_at, result_at + 1)
        done, result_done = at + 1, result_at + 1


def _same_letters(left: str, right: str) -> list[tuple[int, int]]:
    """Return the offsets of the most that two short strings have in common, in order; a letter outweighs a space.

    >>> _same_letters("ab c", "b  c"), _same_letters(" .", ". ")
    ([(1, 0), (2, 1), (3, 3)], [(1, 0)])
    """
    if len(left) * len(right) > _LARGEST:
        return []
    most = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]  # in common from there on
    for i, j in product(reversed(range(len(left))), reversed(range(len(right)))):
        paired = most[i + 1][j + 1] + _WEIGHT.get(left[i], 2) if left[i] == right[j] else 0
        most[i][j] = max(paired, most[i + 1][j], most[i][j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] == right[j] and most[i][j] == most[i + 1][j + 1] + _WEIGHT.get(left[i], 2):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif most[i][j] == most[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
