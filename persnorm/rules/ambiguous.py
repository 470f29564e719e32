"""Joined words that can be read in several ways: the neighbours and the rest of the line decide (سه گوشهای دنج)."""

from __future__ import annotations

from typing import NamedTuple

from persnorm.context import EDGE, Around, mark
from persnorm.damage import Line
from persnorm.evidence import Weighed
from persnorm.row import Row
from persnorm.rule import ZWNJ, Edit, Rule, Setting
from persnorm.rules.words import repairs_joined
from persnorm.word import Word


def _find_ambiguous(text: str, setting: Setting) -> list[Edit]:
    evidence, row = setting.evidence, setting.row_of(text)
    if row.is_decided:
        return []
    edits: list[Edit] = []
    weighed: list[tuple[Word, Weighed]] = []
    marked: Marked | None = None  # the same for all words of the line
    for at, number in row.undecided():
        word = row.word(at, number)
        if word.gaps:  # put together just now, of parts of which one may be joined: پیشبینی های
            edits += word.insert(evidence.gaps_given(word.letters, word.gaps), text)
            continue
        found = evidence.weigh_alone(word.letters)
        if found is None:
            around = Around(row.letters_before(at, number) or EDGE, row.letters_after(at, number) or EDGE)
            if setting.lexicon.doubles.find(word.letters):
                marked = marked or _marked(row)
                around = around._replace(line=marked.line, place=marked.places[word.start])
            found = evidence.weigh(word.letters, around)
        weighed.append((word, found))
    lax = sum(found.is_lax for _, found in weighed)
    lost = sum(found.is_longer for _, found in weighed)
    spaced = max(text.count(ZWNJ) - setting.kept - setting.repaired, 0)
    line = Line(setting.kept, setting.repaired + lost, spaced, lax, setting.options.erases_zwnj)
    for word, found in weighed:
        edits += word.insert(evidence.gaps_in_line(word.letters, found, line), text)
    return sorted(edits)


class Marked(NamedTuple):
    """The letters of the words of a line, with marks for what else stands between them.

    Attributes:
        line: Letters and marks.
        places: Where a word begins in the text -> where it stands among them.
    """

    line: list[str]
    places: dict[int, int]


def _marked(row: Row) -> Marked:
    line, places, end = [EDGE], {}, 0
    for word in row.words:
        if end and (between := mark(row.text[end : word.start])):
            line.append(between)
        places[word.start] = len(line)
        line.append(word.letters)
        end = word.end
    return Marked([*line, mark(row.text[end:]) or EDGE], places)


RULES = (
    Rule(
        name="ambiguous-word",
        why="The joined word can be read in several ways; its neighbours and the rest of the line speak for this one.",
        source="Counts of words and of their neighbours (persnorm/data/SOURCES.md)",
        find=_find_ambiguous,
        examples=(("در گوشهای از شهر", f"در گوشه{ZWNJ}ای از شهر"), ("کتابهای او", f"کتاب{ZWNJ}های او")),
        counter_examples=("سفرهای خارجی",),
        wants=repairs_joined,
    ),
)
