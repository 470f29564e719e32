"""Words that lost a half-space and stand joined: منطقهای → منطقه‌ای."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from persnorm.rule import ZWNJ, Edit, Rule, Setting

LETTERS = "ءآأؤئاابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیۀ"
MARKS = "\u064b-\u0656\u0670"
# Any letter of the Arabic script counts into the word, so that a word with a letter that is not Persian is left whole.
WORD = re.compile(rf"[\u0620-\u063f\u0641-\u065f\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc{ZWNJ}]+")
_PERSIAN = re.compile(rf"[{LETTERS}{MARKS}{ZWNJ}]+")
_MARKS = re.compile(f"[{MARKS}]")


class Word(NamedTuple):
    """A Persian word of a text, taken apart.

    Attributes:
        letters: Its letters alone.
        gaps: Offsets in the letters before which a half-space stands.
        places: For each letter, where in the text a half-space before it goes: after the marks of the one before.
    """

    letters: str
    gaps: frozenset[int]
    places: tuple[int, ...]


def words_of(text: str) -> Iterator[tuple[int, int, Word | None]]:
    """Yield start, end and parts of each run of Arabic-script letters; None for a run that is not all Persian."""
    for match in WORD.finditer(text):
        yield match.start(), match.end(), take_apart(match[0], match.start())


def take_apart(run: str, start: int = 0) -> Word | None:
    """Return the parts of a run of letters, marks and half-spaces, or None when it is not Persian."""
    if not _PERSIAN.fullmatch(run):
        return None
    letters: list[str] = []
    gaps: set[int] = set()
    places: list[int] = []
    for offset, char in enumerate(run, start):
        if char == ZWNJ:
            gaps.add(len(letters))
        elif not _MARKS.match(char):
            letters.append("ه" if char == "ۀ" else char)
            places.append(offset)
    return Word("".join(letters), frozenset(gaps - {0, len(letters)}), tuple(places))


def _find_joined(text: str, setting: Setting) -> list[Edit]:
    edits: list[Edit] = []
    for start, end, word in words_of(text):
        if word is None or end - start < 3:
            continue
        if word.gaps:
            gaps = setting.evidence.gaps_given(word.letters, word.gaps)
        else:
            gaps = setting.evidence.sure_gaps(word.letters) or ()
        edits += insertions(word, gaps)
    return edits


def insertions(word: Word, gaps: Iterable[int]) -> list[Edit]:
    """Return the edits that give a word those of ``gaps`` that it has not yet."""
    return [Edit(word.places[gap], word.places[gap], ZWNJ) for gap in gaps if gap not in word.gaps]


def is_undecided(word: Word, setting: Setting) -> bool:
    """Tell whether only the line can tell how a joined word is to be read."""
    return not word.gaps and len(word.letters) > 2 and setting.evidence.sure_gaps(word.letters) is None


RULES = (
    Rule(
        name="joined-word",
        why="The word lost a half-space between its parts; of the ways to read its letters, this is the likeliest.",
        source="Word counts (persnorm/data/SOURCES.md); half-spaces as in «دستور خط فارسی» (1401), pp. 39-44.",
        find=_find_joined,
        examples=(
            ("منطقهای", f"منطقه{ZWNJ}ای"),
            ("گفتوگو", f"گفت{ZWNJ}وگو"),
            ("میدانیم", f"می{ZWNJ}دانیم"),
            ("همکاریهای", f"همکاری{ZWNJ}های"),
        ),
        counter_examples=("تنها", "نهایی", "میراث", "نماینده", "بهتر", "گفتگو", "دیدارهای"),
        wants=lambda options: options.joined and options.zwnj not in ("keep",),
    ),
)
