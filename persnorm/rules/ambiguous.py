"""Joined words that can be read in several ways: the neighbours and the rest of the line decide (سه گوشهای دنج)."""

from __future__ import annotations

from collections.abc import Sequence

from persnorm.context import EDGE, Around, mark
from persnorm.damage import Line
from persnorm.evidence import likeliest
from persnorm.row import Row
from persnorm.rule import ZWNJ, Edit, Rule, Setting
from persnorm.rules.words import repairs_joined
from persnorm.word import Word


def _find_ambiguous(text: str, setting: Setting) -> list[Edit]:
    evidence = setting.evidence
    row = setting.row_of(text)
    if row.is_decided:
        return []
    undecided = [(row.word(at, number), _around(row, at, number)) for at, number in row.undecided()]
    # Those with half-spaces were put together just now, of parts of which one may be joined: پیشبینی های
    edits = [edit for word, _ in undecided if word.gaps for edit in word.insert(evidence.gaps_given(*word[2:]), text)]
    joined = [(word, around) for word, around in undecided if not word.gaps]
    if not joined:
        return edits
    if any(setting.lexicon.doubles.find(word.letters) for word, _ in joined):
        marked, places = _marked(row.words, text)
        joined = [(word, around._replace(line=marked, place=places[word.start])) for word, around in joined]
    weighed = [(word, evidence.weigh(word.letters, around)) for word, around in joined]
    leanings = [(word.letters, likeliest(found)) for word, found in weighed]
    lax = sum(evidence.ends_lax(letters, gaps) for letters, gaps in leanings)
    lost = sum(evidence.is_longer_of_double(letters, gaps) for letters, gaps in leanings)
    spaced = max(text.count(ZWNJ) - setting.kept - setting.repaired, 0)
    line = Line(setting.kept, setting.repaired + lost, spaced, lax, setting.options.erases_zwnj)
    for word, found in weighed:
        edits += word.insert(evidence.gaps_in_line(word.letters, found, line), text)
    return sorted(edits)


def _around(row: Row, at: int, number: int) -> Around:
    return Around(row.letters_before(at, number) or EDGE, row.letters_after(at, number) or EDGE)


def _marked(words: Sequence[Word], text: str) -> tuple[list[str], dict[int, int]]:
    """Return the letters of the words, with marks for what else stands between them.

    And where among them each word stands, by where it begins in the text.
    """
    marked, places = [EDGE], {}
    end: int | None = None
    for word in words:
        if end is not None and (between := mark(text[end : word.start])):
            marked.append(between)
        places[word.start] = len(marked)
        marked.append(word.letters)
        end = word.end
    return [*marked, mark(text[end:]) or EDGE], places


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
