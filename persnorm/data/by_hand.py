"""Text written for persnorm, that shows what stands around words whose letters have two readings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from persnorm.alphabet import NON_JOINERS
from persnorm.companions import lexeme
from persnorm.doubles import SILENT
from persnorm.features import kind_of_gap
from persnorm.rule import ZWNJ

LETTERS, FORM, REMARK = "@ ", "= ", "#"
WORDS, BEFORE, AFTER = "~ ", "< ", "> "


class Reading(NamedTuple):
    """One reading of letters.

    Attributes:
        form: How it is written: گوش‌های.
        words: Words that stand near it.
        before: Words that stand right before it.
        after: Words that stand right after it.
        sentences: Sentences that hold it.
    """

    form: str
    words: list[str]
    before: list[str]
    after: list[str]
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
            before words that are near it, ``< `` before words that stand right before it, ``> `` after it, ``#`` before
            a remark; all other lines are sentences.
    """
    block: Block | None = None
    for line in path.read_text(encoding="utf-8").replace("|", ZWNJ).splitlines():
        if line.startswith(LETTERS):
            if block:
                yield block
            block = Block(line[len(LETTERS) :], [])
        elif block and line.startswith(FORM):
            block.readings.append(Reading(line[len(FORM) :], [], [], [], []))
        elif block and line.startswith((WORDS, BEFORE, AFTER)):
            reading = block.readings[-1]
            words = {WORDS: reading.words, BEFORE: reading.before, AFTER: reading.after}[line[:2]]
            words.extend(line[2:].split())
        elif block and line and not line.startswith(REMARK):
            block.readings[-1].sentences.append(line)
    if block:
        yield block


class Listed(NamedTuple):
    """A word that was listed as standing right before or after two neighbours, or near them.

    Attributes:
        pair: The two.
        is_one: Whether it does so where they are one word.
        offset: -1 right before, 1 right after, 0 near.
        word: The word, or a mark.
    """

    pair: tuple[str, str]
    is_one: bool
    offset: int
    word: str


class Written:
    """What is written of all letters.

    Attributes:
        nouns: The shorter noun of each double of which both nouns are written of.
        no_nouns: The shorter noun of letters of which only one reading is written, as nobody writes the other.
        homographs: Other letters that have a reading with a half-space and one without.
        company: Noun, or a homograph ``with_mark`` -> words that stand near it.
        words: Words that there are at least, however seldom they are seen.
        pairs: Neighbours that are a compound or two words, each with a meaning of its own.
        listed: The words that were listed for these.
    """

    def __init__(self) -> None:
        self.nouns: set[str] = set()
        self.no_nouns: set[str] = set()
        self.homographs: set[str] = set()
        self.company: dict[str, list[str]] = {}
        self.words: set[str] = set()
        self.pairs: set[tuple[str, str]] = set()
        self.listed: list[Listed] = []

    def add(self, block: Block) -> None:
        """Add what is written of some letters."""
        if " " in block.letters:
            first, _, second = block.letters.partition(" ")
            if len(block.readings) > 1 and " " not in second and _may_be_compound(first, second):
                self.pairs.add((first, second))
                for reading in block.readings:
                    is_one = ZWNJ in reading.form
                    for offset, words in ((-1, reading.before), (1, reading.after), (0, reading.words)):
                        self.listed += (Listed((first, second), is_one, offset, word) for word in words)
            return  # of others only the sentences are of use
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


def _may_be_compound(first: str, second: str) -> bool:
    return first[-1] not in NON_JOINERS and kind_of_gap(first, second) == "compound"


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
