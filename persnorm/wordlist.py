"""Lists of one's own words: a word a line, ``|`` for the half-space, and perhaps how often it was seen.

    # trade names
    بیت|کوین
    وب|سایت    120

A word stands there as it is to be written: in one (``بیتکوین``), with half-spaces (``بیت|کوین``), or apart
(``بیت کوین``). A tab parts it from the count. A half-space may be ZWNJ itself, what follows ``#`` is a comment, empty
lines are skipped.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from persnorm.alphabet import NON_JOINERS
from persnorm.files import Unreadable, lines_of, shown_name
from persnorm.rule import ZWNJ
from persnorm.word import LETTERS, LONGEST

Words = dict[str, int | None]
"""Words, with ZWNJ for the half-space, and how often each was seen; None: it is always written so."""

_FORM = re.compile(f"[{LETTERS}]+(?:(?:{ZWNJ}[{LETTERS}]+)+|(?: [{LETTERS}]+)+)?")
_STRANGE = re.compile(f"[^{LETTERS} |{ZWNJ}]")
_HIDDEN = re.compile(f"([{NON_JOINERS}]){ZWNJ}")
_COUNT = re.compile("0*[1-9][0-9]*")

_INSTEAD = {"ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه", "ة": "ه"}


class BadWordList(ValueError):
    """A word list that breaks its form; the message tells where, what was expected, and what stands there."""


def letters_of(form: str) -> str:
    """Return the letters of a word, however it is written."""
    return form.replace(ZWNJ, "").replace(" ", "")


def read(path: str | os.PathLike[str]) -> Words:
    """Return the words of a file.

    Raises:
        BadWordList: A line that is no word, or not UTF-8, as ``FILE:LINE: expected ..., got ...``.
        OSError: The file cannot be opened or read.
    """
    words: Words = {}
    lines: dict[str, int] = {}
    name = os.fspath(path)
    with Path(path).open("rb") as stream:
        try:
            for line in lines_of(stream, name):
                where = f"{shown_name(name)}:{line.number}"
                for form, count in _parse(line.text, where):
                    if form in words:
                        raise BadWordList(
                            f"{where}: expected each word once, got {_shown(form)} again, as in line {lines[form]}"
                        )
                    words[form], lines[form] = count, line.number
        except Unreadable as failure:
            raise BadWordList(str(failure)) from None
    return words


def check(words: Iterable[str] | Mapping[str, int | None]) -> Words:
    """Return words that were made in memory, checked like those of a file.

    Args:
        words: Words, or words with their counts; None for a word that is always written so.

    Raises:
        TypeError: A word is not str, or a count not int.
        BadWordList: Something else than a word or a count.
    """
    if isinstance(words, str):
        raise TypeError(f"words takes an iterable of words, not one string: write words=[{words!r}]")
    given = words if isinstance(words, Mapping) else dict.fromkeys(words)
    checked: Words = {}
    for form, count in given.items():
        if not isinstance(form, str):
            raise TypeError(f"words are str, got {form!r}")
        if count is not None and (isinstance(count, bool) or not isinstance(count, int)):
            raise TypeError(f"the count of a word is an int, or None where it is always written so, got {count!r}")
        if count is not None and count < 1:
            raise BadWordList(f"words: expected a count of 1 or more for {form!r}, got {count}")
        checked[_form(form, "words")] = count
    return checked


def render(words: Mapping[str, int | None]) -> Iterator[str]:
    """Yield the lines of a file with these words, sorted so that the spellings of one word stand together."""
    for form in sorted(words, key=lambda form: (letters_of(form), form)):
        count = words[form]
        yield form.replace(ZWNJ, "|") + ("" if count is None else f"\t{count}") + "\n"


def _parse(line: str, where: str) -> Iterator[tuple[str, int | None]]:
    """Yield the word and count of a line, if it has one."""
    content = line.partition("#")[0].strip(" \t")
    if not content:
        return
    form, *counts = (column.strip(" ") for column in content.split("\t"))
    if len(counts) > 1:
        raise BadWordList(f"{where}: expected a word and its count, got {len(counts) + 1} columns")
    for count in counts:
        if not _COUNT.fullmatch(count):
            raise BadWordList(f"{where}: expected a count such as 12 after the tab, got {count!r}")
    yield _form(form, where), int(counts[0]) if counts else None


def _form(text: str, where: str) -> str:
    """Return a word with ZWNJ for its half-spaces."""
    form = text.replace("|", ZWNJ)
    if _FORM.fullmatch(form) and not _HIDDEN.search(form) and len(letters_of(form)) <= LONGEST:
        return form
    raise BadWordList(f"{where}: expected {_what_is_wrong(text, form)}")


def _what_is_wrong(text: str, form: str) -> str:
    """Return what was expected of a word and what came, after ``expected``."""
    if strange := _STRANGE.search(text):
        char = strange[0]
        name = f"{char!r} (U+{ord(char):04X} {unicodedata.name(char, 'without a name')})"
        advice = f"; write {_INSTEAD[char]}" if char in _INSTEAD else ""
        return f"Persian letters, with | for the half-space, got {name}{advice}"
    if " " in form and ZWNJ in form:
        return f"half-spaces or spaces, not both in one word, got {_shown(form)}"
    if not _FORM.fullmatch(form):
        return f"letters on both sides of each half-space or space, got {_shown(form)}"
    if hidden := _HIDDEN.search(form):
        right = _shown(_HIDDEN.sub(r"\1", form))
        return f"no half-space after {hidden[1]}, which never joins the next letter, got {_shown(form)}; write {right}"
    return f"a word of {LONGEST} letters at most, got {len(letters_of(form))}"


def _shown(form: str) -> str:
    return repr(form.replace(ZWNJ, "|"))
