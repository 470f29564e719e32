"""Words that lost a half-space and stand joined, and can be read in one way only: منطقهای → منطقه‌ای."""

from __future__ import annotations

from persnorm.options import Options
from persnorm.rule import ZWNJ, Edit, Rule, Setting
from persnorm.word import words_of


def _find_joined(text: str, setting: Setting) -> list[Edit]:
    if setting.lexicon.is_sure(text):  # most chunks are one such word
        return []
    edits: list[Edit] = []
    for word in words_of(text):
        if word.gaps:
            gaps = setting.evidence.gaps_given(word.letters, word.gaps)
        else:
            gaps = setting.evidence.sure_gaps(word.letters) or ()
        edits += word.insert(gaps, text)
    return edits


def repairs_joined(options: Options) -> bool:
    """Tell whether joined words are repaired under these options."""
    return options.joined and options.zwnj != "keep"


RULES = (
    Rule(
        name="joined-word",
        why="The word lost a half-space between its parts; its letters can hardly be read in any other way.",
        source="Word counts (persnorm/data/SOURCES.md); half-spaces as in «دستور خط فارسی» (1401), pp. 39-44",
        find=_find_joined,
        examples=(
            ("حوزههای", f"حوزه{ZWNJ}های"),
            ("گفتوگو", f"گفت{ZWNJ}وگو"),
            ("میدانیم", f"می{ZWNJ}دانیم"),
            ("بینالمللی", f"بین{ZWNJ}المللی"),
        ),
        counter_examples=("تنها", "نهایی", "میراث", "نماینده", "بهتر", "گفتگو", "دیدارهای"),
        wants=repairs_joined,
    ),
)
