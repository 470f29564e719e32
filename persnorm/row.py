"""A line as a row of chunks, the runs between its spaces: what each of them may have to settle with its neighbours.

What is found out of a chunk is remembered, so that a line costs no more than looking its chunks up. Each chunk has a
sign, one character that tells what it may concern; a regular expression over the signs of a row finds the places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from persnorm.remembering import remembered
from persnorm.word import LONG_TEXT, Word, words_of_chunk

if TYPE_CHECKING:
    from persnorm.evidence import Evidence

REMEMBERED = 1 << 15
"""So many chunks are remembered."""

OPENS, OPENS_ANY, ENDS, ENDS_ANY, UNDECIDED, UNSETTLED, UNTIDY, MASKED = (1 << bit for bit in range(8))
"""Bits of a sign. The chunk may be put together with what follows it: in a known pair, with any word; or with what stands
before it: the same. One of its words only the line can tell how to read. It may concern other rules on lines, or a rule
that tidies spaces and signs; it has a protected span."""

_BASE = 0x100  # characters from here on mean nothing to a regular expression


def sign_of(bits: int) -> str:
    """Return the sign of a chunk."""
    return chr(_BASE + bits)


def _with(bits: int) -> str:
    return "".join(sign_of(sign) for sign in range(256) if sign & bits)


_MAY_MEET = re.compile(
    f"[{_with(OPENS_ANY)}](?=.)|[{_with(OPENS)}](?=[{_with(ENDS)}])|.(?=[{_with(ENDS_ANY)}])", re.DOTALL
)
_UNDECIDED = re.compile(f"[{_with(UNDECIDED)}]")
_OPEN = re.compile(f"[{_with(UNDECIDED | UNSETTLED | UNTIDY)}]")
_UNTIDY = re.compile(f"[{_with(UNTIDY)}]")
_MASKED = re.compile(f"[{_with(MASKED)}]")


class Chunk(NamedTuple):
    """A run without a space.

    Attributes:
        text: The chunk.
        first: The letters, up to a half-space, of the word that it begins with; "" if it begins with none.
        last: The letters, after the last half-space, of the word that it ends with; "" if it ends with none.
        sign: What it may concern.
        undecided: The numbers of its words that only the line can tell how to read, and of half-spaced ones whose
            parts have lost half-spaces.
        lost: How many of its words show that their line lost a half-space.
        kept: How many half-spaces it had from the start.
    """

    text: str
    first: str
    last: str
    sign: str
    undecided: tuple[int, ...]
    lost: int
    kept: int = 0

    def with_more(self, bits: int, kept: int) -> Chunk:
        """Return the chunk with more bits in its sign, and with the half-spaces that it had from the start."""
        return self._replace(sign=sign_of(ord(self.sign) - _BASE | bits), kept=kept)


class Row:
    """A line as its chunks.

    Args:
        text: The line.
        chunks: The runs between its spaces.
    """

    def __init__(self, text: str, chunks: Sequence[Chunk]) -> None:
        self.text = text
        self.chunks = chunks
        self.signs = "".join([chunk.sign for chunk in chunks])
        self.meetings: Sequence[int] | None = None  # see Neighbours.meetings
        self._starts: list[int] = []
        self._words: list[Word] = []

    def may_meet(self) -> Iterator[int]:
        """Yield the places of chunks that may be put together with the next one, by their signs."""
        return (found.start() for found in _MAY_MEET.finditer(self.signs))

    @property
    def is_decided(self) -> bool:
        """Whether no word needs the line to be read."""
        return _UNDECIDED.search(self.signs) is None

    @property
    def is_open(self) -> bool:
        """Whether some rule on lines may concern it whatever its neighbours are."""
        return _OPEN.search(self.signs) is not None

    @property
    def is_untidy(self) -> bool:
        """Whether a rule that tidies spaces and signs may concern it."""
        return _UNTIDY.search(self.signs) is not None

    @property
    def is_masked(self) -> bool:
        """Whether a chunk has a protected span."""
        return _MASKED.search(self.signs) is not None

    def undecided(self) -> Iterator[tuple[int, int]]:
        """Yield the place and the number in its chunk of each word that only the line can tell how to read."""
        for found in _UNDECIDED.finditer(self.signs):
            at = found.start()
            for number in self.chunks[at].undecided:
                yield at, number

    def word(self, at: int, number: int) -> Word:
        """Return a word of a chunk, by its number there, with its place in the line."""
        word = words_of_chunk(self.chunks[at].text)[number]
        start = self.starts[at]
        return word._replace(start=start + word.start, end=start + word.end)

    def is_one_part(self, at: int) -> bool:
        """Tell whether a chunk is one word without a half-space, and nothing else."""
        chunk = self.chunks[at]
        return chunk.first != "" and chunk.first == chunk.last and len(words_of_chunk(chunk.text)) == 1

    def letters_before(self, at: int, number: int) -> str | None:
        """Return the letters of the word one space before a word, if there is one."""
        if number or not at or words_of_chunk(self.chunks[at].text)[0].start:
            return None
        before = self.chunks[at - 1]
        return words_of_chunk(before.text)[-1].letters if before.last else None

    def letters_after(self, at: int, number: int) -> str | None:
        """Return the letters of the word one space after a word, if there is one."""
        chunk = self.chunks[at]
        words = words_of_chunk(chunk.text)
        if number < len(words) - 1 or at + 1 == len(self.chunks) or words[number].end < len(chunk.text):
            return None
        after = self.chunks[at + 1]
        return words_of_chunk(after.text)[0].letters if after.first else None

    @property
    def starts(self) -> Sequence[int]:
        """Where each chunk begins."""
        if not self._starts:
            self._starts = list(accumulate((len(chunk.text) + 1 for chunk in self.chunks), initial=0))
        return self._starts

    @property
    def words(self) -> Sequence[Word]:
        """All words of the line."""
        if not self._words:
            self._words = [
                Word(start + word.start, start + word.end, word.letters, word.gaps)
                for start, chunk in zip(self.starts, self.chunks, strict=False)
                for word in words_of_chunk(chunk.text)
            ]
        return self._words


class Rows:
    """Looks at lines, with what weighs their words.

    Args:
        evidence: What weighs words.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.look = remembered(self._look, REMEMBERED)
        self.of = lru_cache(maxsize=4)(self._of)  # one rule after the other asks for the same line

    def _of(self, text: str) -> Row:
        """Return a line as a row."""
        look = self.look if len(text) < LONG_TEXT else self._look
        return Row(text, [look(chunk) for chunk in text.split(" ")])

    def _look(self, text: str) -> Chunk:
        """Return a chunk with what it may concern."""
        words = words_of_chunk(text)
        if not words:
            return Chunk(text, "", "", sign_of(0), (), 0)
        first = words[0].first if words[0].start == 0 else ""
        last = words[-1].last if words[-1].end == len(text) else ""
        undecided = tuple(number for number, word in enumerate(words) if self._evidence.is_undecided(word))
        lost = sum(self._evidence.has_lost(word.letters) for word in words if not word.gaps)
        bits = self._evidence.neighbours.sides(first, last) | (UNDECIDED if undecided else 0)
        return Chunk(text, first, last, sign_of(bits), undecided, lost)
