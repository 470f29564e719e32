"""Text written for persnorm, that shows what stands around words whose letters have two readings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from persnorm.companions import lexeme
from persnorm.doubles import SILENT
from persnorm.rule import ZWNJ

LETTERS, FORM, WORDS, REMARK = "@ ", "= ", "~ ", "#"


class Reading(NamedTuple):
    """One reading of letters.

    Attributes:
        form: How it is written: گوش‌های.
        words: Words that stand near it.
        sentences: Sentences that hold it.
    """

    form: str
    words: list[str]
    sentences: list[str]


class Block(NamedTuple):
    """What is written of some letters.

    Attributes:
        letters: The letters, as گوشهای, or two neighbours, as پیش بینی.
        readings: Their readings, one or two of them.
    """

    letters: str
    readings: list[Reading]


def read(path: Path) -> Iterator[Block]:
    """Yield the blocks of a file.

    Args:
        path: UTF-8 text, ``|`` for a half-space. ``@ letters`` opens a block and ``= form`` a reading, ``~ `` stands
            before words that are near it, ``#`` before a remark; all other lines are sentences.
    """
    block: Block | None = None
    for line in path.read_text(encoding="utf-8").replace("|", ZWNJ).splitlines():
        if line.startswith(LETTERS):
            if block:
                yield block
            block = Block(line[len(LETTERS) :], [])
        elif block and line.startswith(FORM):
            block.readings.append(Reading(line[len(FORM) :], [], []))
        elif block and line.startswith(WORDS):
            block.readings[-1].words.extend(line[len(WORDS) :].split())
        elif block and line and not line.startswith(REMARK):
            block.readings[-1].sentences.append(line)
    if block:
        yield block


class Written:
    """What is written of all letters.

    Attributes:
        nouns: The shorter noun of each double of which both nouns are written of.
        no_nouns: The shorter noun of letters of which only one reading is written, as nobody writes the other.
        homographs: Other letters that have a reading with a half-space and one without.
        company: Noun, or a homograph ``with_mark`` -> words that stand near it.
        words: Words that there are at least, however seldom they are seen.
    """

    def __init__(self) -> None:
        self.nouns: set[str] = set()
        self.no_nouns: set[str] = set()
        self.homographs: set[str] = set()
        self.company: dict[str, list[str]] = {}
        self.words: set[str] = set()

    def add(self, block: Block) -> None:
        """Add what is written of some letters."""
        if " " in block.letters:
            return  # neighbours that may be one word: of these only the sentences are of use
        forms = {reading.form for reading in block.readings}
        name = lexeme
        if len(forms) < 2:
            self.no_nouns |= {block.letters.removesuffix(ending) for ending in SILENT} - {block.letters}
        elif stem := _stem_of_double(block.letters, forms):
            self.nouns.add(stem)
            self.words |= {stem, stem + "ه"}
        else:
            self.homographs.add(block.letters)
            self.words |= forms
            name = with_mark
        for reading in block.readings:
            self.company.setdefault(name(reading.form), []).extend(reading.words)


def with_mark(form: str) -> str:
    r"""Return the letters of a form, with a half-space behind them if it has any.

    >>> with_mark("به\u200cروز"), with_mark("بهروز")
    ('بهروز\u200c', 'بهروز')
    """
    return form.replace(ZWNJ, "") + ZWNJ * (ZWNJ in form)


def _stem_of_double(letters: str, forms: set[str]) -> str:
    """Return the shorter noun if two forms are those of a double: دست of دست‌هام and دسته‌ام."""
    for ending in SILENT:
        stem = letters.removesuffix(ending)
        if stem != letters and f"{stem}ه{ZWNJ}{ending[1:]}" in forms:
            return stem
    return ""
