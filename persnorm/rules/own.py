"""The user's own words, joined or apart: as the user writes them, whatever the counts and the line say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, zip_longest

from persnorm.lexicon import Gaps
from persnorm.own_lexicon import Own, is_other_word
from persnorm.rule import ZWNJ, Edit, Rule, Setting
from persnorm.rules.affixes import repairs_spaced
from persnorm.rules.words import repairs_joined
from persnorm.word import Word, may_be_one, words_of


def _find_joined(text: str, setting: Setting) -> list[Edit]:
    own = setting.own
    if own is None:
        return []
    return [edit for word in words_of(text) for edit in word.insert(_gaps(word.letters, word.gaps, own, setting), text)]


def _find_spaced(text: str, setting: Setting) -> list[Edit]:
    own = setting.own
    if own is None or not own.openers:
        return []
    edits: list[Edit] = []
    words = list(words_of(text))
    start = 0
    while start < len(words):
        parts, gaps = _parts(words[start : start + own.longest], text, own, setting)
        edits += _put_together(parts, gaps, text)
        start += len(parts)
    return edits


def may_meet(chunk: str, setting: Setting) -> bool:
    """Tell whether a finished chunk may begin a word of the user's that stands apart."""
    return setting.own is not None and any(word.letters in setting.own.openers for word in words_of(chunk))


def _gaps(letters: str, there: Gaps, own: Own, setting: Setting) -> Gaps:
    """Return the half-spaces that the user wants inside a word, its ending left aside.

    None if the word has others ``there``, or may be a word that only begins like the user's.
    """
    stem, gaps = own.find(letters)
    end = len(stem)
    may_be_other = any(is_other_word(reading, end) for reading in (there, *setting.lexicon.readings(letters)))
    return gaps if not may_be_other and {gap for gap in there if gap < end} <= set(gaps) else ()


def _parts(words: list[Word], text: str, own: Own, setting: Setting) -> tuple[list[Word], Gaps]:
    """Return the words that are one word of the user's, as many as can be, and its half-spaces; or the first alone."""
    found: tuple[list[Word], Gaps] = words[:1], ()
    if words[0].letters not in own.openers:
        return found
    letters, there = words[0].letters, words[0].gaps
    bounds: set[int] = set()
    for count, (left, right) in enumerate(pairwise(words), 2):
        if not may_be_one(left, right, text):
            break
        at = len(letters)
        bounds.add(at)
        letters += right.letters
        there = (*there, at, *(at + gap for gap in right.gaps))
        gaps = _gaps(letters, there, own, setting)
        if bounds <= set(gaps) and not own.stands_apart(own.find(letters)[0]):
            found = words[:count], gaps
    return found


def _put_together(parts: list[Word], gaps: Gaps, text: str) -> Iterator[Edit]:
    at = 0
    for part, following in zip_longest(parts, parts[1:]):
        end = at + len(part.letters)
        yield from part.insert((gap - at for gap in gaps if at < gap < end), text)
        if following:
            yield Edit(part.end, following.start, ZWNJ)
        at = end


WORD_RULES = (
    Rule(
        name="own-joined-word",
        why="Your own lexicon writes this word with a half-space.",
        source="The user's choice",
        find=_find_joined,
        # What may stand joined would be left in a line that kept its half-spaces; the user has decided.
        examples=((f"کتابها را نمی{ZWNJ}خوانم و نمی{ZWNJ}خرم", f"کتاب{ZWNJ}ها را نمی{ZWNJ}خوانم و نمی{ZWNJ}خرم"),),
        counter_examples=("کتاب او",),
        wants=repairs_joined,
        words=(f"کتاب{ZWNJ}ها",),
    ),
)

LINE_RULES = (
    Rule(
        name="own-spaced-word",
        why="The neighbours are parts of one word in your own lexicon.",
        source="The user's choice",
        find=_find_spaced,
        examples=(("در پخش نما", f"در پخش{ZWNJ}نما"), ("پخش نماهای او", f"پخش{ZWNJ}نماهای او")),
        counter_examples=("پخش، نما",),
        wants=repairs_spaced,
        words=(f"پخش{ZWNJ}نما",),
    ),
)
