"""Neighbours that belong together: affixes and compounds whose half-space became a space (می شود، بین المللی)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import exp
from typing import NamedTuple

from persnorm.alphabet import NON_JOINERS
from persnorm.context import EDGE
from persnorm.damage import Line
from persnorm.morphology import INFLECTIONS
from persnorm.neighbours import CHANCE, RARE, Neighbours
from persnorm.options import Options
from persnorm.rule import ZWNJ, Edit, Rule, Setting
from persnorm.word import Word, may_be_one, stand_together, words_of

TIMES = frozenset(
    ("ثانیه", "دقیقه", "لحظه", "ساعت", "روز", "شب", "هفته", "ماه", "سال", "دهه", "قرن", "سده", "چند", "چندی", "مدتی")
)
"""After these پیش means "ago"."""

CLAUSE = 8
"""So many words apart, two هم belong to one sentence: هم این، هم آن."""

ALWAYS_JOINED = 0.9
"""A word that is joined in this share of its sightings is joined."""

CERTAIN = 0.97
CERTAIN_AFFIX = 0.9
"""Neighbours so often half-spaced are put together in any line, and show what else it may have lost."""


def _find_spaced(text: str, setting: Setting) -> list[Edit]:
    words = words_of(text, setting.words)
    pairs = list(_weigh(words, text, setting))
    if not pairs:
        return []
    found = sum(pair.is_certain for pair in pairs)
    lost = sum(setting.evidence.has_lost(word.letters) for word in words if not word.gaps)
    line = Line(setting.kept, setting.repaired + lost, found, erased=setting.options.erases_zwnj)
    loss = line.spaced_loss
    return [edit for pair in pairs if pair.is_certain or pair.chance(loss) > pair.needs for edit in pair.edits]


class _Pair(NamedTuple):
    """Neighbours that may belong together.

    Attributes:
        share: How much of their use is half-spaced.
        is_affix: Whether one of them is an affix, which no good text sets apart; a compound may be spaced.
        edits: What puts them together.
        needs: How likely it must be: less for a compound, more for one never seen before.
    """

    share: float
    is_affix: bool
    edits: list[Edit]
    needs: float = CHANCE

    @property
    def is_certain(self) -> bool:
        """Whether a half-space was lost here for sure, whatever else the line shows."""
        return self.share > (CERTAIN_AFFIX if self.is_affix else CERTAIN)

    def chance(self, loss: float) -> float:
        """Return how likely a half-space was lost here, in a line that loses this much of them."""
        return self.share * loss / (self.share * loss + 1 - self.share)


def _weigh(words: Sequence[Word], text: str, setting: Setting) -> Iterator[_Pair]:
    neighbours = setting.evidence.neighbours
    firsts, lasts = [word.first for word in words], [word.last for word in words]
    for index in neighbours.worth_weighing(firsts, lasts):
        left, right = words[index : index + 2]
        if not may_be_one(left, right, text) or _stands_alone(words, index):
            continue
        before, after = left.last, right.first
        third = words[index + 2] if index + 2 < len(words) else None
        if right.letters == "و":
            if third and stand_together(right, third, text) and neighbours.are_one_with_and(before, third.first):
                share = neighbours.together(before, f"و {third.first}")
                yield _Pair(share, False, [Edit(left.end, right.start, ZWNJ), Edit(right.end, third.start, "")])
        elif before[-1] in NON_JOINERS:
            if neighbours.may_become_one((before, after)):
                yield _Pair(1.0, True, [Edit(left.end, right.start, "")])
        else:
            share = neighbours.together(before, after)
            edits = [Edit(left.end, right.start, _glue(before, after, setting))]
            if neighbours.holds_affix(before, after):
                yield _Pair(share, True, edits)
                continue
            if setting.lexicon.verbs.is_participle(after):
                share = _of_participle(share, _after(right, third, text), setting)
            in_three = max(_in_three(words, at, text, neighbours) for at in (index, index - 1))
            yield _Pair(max(share, in_three), False, edits, neighbours.needs(before, after))


def _stands_alone(words: Sequence[Word], index: int) -> bool:
    """Tell whether what might be a prefix is a word: هم این، هم آن; دو سال پیش."""
    if words[index].letters == "هم":
        return sum(word.letters == "هم" for word in words[max(index - CLAUSE, 0) : index + CLAUSE + 1]) > 1
    return words[index].letters == "پیش" and index > 0 and words[index - 1].letters in TIMES


def _after(word: Word, following: Word | None, text: str) -> str:
    """Return what follows the first part of a word: its second, or the word after it."""
    if word.gaps:
        return word.letters[word.gaps[0] : (*word.gaps, len(word.letters))[1]]
    return following.letters if following and stand_together(word, following, text) else EDGE


def _of_participle(share: float, after: str, setting: Setting) -> float:
    """Return the share of half-spaces before a participle, by what follows it: آزاد شده است, اموال آزاد‌شده در."""
    odds = exp(setting.lexicon.context.speaks_for_bound(after))
    return share * odds / (share * odds + 1 - share)


def _in_three(words: Sequence[Word], index: int, text: str, neighbours: Neighbours) -> float:
    """Return the share that half-spaces have between three words, from ``index`` on, that stand together."""
    three = words[index : index + 3] if index >= 0 else []
    if len(three) < 3 or three[1].gaps:
        return 0.0
    share = neighbours.together_in_three(three[0].last, three[1].letters, three[2].first)
    return share if share and all(stand_together(*pair, text) for pair in pairwise(three)) else 0.0


def _glue(left: str, right: str, setting: Setting) -> str:
    """Return what holds two parts of a word together: nothing where it is always written joined, as بهتر."""
    joined = right in INFLECTIONS and setting.lexicon.plain(left + right)
    return "" if joined > RARE and joined > ALWAYS_JOINED * setting.lexicon.count(left + right) else ZWNJ


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
            ("گفت و گو کردند", f"گفت{ZWNJ}وگو کردند"),
            ("رفتار خشونت آمیز", f"رفتار خشونت{ZWNJ}آمیز"),
        ),
        counter_examples=(
            "او گفت و رفت",
            "شانزده میلیون",
            "در ماه می سال گذشته",
            "نان تر و تازه",
            "این متن منسوخ شده است.",
            "به طور کلی",
        ),
        wants=repairs_spaced,
    ),
)
