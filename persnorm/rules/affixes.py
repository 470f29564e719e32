"""Neighbours that belong together: affixes and compounds whose half-space became a space (می شود، بین المللی)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, zip_longest

from persnorm.alphabet import NON_JOINERS
from persnorm.damage import Line
from persnorm.evidence import CHANCE
from persnorm.morphology import INFLECTIONS
from persnorm.options import Options
from persnorm.rule import ZWNJ, Edit, Rule, Setting
from persnorm.word import stand_together, words_of

CERTAIN = 0.97
"""Neighbours so often half-spaced show that the line lost half-spaces to spaces."""


def _find_spaced(text: str, setting: Setting) -> list[Edit]:
    pairs = list(_weigh(text, setting))
    found = sum(share > CERTAIN for share, _ in pairs)
    loss = Line(setting.kept, setting.repaired, found, erased=setting.options.erases_zwnj).spaced_loss
    return [edit for share, edits in pairs if share * loss > CHANCE * (share * loss + 1 - share) for edit in edits]


def _weigh(text: str, setting: Setting) -> Iterator[tuple[float, list[Edit]]]:
    """Yield the neighbours that may belong together: the share that a half-space has there, and the edits it takes."""
    evidence = setting.evidence
    words = list(words_of(text))
    for (left, right), third in zip_longest(pairwise(words), words[2:]):
        if not (evidence.may_join(left.last, right.first) and stand_together(left, right, text)):
            continue
        if (
            right.letters == "و"
            and third
            and stand_together(right, third, text)
            and (left.last, "و" + third.first) in evidence.and_words
        ):
            share = evidence.together(left.last, "و" + third.first)
            yield share, [Edit(left.end, right.start, ZWNJ), Edit(right.end, third.start, "")]
        elif left.last[-1] not in NON_JOINERS:
            yield evidence.together(left.last, right.first), [Edit(left.end, right.start, ZWNJ)]
        elif right.first in INFLECTIONS and setting.lexicon.plain(left.last + right.first):
            yield 1.0, [Edit(left.end, right.start, "")]


def repairs_spaced(options: Options) -> bool:
    """Tell whether spaced words are repaired under these options."""
    return options.spaced and options.zwnj != "keep"


RULES = (
    Rule(
        name="spaced-word",
        why="The neighbours are parts of one word, which a half-space holds together.",
        source="Counts of neighbours (persnorm/data/SOURCES.md); «دستور خط فارسی» (1401), pp. 39-44",
        find=_find_spaced,
        examples=(
            ("می شود", f"می{ZWNJ}شود"),
            ("کتاب های من", f"کتاب{ZWNJ}های من"),
            ("کشور ها", "کشورها"),
            ("بین المللی", f"بین{ZWNJ}المللی"),
        ),
        counter_examples=("در ماه می سال گذشته", "نان تر و تازه", "این متن منسوخ شده است.", "به طور کلی"),
        wants=repairs_spaced,
    ),
)
