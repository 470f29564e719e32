"""What stands on a letter or between two and is none: tatweel and harakat."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from persnorm.alphabet import (
    BIDI_CONTROLS,
    HARAKAT,
    INVISIBLE,
    LETTERS,
    MARKS,
    NON_JOINERS,
    SELECTORS,
    TANVIN,
    TASHDID,
    TATWEEL,
)
from persnorm.late import late
from persnorm.options import Options
from persnorm.rule import ZWNJ, Edit, Rule, Setting

INVISIBLES = INVISIBLE + BIDI_CONTROLS + SELECTORS + "\N{NOT SIGN}\N{ZERO WIDTH JOINER}"
"""What may stand between two letters unseen or, the not sign, in the place of what is not to be seen."""

_PIECES = late(rf"(?P<letters>[{LETTERS}]+)|(?P<gap>[{MARKS}{INVISIBLES}{ZWNJ}{TATWEEL}]+)|[^{LETTERS}{MARKS}]")
_LETTER = late(rf"[{LETTERS}]")

_KEPT = {"remove": "", "keep-tanvin": TANVIN, "keep-tashdid": TASHDID, "keep-tanvin-tashdid": TANVIN + TASHDID}


class Gap(NamedTuple):
    """A run of characters without width: where it stands, and what is around it."""

    start: int
    end: int
    letters: int  # how many letters of the word stand before it; 0 also if something else stands between
    between: bool  # whether a letter stands on both sides


def gaps(text: str) -> Iterator[Gap]:
    """Yield the runs of characters without width in a text, and of tatweel."""
    letters = 0
    for piece in _PIECES.finditer(text):
        start, end = piece.span()
        if piece["letters"]:
            letters += len(unicodedata.normalize("NFKC", piece[0]))  # ﻻ is two
        elif piece["gap"]:
            yield Gap(start, end, letters, letters > 0 and _LETTER.match(text, end) is not None)
        else:
            letters = 0


def cut(text: str, gap: Gap, characters: str) -> Iterator[Edit]:
    """Yield the edits that take all runs of some characters out of a gap."""
    for run in re.finditer(f"[{characters}]+", text[gap.start : gap.end]):
        yield Edit(gap.start + run.start(), gap.start + run.end(), "")


@cache
def _removed(diacritics: str) -> re.Pattern[str] | None:
    kept = _KEPT.get(diacritics)
    if kept is None:
        return None
    return re.compile(rf"(?:(?![{kept}])[{HARAKAT}])+" if kept else rf"[{HARAKAT}]+")


def removed_harakat(options: Options) -> re.Pattern[str] | None:
    """Return a pattern of the harakat that go under these options, or None if all stay."""
    return None if "harakat" in options.disable else _removed(options.diacritics)


def _find_tatweel(text: str, setting: Setting) -> Sequence[Edit]:
    if TATWEEL not in text:
        return ()
    # At the start of a word (ـها) and after a single letter (هـ) it shows the shape of what it stands beside; after a
    # letter that does not join it stretches nothing, and is a dash.
    return [
        edit
        for gap in gaps(text)
        if (gap.between or gap.letters > 1) and _joins(text[gap.start - 1])
        for edit in cut(text, gap, TATWEEL)
    ]


def _joins(letter: str) -> bool:
    """Tell whether a letter may be stretched; ۀ and ة count as the ه that they may yet become."""
    last = unicodedata.normalize("NFKC", letter)[-1]
    return last in "ۀة" or last not in NON_JOINERS


def _find_harakat(text: str, setting: Setting) -> Sequence[Edit]:
    removed = _removed(setting.options.diacritics)
    return [Edit(run.start(), run.end(), "") for run in removed.finditer(text)] if removed else ()


RULES: tuple[Rule, ...] = (
    Rule(
        name="tatweel",
        why="The tatweel only stretches a line; inside a word it hides the word from search and from every other rule.",
        source="The Unicode Standard, section 9.2: tatweel has no phonemic value",
        find=_find_tatweel,
        examples=(("قیــــمت", "قیمت"), ("تـــست", "تست"), ("سلامـــ", "سلام")),
        counter_examples=("پسوند ـها", "سال ۱۴۰۰ هـ.ش", "تهران ـ قم", "شاهرودـگرگان"),
    ),
    Rule(
        name="harakat",
        why="Vowel signs are optional in Persian: the same word is written with and without them.",
        source="The Unicode Standard, section 9.2: tashkil; the option diacritics",
        find=_find_harakat,
        examples=(("کِتابِ مَن", "کتاب من"), ("بچّه", "بچه"), ("رحمٰن", "رحمن")),
        counter_examples=("خانهٔ ما", "رئیس", "مؤمن"),
        wants=lambda options: options.diacritics != "keep",
    ),
)
