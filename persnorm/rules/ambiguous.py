"""Joined words that can be read in several ways: the neighbours and the rest of the line decide (سه گوشهای دنج)."""

from __future__ import annotations

from persnorm.context import EDGE, Around
from persnorm.damage import Line
from persnorm.evidence import Weighed
from persnorm.row import Marked
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
                marked = marked or row.marked(lambda word: (word.letters,))
                around = around._replace(line=marked.line, place=marked.starts[word.start])
            found = evidence.weigh(word.letters, around)
        weighed.append((word, found))
    lax = sum(found.is_lax for _, found in weighed)
    lost = sum(found.is_longer for _, found in weighed)
    spaced = max(text.count(ZWNJ) - setting.kept - setting.repaired, 0)
    line = Line(setting.kept, setting.repaired + lost, spaced, lax, setting.options.erases_zwnj)
    for word, found in weighed:
        edits += word.insert(evidence.gaps_in_line(word.letters, found, line), text)
    return sorted(edits)


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
