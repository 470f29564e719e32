"""Words as the lexicon knows them: letters alone, with the half-spaces between them as offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from persnorm.alphabet import MARKS, NON_JOINERS
from persnorm.remembering import remembered
from persnorm.rule import ZWNJ, Edit

LETTERS = "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
"""The letters of a word in the lexicon."""

_WORD = re.compile(rf"[{LETTERS}ۀ][{LETTERS}ۀ{MARKS}{ZWNJ}]*")
_BARE = re.compile(rf"[{LETTERS}ۀ{ZWNJ}]+")
_MARK = re.compile(f"[{MARKS}]")

LONGEST = 40
"""A run of more letters than this is no word, and weighing all its gaps would take long."""

LONG_TEXT = 10_000
"""The words of a text so long are not remembered: they take much room."""


class Word(NamedTuple):
    """A Persian word of a text.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        letters: Its letters alone; ۀ counts as ه.
        gaps: Offsets in the letters before which a half-space stands.
    """

    start: int
    end: int
    letters: str
    gaps: tuple[int, ...]

    @property
    def first(self) -> str:
        """The letters before the first half-space."""
        return self.letters[: self.gaps[0]] if self.gaps else self.letters

    @property
    def last(self) -> str:
        """The letters after the last half-space."""
        return self.letters[self.gaps[-1] :] if self.gaps else self.letters

    def insert(self, gaps: Iterable[int], text: str) -> list[Edit]:
        """Return the edits that put half-spaces into those gaps that have none yet."""
        missing = [gap for gap in gaps if gap not in self.gaps]
        if not missing:
            return []
        places = self.places(text)
        # ۀ counts as ه, but nothing joins to it.
        return [Edit(places[gap], places[gap], ZWNJ) for gap in missing if text[places[gap - 1]] not in NON_JOINERS]

    def places(self, text: str) -> list[int]:
        """Return where each of its letters stands in the text."""
        return [
            self.start + offset
            for offset, char in enumerate(text[self.start : self.end])
            if char != ZWNJ and not _MARK.match(char)
        ]

    @property
    def parts(self) -> list[str]:
        """The letters between the half-spaces."""
        return [self.letters[start:end] for start, end in pairwise((0, *self.gaps, len(self.letters)))]


class KnownWords(NamedTuple):
    """The words of a text that were put together from those of its chunks."""

    text: str
    words: Sequence[Word]


def words_of(text: str, known: KnownWords | None = None) -> Sequence[Word]:
    """Return the Persian words of a text, but for runs too long to be one; they may be ``known`` already."""
    if known and text is known.text:
        return known.words
    return _remembered_words(text) if len(text) < LONG_TEXT else _words_of(text)


def words_of_chunks(chunks: Iterable[str], memory: dict[str, Sequence[Word]]) -> list[Word]:
    """Return the words of a text that is chunks with a space between; ``memory`` has those of chunks met before."""
    words: list[Word] = []
    at = 0
    for chunk in chunks:
        within = memory.get(chunk)
        if within is None:
            within = _words_of(chunk)
            if len(chunk) < LONG_TEXT:
                memory[chunk] = within
        for start, end, letters, gaps in within:
            words.append(_new(Word, (at + start, at + end, letters, gaps)))
        at += len(chunk) + 1
    return words


def _words_of(text: str) -> list[Word]:
    words: list[Word] = []
    for match in _WORD.finditer(text):
        letters, gaps = _taken_apart(match[0])
        if len(letters) <= LONGEST:
            words.append(_new(Word, (*match.span(), letters, gaps)))
    return words


_remembered_words = lru_cache(maxsize=8)(_words_of)
"""One rule after the other asks for the words of the same text."""


def take_apart(run: str) -> tuple[str, tuple[int, ...]]:
    r"""Return the letters of a word and the offsets in them before which a half-space stands.

    >>> take_apart("می\u200cرَوم")
    ('میروم', (2,))
    """
    if not _BARE.fullmatch(run):
        run = _MARK.sub("", run)
    run = run.replace("ۀ", "ه").strip(ZWNJ)
    if ZWNJ not in run:
        return run, ()
    gaps: list[int] = []
    at = 0
    parts = run.split(ZWNJ)
    for part in parts[:-1]:
        at += len(part)
        gaps.append(at)
    return "".join(parts), tuple(gaps)


_taken_apart = remembered(take_apart, 1 << 15)
_new = tuple.__new__  # what Word() does, without a step between


def put_together(letters: str, gaps: Iterable[int]) -> str:
    r"""Return the word with half-spaces at the offsets ``gaps``.

    >>> put_together("میروم", (2,)) == "می\u200cروم"
    True
    """
    return ZWNJ.join(Word(0, 0, letters, tuple(gaps)).parts)


def stand_together(left: Word, right: Word, text: str) -> bool:
    """Tell whether just one space stands between two words of a text."""
    return right.start - left.end == 1 and text[left.end] == " "


def may_be_one(left: Word, right: Word, text: str) -> bool:
    """Tell whether two words may be parts of one: a vowel sign between them is that of ezafe, and parts them."""
    return stand_together(left, right, text) and text[left.end - 1] == left.letters[-1]


def edges(text: str) -> tuple[str, str]:
    r"""Return what a chunk turns to its neighbours: the first part of its first word and the last of its last.

    An edge that is no letter turns nothing to that side.

    >>> edges("کتاب\u200cها،")
    ('کتاب', '')
    """
    first = last = ""
    if match := _WORD.match(text):
        letters, gaps = _taken_apart(match[0])
        first = letters[: gaps[0]] if gaps else letters
        if match.end() == len(text):
            return first, letters[gaps[-1] :] if gaps else letters
    if text and (_BARE.match(text[-1]) or _MARK.match(text[-1])):
        for match in _WORD.finditer(text):  # noqa: B007  # the last one is wanted
            pass
        if match and match.end() == len(text):
            letters, gaps = _taken_apart(match[0])
            last = letters[gaps[-1] :] if gaps else letters
    return first, last
