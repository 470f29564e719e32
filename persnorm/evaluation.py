r"""How well a normalizer puts half-spaces back: a well-edited text is damaged, normalized, and compared with itself.

The text, called gold, has a sentence or paragraph on each line, and every half-space where it belongs. What is compared
is what stands in each gap between two letters: nothing, a half-space, a space, or anything else. Signs that take no
place (vowel signs, tatweel, marks of direction) count as nothing, and letters that normalizers exchange (ي, ی) as one.

Not judged, as there is no right or wrong about it:

- a half-space after a letter that does not join the next one, where it shows nothing;
- the gaps inside آنها، اینها، همانها، همینها and چهها, as the orthography leaves it to the writer whether ها stands
  joined; they are looked for in the letters alone, so that a word that only ends so (بچه‌ها) is passed over too;
- a gap that holds more than spaces in the gold text, such as punctuation;
- the gap after a letter that the result has lost or exchanged for another (but its line is not exact).

>>> from persnorm import normalize
>>> score = evaluate(["باغبان گل\u200cها را آب می\u200cدهد."], normalize, "joined")
>>> score.half_spaces, score.precision, score.recall, score.f1
(2, 100.0, 100.0, 100.0)
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from difflib import SequenceMatcher
from functools import lru_cache
from random import Random
from typing import NamedTuple

from persnorm.alphabet import FOREIGN_LETTERS, LETTERS, NON_JOINERS
from persnorm.options import check_known
from persnorm.rule import ZWNJ

KINDS: dict[str, tuple[int, int, int]] = {
    "joined": (0, 100, 0),
    "spaced": (0, 0, 100),
    "mixed": (25, 45, 30),
    "clean": (100, 0, 0),
}
"""Kinds of damage: how many of a hundred half-spaces stay, are removed, become a space."""

SEED = 7
"""Of the random choices, if no other is given."""

NOTHING, HALF_SPACE, SPACE, OTHER = "", ZWNJ, " ", "…"
"""What may stand in a gap. Each is written so that letters with their gaps between them can be read."""

_LETTER_AND_GAP = re.compile(f"([{LETTERS}{FOREIGN_LETTERS}])([^{LETTERS}{FOREIGN_LETTERS}]*)")
_EXCHANGED = str.maketrans(
    {"ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ؤ": "و"} | dict.fromkeys("أإٱ", "ا")
)
_LEFT_TO_THE_WRITER = re.compile("(?:آن|این|همان|همین|چه)ها(?:یی)?")


class NotGold(ValueError):
    """A text by which nothing can be measured."""


@dataclass
class Score:
    """What became of a damaged gold text; scores of several texts may be added.

    Attributes:
        lines: Lines of the gold text, empty ones not counted.
        words: What stands between spaces in it.
        right: Half-spaces of the gold text that the result has too.
        missing: Half-spaces of the gold text that it has not.
        surplus: Half-spaces that it has where the gold text has none.
        wrong: Gaps in which it has anything else than the gold text, half-space or not.
        exact: Lines that came out with the letters of the gold text and no wrong gap.
        errors: How often a stretch of the gold text came out as which other.
    """

    lines: int = 0
    words: int = 0
    right: int = 0
    missing: int = 0
    surplus: int = 0
    wrong: int = 0
    exact: int = 0
    errors: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def half_spaces(self) -> int:
        """How many half-spaces of the gold text are judged."""
        return self.right + self.missing

    @property
    def precision(self) -> float:
        """How many of a hundred half-spaces in the result are right."""
        return _share(self.right, self.right + self.surplus)

    @property
    def recall(self) -> float:
        """How many of a hundred half-spaces in the gold text are in the result."""
        return _share(self.right, self.half_spaces)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in percent."""
        return _share(2 * self.right, 2 * self.right + self.missing + self.surplus)

    @property
    def exact_lines(self) -> float:
        """How many of a hundred lines came out exact."""
        return _share(self.exact, self.lines)

    @property
    def wrong_per_1000_words(self) -> float:
        """Wrong gaps for each 1000 words: on clean text all that was changed, on damaged text what is left to mend."""
        return _share(self.wrong, self.words, of=1000)

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, counted.name) + getattr(other, counted.name) for counted in fields(Score)))

    def add_line(self, gold: str, result: str) -> None:
        """Count what became of one line of the gold text."""
        spots, exact = _compare(gold, result)
        judged = [(spot.gold, spot.result) for spot in spots if spot.judged]
        wrong = sum(gold != result for gold, result in judged)
        right = judged.count((HALF_SPACE, HALF_SPACE))
        self.lines += 1
        self.words += len(gold.split())
        self.right += right
        self.missing += sum(gold == HALF_SPACE for gold, _ in judged) - right
        self.surplus += sum(result == HALF_SPACE for _, result in judged) - right
        self.wrong += wrong
        self.exact += exact and not wrong
        if wrong:
            self.errors.update(_errors(spots))


def evaluate(gold: Iterable[str], normalize: Callable[[str], str], kind: str = "mixed", *, seed: int = SEED) -> Score:
    """Damage a gold text line by line, have it normalized, and return how it came out.

    Args:
        gold: Lines of well-edited text with half-spaces; empty ones are passed over.
        normalize: Any normalizer; it is called once for each line. Where it changes letters, lines are aligned in a
            time that grows with the square of their length: a sentence or a paragraph is no matter, a book is.
        kind: What happens to the half-spaces: see ``KINDS``.
        seed: Of the random choices; the same one damages a text in the same way.

    Raises:
        NotGold: The text is empty, or has no half-space that could be judged.
        ValueError: An unknown kind.
    """
    check_known("kind", kind, tuple(KINDS))
    lines = list(filter(None, map(str.strip, gold)))
    if not lines:
        raise NotGold("the text is empty; expected well-edited Persian, a sentence or paragraph on each line")
    if not any(map(_has_half_space, lines)):
        raise NotGold("no half-space (U+200C) that can be judged; expected a text with every half-space in its place")
    random = Random(seed)
    score = Score()
    for line in lines:
        score.add_line(line, normalize(damage(line, kind, random)))
    return score


def damage(line: str, kind: str, random: Random) -> str:
    r"""Return a line with its half-spaces kept, removed or made a space as ``kind`` says.

    >>> damage("نمی\u200cخواسته\u200cاند", "spaced", Random(SEED))
    'نمی خواسته اند'
    """
    return re.sub(ZWNJ, lambda _: random.choices((ZWNJ, "", " "), KINDS[kind])[0], line)


class _Spelling(NamedTuple):
    """A text as it is compared: its letters, and what stands in the gap after each."""

    letters: str
    gaps: list[str]

    @classmethod
    def of(cls, text: str) -> _Spelling:
        pairs = _LETTER_AND_GAP.findall(unicodedata.normalize("NFC", text).translate(_EXCHANGED))
        gaps = [_gap(letter in NON_JOINERS, between) for letter, between in pairs]
        return cls("".join(letter for letter, _ in pairs), [*gaps[:-1], OTHER] if gaps else [])  # the end is no gap


@lru_cache(maxsize=1024)
def _gap(after_non_joiner: bool, between: str) -> str:
    placed = {sign for sign in between if sign == ZWNJ or unicodedata.category(sign) not in ("Mn", "Cf", "Lm")}
    spaces = {sign for sign in placed if sign.isspace()}
    if placed - spaces - {ZWNJ}:
        return OTHER
    if spaces:
        return SPACE
    return HALF_SPACE if placed and not after_non_joiner else NOTHING


class _Spot(NamedTuple):
    """A letter of the gold text, what stands after it there and in the result, and whether that is judged."""

    letter: str
    gold: str
    result: str
    judged: bool


def _compare(gold: str, result: str) -> tuple[list[_Spot], bool]:
    """Return the gold text beside the result, and whether both have the same letters."""
    (letters, gaps), (result_letters, result_gaps) = _Spelling.of(gold), _Spelling.of(result)
    same = letters == result_letters
    blocks: Sequence[tuple[int, int, int]] = [(0, 0, len(letters))]
    if not same:
        blocks = SequenceMatcher(None, letters, result_letters, autojunk=False).get_matching_blocks()
    # A letter that is not in the result says nothing about the gap after it.
    found, judged = list(gaps), [False] * len(letters)
    for at, start, length in blocks:
        found[at : at + length] = result_gaps[start : start + length]
        judged[at : at + length] = [gap != OTHER for gap in gaps[at : at + length]]
    for match in _LEFT_TO_THE_WRITER.finditer(letters):
        judged[match.start() : match.end() - 1] = [False] * (len(match[0]) - 1)
    return [_Spot(*spot) for spot in zip(letters, gaps, found, judged, strict=True)], same


def _has_half_space(line: str) -> bool:
    return any(spot.judged and spot.gold == HALF_SPACE for spot in _compare(line, line)[0])


def _errors(spots: list[_Spot]) -> Iterator[tuple[str, str]]:
    """Yield each stretch with a wrong gap, as it is in gold and in the result: whole words, as both part them."""
    gold = result = ""
    wrong = False
    for spot in spots:
        if spot.gold == OTHER or spot.gold == spot.result == SPACE:
            if wrong:
                yield gold + spot.letter, result + spot.letter
            gold, result, wrong = "", "", False
        else:
            gold += spot.letter + spot.gold
            result += spot.letter + spot.result
            wrong = wrong or (spot.judged and spot.gold != spot.result)


def _share(part: int, whole: int, *, of: int = 100) -> float:
    return of * part / whole if whole else 0.0
