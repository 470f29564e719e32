"""Neighbours that belong together: affixes and compounds whose half-space became a space (می شود، بین المللی)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import NamedTuple

from persnorm.context import EDGE, Around
from persnorm.evidence import CHANCE, damage
from persnorm.lexicon import NON_JOINING
from persnorm.morphology import INFLECTIONS
from persnorm.rule import ZWNJ, Edit, Rule, Setting
from persnorm.rules.words import Word, insertions, is_undecided, words_of

CERTAIN = 0.97
"""Neighbours so often half-spaced show that the line lost half-spaces to spaces."""


class _Neighbour(NamedTuple):
    start: int
    end: int
    word: Word

    @property
    def first(self) -> str:
        """The letters before the first half-space."""
        return self.word.letters[: min(self.word.gaps, default=len(self.word.letters))]

    @property
    def last(self) -> str:
        """The letters after the last half-space."""
        return self.word.letters[max(self.word.gaps, default=0) :]


def _runs(text: str) -> Iterator[list[_Neighbour]]:
    """Yield the runs of Persian words that stand one space apart."""
    run: list[_Neighbour] = []
    for start, end, word in words_of(text):
        if run and (word is None or start != run[-1].end + 1 or text[start - 1] != " "):
            yield run
            run = []
        if word is not None and word.letters:
            run.append(_Neighbour(start, end, word))
    yield run


def _find_spaced(text: str, setting: Setting) -> list[Edit]:
    pairs = [pair for run in _runs(text) for pair in _pairs(run, setting)]
    found = sum(share > CERTAIN for share, _ in pairs)
    loss = damage(found, found + setting.kept + setting.repaired)
    return [edit for share, edits in pairs if share * loss > CHANCE * (share * loss + 1 - share) for edit in edits]


def _pairs(run: list[_Neighbour], setting: Setting) -> Iterator[tuple[float, list[Edit]]]:
    """Yield the neighbours that may belong together: the share that a half-space has there, and the edits it takes."""
    skip = False
    for (left, right), after in zip_longest(pairwise(run), run[2:]):
        if skip:
            skip = False
            continue
        if after and right.word.letters == "و":
            # گفت و گو is گفت‌وگو in three words; nothing but its own counts can tell it from سر و صدا.
            half, spaced = setting.lexicon.pairs.get((left.last, "و" + after.first), (0, 0))
            if half > 10 * spaced:
                yield half / (half + spaced), [Edit(left.end, right.start, ZWNJ), Edit(right.end, after.start, "")]
                skip = True
                continue
        if left.last[-1] not in NON_JOINING:
            share = setting.evidence.together(left.last, right.first)
            if share > 0.1:
                yield share, [Edit(left.end, right.start, ZWNJ)]
        elif right.first in INFLECTIONS and left.last + right.first in setting.lexicon.plain:
            yield 1.0, [Edit(left.end, right.start, "")]


def _find_undecided(text: str, setting: Setting) -> list[Edit]:
    words = list(words_of(text))
    undecided = [i for i, (_, _, word) in enumerate(words) if word and is_undecided(word, setting)]
    if not undecided:
        return []
    loss = damage(setting.repaired, text.count(ZWNJ))
    edits: list[Edit] = []
    for i in undecided:
        start, end, word = words[i]
        assert word is not None
        around = Around(
            words[i - 1][2].letters if i and text[words[i - 1][1] : start] == " " and words[i - 1][2] else EDGE,
            words[i + 1][2].letters
            if i + 1 < len(words) and text[end : words[i + 1][0]] == " " and words[i + 1][2]
            else EDGE,
        )
        edits += insertions(word, setting.evidence.gaps_in_line(word.letters, around, loss))
    return edits


def may_meet(word: str, setting: Setting) -> bool:
    """Tell whether a finished chunk may belong to a neighbour."""
    return True


RULES = (
    Rule(
        name="spaced-affix",
        why="The two belong to one word, whose parts a half-space holds together.",
        source="Counts of neighbours (persnorm/data/SOURCES.md); «دستور خط فارسی» (1401), pp. 39-44.",
        find=_find_spaced,
        examples=(("می شود", f"می{ZWNJ}شود"), ("کتاب های من", f"کتاب{ZWNJ}های من"), ("کشور ها", "کشورها")),
        counter_examples=("در ماه می سال گذشته", "نان تر و تازه", "این متن منسوخ شده است."),
        wants=lambda options: options.spaced and options.zwnj != "keep",
    ),
    Rule(
        name="joined-word-in-line",
        why="The joined word can be read in several ways; its neighbours and the state of the line speak for this one.",
        source="Counts of words and of their neighbours (persnorm/data/SOURCES.md).",
        find=_find_undecided,
        examples=(("سه گوشهای دنج", f"سه گوشه{ZWNJ}ای دنج"),),
        wants=lambda options: options.joined and options.zwnj != "keep",
    ),
)
