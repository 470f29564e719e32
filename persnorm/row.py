"""A line as a row of chunks, the runs between its spaces: what each of them may have to settle with its neighbours.

What is found out of a chunk is remembered, so that a line costs no more than looking its chunks up. Each chunk has a
sign, one character that tells what it may concern; a regular expression over the signs of a row finds the places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, reduce
from itertools import accumulate
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from persnorm.context import EDGE, mark
from persnorm.late import late
from persnorm.remembering import remembered
from persnorm.rule import ZWNJ
from persnorm.word import LONG_TEXT, Word, words_of_chunk

if TYPE_CHECKING:
    from persnorm.evidence import Evidence

REMEMBERED = 1 << 14
"""So many chunks of lines that were changed are remembered."""

OPENS, OPENS_ANY, ENDS, ENDS_ANY, UNDECIDED, UNSETTLED, UNTIDY, MASKED, SPANNING = (1 << bit for bit in range(9))
"""What a chunk may concern, as bits. It may be put together with what follows it: in a known pair, with any word; or
with what stands before it: the same. One of its words only the line can tell how to read. It may concern other rules on
lines, or a rule that tidies spaces and signs. It has a protected span, or may be part of one with spaces in it."""

COMMON = (1 << 5) - 1
"""The first five: each has a part in the sign of a chunk; the others have one together."""

_RARE = COMMON + 1
_SIGNS = tuple(map(chr, range(0x100, 0x100 + 2 * _RARE)))  # characters that mean nothing to a regular expression


def _with(bits: int) -> str:
    return f"[{''.join(sign for number, sign in enumerate(_SIGNS) if number & bits)}]"


_MAY_MEET = late(f"{_with(OPENS)}(?={_with(ENDS)})")
_MAY_MEET_ANY = late(_with(OPENS_ANY | ENDS_ANY))
_UNDECIDED = late(_with(UNDECIDED))
_HAS_RARE = late(_with(_RARE))


class Chunk:
    """A run without a space.

    Attributes:
        text: The chunk.
        first: The letters, up to a half-space, of the word that it begins with; "" if it begins with none.
        last: The letters, after the last half-space, of the word that it ends with; "" if it ends with none.
        bits: What it may concern.
        sign: The same as a character: one for each of the common bits, and one for the rare ones.
        undecided: The numbers of its words that only the line can tell how to read, and of half-spaced ones whose
            parts have lost half-spaces.
        lost: How many of its words show that their line lost a half-space.
        kept: How many half-spaces it had from the start.
        masked: The same chunk with its protected spans masked, if it has any.
    """

    __slots__ = ("bits", "first", "kept", "last", "lost", "masked", "sign", "text", "undecided")

    def __init__(  # noqa: PLR0913, PLR0917  # its attributes are asked for all the time: slots are quickest
        self, text: str, first: str, last: str, bits: int, undecided: tuple[int, ...] = (), lost: int = 0, kept: int = 0
    ) -> None:
        self.text = text
        self.first = first
        self.last = last
        self.bits = bits
        self.sign = _SIGNS[bits & COMMON | _RARE * (bits > COMMON)]
        self.undecided = undecided
        self.lost = lost
        self.kept = kept
        self.masked: Chunk | None = None

    def with_more(self, bits: int, kept: int, masked: Chunk | None = None) -> Chunk:
        """Return the chunk with more bits, with the half-spaces that it had from the start, and as it is masked."""
        chunk = Chunk(self.text, self.first, self.last, self.bits | bits, self.undecided, self.lost, kept)
        chunk.masked = masked
        return chunk

    def between(self, opening: str, closing: str) -> Chunk:
        """Return the chunk with signs around it, which turn nothing to its neighbours; of its bits the common ones."""
        bits = self.bits & COMMON
        if opening:
            bits &= ~(ENDS | ENDS_ANY)
        if closing:
            bits &= ~(OPENS | OPENS_ANY)
        first, last = "" if opening else self.first, "" if closing else self.last
        return Chunk(opening + self.text + closing, first, last, bits, self.undecided, self.lost)


class Marked(NamedTuple):
    """Letters of a line, with marks for what else stands between them than a space.

    Attributes:
        line: Letters and marks.
        starts: Where a word begins in the text -> where it does so among them.
        ends: The same for its end, and its last one.
    """

    line: list[str]
    starts: dict[int, int]
    ends: dict[int, int]


class Row:
    """A line as its chunks.

    Args:
        chunks: The runs between its spaces.
        text: The line, if it is there already.
    """

    __slots__ = ("_starts", "_words", "chunks", "meetings", "rare", "signs", "text")

    def __init__(self, chunks: Sequence[Chunk], text: str | None = None) -> None:
        self.text = " ".join([chunk.text for chunk in chunks]) if text is None else text
        self.chunks = chunks
        self.signs = "".join([chunk.sign for chunk in chunks])
        # Which of the rare bits any chunk has.
        self.rare = reduce(or_, [chunk.bits for chunk in chunks]) & ~COMMON if _HAS_RARE.search(self.signs) else 0
        self.meetings: Sequence[int] | None = None  # see Neighbours.meetings
        self._starts: list[int] = []
        self._words: list[Word] = []

    def may_meet(self) -> list[int]:
        """Return the places of chunks that are a known pair with the next one, if their letters are."""
        return [found.start() for found in _MAY_MEET.finditer(self.signs)]

    def may_meet_any(self) -> Iterator[int]:
        """Yield the places of chunks that may be put together with whatever follows, or else the next one."""
        for found in _MAY_MEET_ANY.finditer(self.signs):
            at = found.start()
            bits = self.chunks[at].bits
            if bits & ENDS_ANY and at:
                yield at - 1
            if bits & OPENS_ANY and at + 1 < len(self.chunks):
                yield at

    @property
    def masked(self) -> Row:
        """The line with its protected spans masked."""
        return Row([chunk.masked or chunk for chunk in self.chunks])

    @property
    def is_decided(self) -> bool:
        """Whether no word needs the line to be read."""
        return _UNDECIDED.search(self.signs) is None

    @property
    def is_open(self) -> bool:
        """Whether some rule on lines may concern it whatever its neighbours are."""
        return (self.rare & (UNSETTLED | UNTIDY)) != 0 or not self.is_decided

    def undecided(self) -> Iterator[tuple[int, int]]:
        """Yield the place and the number in its chunk of each word that only the line can tell how to read."""
        for found in _UNDECIDED.finditer(self.signs):
            at = found.start()
            for number in self.chunks[at].undecided:
                yield at, number

    def word(self, at: int, number: int) -> Word:
        """Return a word of a chunk, by its number there, with its place in the line."""
        start, end, letters, gaps = words_of_chunk(self.chunks[at].text)[number]
        before = self.starts[at]
        return Word(before + start, before + end, letters, gaps)

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
            self._starts = list(accumulate([len(chunk.text) + 1 for chunk in self.chunks], initial=0))
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

    def marked(self, letters_of: Callable[[Word], Sequence[str]]) -> Marked:
        """Return the words of the line, or their parts, with marks between them and at both ends."""
        marked = Marked([EDGE], {}, {})
        end = 0
        for word in self.words:
            between = self.text[end : word.start]
            if end and between != " " and (between := mark(between)):  # most words have a space between them
                marked.line.append(between)
            marked.starts[word.start] = len(marked.line)
            marked.line.extend(letters_of(word))
            end = word.end
            marked.ends[end] = len(marked.line) - 1
        marked.line.append(mark(self.text[end:]) or EDGE)
        return marked


class Rows:
    """Looks at lines, with what weighs their words.

    Args:
        evidence: What weighs words.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._remembered = remembered(self.look, REMEMBERED)
        self.of = lru_cache(maxsize=4)(self._of)  # one rule after the other asks for the same line

    def _of(self, text: str) -> Row:
        """Return a line as a row."""
        look = self.look if len(text) >= LONG_TEXT else self._remembered
        return Row(list(map(look, text.split(" "))), text)

    def put_together(self, row: Row, text: str) -> Row:
        """Return a line as a row, given the row that it was before neighbours were put together."""
        if len(text) >= LONG_TEXT:
            return self.of(text)
        chunks: list[Chunk] = []
        before = iter(row.chunks)
        for run in text.split(" "):
            chunk = next(before, None)
            if chunk is None:
                return self.of(text)
            if chunk.text != run:
                letters, parts = run.replace(ZWNJ, ""), chunk.text
                while len(parts := parts.replace(ZWNJ, "")) < len(letters) and (part := next(before, None)):
                    parts += part.text
                if parts != letters:
                    return self.of(text)
                chunk = self._remembered(run)
            chunks.append(chunk)
        return self.of(text) if next(before, None) else Row(chunks, text)

    def look(self, text: str) -> Chunk:
        """Return a chunk with what it may concern."""
        evidence = self._evidence
        if evidence.lexicon.is_sure(text):  # most are
            return Chunk(text, text, text, evidence.neighbours.sides(text, text))
        words = words_of_chunk(text)
        if not words:
            return Chunk(text, "", "", 0)
        first = words[0].first if words[0].start == 0 else ""
        last = words[-1].last if words[-1].end == len(text) else ""
        bits = evidence.neighbours.sides(first, last)
        open_ones = [word for word in words if evidence.may_be_read_otherwise(word)]
        if not open_ones:
            return Chunk(text, first, last, bits)
        undecided = tuple(number for number, word in enumerate(words) if evidence.is_undecided(word))
        lost = sum(evidence.has_lost(word.letters) for word in open_ones if not word.gaps)
        return Chunk(text, first, last, bits | (UNDECIDED if undecided else 0), undecided, lost)
