"""Joined words that can be read in several ways: the neighbours and the rest of the line decide (سه گوشهای دنج)."""

from __future__ import annotations

from collections.abc import Sequence

from persnorm.companions import WINDOW
from persnorm.context import EDGE, Around
from persnorm.damage import Line
from persnorm.rule import ZWNJ, Edit, Rule, Setting
from persnorm.rules.words import repairs_joined
from persnorm.word import Word, stand_together, words_of


def _find_ambiguous(text: str, setting: Setting) -> list[Edit]:
    evidence = setting.evidence
    words = words_of(text, setting.words)
    undecided = [index for index, word in enumerate(words) if word.gaps or is_undecided(word, setting)]
    if not undecided:
        return []
    joined = [words[index].letters for index in undecided if not words[index].gaps]
    lax = sum(evidence.ends_lax(letters, evidence.gaps(letters)) for letters in joined)
    spaced = max(text.count(ZWNJ) - setting.kept - setting.repaired, 0)
    line = Line(setting.kept, setting.repaired, spaced, lax, setting.options.erases_zwnj)
    edits: list[Edit] = []
    for index in undecided:
        word = words[index]
        if word.gaps:  # put together just now, of parts of which one may be joined: پیشبینی های
            gaps = evidence.gaps_given(word.letters, word.gaps)
        else:
            gaps = evidence.gaps_in_line(word.letters, _around(words, index, text), line, _company(words, index))
        edits += word.insert(gaps, text)
    return edits


def _around(words: Sequence[Word], index: int, text: str) -> Around:
    before, after = words[index - 1] if index else None, words[index + 1] if index + 1 < len(words) else None
    return Around(
        before.letters if before and stand_together(before, words[index], text) else EDGE,
        after.letters if after and stand_together(words[index], after, text) else EDGE,
    )


def _company(words: Sequence[Word], index: int) -> list[str]:
    """Return the words around one, but for itself."""
    before, after = words[max(index - WINDOW, 0) : index], words[index + 1 : index + 1 + WINDOW]
    return [word.letters for word in (*before, *after)]


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
