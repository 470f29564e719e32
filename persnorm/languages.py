"""Runs of text in other languages of the Arabic script, which are not Persian to be repaired.

Two things give such a run away: letters that Persian does not have, several words in a row and of more than one kind
(Kurdish, Pashto, Urdu, Uyghur, Azerbaijani), and the vowel signs of Arabic, on word after word (verses of the Quran).
Letters that Arabic has and Persian has not prove nothing by themselves: Persian is typed with them every day.

A run is found by its own words and by what stands between them and the next stop or the end of the text. So it is
found alike in a line and in the piece that is cut out of the line with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from persnorm.alphabet import FOREIGN_LETTERS, HARAKAT, LETTERS, MARKS, TATWEEL
from persnorm.late import late
from persnorm.rule import OPAQUE, ZWNJ

FOREIGN_LETTER = rf"[{FOREIGN_LETTERS}]|\u06d5(?![^\w\s]*\u0654)"
"""A letter of another language. U+06D5 is one unless a hamza makes it the decomposed form of ۀ."""

WORDS = 3
"""So many words give a run away, Persian text with a foreign letter or vowel sign now and then has no such row."""

KINDS = 2
"""So many letters that Persian does not have: one alone may be what a foreign keyboard has for a Persian one."""

GAP, ARABIC_GAP = 4, 1
"""At most so many words without such a letter, or vowel signs, stand between two with them."""

REACH, ARABIC_REACH = 3, 1
"""So few words between them and the beginning or end of the sentence belong to them."""

ARABIC_WORDS = 2
"""So many of its words, and a third of them, must be spelt as Arabic is and vocalized Persian is not."""

LONGEST = 60
"""No word has so many letters and signs."""

SIGNS = 6
"""So many vowel signs must a run of Arabic have, and one for three letters."""

_AZERBAIJANI_SIGNS = "\u065a\u065b"  # small v above and below: vowels of Azerbaijani, no harakat
_FOREIGN = late(rf"{FOREIGN_LETTER}|[{_AZERBAIJANI_SIGNS}]")
_INNER_YEH = late(rf"ى[{LETTERS}{FOREIGN_LETTERS}]")
_HINT = late(rf"[{FOREIGN_LETTERS}{HARAKAT}\u06d5]")
_HARAKAT = late(f"[{HARAKAT}]")
_TOKEN = late(rf"[{LETTERS}{FOREIGN_LETTERS}{MARKS}{TATWEEL}]+")
_BREAK = late(rf"[{OPAQUE}\n\r\t\v\f\x1c-\x1e\x85\N{{LINE SEPARATOR}}\N{{PARAGRAPH SEPARATOR}}]")
_STOP = late(rf"{_BREAK.pattern}|[.!?؟…۔:؛«»\"“”()\[\]{{}}﴾﴿]")

_H = f"[{HARAKAT}]*"
_ARTICLE = rf"(?:[وفبک]{_H})?(?:[اٱ]{_H}ل|ل{_H}ل)"
_CASE_ENDING = r"[\u064b-\u064f\u0652]"  # all but kasra, which is the ezafe in Persian
# ال is no evidence without its sun letter doubled or its lam silent: الهام is Persian too.
_ARABIC = late(
    rf"{_ARTICLE}(?:\u0652|[تثدذرزسشصضطظلن]{_H}\u0651)|.*[ةأإٱ]|.*.{_H}(?:{_CASE_ENDING}\u0651?|\u064b\u0651?[اىی]|\u064fوا)\Z",
    re.DOTALL,
)
_PERSIAN_LETTER = late("[پچژگ]")
_MISPLACED = late(
    rf"[\u064b-\u064d](?!{_H}[اىی]?{_H}\Z)"  # a tanvin stands at the end
    # No vowel sign stands on a long alef, but for that of the article, and no alef is doubled.
    rf"|آ[\u064e-\u0651]|(?:(?![وفبکكل])[{LETTERS}]|[{LETTERS}]{_H}[{LETTERS}]){_H}ا[\u064e-\u0651]|ا{_H}\u0651"
    rf"|[{LETTERS}]{_H}ا\u0652{_H}[{LETTERS}]"  # آمَنُواْ has a sukun on its alef, but at the end
)
"""Vowel signs where Arabic never has them: they were strewn over the words by something else."""


class _Token(NamedTuple):
    """A word, or what of it stands before or after a half-space."""

    start: int
    end: int
    letters: str


def _is_marked(token: _Token) -> bool:
    """Tell a token with a letter that Persian does not have, or with the inner ى of Uyghur, which some Persian has."""
    return _FOREIGN.search(token.letters) is not None or _INNER_YEH.search(token.letters) is not None


def _is_vocalized(token: _Token) -> bool:
    """Tell a token with the vowel signs of an Arabic word: several, or on a short word one."""
    signs = _signs(token)
    return (signs > 1 or 3 * signs >= len(token.letters)) and not _PERSIAN_LETTER.search(token.letters)


def _signs(token: _Token) -> int:
    return len(_HARAKAT.findall(token.letters))


def foreign_runs(text: str) -> list[tuple[int, int]]:
    """Return where runs of other languages begin and end, in code points, sorted and disjoint.

    Args:
        text: A line or a piece of one, with ``OPAQUE`` for what is protected otherwise: no run goes across it.

    Example:
        >>> line = "او گفت: «ئێمە لە كوردستان دەژین» و رفت"
        >>> [line[start:end] for start, end in foreign_runs(line)]
        ['ئێمە لە كوردستان دەژین']
        >>> foreign_runs("كتاب علي را خواند")
        []
    """
    if not may_hold_run(text):
        return []
    tokens = [_Token(*found.span(), found[0]) for found in _TOKEN.finditer(text)]
    between = [text[left.end : right.start] for left, right in pairwise(tokens)]
    foreign = (row for row in _rows(tokens, between, _is_marked, GAP) if _is_foreign(tokens[row[0] : row[1] + 1]))
    arabic = (
        row
        for row in _rows(tokens, between, _is_vocalized, ARABIC_GAP)
        if ZWNJ not in "".join(between[max(row[0] - 1, 0) : row[1] + 1]) and _is_arabic(tokens[row[0] : row[1] + 1])
    )
    rows = [*_whole_rows(foreign, between, REACH), *_whole_rows(arabic, between, ARABIC_REACH)]
    runs = sorted((tokens[first].start, tokens[last].end) for first, last in rows)
    return list(_merged(run for run in runs if len(text[slice(*run)].split()) >= WORDS))


def may_hold_run(text: str) -> bool:
    """Tell, cheaply, whether ``text`` or any part of it has signs enough for a run; False is certain."""
    if not _HINT.search(text):
        return False
    return len(_FOREIGN.findall(text)) >= WORDS or len(_HARAKAT.findall(text)) >= SIGNS


def _merged(runs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    done = 0
    for start, end in runs:
        if end > done:
            yield max(start, done), end
            done = end


def _rows(
    tokens: Sequence[_Token], between: Sequence[str], counts: Callable[[_Token], bool], gap: int
) -> Iterator[tuple[int, int]]:
    """Yield the first and last of tokens that count, with at most ``gap`` others between two and nothing opaque."""
    first = last = -1
    for index, token in enumerate(tokens):
        if index and _BREAK.search(between[index - 1]) and first >= 0:
            yield first, last
            first = -1
        if counts(token):
            if first >= 0 and index - last > gap + 1:
                yield first, last
                first = -1
            first, last = (index if first < 0 else first), index
    if first >= 0:
        yield first, last


def _is_foreign(row: Sequence[_Token]) -> bool:
    letters = {letter for token in row for letter in _FOREIGN.findall(unicodedata.normalize("NFKC", token.letters))}
    return len(letters) >= KINDS and sum(_FOREIGN.search(token.letters) is not None for token in row) >= WORDS


def _is_arabic(row: Sequence[_Token]) -> bool:
    vocalized = [token for token in row if _is_vocalized(token)]
    arabic = sum(len(token.letters) <= LONGEST and _ARABIC.match(token.letters) is not None for token in vocalized)
    signs = sum(map(_signs, row))
    return (
        len(vocalized) >= WORDS
        and not any(_MISPLACED.search(token.letters) for token in row)
        and arabic >= max(ARABIC_WORDS, len(row) / 3)
        and signs >= max(SIGNS, (sum(len(token.letters) for token in row) - signs) / 3)
    )


def _whole_rows(rows: Iterable[tuple[int, int]], between: Sequence[str], reach: int) -> Iterator[tuple[int, int]]:
    """Yield rows with what hangs on them, and with up to ``reach`` words that are left on the way to a stop."""
    done = -1
    for first, last in rows:
        if last <= done:
            continue
        while first > done + 1 and _hangs(between[first - 1]):  # it is cut out of the line with the row
            first -= 1  # noqa: PLW2901
        while last < len(between) and _hangs(between[last]):
            last += 1  # noqa: PLW2901
        for start in range(first, first - reach - 1, -1):
            if start <= 0 or _STOP.search(between[start - 1]):
                first = max(start, 0)  # noqa: PLW2901
                break
        for end in range(last, last + reach + 1):
            if end >= len(between) or _STOP.search(between[end]):
                last = min(end, len(between))  # noqa: PLW2901
                break
        yield first, last
        done = last


def _hangs(between: str) -> bool:
    return " " not in between and not _STOP.search(between)
