"""Words as the lexicon knows them: letters alone, with the half-spaces between them as offsets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from persnorm.alphabet import MARKS, NON_JOINERS
from persnorm.late import late
from persnorm.remembering import remembered
from persnorm.rule import ZWNJ, Edit

LETTERS = "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
"""The letters of a word in the lexicon."""

_WORD = late(rf"[{LETTERS}ۀ][{LETTERS}ۀ{MARKS}{ZWNJ}]*")
_LETTERS_ALONE = late(f"[{LETTERS}]+")
_BARE = late(rf"[{LETTERS}ۀ{ZWNJ}]+")
_MARK = late(f"[{MARKS}]")

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


def words_of(text: str) -> Sequence[Word]:
    """Return the Persian words of a text, but for runs too long to be one."""
    if len(text) >= LONG_TEXT:
        return _words_of(text)
    return _remembered_words(text) if " " in text else words_of_chunk(text)


def _words_of(text: str) -> list[Word]:
    if _LETTERS_ALONE.fullmatch(text):  # what most chunks are
        return [Word(0, len(text), text, ())] if len(text) <= LONGEST else []
    words: list[Word] = []
    for match in _WORD.finditer(text):
        letters, gaps = take_apart(match[0])
        if len(letters) <= LONGEST:
            words.append(Word(*match.span(), letters, gaps))
    return words


_remembered_words = lru_cache(maxsize=8)(_words_of)
"""One rule after the other asks for the words of the same text."""

words_of_chunk = remembered(_words_of, 1 << 14)
"""Does the same for a run without a space; the same ones come again and again."""


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
