"""Neighbours that belong together: affixes and compounds whose half-space became a space (می شود، بین المللی)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import NamedTuple

from persnorm.alphabet import NON_JOINERS
from persnorm.damage import Line
from persnorm.evidence import CHANCE, RARE
from persnorm.features import kind_of_gap
from persnorm.morphology import INFLECTIONS, NUMERALS
from persnorm.options import Options
from persnorm.rule import ZWNJ, Edit, Rule, Setting
from persnorm.word import stand_together, words_of

CHANCE_NEW = 0.65
"""How likely a compound must be that was never seen: of those just above CHANCE too many are phrases."""

ALWAYS_JOINED = 0.9
"""A word that is joined in this share of its sightings is joined."""

CERTAIN = 0.97
CERTAIN_AFFIX = 0.9
"""Neighbours so often half-spaced are put together in any line, and show what else it may have lost."""


def _find_spaced(text: str, setting: Setting) -> list[Edit]:
    pairs = list(_weigh(text, setting))
    found = sum(pair.is_certain for pair in pairs)
    loss = Line(setting.kept, setting.repaired, found, erased=setting.options.erases_zwnj).spaced_loss
    return [edit for pair in pairs if pair.is_certain or pair.chance(loss) > pair.needs for edit in pair.edits]


class _Pair(NamedTuple):
    """Neighbours that may belong together.

    Attributes:
        share: How much of their use is half-spaced.
        is_affix: Whether one of them is an affix, which no good text sets apart; a compound may be spaced.
        edits: What puts them together.
        needs: How likely it must be: more for a compound never seen before.
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


def _weigh(text: str, setting: Setting) -> Iterator[_Pair]:
    evidence = setting.evidence
    words = list(words_of(text))
    for (left, right), third in zip_longest(pairwise(words), words[2:]):
        if not (evidence.may_join(left.last, right.first) and stand_together(left, right, text)):
            continue
        if left.last in NUMERALS and right.first in NUMERALS:
            continue
        if right.letters == "و":
            if third and stand_together(right, third, text) and (left.last, f"و {third.first}") in evidence.joinable:
                share = evidence.together(left.last, f"و {third.first}")
                yield _Pair(share, False, [Edit(left.end, right.start, ZWNJ), Edit(right.end, third.start, "")])
        elif left.last[-1] not in NON_JOINERS:
            share = evidence.together(left.last, right.first)
            is_affix = kind_of_gap(left.last, right.first) != "compound" or evidence.is_bound(right.first)
            is_new = not is_affix and not any(setting.lexicon.pair(left.last, right.first))
            edit = Edit(left.end, right.start, _glue(left.last, right.first, setting))
            yield _Pair(share, is_affix, [edit], CHANCE_NEW if is_new else CHANCE)
        elif right.first in INFLECTIONS and setting.lexicon.plain(left.last + right.first) > RARE:
            yield _Pair(1.0, True, [Edit(left.end, right.start, "")])


def _glue(left: str, right: str, setting: Setting) -> str:
    """Return what holds two parts of a word together: nothing where it is always written joined, as بهتر."""
    joined = right in INFLECTIONS and setting.lexicon.plain(left + right)
    return "" if joined and joined > ALWAYS_JOINED * setting.lexicon.count(left + right) else ZWNJ


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
