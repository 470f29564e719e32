"""What the words around two neighbours tell of them: one word (شاگرد تازه‌کار است), or two (تازه کار پیدا کرده).

A logistic model of pairs with a meaning of their own either way, whose score is added to that of their counts. It looks
at the words before and after, how these end, and between which words such words stand; by themselves, and together with
the first of the two (هم), the second (کن), and what kind of word each is. Words farther off are company, as in
``companions.py``. All is told by parts, what stands between spaces and half-spaces, so that a neighbour weighs the same
before and after its own repair.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import takewhile

from persnorm.companions import WINDOW, Companions
from persnorm.context import EDGE, MARKS
from persnorm.morphology import NUMERALS, Verbs
from persnorm.remembering import remembered

UNIT = 100
"""Weights are stored as whole numbers of this part of a logarithm."""

REMEMBERED = 1 << 13
"""So many weights are remembered."""

ALWAYS = "*"
"""The feature that all have."""


class Compounds:
    """Weighs what stands around two neighbours.

    Args:
        rows: Feature -> its weight: above 0 it speaks for one word.
        companions: Which words share a part of speech.
        adjectives: Words that are adjectives.
        verbs: The verbs.
    """

    def __init__(
        self, rows: Mapping[str, str], companions: Companions, adjectives: Container[str], verbs: Verbs
    ) -> None:
        def weight(feature: str) -> float:
            return int(rows.get(feature, 0)) / UNIT

        self._weight = remembered(weight, REMEMBERED)
        self._part = companions.part
        self._adjectives = adjectives
        self._verbs = verbs

    def speak_for_one(self, line: Sequence[str], place: int) -> float:
        """Return the log odds of one word against two, if both were as frequent.

        Args:
            line: Parts and marks, an ``EDGE`` at both ends.
            place: Where the first of the two stands among them.
        """
        if line[place - 1] == EDGE == line[place + 2]:
            return 0.0  # nobody to tell
        return sum(map(self._weight, self.features(line, place)))

    def features(self, line: Sequence[str], place: int) -> Iterator[str]:
        """Yield what is told of two neighbours by what stands around them.

        Args:
            line: Parts and marks.
            place: Where the first of the two stands among them.
        """
        yield ALWAYS
        first, second = line[place : place + 2]
        sides = line[max(place - WINDOW, 0) : place][::-1], line[place + 2 : place + 2 + WINDOW]
        before, after = (list(takewhile(EDGE.__ne__, side)) for side in sides)
        for sign, side in ((-1, before), (1, after)):
            beside, beyond, *_ = *side, EDGE, EDGE
            yield from self.beside(first, second, sign, beside)
            yield from self._of_neighbour(2 * sign, beyond)
        for word in sorted({*before, *after} - MARKS):
            yield from self.near(first, second, word)

    def beside(self, first: str, second: str, offset: int, word: str) -> Iterator[str]:
        """Yield what the word right before (-1) or after (1) two neighbours tells of them."""
        names = (
            f"{first}+",
            f"+{second}",
            f"{self._kind_of_first(first)}+",
            f"+{self._kind_of_second(second)}",
        )
        for told in self._of_neighbour(offset, word):
            yield told
            for name in names:
                yield f"{name} {told}"

    def near(self, first: str, second: str, word: str) -> Iterator[str]:
        """Yield what a word near two neighbours tells of them."""
        yield f"{first}+ ~{word}"
        yield f"+{second} ~{word}"

    def _of_neighbour(self, offset: int, word: str) -> Iterator[str]:
        """Yield what a word is told by: itself, how it ends, its part of speech."""
        yield f"{offset} {word}"
        if word not in MARKS:
            yield f"{offset} -{word[-2:]}"
        if group := self._part(word):
            yield f"{offset} ={group}"

    def _kind_of_first(self, word: str) -> str:
        if word in NUMERALS:
            return "numeral"
        return "adjective" if word in self._adjectives else "other"

    def _kind_of_second(self, word: str) -> str:
        if self._verbs.is_participle(word):
            return "participle"
        return self._verbs.stem(word) or "other"
