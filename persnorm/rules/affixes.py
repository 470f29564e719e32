"""Neighbours that belong together: affixes and compounds whose half-space became a space (می شود، بین المللی)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import exp
from typing import NamedTuple

from persnorm.alphabet import NON_JOINERS
from persnorm.context import EDGE
from persnorm.damage import Line
from persnorm.evidence import CHANCE, RARE
from persnorm.features import kind_of_gap
from persnorm.morphology import INFLECTIONS, NUMERALS
from persnorm.neighbours import Neighbours
from persnorm.options import Options
from persnorm.rule import ZWNJ, Edit, Rule, Setting
from persnorm.word import Word, may_be_one, stand_together, words_of

DETERMINERS = frozenset(("این", "آن", "همین", "همان", "هیچ", "بدان", "به"))
"""What makes phrases that may be written either way: این گونه, هیچ یک, به طور."""

CHANCE_COMPOUND = 0.45
"""How likely a compound must be: a little less than even, as one that is missed costs as much as one too many."""

CHANCE_PHRASE = 0.7
CHANCE_NEW = 0.65
"""The same for phrases with a determiner and for compounds never seen: just above even too many are phrases."""

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
    words = words_of(text)
    pairs = list(_weigh(words, text, setting))
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
    may_join = neighbours.may_join
    for index, (left, right) in enumerate(pairwise(words)):
        if not (may_join(left.last, right.first) and may_be_one(left, right, text)):
            continue
        if left.last in NUMERALS and right.first in NUMERALS:
            continue
        if _stands_alone(words, index):
            continue
        if setting.lexicon.verbs.is_infinitive(right.first):
            continue  # بلند شدن is a phrase, though some half-space it
        third = words[index + 2] if index + 2 < len(words) else None
        if right.letters == "و":
            if third and stand_together(right, third, text) and (left.last, f"و {third.first}") in neighbours.joinable:
                share = neighbours.together(left.last, f"و {third.first}")
                yield _Pair(share, False, [Edit(left.end, right.start, ZWNJ), Edit(right.end, third.start, "")])
        elif left.last[-1] not in NON_JOINERS:
            share = neighbours.together(left.last, right.first)
            edits = [Edit(left.end, right.start, _glue(left.last, right.first, setting))]
            if kind_of_gap(left.last, right.first) != "compound" or neighbours.is_bound(right.first):
                yield _Pair(share, True, edits)
                continue
            if setting.lexicon.verbs.is_participle(right.first):
                share = _of_participle(share, _after(right, third, text), setting)
            share = max(share, _in_three(words, index, text, neighbours), _in_three(words, index - 1, text, neighbours))
            yield _Pair(share, False, edits, _needs(left.last, right.first, setting))
        elif right.first in INFLECTIONS and setting.lexicon.plain(left.last + right.first) > RARE:
            yield _Pair(1.0, True, [Edit(left.end, right.start, "")])


def _stands_alone(words: Sequence[Word], index: int) -> bool:
    """Tell whether what might be a prefix is a word: هم این، هم آن; دو سال پیش."""
    if words[index].letters == "هم":
        return sum(word.letters == "هم" for word in words[max(index - CLAUSE, 0) : index + CLAUSE + 1]) > 1
    return words[index].letters == "پیش" and index > 0 and words[index - 1].letters in TIMES


def _needs(left: str, right: str, setting: Setting) -> float:
    if not any(setting.lexicon.pair(left, right)):
        return CHANCE_NEW
    return CHANCE_PHRASE if left in DETERMINERS else CHANCE_COMPOUND


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
    if len(three) < 3 or three[1].gaps or not all(stand_together(*pair, text) for pair in pairwise(three)):
        return 0.0
    return neighbours.together_in_three(three[0].last, three[1].letters, three[2].first)


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
