"""Neighbours that belong together: affixes and compounds whose half-space became a space (می شود، بین المللی)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from math import exp
from operator import attrgetter
from typing import NamedTuple

from persnorm.alphabet import NON_JOINERS
from persnorm.context import EDGE
from persnorm.damage import Line
from persnorm.lexicon import Lexicon
from persnorm.neighbours import CHANCE, Neighbours
from persnorm.options import Options
from persnorm.row import Chunk, Marked, Row
from persnorm.rule import ZWNJ, Edit, Rule, Setting
from persnorm.word import words_of_chunk

TIMES = frozenset(
    ("ثانیه", "دقیقه", "لحظه", "ساعت", "روز", "شب", "هفته", "ماه", "سال", "دهه", "قرن", "سده", "چند", "چندی", "مدتی")
)
"""After these, and their plurals, پیش means "ago"."""

CLAUSE = 8
"""So many words apart, two هم belong to one sentence: هم این، هم آن."""

BEFORE_EACH_OTHER = frozenset(("به", "با", "از", "در", "بر", "برای", "کنار", "پیش", "دور", "مثل", "شبیه", "پشت", "روی"))
"""After these هم means "each other", if a verb follows: به هم ریخت."""

CERTAIN = 0.97
CERTAIN_AFFIX = 0.9
"""Neighbours so often half-spaced are put together in any line, and show what else it may have lost."""


def _find_spaced(text: str, setting: Setting) -> list[Edit]:
    row = setting.row_of(text)
    if not setting.evidence.neighbours.meetings(row):
        return []
    pairs = list(_weigh(row, setting))
    if not pairs:
        return []
    found = sum(pair.is_certain for pair in pairs)
    lost = sum([chunk.lost for chunk in row.chunks])
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


def _weigh(row: Row, setting: Setting) -> Iterator[_Pair]:
    neighbours = setting.evidence.neighbours
    marked: Marked | None = None  # the same for all pairs of the line
    for at in neighbours.meetings(row):
        left, right = row.chunks[at : at + 2]
        if not _may_be_one(left) or _is_no_ending(row, at + 1) or _stands_alone(row, at, setting.lexicon):
            continue
        before, after = left.last, right.first
        end = row.starts[at + 1] - 1  # of the left one; there the space stands
        if after == "و":
            third = row.chunks[at + 2].first if row.is_one_part(at + 1) and at + 2 < len(row.chunks) else ""
            if third and neighbours.are_one_with_and(before, third):
                share = neighbours.together(before, f"و {third}")
                space = row.starts[at + 2] - 1
                yield _Pair(share, False, [Edit(end, end + 1, ZWNJ), Edit(space, space + 1, "")])
        elif before[-1] in NON_JOINERS:
            if neighbours.may_become_one((before, after)):
                yield _Pair(1.0, True, [Edit(end, end + 1, "")])
        else:
            share, is_affix, needs, glue, is_participle, is_either = neighbours.weighed((before, after))
            edits = [Edit(end, end + 1, glue)]
            if is_affix:
                yield _Pair(share, True, edits)
                continue
            if is_either:
                marked = marked or row.marked(attrgetter("parts"))
                share = _in_line(share, setting.lexicon.compounds.speak_for_one(marked.line, marked.ends[end]))
            elif is_participle:
                share = _of_participle(share, _after(row, at + 1), setting)
            in_three = max(_in_three(row, at, neighbours), _in_three(row, at - 1, neighbours))
            yield _Pair(max(share, in_three), False, edits, needs)


def _may_be_one(chunk: Chunk) -> bool:
    """Tell whether a chunk may be one word with the next: a vowel sign at its end is that of ezafe, and parts them."""
    return chunk.text[-1] == chunk.last[-1]


def _is_no_ending(row: Row, at: int) -> bool:
    """Tell whether a chunk begins with one letter that is no ending, but stands for a name: نوشته م. تهرانی."""
    chunk = row.chunks[at]
    if len(chunk.first) != 1:
        return False
    is_initial = chunk.text[1:2] == "." and chunk.first != "ی" and at + 1 < len(row.chunks)
    return is_initial or chunk.text[1:2].isalpha()  # not in the lexicon's alphabet: مإدبانه


def _stands_alone(row: Row, at: int, lexicon: Lexicon) -> bool:
    """Tell whether what might be a prefix is a word: هم این، هم آن; به هم ریخت; سال‌ها پیش; بی بی آمد."""
    if row.chunks[at].last not in ("هم", "پیش", "بی"):
        return False
    index = bisect_left(row.words, (row.starts[at + 1],)) - 1  # of the last word of the chunk
    word = row.words[index].letters
    before, after = row.words[index - 1].letters if index else "", row.chunks[at + 1].first
    if word == "هم":
        if before in BEFORE_EACH_OTHER and lexicon.verbs.is_whole(after):
            return True
        return sum(word.letters == "هم" for word in row.words[max(index - CLAUSE, 0) : index + CLAUSE + 1]) > 1
    if row.chunks[at].last == "بی":
        return word == "بیبی" or (before == word == "بی" and not lexicon.knows(f"بیبی{after}"))
    before = before.removesuffix("ها") or (row.words[index - 2].letters if index > 1 else "")
    return word == "پیش" and before in TIMES


def _after(row: Row, at: int) -> str:
    """Return what follows the first part of the word that a chunk begins with: its second, or the word after it."""
    word = words_of_chunk(row.chunks[at].text)[0]
    if word.gaps:
        return word.letters[word.gaps[0] : (*word.gaps, len(word.letters))[1]]
    return row.letters_after(at, 0) or EDGE


def _of_participle(share: float, after: str, setting: Setting) -> float:
    """Return the share of half-spaces before a participle, by what follows it: آزاد شده است, اموال آزاد‌شده در."""
    return _in_line(share, setting.lexicon.context.speaks_for_bound(after))


def _in_line(share: float, log_odds: float) -> float:
    """Return the share of half-spaces that is left where the line speaks so much for one."""
    odds = share * exp(log_odds)
    return odds / (odds + 1 - share)


def _in_three(row: Row, start: int, neighbours: Neighbours) -> float:
    """Return the share that half-spaces have between three words, from a chunk on, that stand together."""
    if not 0 <= start < len(row.chunks) - 2 or not row.is_one_part(start + 1):
        return 0.0
    one, two, three = row.chunks[start : start + 3]
    return neighbours.together_in_three(one.last, two.first, three.first) if one.last and three.first else 0.0


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
