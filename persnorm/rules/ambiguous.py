"""Joined words that can be read in several ways: the neighbours and the rest of the line decide (سه گوشهای دنج)."""

from __future__ import annotations

from collections.abc import Sequence

from persnorm.context import EDGE, Around, mark
from persnorm.damage import Line
from persnorm.evidence import likeliest
from persnorm.rule import ZWNJ, Edit, Rule, Setting
from persnorm.rules.words import repairs_joined
from persnorm.word import Word, stand_together, words_of


def _find_ambiguous(text: str, setting: Setting) -> list[Edit]:
    evidence = setting.evidence
    words = words_of(text, setting.words)
    undecided = [index for index, word in enumerate(words) if word.gaps or is_undecided(word, setting)]
    if not undecided:
        return []
    joined = [index for index in undecided if not words[index].gaps]
    around = {index: _around(words, index, text) for index in joined}
    if any(setting.lexicon.doubles.find(words[index].letters) for index in joined):
        marked, places = _marked(words, text)
        around = {index: here._replace(line=marked, place=places[index]) for index, here in around.items()}
    weighed = {index: evidence.weigh(words[index].letters, here) for index, here in around.items()}
    leanings = [(words[index].letters, likeliest(found)) for index, found in weighed.items()]
    lax = sum(evidence.ends_lax(letters, gaps) for letters, gaps in leanings)
    lost = sum(evidence.is_longer_of_double(letters, gaps) for letters, gaps in leanings)
    spaced = max(text.count(ZWNJ) - setting.kept - setting.repaired, 0)
    line = Line(setting.kept, setting.repaired + lost, spaced, lax, setting.options.erases_zwnj)
    edits: list[Edit] = []
    for index in undecided:
        word = words[index]
        if word.gaps:  # put together just now, of parts of which one may be joined: پیشبینی های
            gaps = evidence.gaps_given(word.letters, word.gaps)
        else:
            gaps = evidence.gaps_in_line(word.letters, weighed[index], line)
        edits += word.insert(gaps, text)
    return edits


def _around(words: Sequence[Word], index: int, text: str) -> Around:
    before, after = words[index - 1] if index else None, words[index + 1] if index + 1 < len(words) else None
    return Around(
        before.letters if before and stand_together(before, words[index], text) else EDGE,
        after.letters if after and stand_together(words[index], after, text) else EDGE,
    )


def _marked(words: Sequence[Word], text: str) -> tuple[list[str], list[int]]:
    """Return the letters of the words, with marks for what else stands between them, and where each word stands."""
    marked, places, end = [EDGE], [], None
    for word in words:
        if end is not None and (between := mark(text[end : word.start])):
            marked.append(between)
        places.append(len(marked))
        marked.append(word.letters)
        end = word.end
    return [*marked, mark(text[end:]) or EDGE], places


def is_undecided(word: Word, setting: Setting) -> bool:
    """Tell whether only the line can tell how a joined word is to be read."""
    return not word.gaps and setting.evidence.sure_gaps(word.letters) is None


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
